"""What is left over is told: numbers, cells, figures, sources, references."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

from recomputed import paths
from recomputed.guards.orphans import cell_id, unused_cells
from recomputed.language.catalogue import Text
from recomputed.paper_toml import otherwise, paper_settings
from synthetic.variants import PAPER, change, guard_here, studied


def left(qmd: str = PAPER, data: Path = paths.DATA) -> dict[str, str]:
    report = guard_here(qmd, data).report
    found = [*report["orphans"], *report["unused_cells"]]
    return {one["id"]: one["kind"] for one in found if not one["expected"]}


def test_nothing_is_left_over_in_the_paper() -> None:
    assert {} == left()


def test_a_number_that_is_no_longer_shown_is_left_over() -> None:
    qmd = change(PAPER, '`{python} n["growth.spread"]`', "some")
    assert {"growth.spread": "orphan-number"} == left(qmd)


def test_a_figure_and_a_table_that_the_text_does_not_refer_to_are_left_over() -> None:
    qmd = change(PAPER, " (@fig-wait, @tbl-waits)", "")
    assert {"fig-wait": "orphan-float", "tbl-waits": "orphan-float"} == left(qmd)


def test_a_table_that_is_declared_and_nowhere_shown_is_told_with_its_place() -> None:
    cell = re.search(r"```\{python\}\n(?:(?!```).*\n)*?.*paper\.table\(\"waits\"(?:(?!```).*\n)*```\n", PAPER)
    assert cell
    qmd = change(PAPER, cell[0], "").replace(", @tbl-waits", "")
    assert left(qmd)["tbl-waits"] == "orphan-float"
    (told,) = (one for one in guard_here(qmd).failures if "tbl-waits" in one)
    assert re.search(
        r"a figure or table of analysis/tables\.py, line \d+, that the paper does not show", told
    )


def test_a_source_that_is_not_cited_is_left_over() -> None:
    assert {"kettle2018": "orphan-source"} == left(change(PAPER, " [@kettle2018]", ""))


def test_a_reference_to_nothing_is_told() -> None:
    qmd = change(PAPER, "[@kettle2018]", "[@kettle2018; @kettle2019] (@fig-none, @sec-none)")
    assert {"kettle2019": "reference", "fig-none": "reference", "sec-none": "reference"} == left(qmd)


def test_what_is_cited_and_not_there_is_told_by_its_place_and_the_nearest_key() -> None:
    failures = guard_here(change(PAPER, "[@kettle2018]", "[@kettle2081]")).failures
    line = PAPER[: PAPER.index("[@kettle2018]")].count("\n") + 1
    (told,) = (failure for failure in failures if failure.startswith("kettle2081"))
    assert f"(did you mean 'kettle2018'?), in paper.qmd, line {line}, column " in told
    assert any("kettle2018: a source in references.bib, row 9," in failure for failure in failures)


def test_a_repeated_report_counts_as_used_and_a_row_that_nobody_shows_does_not(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(paths.DATA, data)
    stalls = data / "stalls.csv"
    row = "hours.river,river,hours,day,,7,,hour,exact,,,unstated,days.p1,,\n"
    stalls.write_text(stalls.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert {"stalls.hours.river": "orphan-number"} == left(data=data)


def test_a_cell_that_the_schema_computes_with_and_no_number_reads_is_left_over() -> None:
    tables, numbers = studied()
    without = {id_: number for id_, number in numbers.items() if id_ != "stalls.income.north"}
    unused = {cell_id(cell) for cell in unused_cells(tables, without)}
    assert {"stalls:income.north:low", "stalls:income.north:unit", "stalls:income.north:hedge"} <= unused


def test_a_paper_that_counts_no_finding_need_not_and_one_that_counts_some_counts_all() -> None:
    """Else the claims that do not agree could be left out of a count."""
    counted = '`{python} n["ledger.disagree"]`'
    assert {"ledger.disagree": "orphan-number"} == left(change(PAPER, counted, "some"))
    shown = re.compile(r'`\{python\} n\["(?:ledger|audit)\.[^`]*`')
    assert {} == left(shown.sub("some", PAPER))


def test_words_of_paper_toml_for_what_there_is_not_are_told_with_what_was_meant() -> None:
    own, text = paper_settings(), Text({"en": "x", "de": "y"})
    words = next(one.words for one in studied()[1].values() if one.words)
    given = {"expressions": {words: text, f"{words}s": text}, "quantities": {**own.quantities, "gowth": text}}
    with otherwise(replace(own, **given)):
        told = [one for one in guard_here(PAPER).failures if one.startswith("paper.toml")]
    meant = f"found '{words}s' (did you mean {words!r}?), which nothing is"
    assert [
        f"paper.toml, expressions: expected words of an expression, or of a rule of coding, {meant}",
        "paper.toml, quantities: expected a quantity, found 'gowth' (did you mean 'growth'?), which nothing is",
    ] == told
