"""Rule 6: a figure dated later than the source cited for it; a statement that leans on no citation at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import CODING, UNSUPPORTED, Finding, find

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number

MISSING = "missing"


def figure_after_source(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Figures of a later year, or month where both have one, than the source cited for them; one finding a source."""
    later: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        common = min(len(claim.source_date), len(claim.figure_date))
        if claim.is_stated and claim.figure_date[:common] > claim.source_date[:common]:
            later[claim.source, claim.source_date, claim.figure_date].append(claim)
    words = ledger.words
    for (source, cited, dated), claims in later.items():
        message = words.say(
            "figure-after-source.message",
            figures=_figures(words, claims),
            dated=dated,
            source=source,
            cited=cited,
        )
        assumption = words.say("figure-after-source.assumption", cited=cited)
        yield find("figure-after-source", UNSUPPORTED, claims, message, assumption)


def missing_citation(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Figures for which the text leans on a citation that is not there; one finding a place."""
    places: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.source == MISSING and claim.is_stated:
            places[claim.locator].append(claim)
    words = ledger.words
    for claims in places.values():
        message = words.say("missing-citation.message", figures=_figures(words, claims))
        assumption = words.say("missing-citation.assumption")
        yield find("missing-citation", UNSUPPORTED, claims, message, assumption, follows=CODING)


def _figures(words: "Words", claims: list[Claim]) -> "Text":
    return words.listed([words.claimed(claim) for claim in claims])
