"""Each reported figure is entered twice, as data and as a claim of the article, and the two entries agree.

A row of the data that reports a figure needs a claim with the same case, unit and figures in the same place of
the article; a claim needs such a row, unless a number that is computed or counted bears it out.
"""

from collections.abc import Iterator

from recomputed.faults import Fault
from recomputed.guards.orphans import LEDGER
from recomputed.tables.load import Row, Tables

Entry = tuple[str, ...]


def unattested(tables: Tables) -> Iterator[Fault]:
    """A fault for each row of data without its claim, and for each claim that only its row could bear out."""
    claims = {_entry(row): row for row in tables.rows("published") if row["low"]}
    reported = set()
    for name, table in tables.items():
        if name in LEDGER or not {"low", "locator"} <= set(table.columns):
            continue
        for row in table.rows:
            if row["low"] and _entry(row) in claims:
                reported.add(_entry(row))
            elif row["low"]:
                expected = f"figures that a claim of published.csv has at {row['locator']}"
                yield Fault(table.file, expected, _told(row), row.sheet_row, "low")
    for row in tables.rows("published"):
        if row["low"] and row["expected"] == "disagrees" and _entry(row) not in reported:
            expected = f"figures that a row of data has at {row['locator']}, as no number bears them out"
            yield Fault(tables["published"].file, expected, _told(row), row.sheet_row, "low")


def _entry(row: Row) -> Entry:
    case = row["case"] if "case" in row.table.columns else ""
    high = row["high"] if "high" in row.table.columns else ""
    return row["locator"], case, row["unit"], row["low"], high if high != row["low"] else ""


def _told(row: Row) -> str:
    _, case, unit, low, high = _entry(row)
    return " ".join(filter(None, (case, f"{low}–{high}" if high else low, unit)))
