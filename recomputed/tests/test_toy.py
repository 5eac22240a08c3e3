"""The toy, on which the engine is tested, is a paper that holds, and has something for every part of the engine."""

import json
from pathlib import Path

from recomputed.judgement import Executed, Verdict
from recomputed.ledger.examination import Examination
from recomputed.manuscript.figures import Figure
from recomputed.quantity.numbers import DERIVED, MEASURED, TRANSCRIBED, Numbers
from recomputed.study import study
from recomputed.tables.load import Tables


def examination(judged_paper: tuple[Executed, Verdict]) -> Examination:
    found = judged_paper[1].examination
    assert found is not None
    return found


def test_it_holds_and_says_that_it_is_synthetic(judged_paper: tuple[Executed, Verdict]) -> None:
    executed, verdict = judged_paper
    assert () == verdict.failures
    assert "synthetic" in executed.manuscript.metadata["subtitle"]


def test_its_numbers_are_transcribed_derived_and_measured(numbers: Numbers, tables: Tables) -> None:
    assert {TRANSCRIBED, DERIVED, MEASURED} == {number.kind for number in numbers.values()}
    assert {"exact", "about", "range", "at-least", "more-than"} == {
        row["hedge"] for row in tables["stalls"].rows
    }


def test_its_statements_get_every_verdict_and_its_findings_are_of_most_severities(
    judged_paper: tuple[Executed, Verdict],
) -> None:
    found = examination(judged_paper)
    assert {"agrees", "agrees within rounding", "agrees within hedge", "disagrees", "not a quantity"} == {
        outcome.verdict for outcome in found.outcomes
    }
    assert {"contradiction", "unsupported", "implausible", "not comparable", "untestable"} == {
        finding.severity for finding in found.findings
    }


def test_it_has_figures_and_tables_in_four_formats(built_paper: Path) -> None:
    assert {"growth", "wait"} == set(study().figures)
    assert {"stalls", "waits"} == set(study().tables)
    assert all(isinstance(figure, Figure) for figure in study().figures.values())
    page = (built_paper / "index.html").read_text(encoding="utf-8")
    assert [] == [word for word in ("fig-growth", "fig-wait", "tbl-stalls", "tbl-waits") if word not in page]
    assert {"index.html", "paper.pdf", "paper.docx", "paper.xml", "numbers.json"} <= {
        file.name for file in built_paper.iterdir()
    }


def test_the_penguins_are_built_too(penguins: Path) -> None:
    numbers = json.loads((penguins / "numbers.json").read_text(encoding="utf-8"))["numbers"]
    assert "344" == {one["id"]: one["formatted"]["en"] for one in numbers}["counts.penguins"]
    assert "49 claims," in (penguins / "said.txt").read_text(encoding="utf-8")
