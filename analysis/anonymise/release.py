"""From private records to tables that can be shared: codes for names, an index for money, ranges for records.

- Turnover: the mean month after the first live session over the mean month before, as an index with before =
  100, rounded to a multiple of 5 and said to be so (hedge `about`, granularity 5).
- Live sessions: for each case the range of viewers (also by hour of the session), comments, units sold and
  conversion rate, its ends moved outward to a round step, so that neither end is some session's own figure.
- A cell that would rest on fewer sessions or months than the threshold is left out, and said to be.

Nothing here writes; `checks/disclosure.py` looks at the result with other eyes before it is let out.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from analysis.anonymise.private import Codes, mean_turnover
from recomputed.quantity.numbers import MEASURED
from recomputed.tables.records import Row, Tables

NAME = "batik-live-anonymised"
INDEX_STEP = 5
MONEY = "rupiah"
EVIDENCE = "record"

STEPS = {"viewers": 10, "comments": 10, "units": 5, "conversion": 1}
"""The step to which the ends of a range are moved outward, in the unit of the measure."""

UNITS = {"viewers": "viewer", "comments": "comment", "units": "item", "conversion": "percent-ratio"}
TABLES = {"viewers": "audience", "comments": "audience", "units": "sessions", "conversion": "sessions"}

Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """What may be shared: rows by table, how the cases were coded, and which cells were left out and why."""

    tables: Mapping[str, Sequence[Cells]]
    codes: Codes
    threshold: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """One quantity of a business under one condition: a list of figures for each session that has it."""

    measure: str
    condition: str
    sessions: Sequence[Sequence[Fraction]]


def anonymise(private: Tables, codes: Codes, threshold: int) -> Release:
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


def turnover_row(case: str, before: Sequence[Row], after: Sequence[Row]) -> Cells:
    """The index after live, before = 100, to the nearest multiple of 5."""
    index = rounded_index(100 * mean_turnover(after) / mean_turnover(before))
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


def rounded_index(index: Fraction) -> int:
    """The nearest multiple of 5; halfway, the even multiple."""
    return round(index / INDEX_STEP) * INDEX_STEP


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


def range_row(case: str, measured: Measured) -> Cells:
    """The range of a quantity, its ends moved outward to the step of the measure."""
    step = STEPS[measured.measure]
    figures = [figure for session in measured.sessions for figure in session] or [Fraction(0)]
    low, high = floor(min(figures) / step) * step, ceil(max(figures) / step) * step
    hour = "" if measured.condition == "session" else f".{measured.condition.replace('-', '')}"
    return {
        "id": f"{measured.measure}.{case}{hour}",
        "case": case,
        "measure": measured.measure,
        "condition": measured.condition,
        "low": str(low),
        "high": str(high if high > low else low + step),
        "unit": UNITS[measured.measure],
        "hedge": "range",
        "evidence": EVIDENCE,
        "locator": "records.sessions",
        "note": f"ends moved outward to a multiple of {step}",
    }


def release_files(release: Release, public: Mapping[str, Any]) -> dict[str, str]:
    """The text of each file of the release, by name; `public` is the description of the paper's own data."""
    descriptor = describe(release, public)
    files = {"datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=2, default=float) + "\n"}
    for resource in descriptor["resources"]:
        text = io.StringIO()
        columns = [field["name"] for field in resource["schema"]["fields"]]
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(release.tables[resource["name"]])
        files[resource["path"]] = text.getvalue()
    return files


def describe(release: Release, public: Mapping[str, Any]) -> dict[str, Any]:
    """The release's own `datapackage.json`: the paper's tables, without money and with records as evidence."""
    resources = [deepcopy(one) for one in public["resources"] if one["name"] in release.tables]
    for resource in resources:
        keys = resource["schema"].get("foreignKeys", [])
        resource["schema"]["foreignKeys"] = [
            one for one in keys if one["reference"]["resource"] in ("", *release.tables)
        ]
        for field in resource["schema"]["fields"]:
            allowed = field.get("constraints", {}).get("enum", [])
            present = [
                row[field["name"]] for row in release.tables[resource["name"]] if row.get(field["name"])
            ]
            if allowed:
                kept = [value for value in allowed if value not in (MONEY, "revenue")]
                field["constraints"]["enum"] = list(dict.fromkeys([*kept, *sorted(present)]))
    return {
        "name": NAME,
        "title": "Live sessions and turnover of batik businesses: records made anonymous",
        "description": (
            f"Made from private records. Cases are coded {release.codes.given_by}. Turnover is an index, never "
            f"money. Every figure rests on at least {release.threshold} sessions or months. No date is finer than "
            "a month."
        ),
        "profile": "tabular-data-package",
        "licenses": public.get("licenses", []),
        "units": {name: unit for name, unit in public["units"].items() if name != MONEY},
        "resources": resources,
    }


def _recorded(hours: Sequence[Row], column: str) -> list[Fraction]:
    """The figures of a session's hours, or none at all if an hour lacks its own."""
    figures = [row.decimal(column) for row in hours]
    return [Fraction(figure) for figure in figures if figure is not None] if None not in figures else []
