"""The paper's appendix on the article: the verdict, the table of claims, the findings, as Markdown.

Numbers are inline numbers. What the article prints and what the audit says are quotations: each stands in a
span `[…]{.quoted data-quoted="…"}` that names its source, and a guard compares the two.
"""

from dataclasses import replace

from recomputed.ledger.examination import Examination, examine
from recomputed.ledger.findings import (
    CONTRADICTION,
    IMPLAUSIBLE,
    NOT_COMPARABLE,
    TIGHTER,
    UNSUPPORTED,
    UNTESTABLE,
)
from recomputed.ledger.verdicts import COMPARED, DISAGREES
from recomputed.manuscript.inline import Inlines, escape
from recomputed.manuscript.paper import Paper
from recomputed.manuscript.pipe_tables import pipe_table
from recomputed.quantity.numbers import DERIVED, TRANSCRIBED

KINDS_ID = {DERIVED: "dihitung", TRANSCRIBED: "ditranskripsi", COMPARED: "bandingan", "": "–"}
SEVERITIES_ID = {
    CONTRADICTION: "Bertentangan",
    UNSUPPORTED: "Tidak didukung",
    IMPLAUSIBLE: "Tidak wajar",
    NOT_COMPARABLE: "Tidak dapat disandingkan",
    UNTESTABLE: "Tidak dapat diuji",
    TIGHTER: "Terlalu sempit",
}


COLUMNS = ("Bagian artikel", "Dinyatakan", "Dihitung ulang", "Putusan", "Jenis")
QUOTED = ("place", "published", "recomputed", "verdict")
"""What the first columns of a statement quote, as `Examination.quotable` names it."""


def statement_rows(examination: Examination) -> list[list[str]]:
    """Every statement of the article with its verdict, in plain text, a row of `COLUMNS` each."""
    quotable = examination.quotable()
    return [
        [*(quotable[f"{what}:{outcome.id}"] or "–" for what in QUOTED), KINDS_ID[outcome.kind]]
        for outcome in examination.outcomes
    ]


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
        rows = [
            [*(self._quote(f"{what}:{outcome.id}") for what in QUOTED), KINDS_ID[outcome.kind]]
            for outcome in self.examination.outcomes
            if outcome.verdict == DISAGREES
        ]
        caption = "Pernyataan artikel yang tidak sesuai dengan angka lain di dalamnya."
        return f"{pipe_table(COLUMNS, rows, [26, 26, 20, 16, 12])}\n\n: {caption} {{#tbl-disagreements}}\n"

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

    def _quote(self, what: str, anchor: str = "") -> str:
        text = self._quotable[what]
        place = f"#{anchor} " if anchor else ""
        return f'[{escape(text)}]{{{place}.quoted data-quoted="{what}"}}' if text else "–"


def open_appendix(paper: Paper) -> Appendix:
    """Examine the article on the paper's data."""
    return Appendix(paper, examine(paper.data, paper.numbers))
