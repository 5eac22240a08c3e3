"""The appendix's table: every number of the paper by its id, and what it rests on."""

import re
from collections.abc import Mapping
from pathlib import PurePath

from analysis.study.inline import NOTHING, Inlines, escape
from analysis.study.numbers import DERIVED, Number
from analysis.study.schema import Unit
from analysis.study.tables import HEDGE_WORDS, md, pipe_table

HEADER = ("Pengenal", "Nilai", "Satuan", "Asal")
WIDTHS = (29, 15, 15, 41)
MANY = 8  # rows of one file; a count over more names the file and leaves its rows to numbers.json
KINDS = {DERIVED: "dihitung", "transcribed": "ditranskripsi"}


def anchor(id_: str) -> str:
    """The name of a number's row in the appendix, to which its cards lead."""
    return f"number-{id_}"


def table_of_numbers(n: Inlines, units: Mapping[str, Unit]) -> str:
    """Every number, sorted by id, as Markdown: a pipe table in a div of class `numbers`.

    Each row carries the number's `anchor`, and its value is an inline number like those of the text.
    """
    rows = [_row(n, n[id_].number, units) for id_ in sorted(n)]
    return f"::: {{.numbers}}\n{pipe_table(HEADER, rows, WIDTHS)}\n:::\n"


def _row(n: Inlines, number: Number, units: Mapping[str, Unit]) -> tuple[str, ...]:
    return (
        f"{code(number.id)}{{#{anchor(number.id)}}}",
        HEDGE_WORDS.get(number.hedge, "") + md(n[number.id]),
        escape(units[number.unit].title if number.unit in units else number.unit),
        f"{KINDS[number.kind]}: {_origin(number)}",
    )


def _origin(number: Number) -> str:
    """The expression with its operands, or the rows that hold the number."""
    if number.kind == DERIVED:
        rests_on = [operand.id for operand in number.operands] or _rows(number)
        return f"{escape(number.words)} ({', '.join(map(code, rests_on))})"
    return ", ".join(map(code, _rows(number)))


def _rows(number: Number) -> list[str]:
    """File and row keys of the cells that the number reads itself, one text a file; of many rows, the file alone."""
    keys: dict[str, dict[str, None]] = {}
    for cell in number.cells:
        keys.setdefault(PurePath(cell.file).name, {})[cell.key] = None
    return [file if len(found) > MANY else f"{file}: {' '.join(found)}" for file, found in keys.items()]


def code(text: str) -> str:
    """Inline code that shows `text`, or plain text where a pipe table's code could not hold it."""
    return f"`{text}`" if re.fullmatch(r"[\w.:/ -]+", text) and not NOTHING.search(text) else escape(text)
