"""The paper's appendix on the article: the verdict, the table of claims, the findings, as Markdown.

Numbers are inline numbers. What the article prints and what the audit says are quotations: each stands in a
span `[…]{.quoted data-quoted="…"}` that names its source, and a guard compares the two.
"""

import re
import sys
from dataclasses import replace

from recomputed.descriptions.blocks import NONE
from recomputed.faults import Unknown, nearest
from recomputed.language.wording import NBSP
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.examination import Examination, examine
from recomputed.ledger.findings import SEVERITIES, Finding
from recomputed.ledger.verdicts import DISAGREES
from recomputed.manuscript.inline import escape
from recomputed.manuscript.list_of_numbers import assumption
from recomputed.manuscript.paper import Paper
from recomputed.manuscript.pipe_tables import pipe_table, with_code
from recomputed.paper_language import in_paper


class Markdown(str):
    """What an inline expression gives, to stand as it is."""

    def _repr_markdown_(self) -> str:
        return self


class Appendix:
    """Makes the appendix from an examination. `paper` is the manuscript's, with the numbers that count, too."""

    def __init__(self, paper: Paper, examination: Examination):
        self.examination = examination
        self.paper = replace(paper, numbers=examination.numbers)
        self._said = in_paper(paper.lang)
        self._number = numbered(read_known())
        self._quotable = examination.quotable()

    def finding(self, *numbers: str) -> Markdown:
        """Findings by their numbers in `data/ledger/findings.csv`, each a link to where it is told.

        Raises Unknown that names the nearest for a number that no row there has.
        """
        return Markdown(", ".join(map(self._link, numbers)))

    def _link(self, number: str) -> str:
        ids = {no: id_ for id_, no in self._number.items()}
        if number not in ids:
            raise Unknown(f"no finding is numbered {number!r}{nearest(number, ids)}")
        told = f'[{number}]{{.quoted data-quoted="number:{ids[number]}"}}'
        found = any(one.id == ids[number] for one in self.examination.findings)
        return f"[{told}](#finding-{number})" if found else told

    def disagreements(self, caption: str = "") -> str:
        """The claims that do not agree, a short table for every format, under this caption or the language's."""
        rows = [
            [
                self._about(outcome.id),
                f"{self._quote(f'published:{outcome.id}')} ({self._quote(f'place:{outcome.id}')})",
                " ".join(filter(None, (self._quote(f"recomputed:{outcome.id}"), self._told(outcome.id)))),
            ]
            for outcome in self.examination.outcomes
            if outcome.verdict == DISAGREES
        ]
        columns = self._said["labels.statements.disagreeing"]
        caption = caption or self._said["labels.disagreements"]
        return f"{pipe_table(columns, rows, [32, 44, 24])}\n\n: {caption} {{#tbl-disagreements}}\n"

    def _about(self, claim: str) -> str:
        """What a statement is about, after the names of its cases."""
        cases = ", ".join(with_code(self.paper.name[case]) for case in self.examination.about(claim)[0])
        return ": ".join(filter(None, (cases, self._quote(f"subject:{claim}"))))

    def codes(self) -> Markdown:
        """The cases by name and code, as a list."""
        return Markdown(", ".join(with_code(self.paper.name[case]) for case in self.paper.cases))

    def _told(self, claim: str) -> str:
        """The known findings that are about a statement, as links in brackets; nothing where none is."""
        about = {one.id for one in self.examination.findings if claim in one.claims}
        told = ", ".join(self._link(number) for id_, number in self._number.items() if id_ in about)
        return told and f"({told})"

    def findings(self) -> str:
        """Every finding, the gravest first: what, what would save the statement, where in the article, and where in
        the paper it is named.
        """
        labels, lines, severity = self._said["labels"], [], ""
        for finding in sorted(self.examination.findings, key=self._place):
            if finding.severity != severity:
                severity = finding.severity
                lines += ["", f"### {labels['severities'][severity]} {{.unnumbered}}", ""]
            message = f"**{self._quote(f'number:{finding.id}')}.** " if finding.id in self._number else ""
            anchor = f"finding-{self._number.get(finding.id, finding.id)}"
            message += self._quote(f"message:{finding.id}", anchor)
            saved = f"*{labels['true_if']}* {self._quote(f'assumption:{finding.id}')}"
            places = f'{self._quote(f"places:{finding.id}")}. []{{.named data-named="{anchor}"}}'
            lines += [f"- {message}", "", f"  {saved}", "", f"  {places}", ""]
        return "\n".join(lines).strip() + "\n"

    def _place(self, finding: Finding) -> tuple[int, int, str]:
        """The gravest first; those of one gravity by their numbers."""
        digits = re.search(r"\d+$", self._number.get(finding.id, ""))
        return list(SEVERITIES).index(finding.severity), int(digits[0]) if digits else sys.maxsize, finding.id

    def assumptions(self) -> str:
        """Every assumption: what is assumed, why, and what would change if it were not so."""
        lines = [
            f"- [**{self._quote(f'assumption-id:{one.id}')}.**]{{#assumption-{one.id}}}"
            f" {self._quote(f'assumption-says:{one.id}')} {self._quote(f'assumption-reason:{one.id}')}"
            f" *{self._said['labels.otherwise']}* {self._quote(f'assumption-otherwise:{one.id}')}"
            for one in self.examination.assumptions
        ]
        return "\n".join(lines) + "\n"

    def assumed(self, *ids: str) -> str:
        """The assumptions that these numbers rest on, as a caption or a note names them."""
        rests_on = self.examination.resting()
        found = sorted({one for id_ in ids for one in rests_on[id_]}, key=lambda id_: int(id_[1:]))
        if not found:
            return ""
        *first, last = map(assumption, found)
        listed = self._said.say("findings.and", first=", ".join(first), last=last) if first else last
        return f"{self._said['labels.assumption'][len(found) > 1]}{NBSP}{listed}"

    def _quote(self, what: str, anchor: str = "") -> str:
        text = self._quotable[what]
        place = f"#{anchor} " if anchor else ""
        return f'[{escape(text)}]{{{place}.quoted data-quoted="{what}"}}' if text else NONE


def open_appendix(paper: Paper) -> Appendix:
    """Examine the article on the paper's data."""
    return Appendix(paper, examine(paper.data, paper.numbers))
