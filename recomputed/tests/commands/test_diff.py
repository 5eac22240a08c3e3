"""`diff` tells what moves when a cell moves: numbers, sentences, verdicts, comparisons."""

import json
import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.cli import main
from recomputed.reading.whatif import Difference, compare, edit_cells

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def difference(tmp_path_factory: pytest.TempPathFactory) -> Difference:
    data = tmp_path_factory.mktemp("whatif") / "data"
    edit_cells(paths.DATA, ["data/growth.csv:river:index=140"], data)
    return compare(paths.DATA, data)


def test_a_number_is_told_with_its_old_and_new_worth_and_by_how_much(difference: Difference) -> None:
    told = {one.id: (one.old, one.new, one.by) for one in difference.numbers}
    assert ("8%", "40%", "+32") == told["growth.rise.river"]
    assert ("27", "20", "−7") == told["growth.spread"]
    assert ("3", "1", "−2") == told["growth.rank.river"]
    assert "growth.rise.north" not in told


def test_each_sentence_with_a_changed_number_is_told_with_its_line(difference: Difference) -> None:
    lines = paths.PAPER.read_text(encoding="utf-8").split("\n")
    told = [one for one in difference.sentences if "growth.spread" in one.numbers]
    assert ["sec-growth"] == [one.section for one in told]
    assert told[0].line is not None
    assert 'n["growth.spread"]' in lines[told[0].line - 1]
    assert ("27", "20") in told[0].parts
    assert not [one for one in difference.sentences if all(old == new for old, new in one.parts)]


def test_a_reference_leaves_no_parentheses_with_nothing_in_them(difference: Difference) -> None:
    assert "(@fig-growth)" in paths.PAPER.read_text(encoding="utf-8")
    told = "".join(new for one in difference.sentences for _, new in one.parts)
    assert "growth" in told
    assert "()" not in told


def test_a_verdict_that_flips_and_a_comparison_that_breaks_are_told(difference: Difference) -> None:
    flipped = {one.id: (one.old, one.new) for one in difference.verdicts}
    assert ("agrees", "disagrees") == flipped["growth.highest"]
    assert any("growth.highest" in told for told in difference.broken)


def test_what_is_shown_fits_80_columns_with_units_and_whole_ids(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["diff", "--set", "growth:river:index=140"])
    shown = capsys.readouterr().out
    assert [] == [line for line in shown.splitlines() if len(line.rstrip()) > 80]
    (line,) = [line for line in shown.splitlines() if line.startswith("growth.rise.river ")]
    assert "8% → 40%  percent change, +32" in line


def test_json_has_old_and_new_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(
        ["diff", "--set", "growth:river:index=120", "--set", "stalls:hours.north:high=9", "--json", "-"]
    )
    told = json.loads(capsys.readouterr().out)
    assert {"numbers", "sentences", "verdicts", "broken", "new_findings", "gone_findings"} == set(told)
    assert {"growth.rise.river", "stalls.hours.north"} <= {one["id"] for one in told["numbers"]}
    assert any("6–9 hours" in one["new"] and "6–8 hours" in one["old"] for one in told["sentences"])


def test_an_assumption_in_cells_moves_the_numbers_that_rest_on_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == main(["diff", "--assume", "A1=10", "--json", "-"])
    told = json.loads(capsys.readouterr().out)
    moved = {one["id"]: one["by"] for one in told["numbers"]}
    assert "can mean 115–125, 117.5–122.5 before" == moved["growth.index.north"]
    assert "growth.index.river" not in moved  # its granularity is 2


def test_a_directory_is_compared(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(paths.DATA, tmp_path / "data")
    assert 0 == main(["diff", str(tmp_path / "data"), "--json", "-"])
    assert [] == [one for changed in json.loads(capsys.readouterr().out).values() for one in changed]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "a data directory, a revision, --set or --assume, found none of them"),
        (["nowhere"], "a data directory, or a commit, tag or branch, found 'nowhere'"),
        (["--assume", "A1"], "--assume: expected ID=VALUE, the id one of A1, A2, A3, found 'A1'"),
        (["--assume", "A1"], "found 'A1'\n"),
        (["--assume", "A11=2"], "found 'A11=2' (did you mean 'A1'?)"),
        (["--assume", "A3=2"], "expected an assumption with a value: A1, A2, found A3, which has none"),
        (["--assume", "A1=0"], "a value of A1: 5, 10 or another figure above 0, found '0'"),
        (["--assume", "A1=many"], "a value of A1: 5, 10 or another figure above 0, found 'many'"),
        (["--set", "growth"], "FILE:ROW:COLUMN=VALUE"),
        (["--set", "grwth:river:index=1"], "growth"),
        (["--set", "growth:valley:index=1"], "'valley'"),
        (["--set", "growth:river:indx=1"], "'indx'"),
        (["--set", "growth:river:index=many"], "data/growth.csv, row 3, column index"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_message(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == main(["diff", *arguments])
    message = capsys.readouterr().err
    assert told in message
    assert "Traceback" not in message
