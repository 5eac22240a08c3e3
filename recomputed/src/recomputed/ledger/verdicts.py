"""The verdict on each claim of the article: does the recomputed number agree with the published one?

A claim is compared with the nominal value of the number that recomputes it:

- `agrees`: the same figure or range, or the same bound.
- `agrees within rounding`: each end rounds to the printed one, to the unit of the last printed digit.
- `agrees within hedge`: within what the article's hedge allows (about, at least, more than, up to).
- `disagrees`: none of these; also where a place calls a quantity not stated that another place states.
- `not a quantity`: a numeric token that claims nothing, with its reason.

A statement that compares agrees if it holds for the nominal values, agrees within hedge if it can hold for
what the figures stand for, and else disagrees. Every claim records the verdict that it is expected to have.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from recomputed.language.catalogue import ENGLISH
from recomputed.language.numerals import show
from recomputed.ledger.claims import BOUNDS, Claim, Comparison, Ledger, Token
from recomputed.ledger.expressions import holds, parse_statement
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import CODED
from recomputed.quantity.reported import stands_for

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

AGREES = "agrees"
WITHIN_ROUNDING = "agrees within rounding"
WITHIN_HEDGE = "agrees within hedge"
DISAGREES = "disagrees"
NOT_A_QUANTITY = "not a quantity"
VERDICTS = (AGREES, WITHIN_ROUNDING, WITHIN_HEDGE, DISAGREES, NOT_A_QUANTITY)

RETURNED = "returned"  # the kind of an outcome whose number was coded from a statement of that very number
COMPARED = "compared"  # the kind of an outcome that is a statement over several numbers


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one claim. `kind`: its number's, unless it returns its statement; compared; empty for a token."""

    id: str
    locator: str
    published: str
    recomputed: str
    verdict: str
    expected: str
    number: str
    kind: str
    reason: str

    @property
    def is_expected(self) -> bool:
        return self.verdict == self.expected


def judge(ledger: Ledger, numbers: Mapping[str, "Number"]) -> tuple[Outcome, ...]:
    """The outcome of every claim, then of every comparison, then of every token that is not a quantity."""
    stated = ledger.stated
    return (
        *(
            _judge_claim(claim, numbers[claim.number], returned(numbers[claim.number], stated))
            for claim in ledger.claims
        ),
        *(_judge_comparison(comparison, numbers) for comparison in ledger.comparisons),
        *(_set_aside(token) for token in ledger.tokens if not token.claim),
    )


def returned(number: "Number", claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The claims of this very number that it, or what it is computed from, was coded from: it returns them."""
    return tuple(
        coding.claim
        for coding in number.codings()
        if coding.claim in claims and claims[coding.claim].number == number.id
    )


def count(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """How many claims have each verdict, in all, by kind, and how many have another verdict than expected.

    The kinds count claims of quantities only: those recomputed from other numbers, those returned
    from coding, those measured and those looked up.
    """
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    kinds = Counter(outcome.kind for outcome in outcomes)
    return {
        "claims": len(outcomes),
        **{verdict: verdicts[verdict] for verdict in VERDICTS},
        "derived": kinds["derived"],
        "transcribed": kinds["transcribed"],
        RETURNED: kinds[RETURNED],
        "measured": kinds["measured"],
        COMPARED: kinds[COMPARED],
        "unexpected": sum(not outcome.is_expected for outcome in outcomes),
    }


def as_json(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The outcomes as plain data; `number` and `recomputed` are null where there is none."""
    empty = {"number": None, "recomputed": None}
    return [
        {key: empty.get(key, value) if value == "" else value for key, value in asdict(outcome).items()}
        for outcome in outcomes
    ]


def verdict(claim: Claim, recomputed: Interval, bound: Interval | None = None) -> str:
    """How a claim and a recomputed value agree; `bound` is what that value stands for, hedge included."""
    if not claim.is_stated:
        return DISAGREES
    if claim.hedge in BOUNDS:
        if bound == claim.stands_for:
            return AGREES
        return WITHIN_HEDGE if claim.stands_for.contains(recomputed) else DISAGREES
    if recomputed == claim.nominal:
        return AGREES
    if claim.hedge != "exact" and _ends_fit(claim, recomputed, "none", None):
        return WITHIN_ROUNDING
    if claim.hedge == "about" and _ends_fit(claim, recomputed, "about", Decimal(claim.granularity)):
        return WITHIN_HEDGE
    return DISAGREES


def decide(comparison: Comparison, numbers: Mapping[str, "Number"]) -> tuple[str, bool | None]:
    """The verdict on a comparison, and whether it holds for the nominal values (None: undecided)."""
    statement = parse_statement(comparison.expression)
    nominal = holds(statement, lambda id_: numbers[id_].value)
    if nominal:
        return AGREES, nominal
    if nominal is False and holds(statement, lambda id_: numbers[id_].stands_for) is not False:
        return WITHIN_HEDGE, nominal
    return DISAGREES, nominal


def _ends_fit(claim: Claim, recomputed: Interval, hedge: str, granularity: Decimal | None) -> bool:
    """Whether each recomputed end is in what the printed end stands for."""
    ends = ((claim.low, recomputed.low), (claim.high or claim.low, recomputed.high))
    return all(
        isinstance(end, Fraction) and stands_for(Decimal(printed), None, hedge, granularity).contains(end)
        for printed, end in ends
    )


def _judge_claim(claim: Claim, number: "Number", returns: Sequence[str]) -> Outcome:
    found = verdict(claim, number.value, number.stands_for)
    digits = max(number.digits, 0) + (2 if found == WITHIN_ROUNDING else 0)
    return Outcome(
        id=claim.id,
        locator=claim.locator,
        published=claim.printed,
        recomputed=show(number.value, digits=digits),
        verdict=found,
        expected=claim.expected,
        number=claim.number,
        kind=RETURNED if returns or number.kind == CODED else number.kind,
        reason=claim.reason,
    )


def _judge_comparison(comparison: Comparison, numbers: Mapping[str, "Number"]) -> Outcome:
    found, nominal = decide(comparison, numbers)
    recomputed = {True: "holds", False: "does not hold", None: "undecided: the ranges overlap"}[nominal]
    return Outcome(
        id=comparison.id,
        locator=comparison.locator,
        published=comparison.statement[ENGLISH],
        recomputed=recomputed,
        verdict=found,
        expected=comparison.expected,
        number="",
        kind=COMPARED,
        reason=comparison.reason,
    )


def _set_aside(token: Token) -> Outcome:
    return Outcome(
        id=f"token.{token.position}",
        locator=token.locator,
        published=token.token,
        recomputed="",
        verdict=NOT_A_QUANTITY,
        expected=NOT_A_QUANTITY,
        number="",
        kind="",
        reason=token.reason,
    )
