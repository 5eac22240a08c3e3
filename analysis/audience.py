"""Viewers and comments as each place reports them, and the range of a whole session where hours differ."""

from collections.abc import Iterator

from recomputed.quantity.intervals import Interval
from recomputed.tables.load import Tables
from recomputed.quantity.numbers import Number, Numbers, Reported, derive, transcribe


def hull(*ranges: Interval) -> Interval:
    """The smallest interval that contains all ranges."""
    result = ranges[0]
    for other in ranges[1:]:
        result = result.hull(other)
    return result


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported figures, and the whole-session range of a case whose hours are reported apart."""
    reported = Reported(transcribe(tables["audience"]))
    yield from reported.values()
    for case in tables["cases"].column("case"):
        hours = [reported.get(f"audience.viewers.{case}.hour{hour}") for hour in (1, 2)]
        present = [number for number in hours if number is not None]
        if len(present) == len(hours):
            yield derive(
                f"audience.viewers.{case}.hours",
                hull,
                *present,
                unit="viewer",
                words="gabungan kisaran penonton jam pertama dan jam kedua",
            )
