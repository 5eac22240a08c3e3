"""The sixteen points of the Data and Code Availability Standard 1.0, and how this package meets each.

A point's checks can fail where a machine can tell whether it is met. Where only a person can tell, the check is
that the answer is in its section of `REPRODUCIBILITY.md`; the point then says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths
from recomputed.deposit import availability as check
from recomputed.deposit.availability import Check, section
from recomputed.faults import PaperError
from recomputed.paper_toml import paper_settings

MACHINE, PERSON = "checked", "answered"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its number in the standard, its name, what checks it, how it is met.

    `told_by` says whether the checks tell that it is met, or only that the answer is given; `answer` is the key of
    paper.toml that says how it is met, where that is asked.
    """

    number: int
    name: str
    checks: tuple[Check, ...]
    met: str = ""
    told_by: str = MACHINE
    answer: str = ""

    @property
    def how(self) -> str:
        """How it is met; what paper.toml answers where no machine can tell."""
        return getattr(paper_settings().checklist, self.answer).answer if self.answer else self.met

    def faults(self, root: Path) -> list[str]:
        """What the checks find; a file that is missing or cannot be read is found as well."""
        found: list[str] = []
        for one in self.checks:
            try:
                found += one(root)
            except PaperError as error:
                found += str(error).splitlines()
            except (OSError, SyntaxError, ValueError, KeyError) as error:
                found.append(f"{type(error).__name__}: {error}")
        return found


POINTS = (
    Point(
        1,
        "Data availability statement",
        (
            check.statement_in_paper,
            section("Rights"),
            section("Summary of availability"),
            section("What is withheld, and why", answer="availability"),
        ),
        answer="availability",
    ),
    Point(
        2,
        "Raw data",
        (check.only_described_tables, check.nothing_personal, section("Omissions", answer="raw_data")),
        answer="raw_data",
    ),
    Point(
        3,
        "Analysis data",
        (check.data_are_valid, section("Each data source")),
        "all in data/, every cell valid, every reported quantity with its place in the article",
    ),
    Point(4, "Data format", (check.open_formats,), "CSV in UTF-8, a Frictionless Data Package"),
    Point(
        5,
        "Metadata",
        (check.variables_described,),
        "every variable, unit and allowed value in data/README.md",
    ),
    Point(6, "Data citation", (check.sources_cited, section("References")), "every source in references.bib"),
    Point(
        7,
        "Data transformation programs",
        (check.data_are_valid, section("Each data source", answer="transformation")),
        answer="transformation",
    ),
    Point(
        8,
        "Analysis programs",
        (check.programs_listed,),
        "analysis/ and recomputed/; docs/numbers.md lists the line that makes each figure, table and number",
    ),
    Point(9, "Program format", (check.programs_are_source,), "source text, run by reproduce.py"),
    Point(
        10,
        "Instruments",
        (section("Instruments", answer="instruments"),),
        told_by=PERSON,
        answer="instruments",
    ),
    Point(
        11,
        "Ethics",
        (section("Ethics and consent", answer="ethics"), check.nothing_personal),
        told_by=PERSON,
        answer="ethics",
    ),
    Point(
        12,
        "Pre-registration",
        (section("Pre-registration", answer="pre_registration"),),
        told_by=PERSON,
        answer="pre_registration",
    ),
    Point(
        13,
        "Documentation",
        (
            check.readme_leads_here,
            check.environment_locked,
            section("Overview"),
            section("Software", "requirements.lock"),
            section("Controlled randomness"),
            section("Time, memory and storage", "Peak memory"),
            section("Programs"),
            section("Instructions to replicators", "python3 reproduce.py"),
            section("Figures, tables and numbers, and the programs that make them", "docs/numbers.md"),
        ),
        "README.md leads to REPRODUCIBILITY.md, which follows the template README",
    ),
    Point(
        14,
        "Location",
        (check.metadata_current,),
        "`archive` makes the deposit with the metadata that archives read; that it was deposited is not claimed",
        PERSON,
    ),
    Point(15, "License", (check.licences_agree,), "code MIT, text, figures and data CC BY 4.0"),
    Point(16, "Omissions", (section("Omissions"),), "listed in REPRODUCIBILITY.md", PERSON),
)


def report(root: Path = paths.ROOT) -> Iterator[tuple[Point, list[str]]]:
    """Each point with what its checks found wrong."""
    for point in POINTS:
        yield point, point.faults(root)
