"""The days of a common year: of each part of it, and together."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Tables, derive, transcribe_cell
from recomputed.quantity.arithmetic import total


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """`days.<month>` as the calendar gives it, `days.part.<case>` and `days.year` as their sums."""
    months = {}
    for row in tables["months"].rows:
        months[row.key] = transcribe_cell(f"days.{row.key}", row, "days", unit="day")
    yield from months.values()
    parts = []
    for case in tables.cases:
        inside = [months[row.key] for row in tables["months"].where(case=case)]
        parts.append(derive(f"days.part.{case}", total, *inside, unit="day", words="$of_part"))
    yield from parts
    yield derive("days.year", total, *parts, unit="day", words="$of_year")
