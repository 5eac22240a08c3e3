"""Viewers and comments as each place reports them, and the range of a whole session where hours differ."""

import re
from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import hull


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported figures, and the whole-session range of a case whose hours are reported apart."""
    reported = Reported(transcribe(tables["audience"]))
    yield from reported.values()
    for case in tables["cases"].column("case"):
        hours = [
            reported[id_] for id_ in reported if re.fullmatch(rf"audience\.viewers\.{case}\.hour\d+", id_)
        ]
        if hours:
            yield derive(
                f"audience.viewers.{case}.hours",
                hull,
                *hours,
                unit="viewer",
                words="gabungan kisaran penonton jam awal dan jam berikutnya",
            )
        else:
            reported[f"audience.viewers.{case}"]  # which must be there instead
