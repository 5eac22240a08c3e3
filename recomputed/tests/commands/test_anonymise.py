"""`anonymise PRIVATE --out DIR`: a shareable directory, or a message and nothing. All records synthetic."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from recomputed import cli, paper_toml
from recomputed.faults import Fault
from recomputed.privacy import disclosure
from recomputed.privacy.release import Recipe
from recomputed.tables.load import load
from synthetic.stays import private, recipe

__all__ = ["private", "recipe"]  # fixtures
Run = Callable[..., tuple[int, str, str]]
MODULE = "synthetic_recipe"


@pytest.fixture
def run(recipe: Recipe, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, where paper.toml names a module with that recipe."""
    settings = paper_toml.paper_settings()
    own = replace(settings, paper=replace(settings.paper, anonymise=MODULE))
    monkeypatch.setattr(paper_toml, "paper_settings", lambda *_: own)
    monkeypatch.setitem(sys.modules, MODULE, SimpleNamespace(RECIPE=recipe))

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["anonymise", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "release"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_is_written_and_an_earlier_one_replaced_by_the_same_bytes(
    run: Run, private: Path, out: Path
) -> None:
    before = contents(private)
    assert 0 == run(private, "--out", out)[0]
    first = contents(out)
    assert ["cases.csv", "datapackage.json", "days.csv"] == sorted(first)
    assert 2 == len(load(out)["days"])
    (out / "left-over.csv").write_text("synthetic\n", encoding="utf-8")
    assert 0 == run(private, "--out", out)[0]
    assert (first, before) == (contents(out), contents(private))


def test_what_a_killed_one_left_beside_it_is_gone(run: Run, private: Path, out: Path) -> None:
    """Which was not yet held against the records."""
    (left := out.parent / ".release.new-1").mkdir()
    (left / "days.csv").write_text("synthetic\n", encoding="utf-8")
    assert 0 == run(private, "--out", out)[0]
    assert not left.exists()


def test_what_is_left_out_is_told(run: Run, private: Path, out: Path) -> None:
    code, said, warned = run(private, "--out", out, "--threshold", 2)
    assert (0, True) == (code, "3 cases, 2 figures" in said)
    assert 1 == warned.count("left out, for want of 2 records: P")


def test_bad_records_give_2_and_nothing(run: Run, private: Path, out: Path) -> None:
    stays = private / "stays.csv"
    stays.write_text(stays.read_text(encoding="utf-8").replace(",3,", ",three,", 1), encoding="utf-8")
    code, said, warned = run(private, "--out", out)
    assert (2, "") == (code, said)
    assert "stays.csv, row 2, column days: expected" in warned
    assert not out.exists()


def test_a_disclosure_gives_1_and_leaves_the_earlier_release(
    run: Run, private: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 0 == run(private, "--out", out)[0]
    earlier = contents(out)
    fault = Fault("cases.csv", "nothing that identifies anybody", "the person in row 2 of people.csv", 2)
    monkeypatch.setattr(disclosure, "disclosures", lambda *_: [fault])
    beside = sorted(out.parent.iterdir())
    assert (1, "", f"error: {fault}\n") == run(private, "--out", out)
    assert (earlier, beside) == (contents(out), sorted(out.parent.iterdir()))


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_a_release_is_kept_apart_from_the_private_records(run: Run, private: Path, place: str) -> None:
    before = contents(private)
    code, _, warned = run(private, "--out", private / place)
    assert 2 == code
    assert "--out: expected a directory apart from the private records" in warned
    assert before == contents(private)


def test_nothing_else_is_written_over(run: Run, private: Path, out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("synthetic\n", encoding="utf-8")
    code, _, warned = run(private, "--out", out)
    assert 2 == code
    assert "expected a new directory, an empty one or an earlier release" in warned
    assert ["thesis.txt"] == list(contents(out))


def test_private_records_that_are_not_there_give_2(run: Run, tmp_path: Path, out: Path) -> None:
    code, _, warned = run(tmp_path / "nowhere", "--out", out)
    assert 2 == code
    assert "PRIVATE: expected a directory, found nothing at" in warned


def test_a_module_without_a_recipe_gives_2(
    run: Run, private: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, MODULE, SimpleNamespace())
    told = f"error: {MODULE}: expected a RECIPE, of recomputed.privacy.release, found none\n"
    assert (2, "", told) == run(private, "--out", out)
