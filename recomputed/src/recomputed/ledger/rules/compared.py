"""Rule 5: a comparison that the numbers do not bear out, agreement with the literature's range included."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.language.terms import TERMS, both, figure, subject, term
from recomputed.ledger.claims import Claim, Comparison, Ledger
from recomputed.ledger.expressions import Node, holds, parse_statement
from recomputed.ledger.findings import CONTRADICTION, UNSUPPORTED, Finding, Text, find
from recomputed.ledger.verdicts import DISAGREES, decide

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

SOFT = ("support", "reading")


def not_borne_out(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A comparison that does not hold, even within rounding and hedge.

    A false one contradicts the numbers, save where it claims support by evidence, or is one reading of a word
    that may have another: that is unsupported. So is one that depends on where in overlapping ranges the values
    lie.
    """
    places: dict[tuple[str, str], Claim] = {}
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            for place in _around(claim.locator):
                places.setdefault((claim.number, place), claim)
    for comparison in ledger.comparisons:
        verdict, nominal = decide(comparison, numbers)
        if verdict == DISAGREES:
            yield _finding(comparison, nominal, numbers, places)


def _around(locator: str) -> tuple[str, ...]:
    """The places in which a claim is looked for: the paragraph, its section, the whole article."""
    return locator, locator.rpartition(".")[0], ""


def _finding(
    comparison: Comparison,
    nominal: bool | None,
    numbers: Mapping[str, "Number"],
    places: Mapping[tuple[str, str], Claim],
) -> Finding:
    statement = parse_statement(comparison.expression)
    claims = {id_: _nearest(id_, comparison, places) for id_ in statement.ids()}
    values = both([_valued(id_, numbers[id_], claim) for id_, claim in claims.items()])
    about = [claim for claim in claims.values() if claim]
    how = (
        Text("the ranges overlap", "kisarannya bertumpang tindih")
        if nominal is None
        else Text("the numbers say otherwise", "angkanya berkata lain")
    )
    return find(
        "comparison",
        UNSUPPORTED if nominal is None or comparison.kind in SOFT else CONTRADICTION,
        [comparison, *about],
        Text(
            f"The article says that {comparison.statement}, but {how.en}: {values.en}.",
            f"Artikel menyatakan {comparison.statement_id}, tetapi {how.id}: {values.id}.",
        ),
        _saving(statement, nominal, numbers),
    )


def _nearest(id_: str, comparison: Comparison, places: Mapping[tuple[str, str], Claim]) -> Claim | None:
    """The claim that this number recomputes, the nearest to the comparison; None where it recomputes none."""
    claims = (places.get((id_, place)) for place in _around(comparison.locator))
    return next((claim for claim in claims if claim), None)


def _saving(statement: Node, nominal: bool | None, numbers: Mapping[str, "Number"]) -> Text:
    """Under what the statement would hold: for the parts of it that do, or for values where ranges do not meet."""
    parts = statement.parts if statement.operation == "and" else ()
    true = sum(holds(part, lambda id_: numbers[id_].value) is True for part in parts)
    if true:
        return Text(
            f"Said of {true} of its {len(parts)} parts alone it holds.",
            f"Berlaku hanya untuk {true} dari {len(parts)} bagiannya.",
        )
    if nominal is None:
        return Text(
            "It holds if the values lie where the ranges do not overlap.",
            "Berlaku jika nilainya berada di luar bagian yang bertumpang tindih.",
        )
    return Text(
        "It holds for no values that the article gives.", "Tidak berlaku untuk nilai mana pun dalam artikel."
    )


def _valued(id_: str, number: "Number", claim: Claim | None) -> Text:
    what, value = _named(id_, claim), figure(number.value, number.unit)
    return Text(f"{what.en} {value.en}", f"{what.id} {value.id}")


def _named(id_: str, claim: Claim | None) -> Text:
    """What a number is called: as the claim that it recomputes, else by the start of its id that has a name."""
    if claim:
        return subject(claim)
    stem = id_
    while stem not in TERMS and "." in stem:
        stem = stem.rpartition(".")[0]
    rest = id_[len(stem) :].lstrip(".")
    name = term(stem if stem in TERMS else id_)
    return Text(f"{name.en} of {rest}", f"{name.id} {rest}") if stem in TERMS and rest else name
