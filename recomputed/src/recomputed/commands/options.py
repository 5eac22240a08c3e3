"""What options and arguments have in common: paths looked at before anything is opened, and where JSON goes."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from recomputed.faults import Fault, InputError
from recomputed.file_kind import DEVICE, DIRECTORY, FILE, NOTHING, PIPE, kind_at

JsonFile = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write it as JSON; - is standard output.")
]
DataDirectory = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="Another data directory.", show_default="data")
]
STANDARD_OUTPUT = "-"
_STREAMS = (DEVICE, PIPE)  # written to as they are; a renaming would put a file in their place


def program() -> str:
    """What the command was called: `reproduce.py` names itself to the engine."""
    return os.environ.get("RECOMPUTED_PROGRAM") or "recomputed"


def require_directory(option: str, path: Path) -> None:
    """InputError unless a directory is there."""
    _require(option, path, "a directory", (DIRECTORY,))


def require_output(option: str, path: Path) -> None:
    """InputError unless a directory is there, or nothing, so that one can be made."""
    _require(option, path, "a directory", (DIRECTORY, NOTHING))


def require_writable(option: str, path: Path, expected: str = "a file to write") -> None:
    """InputError unless a file is there, or nothing in a directory: a device or a pipe would be replaced."""
    _require(option, path, expected, (FILE, NOTHING))
    _require(option, path.parent, "a file in a directory", (DIRECTORY,))


def require_template(path: Path, formats: Sequence[str]) -> bytes:
    """The DOCX at `path`, which a Word file can take its styles from. InputError if it is none, or `formats` has no
    Word file.
    """
    from recomputed.typeset.word import why_no_template

    option = "--reference-doc"
    _require(option, path, "a Word document (.docx)", (FILE,))
    if "docx" not in formats:
        raise InputError(Fault(option, "docx in --to", f"--to {','.join(formats)}"))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(Fault(option, "a file that can be read", f"{path}: {error.strerror}")) from None
    if reason := why_no_template(content):
        raise InputError(Fault(option, "a Word document (.docx)", f"{path}: {reason}"))
    return content


def _require(option: str, path: Path, expected: str, kinds: tuple[str, ...]) -> None:
    kind = kind_at(path)
    if kind not in kinds:
        raise InputError(Fault(option, expected, f"{kind} at {path}"))


def require_target(target: str | None) -> str | None:
    """The target, `-` for any name of standard output. InputError where no JSON can be written to it.

    Called before there is any, so that none is lost.
    """
    if target is None or target == STANDARD_OUTPUT:
        return target
    path = Path(target)
    if (
        target.startswith(("/dev/", "/proc/"))
        and path.exists()
        and os.path.samestat(path.stat(), os.fstat(1))
    ):
        return STANDARD_OUTPUT
    if kind_at(path) not in _STREAMS:
        require_writable("--json", path, "a file to write, or - for standard output")
    return target


def write_json(content: Any, target: str) -> None:
    """Write `content` as JSON to the file `target`, whole or not at all; into it where it is a device or a pipe
    with a reader; to standard output where it is `-`. InputError if it cannot be written.
    """
    from recomputed.atomic import write_whole

    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    if target == STANDARD_OUTPUT:
        sys.stdout.write(text)
    elif kind_at(Path(target)) in _STREAMS:
        _write_into(target, text)
    else:
        write_whole(Path(target), text)


def _write_into(target: str, text: str) -> None:
    try:
        handle = os.open(target, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))  # waits for no reader
        with open(handle, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
            if hasattr(os, "set_blocking"):
                os.set_blocking(handle, True)
            stream.write(text)
    except BrokenPipeError:
        return  # whoever read has seen enough
    except OSError as error:
        found = error.strerror or "an error"
        raise InputError(Fault("--json", "a place that can be written to", f"{target}: {found}")) from None
