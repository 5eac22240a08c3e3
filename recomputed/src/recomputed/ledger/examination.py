"""The article examined on one set of tables: each verdict, each finding, and the numbers that count them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recomputed.language.sections import describe_place
from recomputed.ledger.audit import audit
from recomputed.ledger.claims import Ledger
from recomputed.ledger.findings import SEVERITIES, Finding
from recomputed.ledger.read import load_ledger
from recomputed.ledger.verdicts import (
    AGREES,
    COMPARED,
    DISAGREES,
    NOT_A_QUANTITY,
    WITHIN_HEDGE,
    WITHIN_ROUNDING,
    Outcome,
    judge,
)
from recomputed.quantity.numbers import DERIVED, TRANSCRIBED, Number, Numbers
from recomputed.study import study
from recomputed.tables.load import Row, Tables
from recomputed.tables.transcribe import count

VERDICTS_ID = {
    AGREES: "sesuai",
    WITHIN_ROUNDING: "sesuai setelah dibulatkan",
    WITHIN_HEDGE: "sesuai dalam batas katanya",
    DISAGREES: "tidak sesuai",
    NOT_A_QUANTITY: "bukan besaran",
}
HOLDS_ID = {
    "holds": "berlaku",
    "does not hold": "tidak berlaku",
    "undecided: the ranges overlap": "tidak dapat diputuskan: kisarannya bertumpang tindih",
}


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found out about the article. `numbers` has those of the study and those that count the rest."""

    tables: Tables
    ledger: Ledger
    numbers: Numbers
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]

    def quotable(self) -> dict[str, str]:
        """Every text of the ledger and the audit that the paper may quote, by what it is and whose."""
        statements = {comparison.id: comparison.statement_id for comparison in self.ledger.comparisons}
        texts = {}
        for outcome in self.outcomes:
            texts[f"place:{outcome.id}"] = describe_place(outcome.locator)
            texts[f"published:{outcome.id}"] = statements.get(outcome.id, outcome.published)
            texts[f"verdict:{outcome.id}"] = VERDICTS_ID[outcome.verdict]
            texts[f"recomputed:{outcome.id}"] = HOLDS_ID.get(outcome.recomputed, outcome.recomputed)
        for finding in self.findings:
            texts[f"message:{finding.id}"] = finding.message_id
            texts[f"assumption:{finding.id}"] = finding.assumption_id
            places = dict.fromkeys(describe_place(locator) for locator in finding.locators)
            texts[f"places:{finding.id}"] = "; ".join(places)
        return texts


def examine(tables: Tables, computed: Numbers | None = None) -> Examination:
    """Judge every claim, run every rule, and count both; `computed` has the study's numbers, if they are.

    Raises InputError, with every fault, where the ledger is not one.
    """
    own = study().compute(tables) if computed is None else computed
    ledger = load_ledger(tables, own)
    outcomes, findings = judge(ledger, own), audit(ledger, own)
    numbers = Numbers()
    numbers.add(own.values())
    numbers.add(count_outcomes(tables, outcomes))
    numbers.add(count_findings(tables, findings))
    return Examination(tables, ledger, numbers, outcomes, findings)


Chosen = Callable[[Outcome], bool]

COUNTED: Mapping[str, tuple[Chosen, str]] = {
    "statements": (lambda _: True, "banyaknya pernyataan dan angka artikel yang tercatat"),
    "agree": (lambda o: o.verdict == AGREES, "banyaknya pernyataan yang sesuai"),
    "within-rounding": (
        lambda o: o.verdict == WITHIN_ROUNDING,
        "banyaknya pernyataan yang sesuai setelah dibulatkan",
    ),
    "within-hedge": (
        lambda o: o.verdict == WITHIN_HEDGE,
        "banyaknya pernyataan yang sesuai dalam batas katanya",
    ),
    "disagree": (lambda o: o.verdict == DISAGREES, "banyaknya pernyataan yang tidak sesuai"),
    "not-quantities": (lambda o: o.verdict == NOT_A_QUANTITY, "banyaknya angka yang bukan besaran"),
    "derived": (lambda o: o.kind == DERIVED, "banyaknya pernyataan yang angkanya dihitung"),
    "transcribed": (lambda o: o.kind == TRANSCRIBED, "banyaknya pernyataan yang angkanya disalin"),
    "compared": (lambda o: o.kind == COMPARED, "banyaknya pernyataan yang membandingkan"),
}
"""What the ledger's numbers count, by the end of their ids: which outcomes, and in words."""


def count_outcomes(tables: Tables, outcomes: Sequence[Outcome]) -> Iterator[Number]:
    """`ledger.<what>`: how many claims there are and how many have each verdict and kind."""
    rows = _rows_by_id(tables)
    for name, (chosen, words) in COUNTED.items():
        counted = [rows[outcome.id] for outcome in outcomes if chosen(outcome)]
        yield count(f"ledger.{name}", counted, "locator", unit="item", words=words)


def count_findings(tables: Tables, findings: Sequence[Finding]) -> Iterator[Number]:
    """`audit.findings` and `audit.<severity>`: each counted at the first claim that the finding is about."""
    rows = _rows_by_id(tables)
    by_severity = {severity: [f for f in findings if f.severity == severity] for severity in SEVERITIES}
    for name, some in {"findings": list(findings), **by_severity}.items():
        first = [rows[finding.claims[0]] for finding in some]
        id_ = f"audit.{name.replace(' ', '-')}"
        yield count(id_, first, "locator", unit="item", words="banyaknya temuan pemeriksaan")


def _rows_by_id(tables: Tables) -> dict[str, Row]:
    rows = {row.key: row for name in ("published", "comparisons", "relations") for row in tables.rows(name)}
    return rows | {f"token.{row.key}": row for row in tables.rows("source_tokens")}
