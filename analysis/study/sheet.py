"""Reads one CSV file as columns of text, and says what is wrong with the file, its header and its shape.

A UTF-8 byte order mark, CRLF line ends and quoted cells of several lines are fine. Rows count as a spreadsheet
shows them: the header is row 1, and a quoted cell of several lines is still in one row.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from analysis.faults import Fault
from analysis.study.rules import Cell, nearest
from analysis.study.schema import Resource

_CHUNK = 256  # records transposed at a time: few enough to stay in the processor's cache
_SHARED = 65536  # distinct texts kept to share between equal cells

Columns = dict[str, list[Cell]]


def read_table(folder: Path, resource: Resource, file: str) -> tuple[Columns, list[Fault]]:
    """The known columns of one file as text, and what is wrong with the file, its header and its shape."""
    path = folder / resource.path
    fault = _unreadable(path, folder, file) or _not_text(path, file)
    if fault:
        return {}, [fault]
    faults: list[Fault] = []
    columns: Columns = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            header = next(reader, None)
        except csv.Error as error:
            return {}, [Fault(file, "comma-separated text", str(error), 1)]
        if not header:
            return {}, [
                Fault(file, "a header and rows", "an empty file" if header is None else "an empty first line")
            ]
        faults += header_faults(header, resource, file)
        position = {name: header.index(name) for name in resource.columns if name in header}
        columns = {name: [] for name in position}
        records = _records(reader, len(header), file, faults)
        shared: dict[Cell, Cell] = {}
        while chunk := list(islice(records, _CHUNK)):
            transposed = list(zip(*chunk, strict=True))
            for name, cells in columns.items():
                cells.extend(map(shared.setdefault, transposed[position[name]], transposed[position[name]]))
            if len(shared) > _SHARED:
                shared.clear()
    if not faults and not any(columns.values()):
        faults.append(Fault(file, "at least one row of data", "only a header"))
    return columns, faults


def header_faults(header: Sequence[str], resource: Resource, file: str) -> list[Fault]:
    """Columns that are missing, unknown, doubled or out of order."""
    known = resource.columns
    missing = [name for name in known if name not in header]
    unknown = [name for name in dict.fromkeys(header) if name not in known]
    doubled = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    faults = [Fault(file, f"a column {name!r}", "no such column", 1, name) for name in missing]
    for name in unknown:
        expected = f"one of the columns {', '.join(known)}"
        faults.append(Fault(file, expected, f"{name!r}{nearest(name, missing)}", 1, name))
    faults += [
        Fault(file, "each column only once", f"{header.count(name)} of it", 1, name) for name in doubled
    ]
    if not faults and tuple(header) != known:
        faults.append(Fault(file, f"the columns in this order: {', '.join(known)}", ", ".join(header), 1))
    return faults


def _unreadable(path: Path, folder: Path, file: str) -> Fault | None:
    try:
        if path.is_dir():
            return Fault(file, "a file", "a directory")
        if not path.exists():
            others = (other.name for other in path.parent.glob("*.csv")) if path.parent.is_dir() else ()
            return Fault(file, "a file", f"no such file{nearest(path.name, sorted(others))}")
        if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
            return Fault(file, "a regular file inside the folder", "a link or a device that leads elsewhere")
    except OSError as error:
        return Fault(file, "a file that can be read", error.strerror or "an error")
    return None


def _not_text(path: Path, file: str) -> Fault | None:
    """The first byte that is not UTF-8 text, by its offset in the file (from 0), row and column."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Fault(file, "a file that can be read", error.strerror or "an error")
    offset = data.find(b"\0")
    if offset < 0:
        try:
            data.decode()
        except UnicodeDecodeError as error:
            offset = error.start
        else:
            return None
    before = list(csv.reader(io.StringIO(data[:offset].decode("utf-8-sig", "replace") + "x", newline="")))
    column = before[0][len(before[-1]) - 1] if len(before) > 1 and len(before[-1]) <= len(before[0]) else None
    return Fault(file, "UTF-8 text", f"byte 0x{data[offset]:02x} at offset {offset}", len(before), column)


def _records(
    reader: Iterator[list[str]], width: int, file: str, faults: list[Fault]
) -> Iterator[Sequence[Cell]]:
    """The records after the header; one of another width is a fault, and blank to the rules that follow."""
    row = 1
    try:
        for row, record in enumerate(reader, start=2):
            if len(record) == width:
                yield record
            else:
                found = f"{len(record)}" if record else "an empty row"
                faults.append(Fault(file, f"{width} cells, one for each column", found, row))
                yield [None] * width
    except csv.Error as error:
        faults.append(Fault(file, "comma-separated text", str(error), row + 1))
