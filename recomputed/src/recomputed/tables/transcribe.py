"""From rows of data to numbers: figures as an article reports them, and counts of rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from recomputed.faults import Fault, InputError
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import CODED, DERIVED, MEASURED, TRANSCRIBED, Coding, Formula, Number
from recomputed.quantity.reported import stands_for
from recomputed.tables.records import Row, Table, no_row

LISTED = 20_000  # rows of reported quantities; a thousand take a second and 50 MB
REPEATED = ("low", "high", "unit", "measure", "condition", "statistic")  # the same in every place of a figure
QUANTITY = (
    "measure",
    "quantity",
)  # the columns, the first that there is, that name what a row is a figure of


def count(
    id_: str,
    rows: Sequence[Row],
    column: str,
    *,
    unit: str,
    words: str,
    subject: str | None = None,
    quantity: str = "",
) -> Number:
    """The number of `rows`, a derived number that rests on their cells in `column`.

    Its subject, unless given, is the case of the rows where they have a single one.
    """
    cases = {subject_of(row) for row in rows} if subject is None else {subject}
    return Number(
        id=id_,
        value=Interval.point(len(rows)),
        stands_for=Interval.point(len(rows)),
        unit=unit,
        kind=DERIVED,
        digits=0,
        words=words,
        formula=Formula.of(count),
        cells=tuple(row.place(column) for row in rows),
        hedge="exact",
        subject=cases.pop() if len(cases) == 1 else "",
        quantity=quantity,
    )


def subject_of(row: Row) -> str:
    """The case that a row is about; empty where its table has no such column."""
    return row["case"] if "case" in row.table.columns else ""


def transcribe(table: Table) -> Iterator[Number]:
    """One number for each row of a table of reported quantities, `<table>.<id>`, of the kind that `origin` says.

    Rows that repeat another row's figure in another place make no number of their own: their cells are
    added to that number's. Raises InputError where a repeated figure differs from the first.
    """
    if len(table) > LISTED:
        expected = f"at most {LISTED} rows, as each is a number that the paper lists"
        raise InputError(Fault(table.file, expected, f"{len(table)}"))
    repeats: dict[str, list[Row]] = {row.key: [] for row in table.rows if not row["repeats"]}
    for row in table.rows:
        if row["repeats"]:
            repeats[row["repeats"]].append(row)
    first = {key: table.row(key) for key in repeats}
    if faults := [
        fault for key, row in first.items() for again in repeats[key] for fault in _differences(row, again)
    ]:
        raise InputError(faults)
    for key, row in first.items():
        ends = {column: figure for column in ("low", "high") if (figure := row.decimal(column)) is not None}
        yield _reported(
            f"{table.name}.{key}",
            row,
            ends,
            row["unit"],
            row["hedge"],
            row.decimal("granularity"),
            Formula.of(transcribe),
            repeats[key],
        )


def transcribe_cell(
    id_: str,
    row: Row,
    column: str,
    *,
    unit: str,
    hedge: str = "exact",
    words: str = "",
    again: Sequence[Row] = (),
    made: bool = False,
) -> Number:
    """One number from one cell, for tables that are not lists of reported quantities.

    It is transcribed; where the cell is `made`, it is what `origin` says of the row. Rows `again` repeat it in
    another place: their cells are added. Raises InputError where the cell is empty or a repeated figure differs.
    """
    figure = row.decimal(column)
    if figure is None:
        raise InputError(row.fault(column, "a number", "an empty cell"))
    if faults := [fault for other in again for fault in _differences(row, other, (column,))]:
        raise InputError(faults)
    step = row.decimal("granularity") if hedge == "about" else None
    number = _reported(id_, row, {column: figure}, unit, hedge, step, Formula.of(transcribe_cell), again)
    if not made:
        number = replace(number, kind=TRANSCRIBED, coding=None)
    return replace(number, words=words, quantity=number.quantity or column)


def _reported(
    id_: str,
    row: Row,
    figures: Mapping[str, Decimal],
    unit: str,
    hedge: str,
    granularity: Decimal | None,
    formula: Formula,
    again: Sequence[Row],
) -> Number:
    """The number that a row reports by the figures of one column, or of two as the ends of a range."""
    low, *high = figures.values()
    try:
        meant = stands_for(low, high[0] if high else None, hedge, granularity)
    except ValueError as error:
        expected = f"a figure, hedge and granularity that fit: {error}"
        raise InputError(row.fault(next(iter(figures)), expected, f"{low} {hedge}")) from None
    kind, coding = origin(row)
    return Number(
        id=id_,
        value=Interval.closed(low, high[0] if high else low),
        stands_for=meant,
        unit=unit,
        kind=kind,
        coding=coding,
        digits=max(map(_decimals, figures.values())),
        words="",
        formula=formula,
        cells=tuple(report.place(column) for report in (row, *again) for column in figures),
        hedge=hedge,
        subject=subject_of(row),
        quantity=next((row[name] for name in QUANTITY if name in row.table.columns), ""),
    )


def origin(row: Row) -> tuple[str, Coding | None]:
    """How a row came about: `coded` by its `rule` from the claim `coded_from`, `measured`, or else transcribed.

    Raises InputError where a coded row lacks claim or rule, or another row has one.
    """
    columns = row.table.columns
    kind, claim, rule = (row[name] if name in columns else "" for name in ("kind", "coded_from", "rule"))
    if kind not in ("", CODED, MEASURED, TRANSCRIBED):
        raise InputError(row.fault("kind", f"{CODED}, {MEASURED} or nothing", kind))
    for column, text in (("coded_from", claim), ("rule", rule)):
        if kind == CODED and not text:
            expected = "the claim and the rule that the row was coded by"
            raise InputError(row.fault(column, expected, "an empty cell"))
        if kind != CODED and text:
            raise InputError(row.fault(column, f"an empty cell, as the row is not {CODED}", text))
    evidence = row["evidence"] if "evidence" in columns else ""
    return kind or TRANSCRIBED, Coding(claim, rule, evidence) if kind == CODED else None


class Reported(dict[str, Number]):
    """Numbers by id, of which a subject needs some: InputError for one whose row the data lack."""

    def __init__(self, numbers: Iterable[Number]):
        super().__init__((number.id, number) for number in numbers)

    def __missing__(self, id_: str) -> Number:
        table, _, key = id_.partition(".")
        known = (known.partition(".")[2] for known in self)
        raise InputError(no_row(f"data/{table}.csv", key, known))


def _differences(first: Row, again: Row, columns: Sequence[str] = REPEATED) -> Iterator[Fault]:
    for column in columns:
        if first[column] != again[column]:
            expected = f"{first[column]!r}, as in row {first.sheet_row} that this row repeats"
            yield again.fault(column, expected, repr(again[column]))


def _decimals(printed: Decimal) -> int:
    """How many decimals it was printed with."""
    exponent = printed.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
