"""Another paper makes its own records shareable by a recipe: people and their stays. All of it is synthetic."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from recomputed.faults import CheckFailed, InputError
from recomputed.privacy.release import Recipe, anonymise, outward, rounded
from recomputed.tables.load import load
from synthetic.stays import make, private, recipe

__all__ = ["private", "recipe"]  # fixtures


def test_a_release_of_another_paper_is_written_and_told(
    recipe: Recipe, private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anonymise(recipe, private, tmp_path / "out", 3)
    tables = load(tmp_path / "out")
    assert sorted(tables.cases) == ["P1", "P2", "P3"]
    assert sorted((row["low"], row["high"]) for row in tables["days"].rows) == [("0", "10"), ("0", "5")]
    assert "euro" not in tables.package.units
    told = capsys.readouterr()
    assert told.out.endswith(
        "3 cases, 2 figures; codes in the order of a keyed hash of the names, whose key is kept secret.\n"
    )
    assert told.err.startswith("left out, for want of 3 records: P")
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert described["description"].endswith("at least 3 stays.")


def test_a_leak_stops_it(recipe: Recipe, private: Path, tmp_path: Path) -> None:
    told = "expected nothing that identifies anybody, found the person in row 2 of people.csv"
    with pytest.raises(CheckFailed, match=told):
        anonymise(replace(recipe, title="Berta"), private, tmp_path / "out", 3)
    assert not (tmp_path / "out").exists()


def test_a_cell_that_rests_on_fewer_records_than_it_says_stops_it(
    recipe: Recipe, private: Path, tmp_path: Path
) -> None:
    careless = replace(recipe, make=lambda private, codes, threshold: make(private, codes, 1))
    with pytest.raises(
        CheckFailed, match=r"days\.csv, row \d: expected at least 3 records behind P\d, found 1"
    ):
        anonymise(careless, private, tmp_path / "out", 3)


def test_a_secret_of_no_known_kind_is_refused(recipe: Recipe, private: Path, tmp_path: Path) -> None:
    described = recipe.described.read_text(encoding="utf-8")
    recipe.described.write_text(described.replace('"secret": "phone"', '"secret": "fax"'), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"people\.phone\.secret: expected one of text, phone, amount, found 'fax'"
    ):
        anonymise(recipe, private, tmp_path / "out", 3)
    recipe.described.write_text(described.replace('"secret": "text"', '"secret": "amount"'), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"people\.person\.secret: expected an amount in a column of numbers"
    ):
        anonymise(recipe, private, tmp_path / "out", 3)


def test_ends_move_outward_and_a_figure_to_the_nearest_step() -> None:
    assert outward([Fraction(7), Fraction(12)], 5) == (5, 15)
    assert outward([Fraction(10)], 5) == (10, 15)
    assert rounded(Fraction(112), 5) == 110


def test_a_folder_of_records_that_is_not_there_is_named(recipe: Recipe, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a directory of private records, found no such directory"):
        recipe.load(tmp_path / "nowhere")
