"""Reads one CSV file as columns of text, and says what is wrong with the file, its header and its shape.

A UTF-8 byte order mark, CRLF line ends and quoted cells of several lines are fine. Rows count as a spreadsheet
shows them: the header is row 1, and a quoted cell of several lines is still in one row.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from analysis.faults import Fault, InputError, nearest
from analysis.study.rules import Cell
from analysis.study.schema import Resource
from analysis.text_files import LARGEST, file_fault, read_bytes, text_fault

LARGEST_TABLE = 2**30  # bytes of a table of data
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_EXPLAINED = {  # csv's own words
    "unexpected end of data": "a quotation mark that is never closed",
    "',' expected after '\"'": "text after a quoted cell (a quotation mark inside one is written twice)",
    "field larger than field limit (131072)": "a cell of more than 131072 characters"
    " (a quotation mark that is never closed?)",
}
_CHUNK = 256  # records transposed at a time: few enough to stay in the processor's cache
_SHARED = 65536  # distinct texts kept to share between equal cells

Columns = dict[str, list[Cell]]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a small table: its number as a spreadsheet counts, and its cells by column."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def read_table(folder: Path, resource: Resource, file: str) -> tuple[Columns, list[Fault]]:
    """The known columns of one file as text, and what is wrong with the file, its header and its shape."""
    path = folder / resource.path
    fault = file_fault(path, file)
    if fault is None and not path.resolve().is_relative_to(folder.resolve()):
        fault = Fault(file, "a regular file inside the folder", "a link that leads elsewhere")
    if fault:
        return {}, [fault]
    columns, faults = _read(path, file, resource.columns, LARGEST_TABLE)
    if not faults and not any(columns.values()):
        faults.append(Fault(file, "at least one row of data", "only a header"))
    return columns, faults


def read_lines(
    path: Path,
    columns: Sequence[str],
    shown: str = "",
    filled: Sequence[str] = (),
    key: Sequence[str] = (),
) -> list[Line]:
    """The rows of a small table that an author writes; none is an answer too.

    Raises InputError with every fault: of the file, its header and shape, an empty cell in a column that must
    be `filled`, a row that is there twice, by its `key`, else by its first cell where that must be filled.
    Messages call the file `shown`, else by its name.
    """
    file = shown or path.name
    read, faults = _read(path, file, columns, LARGEST)
    lines = [
        Line(number, {name: cell for name, cell in zip(read, cells, strict=True) if cell is not None})
        for number, cells in enumerate(zip(*read.values(), strict=True), start=2)
        if None not in cells
    ]
    empty = [(line, name) for line in lines for name in filled if not line.cells.get(name, "x").strip()]
    faults += [Fault(file, "a text", "an empty cell", line.row, name) for line, name in empty]
    if not faults:
        faults += _doubled(lines, key or (columns[:1] if columns[0] in filled else columns), file)
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    return lines


def _doubled(lines: Sequence[Line], key: Sequence[str], file: str) -> Iterator[Fault]:
    first: dict[tuple[str, ...], int] = {}
    for line in lines:
        cells = tuple(line[name] for name in key)
        if cells in first:
            found = f"{', '.join(map(repr, cells))}, as in row {first[cells]}"
            yield Fault(file, "a row that is not there twice", found, line.row, ", ".join(key))
        first.setdefault(cells, line.row)


def _read(path: Path, file: str, known: Sequence[str], largest: int) -> tuple[Columns, list[Fault]]:
    try:
        content = read_bytes(path, file, largest)
    except InputError as error:
        return {}, list(error.faults)
    if fault := text_fault(content, file, _cell):
        return {}, [fault]
    first = content[: 2**16].decode("utf-8-sig", "replace").splitlines()[:1]
    if first and (other := _other_separator(first[0], known)):
        return {}, [Fault(file, "comma-separated text", f"{other}: save it as CSV with commas", 1)]
    del content
    faults: list[Fault] = []
    columns: Columns = {}
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, strict=True)
        try:
            header = next(reader, None)
        except csv.Error as error:
            return {}, [Fault(file, "comma-separated text", _explained(error), 1)]
        if not header:
            return {}, [
                Fault(file, "a header and rows", "an empty file" if header is None else "an empty first line")
            ]
        faults += header_faults(header, known, file)
        position = {name: header.index(name) for name in known if name in header}
        columns = {name: [] for name in position}
        records = _records(reader, len(header), file, faults)
        shared: dict[Cell, Cell] = {}
        while chunk := list(islice(records, _CHUNK)):
            transposed = list(zip(*chunk, strict=True))
            for name, cells in columns.items():
                cells.extend(map(shared.setdefault, transposed[position[name]], transposed[position[name]]))
            if len(shared) > _SHARED:
                shared.clear()
    return columns, faults


def _other_separator(header: str, known: Sequence[str]) -> str:
    """What the columns are separated by where it is not commas; empty where it is, or cannot be told."""
    if header.lower().startswith("sep="):
        return f"the line {header!r}, which only Excel reads"
    named = {
        separator: sum(cell.strip(' "') in known for cell in header.split(separator))
        for separator in (",", *_SEPARATORS)
    }
    most = max(named, key=lambda separator: named[separator])
    if most == "," or not named[most]:
        return ""
    return f"columns separated by {_SEPARATORS[most]}"


def header_faults(header: Sequence[str], known: Sequence[str], file: str) -> list[Fault]:
    """Columns that are missing, unknown, doubled or out of order."""
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
    if not faults and tuple(header) != tuple(known):
        faults.append(Fault(file, f"the columns in this order: {', '.join(known)}", ", ".join(header), 1))
    return faults


def _cell(content: bytes, offset: int) -> tuple[int, str | None]:
    """Row, as a spreadsheet counts, and column of a byte of the file."""
    text = content[:offset].decode("utf-8-sig", "replace")
    before = list(csv.reader(io.StringIO(text + "x", newline="")))
    named = len(before) > 1 and len(before[-1]) <= len(before[0])
    return len(before), before[0][len(before[-1]) - 1] if named else None


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
                found = _width(record, width)
                faults.append(Fault(file, f"{width} cells, one for each column", found, row))
                yield [None] * width
    except csv.Error as error:
        faults.append(Fault(file, "comma-separated text", _explained(error), row + 1))


def _width(record: Sequence[str], width: int) -> str:
    """How many cells a row has that has not as many as the header, and what may have made it so."""
    if not record:
        return "an empty row"
    if len(record) > width:
        return f"{len(record)} (a cell with a comma in it stands in quotation marks)"
    for separator, name in _SEPARATORS.items():
        if separator in record[0]:
            return f"{len(record)}, separated by {name}"
    return f"{len(record)}"


def _explained(error: csv.Error) -> str:
    return _EXPLAINED.get(str(error), str(error))
