"""From rows of data to numbers: figures as an article reports them, and counts of rows."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from difflib import get_close_matches
from typing import NoReturn

from recomputed.faults import Fault, InputError
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import CODED, DERIVED, MEASURED, TRANSCRIBED, Coding, Formula, Number
from recomputed.quantity.reported import stands_for
from recomputed.tables.records import Row, Table

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


def _quantity_of(row: Row) -> str:
    return next((row[name] for name in QUANTITY if name in row.table.columns), "")


def transcribe(table: Table) -> Iterator[Number]:
    """One number for each row of a table of reported quantities, `<table>.<id>`, of the kind that `origin` says.

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
    words: str = "",
    again: Sequence[Row] = (),
    made: bool = False,
) -> Number:
    """One number from one cell, for tables that are not lists of reported quantities.

    It is transcribed; where the cell is `made`, it is what `origin` says of the row. Rows `again` repeat it in
    another place: their cells are added. Raises InputError where the cell is empty or a repeated figure differs.
    """
    text = row.decimal(column)
    if text is None:
        file, _, _, sheet_row = row.place(column)
        raise InputError(Fault(file, "a number", "an empty cell", sheet_row, column))
    faults = [fault for other in again for fault in _differences(row, other, (column,))]
    if faults:
        raise InputError(faults)
    granularity = row.decimal("granularity") if hedge == "about" else None
    kind, coding = origin(row) if made else (TRANSCRIBED, None)
    return Number(
        id=id_,
        value=Interval.point(text),
        stands_for=_meant(row, column, text, None, hedge, granularity),
        unit=unit,
        kind=kind,
        coding=coding,
        digits=_decimals(text),
        words=words,
        formula=Formula.of(transcribe_cell),
        cells=tuple(report.place(column) for report in (row, *again)),
        hedge=hedge,
        subject=subject_of(row),
        quantity=_quantity_of(row) or column,
    )


def _transcribe_row(table: str, row: Row, repeats: Sequence[Row]) -> Number:
    low, high = row.decimal("low"), row.decimal("high")
    assert low is not None  # the schema requires it
    columns = ["low"] if high is None else ["low", "high"]
    kind, coding = origin(row)
    return Number(
        id=f"{table}.{row.key}",
        value=Interval.closed(low, low if high is None else high),
        stands_for=_meant(row, "low", low, high, row["hedge"], row.decimal("granularity")),
        unit=row["unit"],
        kind=kind,
        coding=coding,
        digits=max(_decimals(low), _decimals(high) if high is not None else 0),
        words="",
        formula=Formula.of(transcribe),
        cells=tuple(report.place(column) for report in (row, *repeats) for column in columns),
        hedge=row["hedge"],
        subject=subject_of(row),
        quantity=_quantity_of(row),
    )


def origin(row: Row) -> tuple[str, Coding | None]:
    """How a row came about: `coded` by its `rule` from the claim `coded_from`, `measured`, or else transcribed.

    Raises InputError where a coded row lacks claim or rule, or another row has one.
    """
    columns = row.table.columns
    kind, claim, rule = (row[name] if name in columns else "" for name in ("kind", "coded_from", "rule"))
    if kind not in ("", CODED, MEASURED, TRANSCRIBED):
        _refuse(row, "kind", f"{CODED}, {MEASURED} or nothing", kind)
    for column, text in (("coded_from", claim), ("rule", rule)):
        if kind == CODED and not text:
            _refuse(row, column, "the claim and the rule that the row was coded by", "an empty cell")
        if kind != CODED and text:
            _refuse(row, column, f"an empty cell, as the row is not {CODED}", text)
    evidence = row["evidence"] if "evidence" in columns else ""
    return kind or TRANSCRIBED, Coding(claim, rule, evidence) if kind == CODED else None


def _refuse(row: Row, column: str, expected: str, found: str) -> NoReturn:
    file, _, _, sheet_row = row.place(column)
    raise InputError(Fault(file, expected, found, sheet_row, column))


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
