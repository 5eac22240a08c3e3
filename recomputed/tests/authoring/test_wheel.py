"""The engine as a wheel, in an environment that has only what the wheel asks for, away from this checkout."""

import os
import re
import shutil
import subprocess
import sys
import venv
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

from recomputed import paths
from synthetic.papers import CHECKOUT

pytestmark = pytest.mark.slow

PROJECT = paths.ENGINE.parents[1]
NAME = re.compile(r"[\w.-]+")


def run(*command: object, folder: Path) -> str:
    """What a command prints; it must end well."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "RECOMPUTED"))
    }
    done = subprocess.run(
        [*map(str, command)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


def required(wanted: list[str]) -> dict[str, Distribution]:
    """Every distribution that these requirements lead to and that is installed here."""
    found: dict[str, Distribution] = {}
    while wanted:
        requirement, _, condition = wanted.pop().partition(";")
        name = NAME.match(requirement)
        if name is None or "extra ==" in condition or name[0].lower() in found:
            continue
        try:
            found[name[0].lower()] = distribution(name[0])
        except PackageNotFoundError:
            continue  # for another system or Python
        wanted += found[name[0].lower()].requires or []
    return found


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `recomputed` of a new environment, with the wheel and what it requires."""
    folder = tmp_path_factory.mktemp("environment")
    pip = (sys.executable, "-P", "-m", "pip", "--disable-pip-version-check")
    run(
        *pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, PROJECT, folder=folder
    )
    (wheel,) = folder.glob("recomputed-*.whl")
    venv.create(folder / "env", with_pip=False)
    (packages,) = (
        folder.glob("env/lib/python*/site-packages")
        if os.name != "nt"
        else folder.glob("env/Lib/site-packages")
    )
    python = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel, folder=folder)
    (metadata,) = packages.glob("recomputed-*.dist-info/METADATA")
    wanted = re.findall(
        r"^Requires-Dist: ([^;\n]+)(?:; extra == 'test')?$",
        metadata.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    for one in required(wanted).values():
        _install(one, packages)
    return python.with_name("recomputed")


def _install(one: Distribution, packages: Path) -> None:
    """Install what is installed here, file by file: the same files where the system can, else copies."""
    for file in one.files or ():
        source, target = Path(str(one.locate_file(file))), packages / file
        if ".." in file.parts or not source.is_file() or target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.hardlink_to(source)
        except OSError:
            shutil.copyfile(source, target)


@pytest.mark.slow
def test_a_wheel_makes_a_paper_that_builds_and_passes_its_tests(engine: Path, tmp_path: Path) -> None:
    run(engine, "new", "paper", "--lang", "en", folder=tmp_path)
    paper = tmp_path / "paper"
    built = run(engine, folder=paper)
    assert "_manuscript: html, pdf, docx, jats by pandoc, written.\n" in built
    assert re.search(r"\b2 passed\b", run(engine, "test", folder=paper))
    where = run(
        engine.with_name("python"), "-c", "import recomputed; print(recomputed.__file__)", folder=paper
    )
    assert not Path(where).is_relative_to(CHECKOUT)
