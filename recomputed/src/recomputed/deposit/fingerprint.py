"""What a build depends on, as one hash; what a build made, as one hash a file. Standard library only, and
quick.
"""

import hashlib
import json
import os
import platform
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

SOURCES = (
    "paper.qmd",
    "_quarto.yml",
    "_quarto-blind.yml",
    "references.bib",
    "names.csv",
    "requirements.lock",
    "pyproject.toml",
    "paper.toml",
)
FOLDERS = ("analysis", "recomputed", "_extensions")
_PASSED_OVER = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


def fingerprint(root: Path, data: Path, settings: Mapping[str, object]) -> str:
    """The SHA-256 of all that a build reads: the paper's files, the data, the code, the environment,
    `settings`.
    """
    digest = hashlib.sha256()
    for name, path in _read(root, data):
        digest.update(f"{name}\0{sha256(path)}\n".encode())
    surroundings = {
        "python": sys.version,
        "machine": [sys.platform, platform.machine()],
        "packages": _packages(),
        "epoch": os.environ.get("SOURCE_DATE_EPOCH"),
        "settings": dict(settings),
    }
    digest.update(json.dumps(surroundings, sort_keys=True).encode())
    return digest.hexdigest()


def hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file under `folder`, by its path in it."""
    return {path.relative_to(folder).as_posix(): sha256(path) for path in _files(folder)}


def sha256(path: Path) -> str:
    """A file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _read(root: Path, data: Path) -> Iterator[tuple[str, Path]]:
    for name in SOURCES:
        if (root / name).is_file():
            yield name, root / name
    for folder in FOLDERS:
        for path in _files(root / folder):
            yield path.relative_to(root).as_posix(), path
    for path in _files(data):
        yield f"data:{path.relative_to(data).as_posix()}", path


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and _PASSED_OVER.isdisjoint(path.parts):
            yield path


def _packages() -> list[str]:
    """Every installed distribution with its version, as its metadata folder is named."""
    site = Path(sysconfig.get_path("purelib"))
    return sorted(path.name for path in site.glob("*.dist-info"))
