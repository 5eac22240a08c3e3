"""The lock file: complete, hashed, and naming no place to fetch from."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from recomputed.paths import ROOT

LOCK = ROOT / "requirements.lock"


def read_lock() -> dict[str, list[Requirement]]:
    """The locked requirements by name; a package may have one version for each range of Pythons."""
    text = re.sub(r"^ *#.*\n", "", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    entries: dict[str, list[Requirement]] = {}
    for line in text.replace("\\\n", "").splitlines():
        requirement = Requirement(line.partition("--hash")[0])
        entries.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return entries


def read_project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_every_requirement_is_pinned_and_hashed() -> None:
    """Each is one exact version with the SHA-256 of every file that may be installed for it."""
    text = re.sub(r"^ *#.*\n", "", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = text.replace("\\\n", "").splitlines()
    assert len(lines) > 100
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==\S+ (; .+? )?( *--hash=sha256:[0-9a-f]{64})+", line), line


def test_it_names_no_place() -> None:
    """No address of an index, no folder: where packages come from is the user's setting."""
    text = LOCK.read_text(encoding="utf-8")
    assert not re.search(r"://|--index|--extra-index|--find-links|file:|/home|/root|/tmp|/opt", text)


def test_it_holds_every_dependency_of_the_project() -> None:
    """Each dependency in pyproject.toml, tests' included, is locked at a version that it allows."""
    project = read_project()["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    locked = read_lock()
    for requirement in map(Requirement, wanted):
        entries = locked[canonicalize_name(requirement.name)]
        for entry in entries:
            (pin,) = entry.specifier
            assert requirement.specifier.contains(pin.version, prereleases=True)


def test_it_leaves_out_what_the_project_excludes() -> None:
    """What cannot be installed from a wheel, and is not needed, is not in it."""
    excluded = read_project()["tool"]["uv"]["exclude-dependencies"]
    assert excluded
    assert read_lock().keys().isdisjoint(map(canonicalize_name, excluded))


def test_every_dependency_says_why() -> None:
    """In pyproject.toml, each dependency's line ends with its reason."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lists = re.findall(
        r"^(?:dependencies|test|exclude-dependencies) = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL
    )
    assert 3 == len(lists)
    for line in "".join(lists).splitlines():
        assert re.fullmatch(r'    "[\w.-]+", +# \S.+', line), line
