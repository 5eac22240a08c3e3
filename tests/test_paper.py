"""The paper as a whole: it holds, its data and figures are in order, and its README says what the build prints."""

import json
from pathlib import Path

import frictionless
import pytest

from recomputed import paths
from recomputed.editions import output_of
from recomputed.guards.allowed import Allowances, read_allowances
from recomputed.guards.references import entry_faults, read_references
from recomputed.judgement import Executed, Verdict, proof
from recomputed.language.catalogue import language
from recomputed.ledger.terms import Words
from recomputed.manuscript.settings import project_settings
from recomputed.outputs import FORMATS
from recomputed.paper_toml import paper_settings
from recomputed.reading import dictionary
from recomputed.reading.review import assumed_value
from recomputed.tables.load import load


def test_it_holds_with_the_verdict_that_the_readme_quotes(judged_paper: tuple[Executed, Verdict]) -> None:
    verdict = judged_paper[1]
    assert () == verdict.failures
    readme = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    quoted = [line.strip() for line in readme.split("\n") if line.startswith("    ")]
    shown = [line.strip() for line in verdict.summary]
    first = quoted.index("212 claims, all as expected")
    assert shown[:5] == quoted[first : first + 5]
    assert "36 recomputed from others · 20 returned from coding · 85 looked up" in shown[3]
    assert "30 findings about the article: none new, none gone" in quoted
    assert "30 findings about the article: none new, none gone" in shown


def test_plain_quarto_puts_each_edition_where_render_does() -> None:
    for profile in (None, "blind", "en"):
        assert project_settings(paths.ROOT, profile)["project"]["output-dir"] == output_of(profile).name


def test_the_verdict_is_one_screen(judged_paper: tuple[Executed, Verdict]) -> None:
    told_after = 3  # a blank line, what was written, the hint
    assert len(judged_paper[1].summary) + told_after <= 40


def test_its_four_formats_show_what_was_executed(
    built_paper: Path, judged_paper: tuple[Executed, Verdict]
) -> None:
    assert [] == proof(judged_paper[0], built_paper, FORMATS)


@pytest.mark.slow
def test_its_data_are_valid_by_the_standard_s_own_program() -> None:
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert [] == report.flatten(["name", "rowNumber", "fieldName", "note"])
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        name: len(table) for name, table in load().items()
    }


def test_every_file_of_the_data_is_described() -> None:
    described = {
        resource["path"]
        for resource in json.loads((paths.DATA / "datapackage.json").read_text())["resources"]
    }
    assert {path.name for path in paths.DATA.glob("*.csv")} == described


def test_the_dictionary_in_the_data_s_readme_is_the_one_that_the_schema_gives() -> None:
    assert dictionary.README.read_text(encoding="utf-8") == dictionary.current_readme()


def test_its_references_are_whole_or_marked_as_the_article_left_them() -> None:
    references = read_references([(paths.ROOT / "references.bib", "references.bib")])
    unmarked = [(fault.column, fault.row) for fault in entry_faults(references, 2026, Allowances(()))]
    assert [
        ("journal", 31),
        ("journal", 76),
        ("year", 94),
        ("journal", 101),
        ("journal", 111),
        ("title", 119),
    ] == unmarked
    assert [] == list(entry_faults(references, 2026, read_allowances()))


@pytest.mark.parametrize("code", paper_settings().paper.languages)
def test_what_it_assumes_is_in_words_on_the_reviewer_s_page(code: str) -> None:
    settings = paper_settings()
    values = [value for one in settings.assumptions for value in (one.value, *one.alternatives) if value]
    assert len(values) > 10
    shown = [assumed_value(value, Words(settings), language(code)) for value in values]
    assert [] == [value for value in shown if value.startswith("<code>")]
