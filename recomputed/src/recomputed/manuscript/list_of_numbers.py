"""The appendix's table: every number of the paper by its id, and what it rests on."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from recomputed.language.catalogue import language
from recomputed.language.selections import tell_rows
from recomputed.language.wording import told
from recomputed.ledger.assumptions import resting
from recomputed.manuscript.inline import NOTHING, Inlines, escape
from recomputed.manuscript.pipe_tables import hedged, pipe_table
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import DERIVED, MEASURED, Number
from recomputed.tables.schema import Unit

WIDTHS = (29, 15, 15, 41)
MANY = 8  # rows of one file; a count over more names the file and leaves its rows to numbers.json


def anchor(id_: str) -> str:
    """The name of a number's row in the appendix, to which its cards lead."""
    return f"number-{id_}"


def table_of_numbers(n: Inlines, units: Mapping[str, Unit]) -> str:
    """Every number, sorted by id, as Markdown in the language of `n`: a pipe table in a div of class `numbers`.

    Each row carries the number's `anchor`, and its value is an inline number like those of the text.
    """
    assumed = resting((n[id_].number for id_ in n), paper_settings().assumptions)
    rows = [_row(n, n[id_].number, units, assumed[id_]) for id_ in sorted(n)]
    columns = language(n.locale)["labels.numbers.columns"]
    return f"::: {{.numbers}}\n{pipe_table(columns, rows, WIDTHS)}\n:::\n"


def _row(n: Inlines, number: Number, units: Mapping[str, Unit], assumed: Sequence[str]) -> tuple[str, ...]:
    rests_on = "".join(f"; {assumption(id_)}" for id_ in assumed)
    return (
        f"{code(number.id)}{{#{anchor(number.id)}}}",
        hedged(n[number.id]),
        escape(units[number.unit].called(n.locale) if number.unit in units else number.unit),
        f"{language(n.locale)['labels.kinds'][number.kind]}: {_origin(number, n.locale)}{rests_on}",
    )


def assumption(id_: str) -> str:
    """A link to an assumption in the appendix, which a guard knows for one."""
    return f'[[{id_}]{{.quoted data-quoted="assumption-id:{id_}"}}](#assumption-{id_})'


def _origin(number: Number, lang: str) -> str:
    """The expression with its operands, or the rows that hold the number."""
    rows = list(map(code, _rows(number)))
    if number.kind == DERIVED:
        return _with(told(number.words, lang), [code(operand.id) for operand in number.operands] or rows)
    if number.kind == MEASURED and number.selections:
        over = [escape(tell_rows(selection, lang)) for selection in number.selections]
        return _with(told(number.words, lang), over, "; ")
    return _with(told(number.coding.rule, lang), rows) if number.coding else ", ".join(rows)


def _with(words: str, basis: Sequence[str], separator: str = ", ") -> str:
    """The words, and in parentheses what they rest on; a count of nothing rests on nothing."""
    return f"{escape(words)} ({separator.join(basis)})" if basis else escape(words)


def _rows(number: Number) -> list[str]:
    """File and row keys of the cells that the number reads itself, one text a file; of many rows, the file alone."""
    keys: dict[str, dict[str, None]] = {}
    for cell in number.cells:
        keys.setdefault(PurePath(cell.file).name, {})[cell.key] = None
    return [file if len(found) > MANY else f"{file}: {' '.join(found)}" for file, found in keys.items()]


def code(text: str) -> str:
    """Inline code that shows `text`, or plain text where a pipe table's code could not hold it."""
    return f"`{text}`" if re.fullmatch(r"[\w.:/ -]+", text) and not NOTHING.search(text) else escape(text)
