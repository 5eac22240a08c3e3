"""Rule 11: a maximum, a minimum or a bound against the other mentions of the same quantity."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.ledger.claims import BOUNDS, Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, UNSUPPORTED, Finding, find

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

VALUES = ("", "mean", "median")
"""The statistics that lie between the minimum and the maximum."""
Key = tuple[str, str, str, str]


def _by_key(ledger: Ledger) -> Mapping[Key, list[Claim]]:
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            groups[claim.quantity, claim.case, claim.condition, claim.unit].append(claim)
    return groups


def extreme_against_values(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A figure, or an end of a range, certainly above a stated maximum or below a stated minimum."""
    words = ledger.words
    for claims in _by_key(ledger).values():
        for extreme in claims:
            if extreme.statistic not in ("maximum", "minimum"):
                continue
            beyond = [one for one in claims if one.statistic in VALUES and _is_beyond(one, extreme)]
            if beyond:
                message = words.say(
                    f"extreme.{extreme.statistic}",
                    extreme=words.claimed(extreme),
                    others=words.listed([words.stated(one) for one in beyond]),
                )
                about = [extreme, *beyond]
                yield find("extreme", CONTRADICTION, about, message, words.say("extreme.assumption"))


def _is_beyond(claim: Claim, extreme: Claim) -> bool:
    low, high, limit = claim.stands_for.low, claim.stands_for.high, extreme.stands_for
    if extreme.statistic == "maximum":
        end = claim.nominal.high if claim.hedge == "range" else low
        return limit.high is not None and end is not None and end > limit.high
    end = claim.nominal.low if claim.hedge == "range" else high
    return limit.low is not None and end is not None and end < limit.low


def bound_of_nothing(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """An "up to" or "at least" whose figure no other mention of the same quantity reaches."""
    words = ledger.words
    for claims in _by_key(ledger).values():
        for bound in (one for one in claims if one.hedge in BOUNDS):
            others = [one for one in claims if one is not bound and one.statistic == bound.statistic]
            said = bound.nominal.value
            if others and not any(said in (one.nominal.low, one.nominal.high) for one in others):
                message = words.say(
                    "bound.message",
                    what=words.subject(bound),
                    bound=words.stated(bound),
                    others=words.listed([words.stated(one) for one in _distinct(others)]),
                )
                about = [bound, *others]
                yield find("bound", UNSUPPORTED, about, message, words.say("bound.assumption"))


def _distinct(claims: list[Claim]) -> list[Claim]:
    return list({(one.low, one.high, one.hedge): one for one in claims}.values())
