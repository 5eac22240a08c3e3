"""The paths that a command is given, looked at before anything is opened, computed or written."""

from pathlib import Path

from recomputed.faults import Fault, InputError
from recomputed.file_kind import DIRECTORY, FILE, NOTHING, kind_at


def require_directory(option: str, path: Path) -> None:
    """InputError unless a directory is there."""
    _require(option, path, "a directory", (DIRECTORY,))


def require_output(option: str, path: Path) -> None:
    """InputError unless a directory is there, or nothing, so that one can be made."""
    _require(option, path, "a directory", (DIRECTORY, NOTHING))


def require_writable(option: str, path: Path) -> None:
    """InputError unless a file is there, or nothing in a directory: a device or a pipe would be replaced."""
    _require(option, path, "a file to write, or - for standard output", (FILE, NOTHING))
    _require(option, path.parent, "a file in a directory", (DIRECTORY,))


def _require(option: str, path: Path, expected: str, kinds: tuple[str, ...]) -> None:
    kind = kind_at(path)
    if kind not in kinds:
        raise InputError(Fault(option, expected, f"{kind} at {path}"))
