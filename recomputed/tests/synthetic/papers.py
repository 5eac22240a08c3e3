"""Papers to test on: the toy, copies of it to break, and a place that all workers of a session share."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

TOY = Path(__file__).parents[1] / "toy"
CHECKOUT = Path(__file__).parents[3]
PENGUINS = CHECKOUT / "examples" / "penguins"
MADE = shutil.ignore_patterns("_manuscript*", ".cache", "dist", "__pycache__")


def copy_toy(folder: Path) -> Path:
    """A copy of the toy's sources, with the Quarto extension that it is typeset with, to change at will."""
    root = Path(shutil.copytree(TOY, folder, ignore=MADE))
    shutil.copytree(CHECKOUT / "_extensions", root / "_extensions", ignore=MADE)
    settings = root / "_quarto.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("../../../", ""), encoding="utf-8")
    return root


def small_paper(root: Path, body: str) -> Path:
    """A small project whose manuscript has this body, laid down in an empty folder."""
    (root / "paper.qmd").write_text(f"---\ntitle: Uji\ndate: 2024-05-01\n---\n\n{body}\n", encoding="utf-8")
    (root / "_quarto.yml").write_text("project:\n  type: manuscript\nlang: id\n", encoding="utf-8")
    (root / "data").mkdir()
    return root


def change(file: Path, old: str, new: str) -> None:
    """Replace the one `old` in a file; it must be there, and once."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file.name}"
    file.write_text(text.replace(old, new), encoding="utf-8")


def recomputed(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command on the paper in `root`, as its reader would run it."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RECOMPUTED", "PAPER_"))}
    own |= {"PYTHONPATH": str(CHECKOUT / "recomputed" / "src"), "PYTHONDONTWRITEBYTECODE": "1", **environment}
    command = [sys.executable, "-P", "-m", "recomputed", "-C", str(root), *arguments]
    pipes = {"capture_output": True, "text": True, "encoding": "utf-8"}
    return subprocess.run(command, check=False, timeout=300, env=own, **pipes)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder `name` that `make` fills, made once a session: whichever worker comes first makes it for all."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, made = shared / name, shared / f"{name}.made"
    with FileLock(shared / f"{name}.lock"):
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)  # where it stays: a build knows the folder that it was made in
            made.touch()
    return folder
