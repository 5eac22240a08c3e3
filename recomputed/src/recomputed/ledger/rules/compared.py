"""Rule 5: a comparison that the numbers do not bear out, agreement with the literature's range included."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Comparison, Ledger
from recomputed.ledger.expressions import Node, holds, parse_statement
from recomputed.ledger.findings import CODING, CONTRADICTION, UNSUPPORTED, Finding, find
from recomputed.ledger.verdicts import DISAGREES, decide

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number

SOFT = ("support", "reading")


def not_borne_out(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A comparison that does not hold, even within rounding and hedge.

    A false one contradicts the numbers, save where it claims support by evidence, or is one reading of a word
    that may have another: that is unsupported. So is one that depends on where in overlapping ranges the values
    lie.
    """
    places: dict[tuple[str, str], Claim] = {}
    printed = [claim for claim in ledger.claims if claim.is_stated and not claim.stance]
    for wanted in (
        True,
        False,
    ):  # a claim that has the number's own figure is where it stands, before one that differs
        for claim in printed:
            if (claim.number in numbers and claim.nominal == numbers[claim.number].value) is not wanted:
                continue
            for place in _around(claim.locator):
                places.setdefault((claim.number, place), claim)
    for comparison in ledger.comparisons:
        verdict, nominal = decide(comparison, numbers)
        if verdict == DISAGREES:
            yield _finding(ledger.words, comparison, nominal, numbers, places)


def _around(locator: str) -> tuple[str, ...]:
    """The places in which a claim is looked for: the paragraph, its section, the whole article."""
    return locator, locator.rpartition(".")[0], ""


def _finding(
    words: "Words",
    comparison: Comparison,
    nominal: bool | None,
    numbers: Mapping[str, "Number"],
    places: Mapping[tuple[str, str], Claim],
) -> Finding:
    statement = parse_statement(comparison.expression)
    claims = {id_: _nearest(id_, comparison, places) for id_ in statement.ids()}
    values = [_valued(words, id_, numbers[id_], claim, comparison.locator) for id_, claim in claims.items()]
    return find(
        "comparison",
        UNSUPPORTED if nominal is None or comparison.kind in SOFT else CONTRADICTION,
        [comparison, *(claim for claim in claims.values() if claim)],
        words.say(
            "comparison.message",
            statement=comparison.statement,
            how=words.say(f"comparison.{'overlap' if nominal is None else 'otherwise'}"),
            values=words.listed(values),
        ),
        _saving(words, statement, nominal, numbers),
        follows=CODING,
    )


def _nearest(id_: str, comparison: Comparison, places: Mapping[tuple[str, str], Claim]) -> Claim | None:
    """The claim that this number recomputes, the nearest to the comparison; None where it recomputes none."""
    claims = (places.get((id_, place)) for place in _around(comparison.locator))
    return next((claim for claim in claims if claim), None)


def _saving(words: "Words", statement: Node, nominal: bool | None, numbers: Mapping[str, "Number"]) -> "Text":
    """Under what the statement would hold: for the parts of it that do, or for values where ranges do not meet."""
    parts = statement.parts if statement.operation == "and" else ()
    true = sum(holds(part, lambda id_: numbers[id_].value) is True for part in parts)
    if true:
        return words.say("comparison.parts", true=true, parts=len(parts))
    return words.say(f"comparison.{'apart' if nominal is None else 'never'}")


def _valued(words: "Words", id_: str, number: "Number", claim: Claim | None, locator: str) -> "Text":
    """A value that the statement is held against, and where it stands if not beside the statement."""
    what = words.subject(claim) if claim else _named(words, id_)
    value = words.fill("{what} {figure}", what=what, figure=words.figure(number.value, number.unit))
    if claim is None or not (claim.figure.contains(number.value) or number.value.contains(claim.nominal)):
        return words.say("comparison.computed", value=value)
    if claim.locator == locator:
        return value
    return words.say("comparison.elsewhere", value=value, place=words.place(claim.locator))


def _named(words: "Words", id_: str) -> "Text":
    """What a number is called that no claim states: by the start of its id that has a name."""
    stem = words.stem(id_)
    rest = id_.removeprefix(stem).lstrip(".")
    return words.say("of", what=words.term(stem), case=rest) if rest else words.term(stem)
