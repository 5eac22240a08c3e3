"""Each reported figure is entered twice, as data and as a claim of the article, and the two entries agree.

A row of the data names the claim that its figure also is, in its column `claim`; where a table has several
figures a row, `<column>_claim` names that of one of them, and `<column>_locator` and `<column>_unit` what differs from
the row's. Both have the same place, case, unit and figures. A cell
coded in another unit agrees where the claim's number rests on it: the claim's verdict holds the two together. No two
cells have one claim, and a claim that no other figure bears out needs its cell.
"""

from collections.abc import Iterator, Mapping

from recomputed.faults import Fault, nearest
from recomputed.ledger.read import TABLES as LEDGER_TABLES
from recomputed.quantity.numbers import MEASURED, TRANSCRIBED, Number, Place
from recomputed.tables.load import Row, Table, Tables


def unattested(tables: Tables, numbers: Mapping[str, Number]) -> Iterator[Fault]:
    """A fault for each reported cell without its own, equal claim, and for each claim that lacks the cell it needs."""
    if "published" not in tables:
        return
    claims = {row.key: row for row in tables.rows("published")}
    bound: dict[str, Place] = {}
    for name, table in tables.items():
        if name in LEDGER_TABLES or "locator" not in table.columns:
            continue
        for row in table.rows:
            if _cell(row, "kind") == MEASURED:  # its records attest it, not the article
                continue
            for column in _reported(table):
                if row.text(column) is not None:
                    yield from _faults(row, column, claims, bound, numbers)
    for claim in claims.values():
        if claim["low"] and claim.key not in bound and _needs_a_row(claim, numbers):
            expected = "a row of data that names this claim, as no other figure bears it out"
            found = f"none names {claim.key!r}"
            yield Fault(tables["published"].file, expected, found, claim.sheet_row, "id")


def _reported(table: Table) -> tuple[str, ...]:
    """The columns of figures. An upper end goes with the lower; a figure that the schema fixes is nobody's claim."""
    fields = [field for field in table.resource.fields if field.role == "value" and field.name != "high"]
    return tuple(field.name for field in fields if len(field.enum or ()) != 1)


def _faults(
    row: Row, column: str, claims: Mapping[str, Row], bound: dict[str, Place], numbers: Mapping[str, Number]
) -> Iterator[Fault]:
    """What is wrong with the claim of one cell; the first thing only."""
    names = row.table.columns
    link = next((name for name in (f"{column}_claim", "claim") if name in names), "")
    expected = "the id of the claim of published.csv that has this figure in this place"
    if not link:
        yield Fault(row.table.file, f"a column claim with {expected}", "none", row.sheet_row, column)
        return
    id_ = row.text(link)
    if id_ is None or id_ not in claims:
        found = "an empty cell" if id_ is None else f"{id_!r}{nearest(id_, claims)}"
        yield Fault(row.table.file, expected, found, row.sheet_row, link)
    elif id_ in bound:
        taken = f"{id_!r}, the claim of {bound[id_].column} in {bound[id_].file}, row {bound[id_].sheet_row}"
        yield Fault(row.table.file, f"{expected}, each named once", taken, row.sheet_row, link)
    else:
        bound[id_] = row.place(column)
        yield from _differences(row, column, claims[id_], numbers)


def _differences(row: Row, column: str, claim: Row, numbers: Mapping[str, Number]) -> Iterator[Fault]:
    unit = _unit(row, column) or claim["unit"]
    number = numbers.get(claim["number"])
    if unit != claim["unit"] and number and row.place(column) in number.all_cells():
        ours, theirs = _place(row, column), _place(claim)  # its verdict holds their figures together
    else:
        ours = (*_place(row, column), *_figures(row, column), unit)
        theirs = (*_place(claim), *_figures(claim, "low"), claim["unit"])
    if ours != theirs:
        expected = f"{_told(theirs)}, as the claim {claim.key!r} has it"
        yield Fault(row.table.file, expected, _told(ours), row.sheet_row, column)


def _place(row: Row, column: str = "low") -> tuple[str, ...]:
    locator = _cell(row, f"{column}_locator") or row["locator"]
    return f"at {locator}", _cell(row, "case")


def _figures(row: Row, column: str) -> tuple[str, ...]:
    low, high = row[column], _cell(row, "high") if column == "low" else ""
    return (f"{low}–{high}" if high not in ("", low) else low,)


def _unit(row: Row, column: str) -> str:
    return _cell(row, f"{column}_unit") or _cell(row, "unit")


def _cell(row: Row, column: str) -> str:
    """The cell; nothing where the table has no such column."""
    return row[column] if column in row.table.columns else ""


def _told(entry: tuple[str, ...]) -> str:
    place, *rest = entry
    return " ".join(filter(None, (*rest, place)))


def _needs_a_row(claim: Row, numbers: Mapping[str, Number]) -> bool:
    """Whether the claim's number is looked up in the data, or differs from what it states."""
    number = numbers.get(claim["number"])
    return claim["expected"] == "disagrees" or (number is not None and number.kind == TRANSCRIBED)
