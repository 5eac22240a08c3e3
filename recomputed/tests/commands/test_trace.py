"""`trace [ID] [--search TEXT] [--json FILE]`: one number, or all of them."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed import cli, paths
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
    assert err.startswith("no number has the id 'growth.risenorth'.\nHint: did you mean growth.rise.north")
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
    assert err == "trace: expected an id or --search, found both\n"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = [sys.executable, "-B", "-m", "recomputed", "trace"]
    with subprocess.Popen(command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert (process.wait(), said) == (0, b"")
