"""Rule 4: two figures whose quotient is implausible, by a limit that the paper sets and gives its reason for."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import IMPLAUSIBLE, Finding, find
from recomputed.paper_toml import Limit
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number


def ratio_above_limit(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A quantity over another of the same case and condition, whose ratio is certainly above a limit of the paper."""
    for limit in ledger.words.settings.limits:
        firsts: dict[tuple[str, str], Claim] = {}
        seconds: dict[tuple[str, str], Claim] = {}
        for claim in ledger.claims:
            if claim.is_stated and (claim.quantity, claim.unit) == (limit.quantity, limit.unit):
                firsts.setdefault((claim.case, claim.condition), claim)
            elif claim.is_stated and claim.quantity == limit.over:
                seconds.setdefault((claim.case, claim.condition), claim)
        for key, first in firsts.items():
            second = seconds.get(key)
            if second and _is_above(limit, first.stands_for, second.stands_for):
                yield _implausible(ledger.words, limit, first, second)


def _is_above(limit: Limit, first: Interval, second: Interval) -> bool:
    """Certainly: a second figure that may be 0 shows nothing."""
    return (
        second.low is not None
        and second.low > 0
        and Interval.point(limit.above).certainly_less(first / second)
    )


def _figure(claim: Claim) -> Interval:
    """As it is printed; a bound with its open end, so that nothing made of it looks closed."""
    ends = claim.stands_for
    return ends if ends.low is None or ends.high is None else claim.nominal


def _implausible(words: "Words", limit: Limit, first: Claim, second: Claim) -> Finding:
    parts = {
        "case": first.case,
        "what": words.subject(first),
        "per": words.term(second.quantity),
        "first": words.stated(first),
        "second": words.stated(second),
        "ratio": words.figure(_figure(first) / _figure(second), limit.unit, digits=0),
        "limit": words.figure(Interval.point(limit.above), limit.unit, digits=0),
        "reason": limit.reason,
    }
    message, assumption = (
        words.say(f"product.{name}", own, **parts)
        for name, own in (("message", limit.message), ("assumption", limit.assumption))
    )
    return find("product", IMPLAUSIBLE, [first, second], message, assumption)
