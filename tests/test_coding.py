"""The chain of 25, 30 and 10 %: stated, coded, recomputed, and so returned; the same wherever a reader looks."""

import json
from collections.abc import Callable

import pytest

from recomputed import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["trace", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_trace_tells_the_statement_the_rule_and_what_is_returned(run: Run) -> None:
    """Results, turnover, paragraph 2: about 25 %."""
    code, out, err = run("turnover.uplift.K1")
    assert (code, err) == (0, "")
    assert out.startswith("turnover.uplift.K1 = 25%  change, in percent, derived\n")
    told = " ".join(out.replace("│", " ").split())
    assert "coded from “sekitar 25 %” (Effect on turnover, paragraph 2, the owner’s word): " in told
    assert "returns the statement that it was coded from: turnover.uplift.K1" in told


def test_json_names_the_coding_and_what_it_returns(run: Run) -> None:
    index = json.loads(run("turnover.index.K1", "--json", "-")[1])
    assert index["kind"] == "coded"
    assert index["coded"]["claim"] == "turnover.uplift.K1"
    assert index["coded"]["published"] == "sekitar 25 %"
    assert index["returns"] == []  # the index is no statement of the article
    assert json.loads(run("turnover.uplift.K1", "--json", "-")[1])["returns"] == ["turnover.uplift.K1"]
    assert json.loads(run("turnover.uplift.mean", "--json", "-")[1])["returns"] == []
