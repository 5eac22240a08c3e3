"""What the published article states of each number, with the verdict on it, by the number's id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from analysis.checks.expressions import TOKEN
from analysis.checks.ledger import COMPARED, DISAGREES, judge
from analysis.checks.reading import load_ledger
from analysis.study.load import Tables
from analysis.study.numbers import Number

if TYPE_CHECKING:
    from analysis.checks.ledger import Outcome

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """Claims and findings of the article by the id of the number that they concern."""

    claims: Mapping[str, Sequence[Record]] = field(default_factory=dict)
    findings: Mapping[str, Sequence[Record]] = field(default_factory=dict)

    def disputes(self, id_: str) -> bool:
        """Whether the article states the number otherwise than the data give it."""
        return any(
            claim["kind"] != COMPARED and claim["verdict"] == DISAGREES for claim in self.claims.get(id_, ())
        )


def read_article(tables: Tables, numbers: Mapping[str, Number]) -> Article:
    """Judge every claim of the ledger and sort it under its number; a comparison, under each that it names.

    Raises InputError for a ledger that is at fault.
    """
    ledger = load_ledger(tables, numbers)
    compared = {comparison.id: comparison for comparison in ledger.comparisons}
    claims: dict[str, list[Record]] = {}
    for outcome in judge(ledger, numbers):
        if comparison := compared.get(outcome.id):
            for id_ in _named(comparison.expression, numbers):
                claims.setdefault(id_, []).append(_claim(outcome, comparison.statement_id))
        elif outcome.number:
            claims.setdefault(outcome.number, []).append(_claim(outcome, outcome.published))
    return Article(claims)


def _named(expression: str, numbers: Mapping[str, Number]) -> list[str]:
    """The numbers that an expression of the ledger names, once each."""
    words = (match["id"] for match in TOKEN.finditer(expression))
    return [word for word in dict.fromkeys(words) if word in numbers]


def _claim(outcome: "Outcome", indonesian: str) -> Record:
    return {
        "claim": outcome.id,
        "kind": outcome.kind,
        "locator": outcome.locator,
        "published": outcome.published,
        "published_id": indonesian,
        "recomputed": outcome.recomputed,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
    }
