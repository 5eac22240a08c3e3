"""All that rests on a data file, on one of its rows, or on a line of the analysis, directly and through operands."""

import inspect
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from itertools import islice
from pathlib import Path, PureWindowsPath
from typing import Any

from recomputed import paths
from recomputed.descriptions.code_lines import lines_of
from recomputed.descriptions.mentions import lines_of_numbers
from recomputed.editions import manuscript_of, profiles
from recomputed.faults import Fault, InputError, nearest
from recomputed.file_kind import DIRECTORY, FILE, kind_at
from recomputed.ledger.baseline import numbered, read_known
from recomputed.quantity.numbers import Number, code_file
from recomputed.reading.trace import Tracer
from recomputed.study import study
from recomputed.tables.records import Table
from recomputed.text_files import read_text

_FEW = 12  # keys that a message lists
PLACE = re.compile(r"(?P<file>(?:[A-Za-z]:(?=[\\/]))?[^:]+)(?::(?P<row>.*))?")


def is_place(text: str) -> bool:
    """Whether `text` names a file, not a number: `data/trees.csv`, `data/trees.csv:oak`, `analysis/trees.py:12`."""
    found = PLACE.fullmatch(text)
    if found is None:
        return False
    file = found["file"]
    return file.endswith((".csv", ".py")) or kind_at(paths.ROOT / _from_root(file)) in (FILE, DIRECTORY)


def impact(tracer: Tracer, place: str) -> dict[str, list[Any]]:
    """What rests on a place: the `rows` of the sheet that it names; numbers, each `direct` or not; lines of the first
    manuscript, `places` in each edition's; figures, tables, claims, findings. A figure or table rests on its own code.

    Raises InputError that says what there is, for a file or a row that is not there.
    """
    found = PLACE.fullmatch(place)
    assert found is not None
    file, row = _from_root(found["file"]), found["row"]
    numbers = tracer.appendix.examination.numbers
    rows = list[int]()
    made: dict[str, set[str]] = {"figure": set(), "table": set()}
    if file.endswith(".py"):
        made = _of_code(tracer, file, row)
        own = made["number"]
    else:
        table = _table(tracer, file)
        rows += [] if row is None else [_sheet_row(table, row)]
        own = _of_data(tracer, table.file, rows)
    resting = {id_: id_ in own for id_, number in numbers.items() if _rests(number, own)}
    records = [tracer.records[id_] for id_ in resting]
    figures, tables = _shown(tracer, set(resting), made)
    places = [
        {"file": file, "line": line}
        for file in map(manuscript_of, profiles())
        for line in _lines(file, tracer, set(resting))
    ]
    return {
        "rows": rows,
        "numbers": [
            {"id": one["id"], "value": one["formatted"]["en"], "direct": resting[one["id"]]}
            for one in records
        ],
        "lines": [one["line"] for one in places if one["file"] == paths.PAPER.name],
        "places": places,
        "figures": figures,
        "tables": tables,
        "claims": sorted(_claims(tracer, set(resting))),
        "findings": sorted({finding for one in records for finding in one["findings"]}),
    }


def _lines(file: str, tracer: Tracer, ids: set[str]) -> list[int]:
    """The lines of a manuscript that state any of these numbers."""
    lines = lines_of_numbers(read_text(paths.ROOT / file), tracer.appendix.paper.make_table)
    return sorted({line for id_ in ids for line in lines.get(id_, [])})


def _from_root(file: str) -> str:
    """A path, however it is typed on any system, as files of the paper are called: from its root, with `/`."""
    typed = PureWindowsPath(file).as_posix()  # it takes both strokes
    for path in (paths.ROOT / typed, Path(typed)):
        if kind_at(path) == FILE and path.resolve().is_relative_to(paths.ROOT):
            return path.resolve().relative_to(paths.ROOT).as_posix()
    return typed


def _claims(tracer: Tracer, ids: set[str]) -> Iterator[str]:
    ledger = tracer.appendix.examination.ledger
    yield from (claim.id for claim in ledger.claims if claim.number in ids)
    for comparison in ledger.comparisons:
        if ids & set(re.findall(r"[\w-]+(?:\.[\w-]+)+", comparison.expression)):
            yield comparison.id


def _rests(number: Number, own: set[str]) -> bool:
    return number.id in own or any(_rests(operand, own) for operand in number.operands)


def _table(tracer: Tracer, file: str) -> Table:
    tables = {table.file: table for table in tracer.tables.values()}
    name = next((known for known in tables if known in (file, f"data/{file}")), "")
    if not name:
        expected = f"a number, a file of its code, or one of the data files {', '.join(tables)}"
        raise InputError(Fault("trace", expected, f"{file!r}{nearest(file, tables)}"))
    return tables[name]


def _of_data(tracer: Tracer, file: str, rows: Sequence[int]) -> set[str]:
    """The numbers that read the file, or one of these rows of it, themselves."""
    return {
        number.id
        for number in tracer.appendix.examination.numbers.values()
        if any(cell.file == file and (not rows or cell.sheet_row in rows) for cell in number.cells)
        or any(
            selection.file == file and (not rows or any(row - 2 in set(selection.rows) for row in rows))
            for selection in number.selections
        )
    }


def _sheet_row(table: Table, row: str) -> int:
    keys: Mapping[str, int] = {one.key: one.sheet_row for one in table.rows}
    if row in keys:
        return keys[row]
    last = max(keys.values(), default=1)
    if row.isdecimal() and len(row) <= len(str(last)) and 2 <= int(row) <= last:
        return int(row)
    told = ", ".join([*islice(keys, _FEW), *["…"] * (len(keys) > _FEW)])
    expected = f"a row from 2 to {last} of {table.file}, or its key: {told}"
    raise InputError(Fault("trace", expected, f"{row!r}{nearest(row, keys)}"))


def _of_code(tracer: Tracer, file: str, row: str | None) -> dict[str, set[str]]:
    """The numbers, figures and tables of which a function is in the file, and has that line."""
    made = list(_functions(tracer))
    files = {name for _, _, name, _ in made}
    if file not in files:
        expected = (
            f"one of the files with a function of a number, figure or table: {', '.join(sorted(files))}"
        )
        raise InputError(Fault("trace", expected, f"{file!r}{nearest(file, files)}"))
    found: dict[str, set[str]] = {"number": set(), "figure": set(), "table": set()}
    for kind, id_, name, lines in made:
        if name == file and (row is None or row in map(str, lines)):
            found[kind].add(id_)
    if not any(found.values()):
        own = sorted({(lines[0], lines[-1]) for _, _, name, lines in made if name == file})
        told = ", ".join(f"{first}–{last}" for first, last in own)
        expected = f"a line of {file} in a function of a number, figure or table: {told}"
        raise InputError(Fault("trace", expected, repr(row)))
    return found


def _functions(tracer: Tracer) -> Iterator[tuple[str, str, str, range]]:
    """Each function that makes a number, a figure or a table: which, its file and its lines."""
    for id_, one in tracer.records.items():
        file, line = one["function"]["file"], one["function"]["line"]
        yield "number", id_, file, lines_of(file, line)
    for name, figure in study().figures.items():
        yield "figure", name, *_place(figure.records)
        if figure.draw:
            yield "figure", name, *_place(figure.draw)
    for name, table in study().tables.items():
        yield "table", name, *_place(table.make)


def _place(function: Callable[..., Any]) -> tuple[str, range]:
    own = inspect.unwrap(function)
    lines, first = inspect.getsourcelines(own)
    return code_file(own), range(first, first + len(lines))


def _shown(tracer: Tracer, ids: set[str], own: Mapping[str, Set[str]]) -> tuple[list[str], list[str]]:
    """The figures and the tables of the paper that are `own`, or ask for any of these numbers when they are made."""
    paper, asked = tracer.appendix.paper, _Asked(tracer.appendix.examination.numbers)
    figures, tables = [], []
    for name, figure in study().figures.items():
        asked.ids.clear()
        figure.shown(asked, paper.cases, paper.data)  # type: ignore[arg-type]
        figures += [name] if name in own["figure"] or asked.ids & ids else []
    for name in study().tables:
        made = paper.make_table(name)
        asks = any(f'data-number="{id_}"' in made for id_ in ids)
        tables += [name] if name in own["table"] or asks else []
    return figures, tables


class _Asked(dict[str, Number]):
    """The numbers, and which of them were asked for."""

    def __init__(self, numbers: Mapping[str, Number]) -> None:
        super().__init__(numbers)
        self.ids: set[str] = set()

    def __getitem__(self, id_: str) -> Number:
        self.ids.add(id_)
        return super().__getitem__(id_)


def told(found: Mapping[str, list[Any]]) -> Iterator[str]:
    """The lines that tell it, in 80 columns; no id is cut."""
    number = numbered(read_known())
    listed = {
        **{
            f"lines of {file}": [one["line"] for one in found["places"] if one["file"] == file]
            for file in map(manuscript_of, profiles())
        },
        **{name: found[name] for name in ("figures", "tables", "claims")},
        "findings": [f"{number.get(id_, 'new')} {id_}" for id_ in found["findings"]],
    }
    yield f"numbers ({len(found['numbers'])}){''.join(f' that rest on row {row}' for row in found['rows'])}"
    for one in found["numbers"]:
        yield f"  {one['id']} = {one['value']}{'' if one['direct'] else '  (through others)'}"
    for name, those in listed.items():
        text = f"{name}: {', '.join(map(str, those)) or 'none'}"
        yield from textwrap.wrap(
            text, 80, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
        )
