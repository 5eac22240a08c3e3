"""`trace [ID] [--search TEXT] [--json FILE]`: one number, or all of them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed import cli, paths
from recomputed.ledger.baseline import read_known
from recomputed.ledger.examination import examine
from recomputed.tables.load import load

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["trace", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_an_id_is_followed_home(run: Run) -> None:
    code, out, err = run("growth.rise.north")
    assert (code, err) == (0, "")
    assert out.startswith("growth.rise.north = 20%  percent change, derived\n")
    assert "analysis/growth.py:" in out


def test_an_unknown_id_ends_with_2_and_the_nearest_ones(run: Run) -> None:
    code, out, err = run("growth.risenorth")
    assert (code, out) == (2, "")
    assert err.startswith(
        "error: no number has the id 'growth.risenorth'.\nHint: did you mean growth.rise.north"
    )
    assert err.count("\n") == 2


def test_without_an_id_every_number_is_one_line_of_four_fields(run: Run) -> None:
    code, out, err = run()
    lines = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [line[0] for line in lines] == sorted(examine(load()).numbers)
    assert ["growth.rise.north", "20%", "percent change", "derived"] in lines
    assert {len(line) for line in lines} == {4}


def test_a_search_lists_what_has_the_text(run: Run) -> None:
    code, out, _ = run("--search", "growth")
    assert code == 0
    assert "growth.mean\t21.0%\tpercent change\tderived\n" in out
    assert "stalls.hosts.north" not in out
    assert run("--search", "no such thing")[:2] == (0, "")


def test_json_goes_to_standard_output_or_to_a_file(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("growth.rise.north", "--json", "-")
    assert json.loads(out)["value"]["text"] == "20"
    file = tmp_path / "all.json"
    assert run("--json", file)[:2] == (0, "")
    assert [number["id"] for number in json.loads(file.read_text(encoding="utf-8"))] == sorted(
        examine(load()).numbers
    )


def test_an_id_and_a_search_exclude_each_other(run: Run) -> None:
    code, out, err = run("growth.rise.north", "--search", "growth")
    assert (code, out) == (2, "")
    assert err == "error: trace: expected an id or --search, found both\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-B", "-m", "recomputed", "trace"]
    with subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(), said) == (0, b"")


def test_a_file_or_a_row_tells_all_that_rests_on_it(run: Run) -> None:
    _, out, err = run("data/growth.csv:river", "--json", "-")
    assert err == ""
    found = json.loads(out)
    direct = {one["id"]: one["direct"] for one in found["numbers"]}
    assert direct["growth.index.river"]
    assert direct["growth.rise.river"] is False
    assert direct["growth.mean"] is False
    assert "growth.rise.north" not in direct
    assert ["growth"] == found["figures"]
    assert "growth.river" in found["claims"]
    lines = paths.PAPER.read_text(encoding="utf-8").split("\n")
    assert next(nth for nth, line in enumerate(lines, 1) if 'n["growth.spread"]' in line) in found["lines"]
    told = " ".join(run("data/growth.csv:river")[1].split())
    for edition in ("paper.qmd", "paper.de.qmd"):
        stated = [one["line"] for one in found["places"] if one["file"] == edition]
        text = (paths.ROOT / edition).read_text(encoding="utf-8").split("\n")
        assert next(nth for nth, line in enumerate(text, 1) if 'n["growth.spread"]' in line) in stated
        assert f"lines of {edition}: {', '.join(map(str, stated))} " in told
    for typed in (
        "data/growth.csv:3",
        "./data/growth.csv:3",
        "data\\growth.csv:3",
        f"{paths.DATA}/growth.csv:river",
    ):
        assert out == run(typed, "--json", "-")[1]
    every = {one["id"] for one in json.loads(run("data/growth.csv", "--json", "-")[1])["numbers"]}
    assert set(direct) < every
    assert "growth.rise.north" in every


def test_rows_of_records_and_lines_of_code_are_followed_too(run: Run) -> None:
    told = run("data/cups.csv:2")[1]
    assert "cups.count = " in told
    assert "figures: wait" in told
    assert told.startswith("numbers (6) that rest on row 3\n")  # whose key is 2
    assert [3] == json.loads(run("data/cups.csv:2", "--json", "-")[1])["rows"]
    assert "growth.rise.north = 20%" in run("analysis/growth.py")[1]
    for line in (10, 11, 12):
        assert run("analysis/growth.py:10") == run(f"analysis/growth.py:{line}")
    assert "growth.rise.north = 20%" in run("analysis/growth.py:12")[1]


def test_the_code_of_figures_and_tables_is_followed_to_them(run: Run) -> None:
    source = (paths.ROOT / "analysis" / "figures.py").read_text(encoding="utf-8").split("\n")
    records, draws = (
        next(nth for nth, line in enumerate(source, 1) if line.startswith(f"def {name}("))
        for name in ("growth", "draw_growth")
    )
    found = json.loads(run("analysis/figures.py", "--json", "-")[1])
    assert (["growth", "wait"], []) == (found["figures"], found["numbers"])
    for line in (records - 1, records, draws, draws + 3):  # its decorator too
        assert ["growth"] == json.loads(run(f"analysis/figures.py:{line}", "--json", "-")[1])["figures"]
    assert json.loads(run("analysis/tables.py", "--json", "-")[1])["tables"]


def test_what_rests_on_a_file_is_told_in_80_columns_and_findings_by_their_numbers(run: Run) -> None:
    told = run("data/growth.csv")[1]
    assert [] == [line for line in told.splitlines() if len(line) > 80]
    known = {row.finding: row.id for row in read_known()}
    found = json.loads(run("data/growth.csv", "--json", "-")[1])["findings"]
    assert found
    assert all(f"{known[id_]} {id_}" in " ".join(told.split()) for id_ in found)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("data/grwth.csv", "(did you mean 'data/growth.csv'?)"),
        (
            "data/growth.csv:valley",
            "a row from 2 to 4 of data/growth.csv, or its key: north, river, hill, found",
        ),
        ("data/cups.csv:99", "or its key: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, …, found '99'"),
        ("data/growth.csv:", "a row from 2 to 4 of data/growth.csv"),
        ("data/growth.csv:2:3", "found '2:3'"),
        ("data/growth.csv:5", "a row from 2 to 4 of data/growth.csv"),
        (f"data/growth.csv:{'9' * 5000}", "a row from 2 to 4 of data/growth.csv"),
        ("C:\\paper\\grwth.csv:river", "one of the data files data/"),
        ("references.bib", "a number, a file of its code, or one of the data files data/"),
        ("paper.qmd:12", "found 'paper.qmd'"),
        ("data", "found 'data'"),
        (
            "analysis/growth.py:1",
            "a line of analysis/growth.py in a function of a number, figure or table: 10–12",
        ),
        (
            "analysis/growth.py:010",
            "a line of analysis/growth.py in a function of a number, figure or table: 10–12",
        ),
        (
            "analysis/figures.py:1",
            "a line of analysis/figures.py in a function of a number, figure or table: ",
        ),
        ("analysis/none.py", "one of the files with a function of a number, figure or table: analysis/"),
    ],
)
def test_a_place_that_is_not_there_is_told_with_what_there_is(run: Run, place: str, told: str) -> None:
    code, out, err = run(place)
    assert (2, "", 1) == (code, out, err.count("\n"))
    assert told in err
