"""Viewers and comments as each place reports them, and the range of a whole session where hours differ."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import hull


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported figures, and the whole-session range of a case whose hours are reported apart."""
    reported = Reported(transcribe(tables["audience"]))
    yield from reported.values()
    for case in tables["cases"].column("case"):
        hours = [reported.get(f"audience.viewers.{case}.hour{hour}") for hour in (1, 2)]
        present = [number for number in hours if number is not None]
        if len(present) < len(hours):
            reported[f"audience.viewers.{case}"]  # which must be there instead
        else:
            yield derive(
                f"audience.viewers.{case}.hours",
                hull,
                *present,
                unit="viewer",
                words="gabungan kisaran penonton jam pertama dan jam kedua",
            )
