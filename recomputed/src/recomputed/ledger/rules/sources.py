"""Rule 6: a figure dated later than the source cited for it; a statement that leans on no citation at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.language.terms import both, stated, subject
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import UNSUPPORTED, Finding, Text, find

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

MISSING = "missing"


def figure_after_source(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Figures of a later year, or month where both have one, than the source cited for them; one finding a source."""
    later: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        common = min(len(claim.source_date), len(claim.figure_date))
        if claim.figure_date[:common] > claim.source_date[:common]:
            later[claim.source, claim.source_date, claim.figure_date].append(claim)
    for (source, cited, dated), claims in later.items():
        figures = _figures(claims)
        yield find(
            "figure-after-source",
            UNSUPPORTED,
            claims,
            Text(
                f"{figures.en} are said to be of {dated}, but the source cited, {source}, is of {cited}.",
                f"{figures.id} disebut sebagai angka tahun {dated}, tetapi sumbernya, {source}, terbit {cited}.",
            ),
            Text(
                f"It holds if the figures are those of {cited} or earlier, or come from another source.",
                f"Berlaku jika angkanya dari {cited} atau sebelumnya, atau dari sumber lain.",
            ),
        )


def missing_citation(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Figures for which the text leans on a citation that is not there; one finding a place."""
    places: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.source == MISSING:
            places[claim.locator].append(claim)
    for claims in places.values():
        figures = _figures(claims)
        yield find(
            "missing-citation",
            UNSUPPORTED,
            claims,
            Text(
                f"{figures.en} leans on a citation that is not there.",
                f"{figures.id} bersandar pada sitasi yang tidak dicantumkan.",
            ),
            Text(
                "It holds if the source that was meant gives this figure.",
                "Berlaku jika sumber yang dimaksud memuat angka itu.",
            ),
        )


def _figures(claims: list[Claim]) -> Text:
    figures = both([_figure(claim) for claim in claims])
    return Text(_capital(figures.en), _capital(figures.id))


def _figure(claim: Claim) -> Text:
    what, number = subject(claim), stated(claim)
    return Text(f"{what.en} ({number.en})", f"{what.id} ({number.id})")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
