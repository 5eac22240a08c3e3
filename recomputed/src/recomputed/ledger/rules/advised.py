"""Rule 9: advice at odds with the cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import UNSUPPORTED, Finding, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number


def advice_against_cases(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Advice that a successful case does not meet, and advice with two ends that goes beyond all that is reported.

    Which cases are successful the paper says: those of which a quantity is certainly above a figure.
    """
    words, success = ledger.words, ledger.words.settings.success
    bar = Interval.point(success.above)
    successful = {
        claim.case
        for claim in ledger.claims
        if claim.quantity == success.quantity and claim.is_stated and bar.certainly_less(claim.stands_for)
    }
    reported: dict[str, dict[tuple[str, Interval], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    advised: dict[tuple[str, Interval], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.is_stated and claim.stance == "advice":
            advised[claim.quantity, claim.figure].append(claim)
        elif claim.is_stated:
            reported[claim.quantity][claim.case, claim.figure].append(claim)
    for (quantity, advice), places in advised.items():
        figures = reported[quantity]
        unmet = [
            same for (case, has), same in figures.items() if case in successful and not advice.contains(has)
        ]
        if unmet:
            has = [
                words.fill("{case} ({figure})", case=one.case, figure=words.stated(one)) for one, *_ in unmet
            ]
            more = {"success": words.say("advice-not-met.success")}
            yield _found("advice-not-met", words, places, unmet, words.listed(has), **more)
        beyond = [same for (case, _), same in figures.items() if not case]
        if beyond and not _reaches(beyond, advice):
            yield _found("advice-beyond-results", words, places, beyond, words.stated(beyond[0][0]))


def _reaches(reported: list[list[Claim]], advice: Interval) -> bool:
    """Whether the reported figures, together, reach as far as the advice on both sides."""
    return reduce(Interval.hull, (claims[0].stands_for for claims in reported)).contains(advice)


def _found(
    rule: str, words: "Words", advice: list[Claim], had: list[list[Claim]], has: "Text", **more: "Text"
) -> Finding:
    return find(
        rule,
        UNSUPPORTED,
        [*advice, *(claim for claims in had for claim in claims)],
        words.say(
            f"{rule}.message",
            what=words.term(advice[0].quantity),
            advised=words.stated(advice[0]),
            has=has,
            **more,
        ),
        words.say(f"{rule}.assumption"),
    )
