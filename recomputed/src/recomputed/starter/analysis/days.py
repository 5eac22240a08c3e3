"""The days of a common year: by quarter, and together."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Tables, derive, transcribe_cell
from recomputed.quantity.arithmetic import total


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """`days.<month>` as the calendar gives it, `days.quarter.<case>` and `days.year` as their sums."""
    months = {}
    for row in tables["months"].rows:
        months[row.key] = transcribe_cell(f"days.{row.key}", row, "days", unit="day")
    yield from months.values()
    quarters = []
    for case in tables.cases:
        parts = [months[row.key] for row in tables["months"].where(case=case)]
        words = "$words_quarter"
        quarters.append(derive(f"days.quarter.{case}", total, *parts, unit="day", words=words))
    yield from quarters
    yield derive("days.year", total, *quarters, unit="day", words="$words_year")
