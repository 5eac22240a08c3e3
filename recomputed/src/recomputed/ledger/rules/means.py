"""Rule 3: a mean outside, or at the very end of, its own range; a mean that is a range itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from recomputed.language.terms import both, figure, stated, subject
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, IMPLAUSIBLE, UNTESTABLE, Finding, Text, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

Key = tuple[str, str, str]  # quantity, case, condition
VERY_END = Fraction(1, 20)
"""The part of a range, from either end, within which a mean needs nearly all values to be at that end."""


def mean_against_range(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Means of a case against the range that other places give for the same quantity, case and condition.

    A mean that is itself given as a range, with no other range to hold it against, is no single figure that
    could be tested: one finding for all of those. Means over the literature may well differ and are left alone.
    """
    means: dict[Key, dict[Interval, list[Claim]]] = defaultdict(lambda: defaultdict(list))
    ranges: dict[Key, dict[Interval, Claim]] = defaultdict(dict)
    for claim in ledger.claims:
        if claim.case and claim.is_stated and not claim.stance:
            key = (claim.quantity, claim.case, claim.condition)
            if claim.statistic == "mean":
                means[key][claim.stands_for].append(claim)
            elif not claim.statistic and not claim.nominal.is_point:
                ranges[key].setdefault(claim.nominal, claim)
    alone: list[Claim] = []
    for key, by_figure in means.items():
        own = ranges.get(key)
        whole = reduce(Interval.hull, own) if own else None
        for claims in by_figure.values():
            if own and whole:
                yield from _against(claims, list(own.values()), whole)
            elif not claims[0].nominal.is_point:
                alone += claims
    if alone:
        yield _ranges_called_means(alone)


def _against(means: list[Claim], ranges: list[Claim], whole: Interval) -> Iterator[Finding]:
    """A finding on means of one figure; of the range, the first claim of each figure is named."""
    place = _place(means[0], whole)
    if place is None:
        return
    severity, where = place
    what, here, there = subject(means[0]), stated(means[0]), figure(whole, means[0].unit)
    yield find(
        "mean",
        severity,
        [*means, *ranges],
        Text(
            f"The mean of {what.en} is given as {here.en}, {where.en} of the range {there.en} given elsewhere.",
            f"Rata-rata {what.id} disebut {here.id}, {where.id} kisaran {there.id} yang disebut di tempat lain.",
        ),
        Text(
            "It holds if mean is meant loosely, for what is usual, or if the two are of different sessions.",
            "Berlaku jika rata-rata dimaksudkan longgar, yaitu yang lazim, atau keduanya dari sesi yang berbeda.",
        ),
    )


def _place(mean: Claim, whole: Interval) -> tuple[str, Text] | None:
    """How badly a mean lies in its range, and where; None where it may well be the mean."""
    stands_for = mean.stands_for
    if stands_for.intersection(whole) is None:
        return CONTRADICTION, Text("outside", "di luar")
    if mean.nominal == whole:
        return IMPLAUSIBLE, Text("the whole", "yakni seluruh")
    low, high = whole.low, whole.high
    assert low is not None  # the figures of a range have ends
    assert high is not None
    margin = (high - low) * VERY_END
    if stands_for.high is not None and stands_for.high <= low + margin:
        return IMPLAUSIBLE, Text("the very lowest end", "tepat di ujung bawah")
    if stands_for.low is not None and stands_for.low >= high - margin:
        return IMPLAUSIBLE, Text("the very highest end", "tepat di ujung atas")
    return None


def _ranges_called_means(claims: list[Claim]) -> Finding:
    figures = both([_figure(claim) for claim in claims])
    return find(
        "mean",
        UNTESTABLE,
        claims,
        Text(
            f"A mean is one figure, but means are given as ranges: {figures.en}.",
            f"Rata-rata adalah satu angka, tetapi disebut sebagai kisaran: {figures.id}.",
        ),
        Text(
            "It holds if mean is meant loosely, for the range that is usual.",
            "Berlaku jika rata-rata dimaksudkan longgar, yaitu kisaran yang lazim.",
        ),
    )


def _figure(claim: Claim) -> Text:
    what, number = subject(claim), stated(claim)
    return Text(f"{what.en} {number.en}", f"{what.id} {number.id}")
