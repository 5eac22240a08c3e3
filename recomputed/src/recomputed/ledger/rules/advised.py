"""Rule 9: advice at odds with the cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from recomputed.language.terms import both, stated, term
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import UNSUPPORTED, Finding, Text, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

SUCCESS = "uplift"
"""The quantity by which a case succeeds: it is certainly above 0."""


def advice_against_cases(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Advice that a successful case does not meet, and advice with two ends that goes beyond all that is reported."""
    successful = {
        claim.case
        for claim in ledger.claims
        if claim.quantity == SUCCESS and claim.is_stated and _is_gain(claim)
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
            yield _unmet(places, unmet)
        beyond = [same for (case, _), same in figures.items() if not case]
        if beyond and not _reaches(beyond, advice):
            yield _beyond(places, beyond)


def _is_gain(claim: Claim) -> bool:
    return Interval.point(0).certainly_less(claim.stands_for)


def _reaches(reported: list[list[Claim]], advice: Interval) -> bool:
    """Whether the reported figures, together, reach as far as the advice on both sides."""
    return reduce(Interval.hull, (claims[0].stands_for for claims in reported)).contains(advice)


def _unmet(advice: list[Claim], unmet: list[list[Claim]]) -> Finding:
    what, advised = term(advice[0].quantity), stated(advice[0])
    has = both([_has(claims[0]) for claims in unmet])
    return find(
        "advice-not-met",
        UNSUPPORTED,
        [*advice, *(claim for claims in unmet for claim in claims)],
        Text(
            f"The advice on {what.en} is {advised.en}, which is not met, or not throughout, by {has.en}, "
            f"where turnover rose.",
            f"Saran {what.id} adalah {advised.id}, yang tidak, atau tidak seluruhnya, dipenuhi oleh {has.id}, "
            f"yang omzetnya naik.",
        ),
        Text(
            "It holds if turnover would have risen more there by following it, of which there is no evidence.",
            "Berlaku jika omzet di sana akan naik lebih tinggi dengan mengikutinya, yang tidak ada buktinya.",
        ),
    )


def _has(claim: Claim) -> Text:
    figure = stated(claim)
    return Text(f"{claim.case} ({figure.en})", f"{claim.case} ({figure.id})")


def _beyond(advice: list[Claim], reported: list[list[Claim]]) -> Finding:
    what, advised, has = term(advice[0].quantity), stated(advice[0]), stated(reported[0][0])
    return find(
        "advice-beyond-results",
        UNSUPPORTED,
        [*advice, *(claim for claims in reported for claim in claims)],
        Text(
            f"The advice on {what.en} is {advised.en}, beyond the {has.en} that the results report.",
            f"Saran {what.id} adalah {advised.id}, melampaui {has.id} yang dilaporkan dalam hasil.",
        ),
        Text(
            "It holds if what was reported holds for the added part as well.",
            "Berlaku jika yang dilaporkan itu berlaku pula untuk bagian tambahannya.",
        ),
    )
