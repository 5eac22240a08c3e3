"""Nothing is left over: numbers that nobody reads, data that nothing uses, figures and sources that the text
does not refer to, references that lead nowhere.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, nearest
from recomputed.guards.allowed import Allowances
from recomputed.guards.passages import Text
from recomputed.guards.references import Reference
from recomputed.ledger.examination import COUNTS, Examination
from recomputed.ledger.read import TABLES as LEDGER_TABLES
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import Number
from recomputed.tables.load import Place, Tables

NUMBER, CELL, FLOAT = "orphan-number", "unused-cell", "orphan-float"
SOURCE, REFERENCE = "orphan-source", "reference"


@dataclass(frozen=True, slots=True)
class Orphan:
    """Something left over: of what kind, which, whether a row of `allowed.csv` expects it, and a sentence."""

    kind: str
    id: str
    expected: bool
    message: str


def shown_numbers(text: Text) -> tuple[str, ...]:
    """The ids of the numbers that the paper shows, in order, repeats included; text alternatives last."""
    return (
        *(piece.number for passage in text.passages for piece in passage.pieces if piece.number),
        *(id_ for alternative in text.alternatives for id_ in alternative.numbers),
    )


def find_orphans(
    text: Text,
    numbers: Mapping[str, Number],
    made: Mapping[str, str],
    sources: Sequence[Reference],
    allowed: Allowances,
    cited_at: Callable[[str], str],
) -> Iterator[Orphan]:
    """Numbers neither shown nor used by one that is; figures and tables, by label with the place where each is `made`,
    that the paper does not show; those and sources that nothing refers to; references to nothing, each `cited_at` a
    place.
    """

    def orphan(kind: str, id_: str, sentence: str) -> Orphan:
        return Orphan(kind, id_, allowed.permit(kind, id_), f"{id_}: {sentence}")

    unused = dict.fromkeys(_unused_numbers(numbers, set(shown_numbers(text))))
    if unused.keys() >= COUNTS:  # a paper need not count what was found, but one that does counts it whole
        unused = dict.fromkeys(id_ for id_ in unused if id_ not in COUNTS)
    for id_ in unused:
        yield orphan(NUMBER, id_, "a number that the paper does not show and no shown number uses")
    cited = dict.fromkeys(key for passage in text.passages for key in passage.cites)
    floats = [label for label in text.labels if label.startswith(("fig-", "tbl-"))]
    for label, where in made.items():
        if label not in floats:
            yield orphan(FLOAT, label, f"a figure or table of {where}, that the paper does not show")
    known = {source.key: source for source in sources}
    for label in floats:
        if label not in cited:
            yield orphan(FLOAT, label, "a figure or table that the text never refers to")
    for key, source in known.items():
        if key not in cited:
            yield orphan(
                SOURCE, key, f"a source in {source.file}, row {source.row}, that the paper never cites"
            )
    for key in cited:
        if key not in known and key not in text.labels:
            hint = nearest(key, (*known, *text.labels))
            yield orphan(
                REFERENCE, key, f"a reference to no source, figure, table or section{hint}{cited_at(key)}"
            )


def unused_settings(examination: Examination) -> Iterator[Fault]:
    """What `paper.toml` says in other words of an expression or a quantity that there is none of."""
    settings, numbers = paper_settings(), examination.numbers.values()
    words = {one.words for one in numbers} | {one.coding.rule for one in numbers if one.coding}
    assumed = (value for one in settings.assumptions for value in (one.value, *one.alternatives))
    named = (
        {*assumed} | {one.quantity for one in numbers} | {one.quantity for one in examination.ledger.claims}
    )
    stems = {stem for id_ in examination.numbers for stem in accumulate(id_.split("."), "{}.{}".format)}
    known = {"expressions": words, "quantities": named | stems}
    expected = {"expressions": "words of an expression, or of a rule of coding", "quantities": "a quantity"}
    for table, there in known.items():
        for name in getattr(settings, table):
            if name not in there:
                found = f"{name!r}{nearest(name, filter(None, there))}, which nothing is"
                yield Fault(f"{paths.SETTINGS_FILE}, {table}", expected[table], found)


def unused_cells(tables: Tables, numbers: Mapping[str, Number]) -> Iterator[Place]:
    """The cells that take part in computation, by the schema, and in fact in no number.

    A qualifier (case, unit, hedge) is used where a cell of its row is. A column that a number is measured over, or
    chooses rows by, is used whole, and so is each of its rows: none of them is asked for by name.
    """
    used = {cell for number in numbers.values() for cell in number.cells}
    rows = {(cell.file, cell.key) for cell in used}
    over = [selection for number in numbers.values() for selection in number.selections]
    measured = {(one.file, column) for one in over for column in (*one.columns, *one.by)}
    ledger = {tables[name] for name in LEDGER_TABLES if name in tables}
    whole = [
        table for table in tables.values() if table in ledger or any(table.file == one.file for one in over)
    ]
    measured |= {(table.file, column) for table in ledger for column in table.columns}
    for cell in tables.places("value", without=measured):
        if cell not in used:
            yield cell
    for cell in tables.places(
        "qualifier", without={(one.file, name) for one in whole for name in one.columns}
    ):
        if (cell.file, cell.key) not in rows:
            yield cell


def orphan_cell(cell: Place, allowed: Allowances) -> Orphan:
    """An unused cell as something left over."""
    where, id_ = f"{cell.file}, row {cell.sheet_row}, column {cell.column}", cell_id(cell)
    message = f"{where}: a cell that the schema says is computed with, and no number uses"
    return Orphan(CELL, id_, allowed.permit(CELL, id_), message)


def cell_id(cell: Place) -> str:
    """A cell's name in messages and allowances: `trees:height.oak:low`."""
    return f"{_stem(cell.file)}:{cell.key}:{cell.column}"


@cache
def _stem(file: str) -> str:
    return Path(file).stem


def _unused_numbers(numbers: Mapping[str, Number], shown: Set[str]) -> Iterator[str]:
    used: set[str] = set()
    waiting = [numbers[id_] for id_ in shown if id_ in numbers]
    while waiting:
        number = waiting.pop()
        if number.id not in used:
            used.add(number.id)
            waiting.extend(number.operands)
    yield from (id_ for id_ in numbers if id_ not in used)
