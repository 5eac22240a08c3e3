"""What this paper assumes: what each says rests on it is what moves when it is otherwise."""

import json
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.cli import main
from recomputed.descriptions.numbers_json import document
from recomputed.judgement import Executed, Verdict
from recomputed.ledger.assumptions import cells_of, is_of
from recomputed.ledger.examination import Examination, examine
from recomputed.paper_toml import assuming, paper_settings
from recomputed.reading import alternatives
from recomputed.reading.whatif import changed_numbers, edit_cells
from recomputed.tables.load import load

ALTERNATIVES = [(one.id, value) for one in paper_settings().assumptions for value in one.alternatives]


@pytest.fixture(scope="module")
def now() -> Examination:
    return examine(load(paths.DATA))


@pytest.mark.parametrize(("id_", "value"), ALTERNATIVES)
def test_what_moves_is_what_rests_on_it(now: Examination, tmp_path: Path, id_: str, value: str) -> None:
    edit_cells(paths.DATA, [], tmp_path / "data", {id_: value})
    then = examine(load(tmp_path / "data"), settings=assuming({id_: value}))
    resting = now.resting()
    moved = {one.id for one in changed_numbers(now.numbers, then.numbers, {})}
    counted = {one for one in moved if one.startswith(("ledger.", "audit."))}
    assert {one for one in moved - counted if id_ not in resting[one]} == set()
    old, new = ({one.id: one.message for one in found.findings} for found in (now, then))
    patterns = next(one.findings for one in now.assumptions if one.id == id_)
    assert {one for one in old | new if old.get(one) != new.get(one) and not is_of(one, patterns)} == set()
    assert moved or old != new, "an alternative that moves nothing is none"


@pytest.mark.parametrize(
    ("number", "assumptions"),
    [
        ("turnover.index.K1", ["A1"]),  # by its own coding
        ("turnover.uplift.spread", ["A1"]),  # through two operands
        ("turnover.before.K1", []),  # of the same row, and exact
        ("people.sum.all", ["A4", "A5"]),
        ("schedule.hours.K3", ["A10"]),
        ("relation.correlation", ["A1", "A9", "A10"]),
        ("audience.viewers.K1", []),
        ("events.neighbours.year", ["A14"]),
    ],
)
def test_a_number_names_what_it_rests_on(now: Examination, number: str, assumptions: list[str]) -> None:
    described = {one["id"]: one for one in document(now)["numbers"]}
    assert described[number]["assumptions"] == assumptions


def test_every_assumption_is_of_something_there(now: Examination) -> None:
    assert list(now.unmatched()) == []
    for one in now.assumptions:
        assert one.numbers or one.claims or one.findings
        assert not one.cells or list(cells_of(one, now.tables))


def test_trace_and_audit_name_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trace", "turnover.uplift.mean"]) == 0
    assert "A1 “About” and “±”" in capsys.readouterr().out
    assert main(["audit"]) == 0
    listed = capsys.readouterr().out
    assert all(f"\n  {one.id} " in listed for one in paper_settings().assumptions)
    assert main(["audit", "--json", "-"]) == 0
    found = {one["id"]: one["assumptions"] for one in json.loads(capsys.readouterr().out)}
    assert found["product.turnover.revenue.K1"] == ["A6", "A7"]
    assert found["mean.turnover.viewers.K2"] == []


def test_no_alternative_needs_the_whole_text_read_again(
    judged_paper: tuple[Executed, Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    executed, verdict = judged_paper
    assert verdict.examination
    monkeypatch.setattr(alternatives, "parse", lambda *_, **__: pytest.fail("the whole text was read"))
    monkeypatch.setattr(alternatives, "compare", lambda *_: pytest.fail("a kernel was started"))
    found = list(alternatives.differences(executed, verdict.examination, ALTERNATIVES))
    assert [(one.id, one.value) for one in found] == ALTERNATIVES
