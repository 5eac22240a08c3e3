"""Rule 13: means and percentages that their n cannot give (GRIM), and test statistics that do not give their p."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, Finding, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

TESTS = ("t", "F", "chi2", "r", "z")
TWO_SIDED = ("t", "r", "z")
Group = Mapping[str, Claim]  # by statistic


def _groups(ledger: Ledger) -> list[Group]:
    """The statistics of one quantity, case and condition in one place of the article."""
    groups: dict[tuple[str, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            key = (claim.locator, claim.quantity, claim.case, claim.condition)
            groups[key].setdefault(claim.statistic, claim)
    return list(groups.values())


def impossible_for_n(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """GRIM (Brown & Heathers 2017): no whole total over n gives the mean, or no whole count of n the percentage.

    Means only of what paper.toml calls `whole`: things that come in whole numbers.
    """
    words = ledger.words
    for group in _groups(ledger):
        n, mean, share = group.get("n"), group.get("mean"), group.get("")
        counted = mean is not None and mean.unit in words.settings.units
        tried = [(mean, 1)] if mean and counted and words.settings.units[mean.unit].whole else []
        tried += [(share, 100)] if share and share.unit == "percent-share" else []
        for claim, scale in tried:
            if n and n.nominal.is_point and n.hedge == "exact" and not _possible(claim, n, scale):
                message = words.say("grim.message", what=words.claimed(claim), n=words.stated(n))
                yield find("grim", CONTRADICTION, [claim, n], message, words.say("grim.assumption"))


def _possible(claim: Claim, n: Claim, scale: int) -> bool:
    """Whether the whole numbers that n cases can add up to reach what the figure stands for."""
    if claim.hedge not in ("none", "exact") or not claim.nominal.is_point:
        return True
    printed, half = claim.nominal.value, _half_unit(claim)
    total = ceil((printed - half) * n.nominal.value / scale)
    return total * scale <= (printed + half) * n.nominal.value


def statistic_against_p(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A t, F, chi2, r or z whose p, two-sided and one-sided, is certainly another than the one that is printed."""
    words = ledger.words
    for group in _groups(ledger):
        printed = group.get("p") or group.get("p-one-sided")
        for name in TESTS:
            possible = _p(name, group, printed) if name in group and printed else []
            if (
                printed
                and possible
                and all(reach.intersection(_p_said(printed)) is None for reach in possible)
            ):
                message = words.say(
                    "p.message",
                    test=words.same(f"{name} = {group[name].printed}"),
                    p=words.stated(printed),
                    computed=words.listed([words.figure(reach, "", digits=4) for reach in possible]),
                )
                about = [group[name], printed, *(group[df] for df in ("df", "df2", "n") if df in group)]
                yield find("p", CONTRADICTION, about, message, words.say("p.assumption"))


def _p_said(printed: Claim) -> Interval:
    """`p < .05` is a bound, whatever its figure."""
    said = printed.stands_for
    return Interval(said.low if said.low is not None else Fraction(0), said.high)


def _p(name: str, group: Group, printed: Claim) -> list[Interval]:
    """The p that the rounded statistic can have; none where its degrees of freedom are not stated."""
    df = [float(group[one].nominal.low or 0) for one in ("df", "df2") if one in group]
    if len(df) < {"F": 2, "z": 0}.get(name, 1):
        return []
    tail = _tails()[name]
    magnitude, half = abs(group[name].nominal.value), _half_unit(group[name])
    ends = [float(max(magnitude - half, Fraction(0))), float(magnitude + half)]
    if name == "r":
        ends = [min(end, 0.999999) for end in ends]
    low, high = sorted(tail(end, *df) for end in ends)
    sides = (2, 1) if name in TWO_SIDED and printed.statistic == "p" else (1,)
    return [Interval.closed(Fraction(low * side), Fraction(min(high * side, 1.0))) for side in sides]


def _half_unit(claim: Claim) -> Fraction:
    whole = claim._replace(hedge="none", high="").stands_for
    assert whole.low is not None  # a figure without hedge has both ends
    assert whole.high is not None
    return (whole.high - whole.low) / 2


@cache
def _tails() -> Mapping[str, Callable[..., float]]:
    """The upper tail of each statistic's distribution; scipy is imported only where an article has a test."""
    from scipy import stats  # type: ignore[import-untyped]

    law: Any = stats
    return {
        "t": law.t.sf,
        "F": law.f.sf,
        "chi2": law.chi2.sf,
        "z": law.norm.sf,
        "r": lambda r, df: law.t.sf(r * sqrt(df / (1 - r * r)), df),
    }
