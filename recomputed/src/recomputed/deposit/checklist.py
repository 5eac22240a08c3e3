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

MACHINE, PERSON = "checked", "answered"


@dataclass(frozen=True, slots=True)
class Point:
    """One point: its number in the standard, its name, how it is met, what checks that.

    `told_by` says whether the checks tell that it is met, or only that the answer is given.
    """

    number: int
    name: str
    met: str
    checks: tuple[Check, ...]
    told_by: str = MACHINE

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


UNSTATED = "not stated in the article"

POINTS = (
    Point(
        1,
        "Data availability statement",
        "in the paper, and in full in REPRODUCIBILITY.md with what is withheld and why",
        (
            check.statement_in_paper,
            section("Rights"),
            section("Summary of availability"),
            section("What is withheld, and why", "confidentiality", f"How to ask for them: {UNSTATED}"),
        ),
    ),
    Point(
        2,
        "Raw data",
        "withheld: confidential, and not held here; nothing but the described tables is in data/",
        (check.only_described_tables, check.nothing_personal, section("Omissions", "The raw records")),
    ),
    Point(
        3,
        "Analysis data",
        "all in data/, every cell valid, every reported quantity with its place in the article",
        (check.data_are_valid, section("Each data source")),
    ),
    Point(4, "Data format", "CSV in UTF-8, a Frictionless Data Package", (check.open_formats,)),
    Point(
        5,
        "Metadata",
        "every variable, unit and allowed value in data/README.md",
        (check.variables_described,),
    ),
    Point(6, "Data citation", "every source in references.bib", (check.sources_cited, section("References"))),
    Point(
        7,
        "Data transformation programs",
        "none: the tables were coded by hand from the article, each row with its locator",
        (check.data_are_valid, section("Each data source", "There is no program")),
    ),
    Point(
        8,
        "Analysis programs",
        "analysis/ and recomputed/; docs/numbers.md lists the line that makes each figure, table and number",
        (check.programs_listed,),
    ),
    Point(9, "Program format", "source text, run by reproduce.py", (check.programs_are_source,)),
    Point(10, "Instruments", UNSTATED, (section("Instruments", UNSTATED),), PERSON),
    Point(11, "Ethics", UNSTATED, (section("Ethics and consent", UNSTATED), check.nothing_personal), PERSON),
    Point(
        12, "Pre-registration", UNSTATED, (section("Pre-registration", "Not stated in the article"),), PERSON
    ),
    Point(
        13,
        "Documentation",
        "README.md leads to REPRODUCIBILITY.md, which follows the template README",
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
    ),
    Point(
        14,
        "Location",
        "`archive` makes the deposit with the metadata that archives read; that it was deposited is not claimed",
        (check.metadata_current,),
        PERSON,
    ),
    Point(15, "License", "code MIT, text, figures and data CC BY 4.0", (check.licences_agree,)),
    Point(16, "Omissions", "listed in REPRODUCIBILITY.md", (section("Omissions"),), PERSON),
)


def report(root: Path = paths.ROOT) -> Iterator[tuple[Point, list[str]]]:
    """Each point with what its checks found wrong."""
    for point in POINTS:
        yield point, point.faults(root)
