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
    """Abstract: 25 %."""
    code, out, err = run("turnover.uplift.K1")
    assert (code, err) == (0, "")
    assert out.startswith("turnover.uplift.K1 = 25%  percent change, derived\n")
    assert "analysis/turnover.py:" in out
    told = " ".join(out.replace("│", " ").split())
    assert (
        "coded from “sekitar 25 %” (Effect on turnover, paragraph 2, owner-statement): indeks sebelum" in told
    )
    assert "returns the statement that it was coded from: turnover.uplift.K1" in told


def test_json_names_the_coding_and_what_it_returns(run: Run) -> None:
    index = json.loads(run("turnover.index.K1", "--json", "-")[1])
    assert index["kind"] == "coded"
    assert index["coded"]["claim"] == "turnover.uplift.K1"
    assert index["coded"]["published"] == "sekitar 25 %"
    assert index["returns"] == []  # the index is no statement of the article
    assert json.loads(run("turnover.uplift.K1", "--json", "-")[1])["returns"] == ["turnover.uplift.K1"]
    assert json.loads(run("turnover.uplift.mean", "--json", "-")[1])["returns"] == []


def test_an_unknown_id_ends_with_2_and_the_nearest_ones(run: Run) -> None:
    code, out, err = run("turnover.upliftK1")
    assert (code, out) == (2, "")
    assert err.startswith("no number has the id 'turnover.upliftK1'. Hint: did you mean turnover.uplift.K1")
    assert err.count("\n") == 1


def test_without_an_id_every_number_is_one_line_of_four_fields(run: Run) -> None:
    code, out, err = run()
    lines = [line.split("\t") for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [line[0] for line in lines] == sorted(examine(load()).numbers)
    assert ["turnover.uplift.K1", "25%", "percent change", "derived"] in lines
    assert {len(line) for line in lines} == {4}


def test_a_search_lists_what_has_the_text(run: Run) -> None:
    code, out, _ = run("--search", "uplift")
    assert code == 0
    assert "turnover.uplift.mean\t21.7%\tpercent change\tderived\n" in out
    assert "people.total.K1" not in out
    assert run("--search", "no such thing")[:2] == (0, "")


def test_json_goes_to_standard_output_or_to_a_file(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("turnover.uplift.K1", "--json", "-")
    assert json.loads(out)["value"]["text"] == "25"
    file = tmp_path / "all.json"
    assert run("--json", file)[:2] == (0, "")
    assert [number["id"] for number in json.loads(file.read_text(encoding="utf-8"))] == sorted(
        examine(load()).numbers
    )


def test_an_id_and_a_search_exclude_each_other(run: Run) -> None:
    code, out, err = run("turnover.uplift.K1", "--search", "uplift")
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
