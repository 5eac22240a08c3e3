"""The numbers of the paper: what each is worth, what it stands for, and what it rests on.

A number is *transcribed* (read from cells of `data/`, as the article reports it) or *derived* (a function of
other numbers, or a count of rows). A function takes and gives `Interval`s and is evaluated twice: on the
operands' nominal values, which gives `value`, and on what they stand for given their hedges and rounding,
which gives `stands_for`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path

from analysis.faults import Fault, InputError, PaperError
from analysis.paths import ROOT
from analysis.study.intervals import Interval
from analysis.study.load import Place, Row, Table
from analysis.study.reported import stands_for

DERIVED = "derived"
TRANSCRIBED = "transcribed"
LISTED = 20_000  # rows of reported quantities; a thousand take a second and 50 MB
REPEATED = ("low", "high", "unit", "measure", "condition", "statistic")  # the same in every place of a figure


class UnknownNumber(PaperError, KeyError):
    """No number has this id. Names the nearest ones."""

    __str__ = Exception.__str__  # a KeyError would print its message in quotes

    def __init__(self, id_: str, known: Iterable[str]):
        near = get_close_matches(id_, list(known), n=3, cutoff=0.5)
        hint = f" Hint: did you mean {' or '.join(near)}?" if near else " Hint: `trace` lists all ids."
        super().__init__(f"no number has the id {id_!r}.{hint}")


@dataclass(frozen=True, slots=True)
class Formula:
    """The function that computes a number: its dotted name, its file from the project's root, its line."""

    name: str
    file: str
    line: int

    @classmethod
    def of(cls, function: Callable[..., object]) -> "Formula":
        code = function.__code__
        file = Path(code.co_filename).resolve().relative_to(ROOT).as_posix()
        return cls(f"{function.__module__}.{function.__qualname__}", file, code.co_firstlineno)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the paper.

    `value` is the nominal value, a point or a range, in `unit`; `stands_for` the interval that it can mean.
    `digits` is how many decimals it is printed with. `words` is the expression in Indonesian words.
    `operands` are the numbers it is computed from, `cells` the data cells that it reads itself.
    """

    id: str
    value: Interval
    stands_for: Interval
    unit: str
    kind: str
    digits: int
    words: str
    formula: Formula
    operands: tuple["Number", ...] = ()
    cells: tuple[Place, ...] = ()
    hedge: str = "none"

    def all_cells(self) -> tuple[Place, ...]:
        """Every data cell that the number rests on, its operands' included, each once, in order."""
        own = dict.fromkeys(self.cells)
        for operand in self.operands:
            own.update(dict.fromkeys(operand.all_cells()))
        return tuple(own)


class Numbers(Mapping[str, Number]):
    """All numbers by id, in the order they were made. An unknown id raises `UnknownNumber`."""

    def __init__(self) -> None:
        self._by_id: dict[str, Number] = {}

    def add(self, numbers: Iterable[Number]) -> None:
        """Add numbers. Raises ValueError for an id that is there already."""
        for number in numbers:
            if number.id in self._by_id:
                raise ValueError(f"two numbers have the id {number.id!r}")
            self._by_id[number.id] = number

    def __getitem__(self, id_: str) -> Number:
        try:
            return self._by_id[id_]
        except KeyError:
            raise UnknownNumber(id_, self._by_id) from None

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


def derive(
    id_: str,
    function: Callable[..., Interval],
    *operands: Number,
    unit: str,
    words: str,
    digits: int = 0,
) -> Number:
    """The number `id_` = `function(*operands)`, evaluated on the nominal values and on what they stand for.

    Raises InputError, naming the cells that it rests on, where the function has no value for them.
    """
    try:
        value = function(*(operand.value for operand in operands))
        stands = function(*(operand.stands_for for operand in operands))
    except (ArithmeticError, ValueError) as error:
        raise InputError(list(_without_value(id_, operands, error))) from None
    return Number(
        id=id_,
        value=value,
        stands_for=stands,
        unit=unit,
        kind=DERIVED,
        digits=digits,
        words=words,
        formula=Formula.of(function),
        operands=operands,
    )


def _without_value(id_: str, operands: Sequence[Number], reason: Exception) -> Iterator[Fault]:
    """A fault at each cell that leaves the number without a value; of a division, those that may be 0."""
    zeros = [one for one in operands if one.stands_for.contains(0)]
    divides = isinstance(reason, ZeroDivisionError) and zeros
    expected = f"{'no zero' if divides else 'figures'} from which {id_} can be computed"
    for operand in zeros if divides else operands:
        found = f"{operand.value}" if divides else f"{operand.value} ({reason})"
        for file, _, column, row in operand.all_cells():
            yield Fault(file, expected, found, row, column)


def count(id_: str, rows: Sequence[Row], column: str, *, unit: str, words: str) -> Number:
    """The number of `rows`, a derived number that rests on their cells in `column`."""
    value = Interval.point(len(rows))
    cells = tuple(row.place(column) for row in rows)
    return Number(id_, value, value, unit, DERIVED, 0, words, Formula.of(count), cells=cells, hedge="exact")


def transcribe(table: Table) -> Iterator[Number]:
    """One transcribed number for each row of a table of reported quantities, `<table>.<id>`.

    Rows that repeat another row's figure in another place make no number of their own: their cells are
    added to that number's. Raises InputError where a repeated figure differs from the first.
    """
    if len(table) > LISTED:
        expected = f"at most {LISTED} rows, as each is a number that the paper lists"
        raise InputError(Fault(table.file, expected, f"{len(table)}"))
    repeats: dict[str, list[Row]] = {}
    for row in table.rows:
        if row["repeats"]:
            repeats.setdefault(row["repeats"], []).append(row)
    faults = [
        fault
        for row in table.rows
        for again in repeats.get(row.key, [])
        for fault in _differences(row, again)
    ]
    if faults:
        raise InputError(faults)
    for row in table.rows:
        if not row["repeats"]:
            yield _transcribe_row(table.name, row, repeats.get(row.key, []))


def transcribe_cell(
    id_: str,
    row: Row,
    column: str,
    *,
    unit: str,
    hedge: str = "exact",
    words: str | None = None,
    again: Sequence[Row] = (),
) -> Number:
    """One transcribed number from one cell, for tables that are not lists of reported quantities.

    Rows `again` repeat it in another place: their cells are added. Raises InputError where the cell is empty
    or a repeated figure differs from it.
    """
    text = row.decimal(column)
    if text is None:
        file, _, _, sheet_row = row.place(column)
        raise InputError(Fault(file, "a number", "an empty cell", sheet_row, column))
    faults = [fault for other in again for fault in _differences(row, other, (column,))]
    if faults:
        raise InputError(faults)
    granularity = row.decimal("granularity") if hedge == "about" else None
    return Number(
        id=id_,
        value=Interval.point(text),
        stands_for=_meant(row, column, text, None, hedge, granularity),
        unit=unit,
        kind=TRANSCRIBED,
        digits=_decimals(text),
        words=words or "seperti dilaporkan artikel",
        formula=Formula.of(transcribe_cell),
        cells=tuple(report.place(column) for report in (row, *again)),
        hedge=hedge,
    )


def _transcribe_row(table: str, row: Row, repeats: Sequence[Row]) -> Number:
    low, high = row.decimal("low"), row.decimal("high")
    assert low is not None  # the schema requires it
    columns = ["low"] if high is None else ["low", "high"]
    return Number(
        id=f"{table}.{row.key}",
        value=Interval.closed(low, low if high is None else high),
        stands_for=_meant(row, "low", low, high, row["hedge"], row.decimal("granularity")),
        unit=row["unit"],
        kind=TRANSCRIBED,
        digits=max(_decimals(low), _decimals(high) if high is not None else 0),
        words="seperti dilaporkan artikel",
        formula=Formula.of(transcribe),
        cells=tuple(report.place(column) for report in (row, *repeats) for column in columns),
        hedge=row["hedge"],
    )


def _meant(
    row: Row, column: str, low: Decimal, high: Decimal | None, hedge: str, granularity: Decimal | None
) -> Interval:
    """What a row's figure stands for; InputError at `column` where hedge, figure and granularity do not fit."""
    try:
        return stands_for(low, high, hedge, granularity)
    except ValueError as error:
        file, _, _, sheet_row = row.place(column)
        expected = f"a figure, hedge and granularity that fit: {error}"
        raise InputError(Fault(file, expected, f"{low} {hedge}", sheet_row, column)) from None


class Reported(dict[str, Number]):
    """Numbers by id, of which a subject needs some: InputError for one whose row the data lack."""

    def __init__(self, numbers: Iterable[Number]):
        super().__init__((number.id, number) for number in numbers)

    def __missing__(self, id_: str) -> Number:
        table, _, key = id_.partition(".")
        near = get_close_matches(id_, self, n=1, cutoff=0.8)
        found = f"none; there is {near[0].partition('.')[2]!r}" if near else "none"
        raise InputError(Fault(f"data/{table}.csv", f"a row {key!r}, which the paper computes with", found))


def _differences(first: Row, again: Row, columns: Sequence[str] = REPEATED) -> Iterator[Fault]:
    for column in columns:
        if first[column] != again[column]:
            file, _, _, sheet_row = again.place(column)
            yield Fault(
                file,
                f"{first[column]!r}, as in row {first.sheet_row} that this row repeats",
                repr(again[column]),
                sheet_row,
                column,
            )


def _decimals(printed: Decimal) -> int:
    """How many decimals it was printed with."""
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
