"""What the published article states of each number, with the verdict on it, and what the audit found of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from recomputed.language.catalogue import Text
from recomputed.ledger.expressions import TOKEN
from recomputed.ledger.findings import CONTRADICTION, IMPLAUSIBLE, UNSUPPORTED, Finding, by_language
from recomputed.ledger.verdicts import DISAGREES
from recomputed.quantity.numbers import Number

if TYPE_CHECKING:
    from recomputed.ledger.examination import Examination
    from recomputed.ledger.verdicts import Outcome

Record = Mapping[str, Any]
GRAVE = (CONTRADICTION, UNSUPPORTED, IMPLAUSIBLE)


@dataclass(frozen=True, slots=True)
class Article:
    """Claims of the article, and findings of the audit, by the id of the number that they concern.

    `disputed` are the numbers that the article states otherwise than the data give them, and those that a
    grave finding is about: its first claim.
    """

    claims: Mapping[str, Sequence[Record]]
    findings: Mapping[str, Sequence[Finding]]
    disputed: frozenset[str]


def read_article(examination: "Examination") -> Article:
    """Sort the claims and the findings of an examination under the numbers that they are about.

    A comparison stands under each number that it names, a finding under each number that one of its claims is
    about.
    """
    ledger, numbers = examination.ledger, examination.numbers
    compared = {comparison.id: comparison for comparison in ledger.comparisons}
    about = {claim.id: claim.number for claim in ledger.claims}
    claims: dict[str, list[Record]] = {}
    findings: dict[str, list[Finding]] = {}
    disputed: set[str] = set()
    for outcome in examination.outcomes:
        if comparison := compared.get(outcome.id):
            for id_ in _named(comparison.expression, numbers):
                claims.setdefault(id_, []).append(_claim(outcome, comparison.statement))
        elif outcome.number:
            claims.setdefault(outcome.number, []).append(
                _claim(outcome, ledger.words.same(outcome.published))
            )
            if outcome.verdict == DISAGREES:
                disputed.add(outcome.number)
    for finding in examination.findings:
        concerned = [about[claim] for claim in finding.claims if claim in about]
        for id_ in dict.fromkeys(concerned):
            findings.setdefault(id_, []).append(finding)
        if finding.severity in GRAVE and finding.claims[0] in about:
            disputed.add(about[finding.claims[0]])
    return Article(claims, findings, frozenset(disputed))


def _named(expression: str, numbers: Mapping[str, Number]) -> list[str]:
    """The numbers that an expression of the ledger names, once each."""
    words = (match["id"] for match in TOKEN.finditer(expression))
    return [word for word in dict.fromkeys(words) if word in numbers]


def _claim(outcome: "Outcome", published: Text) -> Record:
    return {
        "claim": outcome.id,
        "kind": outcome.kind,
        "locator": outcome.locator,
        **by_language("published", published),
        "recomputed": outcome.recomputed,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
    }
