"""The paper's appendix on the article: the verdict, the table of claims, the findings, as Markdown.

Numbers are inline numbers. What the article prints and what the audit says are quotations: each stands in a
span `[…]{.quoted data-quoted="…"}` that names its source, and a guard compares the two.
"""

from collections.abc import Sequence
from dataclasses import replace

from analysis.checks.examination import Examination, examine
from analysis.checks.findings import (
    CONTRADICTION,
    IMPLAUSIBLE,
    NOT_COMPARABLE,
    TIGHTER,
    UNSUPPORTED,
    UNTESTABLE,
)
from analysis.checks.ledger import COMPARED, DISAGREES, Outcome
from analysis.study.inline import Inlines, escape
from analysis.study.manuscript import Paper
from analysis.study.numbers import DERIVED, TRANSCRIBED
from analysis.study.tables import pipe_table

KINDS_ID = {DERIVED: "dihitung", TRANSCRIBED: "ditranskripsi", COMPARED: "bandingan", "": "–"}
SEVERITIES_ID = {
    CONTRADICTION: "Bertentangan",
    UNSUPPORTED: "Tidak didukung",
    IMPLAUSIBLE: "Tidak wajar",
    NOT_COMPARABLE: "Tidak dapat disandingkan",
    UNTESTABLE: "Tidak dapat diuji",
    TIGHTER: "Terlalu sempit",
}


def anchor(finding_id: str) -> str:
    """The id of a finding's place in the paper, which sentences link to."""
    return f"temuan-{finding_id}"


class Appendix:
    """Makes the appendix from an examination. `paper` is the manuscript's, with the numbers that count, too."""

    def __init__(self, paper: Paper, examination: Examination):
        self.examination = examination
        numbers = examination.numbers
        self.paper = replace(paper, n=Inlines(numbers, "id"), en=Inlines(numbers, "en"), numbers=numbers)
        self._quotable = examination.quotable()

    def disagreements(self) -> str:
        """The claims that do not agree, a short table for every format."""
        disagreeing = [outcome for outcome in self.examination.outcomes if outcome.verdict == DISAGREES]
        return self._table(
            disagreeing,
            "Pernyataan artikel yang tidak sesuai dengan angka lain di dalamnya.",
            "disagreements",
        )

    def claims(self) -> str:
        """Every claim with its verdict, a long table for the page on the screen."""
        return self._table(
            self.examination.outcomes, "Semua pernyataan dan angka artikel, menurut urutannya.", "claims"
        )

    def findings(self) -> str:
        """Every finding, the gravest first: what, what would save the statement, and where in the article."""
        lines, severity = [], ""
        for finding in self.examination.findings:
            if finding.severity != severity:
                severity = finding.severity
                lines += ["", f"### {SEVERITIES_ID[severity]} {{.unnumbered}}", ""]
            message = self._quote(f"message:{finding.id}", anchor(finding.id))
            saved = f"*Benar bila:* {self._quote(f'assumption:{finding.id}')}"
            lines.append(f"- {message} {saved} ({self._quote(f'places:{finding.id}')})")
        return "\n".join(lines).strip() + "\n"

    def _table(self, outcomes: Sequence[Outcome], caption: str, label: str) -> str:
        header = ["Bagian artikel", "Dinyatakan", "Dihitung ulang", "Putusan", "Jenis"]
        rows = [
            [
                self._quote(f"place:{outcome.id}"),
                self._quote(f"published:{outcome.id}"),
                self._recomputed(outcome),
                self._quote(f"verdict:{outcome.id}"),
                KINDS_ID[outcome.kind],
            ]
            for outcome in outcomes
        ]
        return f"{pipe_table(header, rows, [26, 26, 20, 16, 12])}\n\n: {caption} {{#tbl-{label}}}\n"

    def _recomputed(self, outcome: Outcome) -> str:
        shown = self._quote(f"recomputed:{outcome.id}")
        return f'[{shown}]{{data-about="{outcome.number}"}}' if outcome.number else shown

    def _quote(self, what: str, anchor: str = "") -> str:
        text = self._quotable[what]
        place = f"#{anchor} " if anchor else ""
        return f'[{escape(text)}]{{{place}.quoted data-quoted="{what}"}}' if text else "–"


def open_appendix(paper: Paper) -> Appendix:
    """Examine the article on the paper's data."""
    return Appendix(paper, examine(paper.tables.tables, paper.numbers))
