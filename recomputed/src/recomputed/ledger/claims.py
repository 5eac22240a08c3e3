"""The ledger as data: every claim of the article and every numeric token of its text.

Read from four tables of `data/`: `published` (quantities), `comparisons` (statements that compare),
`relations` (one thing said to go with, drive or mediate another) and `source_tokens` (each figure or number
word of the text, in reading order, with the claim that it belongs to or the reason why it is no quantity).
The schema in `datapackage.json` holds for each row; `reading`
finds what needs the numbers or several rows.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from recomputed.language.catalogue import Text
from recomputed.ledger.terms import Words
from recomputed.quantity.intervals import Interval
from recomputed.quantity.reported import stands_for

BOUNDS = ("at-least", "more-than", "up-to")
"""The hedges that give a figure as a bound."""
HUNDRED = "100"
"""As a `part_of`: the shares of one quantity, case and place, which make 100 %."""


class Claim(NamedTuple):
    """One quantity that the article states in one place: a row of `published`, its columns as text.

    `locator`: section, then paragraph or table row. `printed`: the figure as printed. `case`, `quantity`,
    `condition`, `statistic`: what it is a figure of. `stance`: `advice`, or empty for a report. `formula`:
    the same quantity from other claims. `window`, `basis`: of a change, over what time and against what.
    `source`: what the article cites for it, `missing` where it leans on a citation that is not there.
    `part_of`: the claim of which this and the others that name it are all the parts, or 100. `within`: the claim
    that it cannot exceed. `direction`: the word said of it (rise, fall, stable, fluctuating), against the claim
    in `compared_with`. `source_date`, `figure_date`: year or year-month. `number`: the id of the number that
    recomputes it.
    """

    id: str
    locator: str
    printed: str
    low: str
    high: str
    unit: str
    hedge: str
    granularity: str
    case: str
    quantity: str
    condition: str
    statistic: str
    stance: str
    formula: str
    part_of: str
    within: str
    direction: str
    compared_with: str
    window: str
    basis: str
    source: str
    source_date: str
    figure_date: str
    number: str
    expected: str
    reason: str

    @property
    def is_stated(self) -> bool:
        """Whether there is a figure. A place may also say that a quantity is not stated."""
        return bool(self.low)

    @property
    def nominal(self) -> Interval:
        """From the lower to the upper figure as printed. Raises ValueError where there is none."""
        return _nominal(self.low, self.high)

    @property
    def figure(self) -> Interval:
        """What is said: the nominal figure or range, or all that a bound allows. Raises as `nominal` does."""
        return self.stands_for if self.hedge in BOUNDS else self.nominal

    @property
    def stands_for(self) -> Interval:
        """What the figure can mean, given its hedge and rounding. Raises ValueError where there is none."""
        return _stands_for(self.low, self.high, self.hedge, self.granularity)


class Comparison(NamedTuple):
    """One statement that compares: a row of `comparisons`. `kind`: order, agreement, extent,
    support, or reading (of a word that may mean something else). `statement`: in each language."""

    id: str
    locator: str
    kind: str
    statement: Text
    expression: str
    expected: str
    reason: str


class Relation(NamedTuple):
    """One relation that is claimed over the cases: a row of `relations`.

    `x`, `y`, `via` begin the ids of the numbers that measure its terms, `<x>.<case>`; a term that nothing
    measures is empty. `relation`: correlates, drives or mediates (x on y, through `via`). `statement`: in each
    language. `sign`: `falls` where more of y is claimed for less of x (faster replies, in seconds), else empty.
    """

    id: str
    locator: str
    relation: str
    statement: Text
    x: str
    y: str
    via: str
    sign: str


class Token(NamedTuple):
    """One numeric token of the article's text: a row of `source_tokens`, with either a claim or a reason."""

    position: str
    locator: str
    token: str
    kind: str
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that the article claims, in reading order, and the words in which findings speak of it."""

    claims: tuple[Claim, ...]
    comparisons: tuple[Comparison, ...] = ()
    relations: tuple[Relation, ...] = ()
    tokens: tuple[Token, ...] = ()
    cases: tuple[str, ...] = ()
    words: Words = field(default_factory=Words)

    @property
    def stated(self) -> dict[str, Claim]:
        """The claims of quantities by their ids."""
        return {claim.id: claim for claim in self.claims}


@lru_cache(maxsize=65536)
def _nominal(low: str, high: str) -> Interval:
    return Interval.closed(Decimal(low), Decimal(high or low)) if low else _missing()


@lru_cache(maxsize=65536)
def _stands_for(low: str, high: str, hedge: str, granularity: str) -> Interval:
    if not low:
        return _missing()
    upper = Decimal(high) if high else None
    return stands_for(Decimal(low), upper, hedge, Decimal(granularity) if granularity else None)


def _missing() -> Interval:
    raise ValueError("no figure is stated")
