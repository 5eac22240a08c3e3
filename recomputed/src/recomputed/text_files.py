"""Reads the text files that authors edit, and says in one message why one cannot be read.

Whoever saves with a spreadsheet or an old editor gets told what was saved, and how to save it: another encoding, a
workbook instead of text. A UTF-8 byte order mark is fine. A device or a pipe is never opened, so nothing waits.
"""

import json
import tomllib
from codecs import BOM_UTF8
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from recomputed.faults import Fault, InputError, nearest
from recomputed.file_kind import FILE, kind_of

LARGEST = 16 * 2**20  # bytes of a text that a person writes
LONGEST = 2**20  # bytes of one line of it

_OTHER_ENCODINGS = {  # by the byte order mark; UTF-32 begins as UTF-16 does
    b"\xff\xfe\0\0": "UTF-32",
    b"\0\0\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_OTHER_FILES = {  # by how they begin
    b"PK\x03\x04": "a zip file, as a workbook or a Word document is",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF-": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"{\\rtf": "a rich text file",
}


def read_text(path: Path, shown: str = "", largest: int = LARGEST) -> str:
    """The text of the file, its lines ended by `\\n`, without a byte order mark.

    Messages call it `shown`, else by its name. Raises InputError, with the line where there is one, if it is
    missing, no regular file, not UTF-8, larger than `largest` or has a line longer than `LONGEST`.
    """
    text = decode(read_bytes(path, shown, largest), shown or path.name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def kept(path: Path, text: str) -> str:
    """`text` with the byte order mark and the line ends of the file whose place it takes, if there is one."""
    start = path.read_bytes()[:LONGEST] if path.is_file() else b""
    ends = b"\r\n" in start and b"\n" not in start.replace(b"\r\n", b"")
    return ("\ufeff" if start.startswith(BOM_UTF8) else "") + (text.replace("\n", "\r\n") if ends else text)


def read_json(path: Path, file: str) -> Any:
    """The parsed file, fractions as `Decimal`. Raises `InputError` naming `file`, the line and the column.

    NaN, infinity and a property twice in one object are refused, though Python's parser allows them.
    """
    text = read_text(path, file)
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_double
        )
    except json.JSONDecodeError as error:
        raise InputError(Fault(file, "JSON", error.msg, error.lineno, str(error.colno))) from None
    except RecursionError:
        raise InputError(Fault(file, "JSON", "more levels than can be read")) from None
    except ValueError as error:
        raise InputError(Fault(file, "JSON", str(error))) from None


def read_toml(path: Path, shown: str) -> dict[str, Any]:
    """The parsed file, fractions as `Decimal`. Raises `InputError` naming `shown`, with the line."""
    text = read_text(path, shown)
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise InputError(Fault(shown, "TOML", str(error))) from None


def read_bytes(path: Path, shown: str = "", largest: int = LARGEST) -> bytes:
    """What the file holds. Raises InputError if it is missing, no regular file, or larger than `largest`."""
    shown = shown or path.name
    if fault := file_fault(path, shown):
        raise InputError(fault)
    try:
        with path.open("rb") as file:
            content = file.read(largest + 1)
    except OSError as error:
        raise InputError(_unreadable(shown, error)) from None
    if len(content) > largest:
        raise InputError(Fault(shown, f"a text of at most {_size(largest)}", "more"))
    return content


def file_fault(path: Path, shown: str) -> Fault | None:
    """Why there is no regular file that can be opened, or None. Opens nothing."""
    try:
        kind = kind_of(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        found = (
            "a link that leads nowhere"
            if path.is_symlink()
            else f"no such file{nearest(path.name, _beside(path))}"
        )
        return Fault(shown, "a file", found)
    except OSError as error:
        return _unreadable(shown, error)
    except ValueError:  # a NUL in the name
        return Fault(shown, "the name of a file", repr(str(path)))
    return None if kind == FILE else Fault(shown, "a file", kind)


def decode(content: bytes, shown: str) -> str:
    """The text that `content` is, its line ends as they are. Raises InputError for what is no UTF-8 text."""
    if fault := text_fault(content, shown):
        raise InputError(fault)
    return content.decode("utf-8-sig")


def place(content: bytes, offset: int) -> tuple[int, str | None]:
    """Line and column, both from 1, of the byte at `offset`; what stands before it is UTF-8."""
    before = content[:offset].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, str(len(before) - before.rfind("\n"))


def text_fault(
    content: bytes, shown: str, where: Callable[[bytes, int], tuple[int, str | None]] = place
) -> Fault | None:
    """Why this is no UTF-8 text with lines of a bearable length, or None; `where` gives row and column."""
    for begin, kind in _OTHER_FILES.items():
        if content.startswith(begin):
            return Fault(shown, "text", f"{kind}: save it as plain text in UTF-8")
    for mark, encoding in _OTHER_ENCODINGS.items():
        if content.startswith(mark):
            return Fault(shown, "UTF-8 text", f"{encoding} text: save the file as UTF-8", 1)
    offset = content.find(b"\0")
    if offset < 0:
        try:
            content.decode()
        except UnicodeDecodeError as error:
            offset = error.start
    if offset >= 0:
        row, column = where(content, offset)
        found = f"byte 0x{content[offset]:02x} at offset {offset}{_read_as(content, offset)}"
        return Fault(shown, "UTF-8 text", found, row, column)
    if (start := _long_line(content)) is not None:
        return Fault(shown, f"lines of at most {_size(LONGEST)}", "a longer one", where(content, start)[0])
    return None


def _read_as(content: bytes, offset: int) -> str:
    """What a byte that is not UTF-8 would be in the encoding of an old editor, and what to do."""
    if content[offset] == 0:
        return " (UTF-16? save the file as UTF-8)" if content.count(b"\0") > len(content) // 4 else ""
    try:
        character = content[offset : offset + 1].decode("cp1252")
        content.decode("cp1252")
    except UnicodeDecodeError:
        return ": save the file as UTF-8"
    return f", {character!r} where a file is saved as Windows-1252 (Latin-1): save it as UTF-8"


def _long_line(content: bytes) -> int | None:
    """Where the first line longer than LONGEST begins, or None. Looks at one line end a megabyte."""
    start = 0
    while len(content) - start > LONGEST:
        window = start, start + LONGEST + 1
        end = max(content.rfind(b"\n", *window), content.rfind(b"\r", *window))
        if end < 0:
            return start
        start = end + 1
    return None


def _unreadable(shown: str, error: OSError) -> Fault:
    return Fault(shown, "a file that can be read", error.strerror or "an error")


def _beside(path: Path) -> list[str]:
    try:
        return sorted(other.name for other in path.parent.iterdir() if other.is_file())
    except OSError:
        return []


def _size(count: int) -> str:
    return f"{count // 2**20} MB"


def _no_constant(name: str) -> None:
    raise ValueError(f"{name}, which is not a JSON number")


def _no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree: dict[str, Any] = {}
    for name, value in pairs:
        if name in tree:
            raise ValueError(f"the property {name!r} twice in one object")
        tree[name] = value
    return tree
