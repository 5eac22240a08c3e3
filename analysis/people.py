"""Staff by role or city, summed, and affiliates."""

from collections.abc import Iterator, Mapping

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import total

PARTS = (("operational", "host"), ("owner", "employee"), ("pekalongan", "jakarta"))
"""The ways to part a case's staff: it is the sum of the first whose parts are all reported. A host is not counted apart
where the owner or an employee is the host.
"""


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported counts, the sum of each case's parts, and the staff of all cases."""
    reported = Reported(transcribe(tables["people"]))
    yield from reported.values()
    cases = tables["cases"].column("case")
    sums = [
        derive(f"people.sum.{case}", total, *parts, unit="person", words="jumlah bagian-bagian karyawan")
        for case in cases
        if (parts := staff_by_part(reported, case))
    ]
    yield from sums
    which = "semua kasus" if len(sums) == len(cases) else "kasus yang menyebutkannya"
    yield derive("people.sum.all", total, *sums, unit="person", words=f"jumlah karyawan {which}")


def staff_by_part(reported: Mapping[str, Number], case: str) -> list[Number]:
    """The parts of a case's staff [persons]; none where the article does not report them."""
    for names in PARTS:
        ids = [f"people.{name}.{case}" for name in names]
        if all(id_ in reported for id_ in ids):
            return [reported[id_] for id_ in ids]
    return []
