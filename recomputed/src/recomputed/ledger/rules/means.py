"""Rule 3: a mean outside, or at the very end of, its own range; a mean that is a range itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, IMPLAUSIBLE, UNTESTABLE, Finding, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.ledger.terms import Words
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
                yield from _against(ledger.words, claims, list(own.values()), whole)
            elif not claims[0].nominal.is_point:
                alone += claims
    if alone:
        yield _ranges_called_means(ledger.words, alone)


def _against(words: "Words", means: list[Claim], ranges: list[Claim], whole: Interval) -> Iterator[Finding]:
    """A finding on means of one figure; of the range, the first claim of each figure is named."""
    place = _place(means[0], whole)
    if place is None:
        return
    severity, where = place
    message = words.say(
        "mean.message",
        what=words.subject(means[0]),
        here=words.stated(means[0]),
        where=words.say(f"mean.{where}"),
        there=words.figure(whole, means[0].unit),
    )
    yield find("mean", severity, [*means, *ranges], message, words.say("mean.assumption"))


def _place(mean: Claim, whole: Interval) -> tuple[str, str] | None:
    """How badly a mean lies in its range, and where; None where it may well be the mean."""
    stands_for = mean.stands_for
    if stands_for.intersection(whole) is None:
        return CONTRADICTION, "outside"
    if mean.nominal == whole:
        return IMPLAUSIBLE, "whole"
    low, high = whole.low, whole.high
    assert low is not None  # the figures of a range have ends
    assert high is not None
    margin = (high - low) * VERY_END
    if stands_for.high is not None and stands_for.high <= low + margin:
        return IMPLAUSIBLE, "lowest"
    if stands_for.low is not None and stands_for.low >= high - margin:
        return IMPLAUSIBLE, "highest"
    return None


def _ranges_called_means(words: "Words", claims: list[Claim]) -> Finding:
    figures = [
        words.fill("{what} {figure}", what=words.subject(claim), figure=words.stated(claim))
        for claim in claims
    ]
    message = words.say("mean-range.message", figures=words.listed(figures))
    return find("mean", UNTESTABLE, claims, message, words.say("mean-range.assumption"))
