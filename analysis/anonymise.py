"""What the command `anonymise` makes of this paper's private records: codes for names, an index for money, ranges for
sessions. `private.json` describes them: `businesses.csv` (who they are), `turnover.csv` (rupiah a month) and
`sessions.csv` (an hour of a live session a row).

- Turnover: the mean month after the first live session over the mean month before, as an index with before =
  100, rounded to a multiple of 5 and said to be so (hedge `about`, granularity 5).
- Live sessions: for each case the range of viewers (also by hour of the session), comments, units sold and
  conversion rate, its ends moved outward to a round step, so that neither end is some session's own figure.
- A cell that would rest on fewer sessions or months than the threshold is left out, and said to be.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from recomputed import MEASURED, Row, Tables
from recomputed.privacy.codes import Codes
from recomputed.privacy.release import Cells, Recipe, Release, outward, rounded

INDEX_STEP = 5
EVIDENCE = "record"
STEPS = {"viewers": 10, "comments": 10, "units": 5, "conversion": 1}
"""The step to which the ends of a range are moved outward, in the unit of the measure."""
UNITS = {"viewers": "viewer", "comments": "comment", "units": "item", "conversion": "percent-ratio"}
TABLES = {"viewers": "audience", "comments": "audience", "units": "sessions", "conversion": "sessions"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One quantity of a business under one condition: a list of figures for each session that has it."""

    measure: str
    condition: str
    sessions: Sequence[Sequence[Fraction]]


def release(private: Tables, codes: Codes, threshold: int) -> Release:
    """The release of `private`, whose cells each rest on at least `threshold` sessions or months."""
    tables: dict[str, list[Cells]] = {"cases": [], "turnover": [], "audience": [], "sessions": []}
    left_out = []
    for business, case in codes.case.items():
        tables["cases"].append({"case": case, "locator": "records.businesses"})
        before, after = months(private, business)
        if min(len(before), len(after)) < threshold:
            left_out.append(f"turnover of {case}: {len(before)} months before live, {len(after)} after")
        elif mean_turnover(before) == 0:
            left_out.append(f"turnover of {case}: none before live, so no index")
        else:
            tables["turnover"].append(turnover_row(case, before, after))
        for measured in measures(private["sessions"].where(business=business)):
            row = range_row(case, measured)
            if len(measured.sessions) >= threshold:
                tables[TABLES[measured.measure]].append(row)
            else:
                left_out.append(f"{row['id']}: {len(measured.sessions)} sessions")
    return Release({name: rows for name, rows in tables.items() if rows}, codes, threshold, tuple(left_out))


def months(private: Tables, business: str) -> tuple[list[Row], list[Row]]:
    """The months of turnover before the first live session, and those from it on."""
    since = private["businesses"].row(business)["live_since"]
    rows = private["turnover"].where(business=business)
    return [row for row in rows if row["month"] < since], [row for row in rows if row["month"] >= since]


def mean_turnover(rows: Sequence[Row]) -> Fraction:
    """The mean amount of these months, in rupiah; 0 for none."""
    amounts = [Fraction(amount) for row in rows if (amount := row.decimal("amount")) is not None]
    return sum(amounts, Fraction(0)) / max(len(amounts), 1)


def turnover_row(case: str, before: Sequence[Row], after: Sequence[Row]) -> Cells:
    """The index after live, before = 100, to the nearest multiple of 5."""
    index = rounded(100 * mean_turnover(after) / mean_turnover(before), INDEX_STEP)
    return {
        "case": case,
        "before": "100",
        "index": str(index),
        "unit": "index",
        "hedge": "about",
        "granularity": str(INDEX_STEP),
        "window": str(len(after)),
        "window_unit": "month",
        "basis": "before-live",
        "kind": MEASURED,
        "evidence": EVIDENCE,
        "locator": "records.turnover",
    }


def measures(rows: Iterable[Row]) -> Iterator[Measured]:
    """Every quantity of one business. A session counts where all of its hours recorded the quantity.

    A session's comments and units are those of its hours together; its conversion rate is units for each 100
    viewers of its fullest hour; its viewers are a figure for each hour.
    """
    sessions: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        sessions[row["date"], row["slot"]].append(row)
    viewers, comments, units = (
        [_recorded(hours, name) for hours in sessions.values()] for name in ("viewers", "comments", "units")
    )
    yield Measured("viewers", "session", [figures for figures in viewers if figures])
    for hour in sorted({row.integer("hour") or 0 for hours in sessions.values() for row in hours}):
        own = [[row for row in hours if row.integer("hour") == hour] for hours in sessions.values()]
        figures_of_hour = [_recorded(hours, "viewers") for hours in own]
        yield Measured("viewers", f"hour-{hour}", [figures for figures in figures_of_hour if figures])
    for measure, recorded in (("comments", comments), ("units", units)):
        yield Measured(measure, "session", [[sum(figures, Fraction(0))] for figures in recorded if figures])
    paired = [(sum(sold), max(seen)) for sold, seen in zip(units, viewers, strict=True) if sold and seen]
    yield Measured("conversion", "session", [[100 * sold / seen] for sold, seen in paired if seen])


def _recorded(hours: Sequence[Row], column: str) -> list[Fraction]:
    """The figures of a session's hours, or none at all if an hour lacks its own."""
    figures = [row.decimal(column) for row in hours]
    return [Fraction(figure) for figure in figures if figure is not None] if None not in figures else []


def range_row(case: str, measured: Measured) -> Cells:
    """The range of a quantity, its ends moved outward to the step of the measure."""
    step = STEPS[measured.measure]
    figures = [figure for session in measured.sessions for figure in session] or [Fraction(0)]
    low, high = outward(figures, step)
    hour = "" if measured.condition == "session" else f".{measured.condition.replace('-', '')}"
    return {
        "id": f"{measured.measure}.{case}{hour}",
        "case": case,
        "measure": measured.measure,
        "condition": measured.condition,
        "low": str(low),
        "high": str(high),
        "unit": UNITS[measured.measure],
        "hedge": "range",
        "kind": MEASURED,
        "evidence": EVIDENCE,
        "locator": "records.sessions",
        "note": f"ends moved outward to a multiple of {step}",
    }


def records_behind(row: Row, private: Tables, business: str) -> int:
    """How many sessions, or months on the scarcer side, a row of a release rests on; 0 if none can be found.

    Counted anew, and otherwise than `release` does.
    """
    if row.table.name == "turnover":
        since = {one["business"]: one["live_since"] for one in private["businesses"].rows}.get(business, "")
        months = private["turnover"].where(business=business)
        after = sum(month["month"] >= since for month in months)
        return min(after, len(months) - after)
    needed = ("units", "viewers") if row["measure"] == "conversion" else (row["measure"],)
    if not set(needed) <= set(private["sessions"].columns):
        return 0
    hour = row["condition"].removeprefix("hour-") if row["condition"] != "session" else None
    lacking: dict[tuple[str, str], bool] = {}
    for record in private["sessions"].where(business=business):
        if hour in (None, record["hour"]):
            session = (record["date"], record["slot"])
            lacks = any(record.text(column) is None for column in needed)
            lacking[session] = lacking.get(session, False) or lacks
    return sum(not lacks for lacks in lacking.values())


RECIPE = Recipe(
    name="batik-live-anonymised",
    title="Live sessions and turnover of batik businesses: records made anonymous",
    description="Made from private records. Cases are coded {given_by}. Turnover is an index, never money. Every figure"
    " rests on at least {threshold} sessions or months. No date is finer than a month.",
    described=Path(__file__).with_name("private.json"),
    named="businesses",
    size=lambda private, business: mean_turnover(private["turnover"].where(business=business)),
    make=release,
    behind=records_behind,
    withheld=frozenset({"rupiah", "revenue"}),
    looks={"no amount of money": re.compile(r"\brp\.?\s*\d|\brupiah\b|\bidr\b", re.IGNORECASE)},
)
