"""Staff by role or city, summed, and affiliates."""

from collections.abc import Iterator

from recomputed import Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import total

PARTS = {"K1": ("operational", "host"), "K2": ("owner", "employee"), "K3": ("pekalongan", "jakarta")}
"""The parts whose sum is a case's staff; a host is counted apart only where the article does so."""


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported counts, the sum of each case's parts, and the staff of all cases."""
    reported = Reported(transcribe(tables["people"]))
    yield from reported.values()
    sums = [
        derive(
            f"people.sum.{case}",
            total,
            *(reported[f"people.{part}.{case}"] for part in parts),
            unit="person",
            words="jumlah bagian-bagian karyawan",
        )
        for case, parts in PARTS.items()
    ]
    yield from sums
    yield derive("people.sum.all", total, *sums, unit="person", words="jumlah karyawan semua kasus")
