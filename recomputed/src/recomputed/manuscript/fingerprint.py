"""What a build depends on, as one hash; what a build made, as one hash a file. Standard library only, and
quick.
"""

import hashlib
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from recomputed.paths import ENGINE

if TYPE_CHECKING:
    from recomputed.manuscript.kernel import Asked

SOURCES = (
    "references.bib",
    "names.csv",
    "requirements.lock",
    "pyproject.toml",
    "paper.toml",
)
FOLDERS = ("analysis", "_extensions")
GIVEN = "PAPER_"
"""How the variables begin that the engine itself reads, such as other assumptions."""
_PASSED_OVER = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def fingerprint(
    root: Path,
    data: Path,
    settings: Mapping[str, object],
    files: Iterable[str] = ("paper.qmd", "_quarto.yml", *SOURCES),
) -> str:
    """The SHA-256 of the paper's `files`, the data, the code, the environment, and `settings`."""
    return _of([contents(root, data, files), circumstances(settings)])


def contents(root: Path, data: Path, files: Iterable[str]) -> dict[str, str]:
    """The SHA-256 of each of the paper's `files`, and of each of the data and the code."""
    return {name: _content(path) for name, path in dict(_read(root, data, files)).items()}


def circumstances(settings: Mapping[str, object]) -> str:
    """The SHA-256 of the environment and of `settings`."""
    surroundings = {
        "python": sys.version,
        "machine": [sys.platform, platform.machine()],
        "packages": packages(),
        "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
        "given": {name: value for name, value in os.environ.items() if name.startswith(GIVEN)},
        "settings": dict(settings),
    }
    return _of(surroundings)


def _of(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def state(root: Path, read: str, environment: Mapping[str, str]) -> str:
    """What stands for the present content of what was read, `file:NAME`, `folder:NAME` or `variable:NAME`."""
    kind, _, name = read.partition(":")
    if kind == "variable":
        return hashlib.sha256(environment[name].encode()).hexdigest() if name in environment else "none"
    path = root / name
    try:
        if kind == "file" and path.is_file():
            return sha256(path)
        if kind == "folder":
            names = sorted(name for name in os.listdir(path) if not name.startswith((".", "_")))
            return hashlib.sha256("\0".join(names).encode()).hexdigest()
        return "a folder" if path.is_dir() else "none"
    except OSError as error:
        return error.strerror or "an error"


def reads(root: Path, asked: Iterable["Asked"], environment: Mapping[str, str]) -> dict[str, str]:
    """The `state` of all that cells read, except figures: what they write there is what is built."""
    found = {}
    for one in asked:
        name = one.name
        if one.kind in ("file", "folder") and Path(name).is_relative_to(root):
            name = Path(name).relative_to(root).as_posix()
        if one.kind not in ("file", "folder", "variable") or name.split("/")[0] == "figures":
            continue
        read = f"{one.kind}:{name}"
        found[read] = state(root, read, environment)
        if one.stamp and not (root / name).is_dir() and one.stamp != stamp(root / name):
            found[read] = "changed since it was read"
    return found


def stamp(path: Path) -> tuple[int, int] | None:
    """A file's size and time; None where there is none."""
    try:
        return path.stat().st_size, path.stat().st_mtime_ns
    except OSError:
        return None


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file under `folder`, by its path in it."""
    return {name_in(folder, path): sha256(path) for path in files_in(folder)}


def name_in(folder: Path, path: Path) -> str:
    """The path of a file that was found in a folder, from there on."""
    return path.as_posix()[len(folder.as_posix()) :].lstrip("/")


def sha256(path: str | Path) -> str:
    """A file's SHA-256."""
    with open(path, "rb", buffering=0) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _content(path: str) -> str:
    try:
        return sha256(path)
    except OSError as error:  # such as a file that another program has locked: what needs it says so
        return error.strerror or "an error"


def _read(root: Path, data: Path, files: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in files:
        if os.path.isfile(path := os.path.join(root, name)):
            yield name, path
    for code in sorted(root.glob("*.py")):  # a new one may stand before a package
        yield code.name, str(code)
    for folder in FOLDERS:
        for file in files_in(root / folder):
            yield name_in(root, file), str(file)
    for file in files_in(data):
        yield f"data:{name_in(data, file)}", str(file)


def files_in(folder: Path) -> Iterator[Path]:
    """Each file under a folder that someone may have written: none that Python or a system keeps for itself."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # none, or one that may not be read
        return
    for entry in entries:
        if entry.name in _PASSED_OVER:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_in(Path(entry.path))
        elif entry.is_file() and not entry.name.endswith(".pyc"):
            yield Path(entry.path)


def packages() -> list[str]:
    """Every installed distribution with its version, as its metadata folder is named, and the engine by its files: a
    checkout, beside the paper or elsewhere, has no version that says so.
    """
    site = Path(sysconfig.get_path("purelib"))
    engine = hashlib.sha256(json.dumps(hashes(ENGINE), sort_keys=True).encode()).hexdigest()
    return [*sorted(path.name for path in site.glob("*.dist-info")), engine]
