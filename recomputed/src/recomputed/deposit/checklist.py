"""The sixteen points of the Data and Code Availability Standard 1.0, and how this package meets each.

A point's checks can fail where a machine can tell whether it is met. Where only a person can tell, the check is
that the answer is in its section of `REPRODUCIBILITY.md`; the point then says so.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from recomputed import paths
from recomputed.deposit import availability as check
from recomputed.deposit.availability import DOCUMENT, Check
from recomputed.faults import PaperError
from recomputed.paper_toml import paper_settings
from recomputed.text_files import read_text

MACHINE, PERSON = "checked", "answered"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its number in the standard, its name, how it is met, what checks it.

    `answer` is the key of paper.toml that says how it is met, where that is asked; the section `answered_in` must say
    it in full. `sections` must be there with these words; `told_by` says whether the checks tell that the point is met,
    or only that the answer is given.
    """

    number: int
    name: str
    met: str = ""
    checks: tuple[Check, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    answered_in: str = ""
    told_by: str = MACHINE

    @property
    def how(self) -> str:
        """How it is met; what paper.toml answers where no machine can tell."""
        return getattr(paper_settings().checklist, self.answer).answer if self.answer else self.met

    def faults(self, root: Path) -> list[str]:
        """What the checks find; a file that is missing or cannot be read is found as well."""
        found: list[str] = []
        for one in (*self.checks, self._document):
            try:
                found += one(root)
            except PaperError as error:
                found += str(error).splitlines()
            except (OSError, SyntaxError, ValueError, KeyError) as error:
                found.append(f"{type(error).__name__}: {error}")
        return found

    def _document(self, root: Path) -> Iterator[str]:
        """The document has each section, and it says its words, and those that belong to an answer of paper.toml."""
        wanted: dict[str, tuple[str, ...]] = {heading: (words,) for heading, words in self.sections.items()}
        if self.answer:
            answer = check.answer_to(self.answer, root)
            wanted |= {self.answered_in: answer.says} if self.answered_in else {}
        text = read_text(root / DOCUMENT) if wanted else ""
        for heading, said in wanted.items():
            found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)
            if found is None or not found[1].strip():
                yield f"{DOCUMENT} has no section {heading!r}"
                continue
            content = re.sub(r"\s+", " ", found[1])
            yield from (
                f"{DOCUMENT}, {heading!r}, does not say {word!r}" for word in said if word not in content
            )


# fmt: off
POINTS = (
    Point(1, "Data availability statement", "", (check.statement_in_paper,),
          {"Rights": "", "Summary of availability": ""}, "availability", "What is withheld, and why"),
    Point(2, "Raw data", "", (check.only_described_tables, check.nothing_personal), {}, "raw_data", "Omissions"),
    Point(3, "Analysis data", "all in data/, every cell valid, every reported quantity with its place in the article",
          (check.data_are_valid,), {"Each data source": ""}),
    Point(4, "Data format", "CSV in UTF-8, a Frictionless Data Package", (check.open_formats,)),
    Point(5, "Metadata", "every variable, unit and allowed value in data/README.md", (check.variables_described,)),
    Point(6, "Data citation", "every source in references.bib", (check.sources_cited,), {"References": ""}),
    Point(7, "Data transformation programs", "", (check.data_are_valid,), {}, "transformation", "Each data source"),
    Point(8, "Analysis programs",
          "analysis/ and recomputed/; docs/numbers.md lists the line that makes each figure, table and number",
          (check.programs_listed,)),
    Point(9, "Program format", "source text, run by reproduce.py", (check.programs_are_source,)),
    Point(10, "Instruments", "", (), {}, "instruments", "Instruments", PERSON),
    Point(11, "Ethics", "", (check.nothing_personal,), {}, "ethics", "Ethics and consent", PERSON),
    Point(12, "Pre-registration", "", (), {}, "pre_registration", "Pre-registration", PERSON),
    Point(13, "Documentation", "README.md leads to REPRODUCIBILITY.md, which follows the template README",
          (check.readme_leads_here, check.environment_locked),
          {"Overview": "", "Software": "requirements.lock", "Controlled randomness": "",
           "Time, memory and storage": "Peak memory", "Programs": "",
           "Instructions to replicators": "python3 reproduce.py",
           "Figures, tables and numbers, and the programs that make them": "docs/numbers.md"}),
    Point(14, "Location",
          "`archive` makes the deposit with the metadata that archives read; that it was deposited is not claimed",
          (check.metadata_current,), told_by=PERSON),
    Point(15, "License", "", (check.licences_agree,), answer="licence"),
    Point(16, "Omissions", "listed in REPRODUCIBILITY.md", (), {"Omissions": ""}, told_by=PERSON),
)
# fmt: on


def report(root: Path = paths.ROOT) -> Iterator[tuple[Point, list[str]]]:
    """Each point with what its checks found wrong."""
    for point in POINTS:
        yield point, point.faults(root)
