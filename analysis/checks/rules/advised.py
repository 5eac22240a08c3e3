"""Rule 9: advice at odds with the cases."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from typing import TYPE_CHECKING

from analysis.checks.claims import Claim, Ledger
from analysis.checks.findings import UNSUPPORTED, Finding, Text, find
from analysis.checks.terms import stated, term
from analysis.study.intervals import Interval

if TYPE_CHECKING:
    from analysis.study.numbers import Number

SUCCESS = "uplift"
"""The quantity by which a case succeeds: it is certainly above 0."""


def advice_against_cases(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Advice that a successful case does not meet, and advice with two ends that goes beyond all that is reported."""
    successful = {
        claim.case
        for claim in ledger.claims
        if claim.quantity == SUCCESS and claim.is_stated and _is_gain(claim)
    }
    reported: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            reported[claim.quantity].append(claim)
    for advice in ledger.claims:
        if advice.stance == "advice" and advice.is_stated:
            claims = reported[advice.quantity]
            unmet = [claim for claim in claims if claim.case in successful and not _meets(claim, advice)]
            if unmet:
                yield _unmet(advice, unmet)
            beyond = [claim for claim in claims if not claim.case]
            if beyond and not _covers(beyond, advice):
                yield _beyond(advice, beyond)


def _is_gain(claim: Claim) -> bool:
    return Interval.point(0).certainly_less(claim.stands_for)


def _meets(claim: Claim, advice: Claim) -> bool:
    return advice.stands_for.contains(claim.nominal)


def _covers(reported: list[Claim], advice: Claim) -> bool:
    """Whether the reported figures, together, reach as far as the advice on both sides."""
    return reduce(Interval.hull, (claim.stands_for for claim in reported)).contains(advice.nominal)


def _unmet(advice: Claim, unmet: list[Claim]) -> Finding:
    what, advised, has, case = term(advice.quantity), stated(advice), stated(unmet[0]), unmet[0].case
    return find(
        "advice",
        UNSUPPORTED,
        [advice, *unmet],
        Text(
            f"The advice on {what.en} is {advised.en}, but {case}, whose turnover rose, has {has.en}.",
            f"Saran {what.id} adalah {advised.id}, tetapi {case}, yang omzetnya naik, memakai {has.id}.",
        ),
        Text(
            f"It holds if {case} would have done better by following it, of which there is no evidence.",
            f"Berlaku jika {case} akan lebih berhasil dengan mengikutinya, yang tidak ada buktinya.",
        ),
    )


def _beyond(advice: Claim, reported: list[Claim]) -> Finding:
    what, advised, has = term(advice.quantity), stated(advice), stated(reported[0])
    return find(
        "advice",
        UNSUPPORTED,
        [advice, *reported],
        Text(
            f"The advice on {what.en} is {advised.en}, beyond the {has.en} that the results report.",
            f"Saran {what.id} adalah {advised.id}, melampaui {has.id} yang dilaporkan dalam hasil.",
        ),
        Text(
            "It holds if what was reported holds for the added part as well.",
            "Berlaku jika yang dilaporkan itu berlaku pula untuk bagian tambahannya.",
        ),
    )
