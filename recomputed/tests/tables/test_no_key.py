"""A table without a primary key: its rows go by their numbers on a worksheet. The records are synthetic."""

from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.quantity.summaries import mean, number_of
from recomputed.reading.dictionary import write_dictionary
from recomputed.reading.whatif import edit_cells
from recomputed.tables import large
from recomputed.tables.load import load
from recomputed.tables.measure import measure
from synthetic.records import RECORDS, load_records

ANOTHER_R1 = ("r1", "b", "6", "1")


def test_equal_rows_are_fine_and_go_by_their_numbers(tmp_path: Path) -> None:
    table = load_records(tmp_path, [*RECORDS, RECORDS[0], ANOTHER_R1], keyed=False)["records"]
    assert [row.key for row in table.rows] == ["2", "3", "4", "5", "6", "7", "8"]
    assert table.row("8")["x"] == "6"
    with pytest.raises(InputError, match=r"records\.csv: expected a row '9', which the paper computes with"):
        table.row("9")


def test_what_is_measured_over_it_names_them(tmp_path: Path) -> None:
    table = load_records(tmp_path, keyed=False)["records"]
    made = measure("x.mean", mean, table.where(group="b"), "x", unit="metre", words="mean", missing="skip")
    assert [(cell.key, cell.column, cell.sheet_row) for cell in made.cells] == [("4", "x", 4)]
    counted = measure("x.rows", number_of, table, unit="row", words="rows")
    assert [cell.sheet_row for cell in counted.cells] == [2, 3, 4, 5, 6]


def test_a_large_one_is_read_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [RECORDS[0]] * 3
    small = load_records(tmp_path, rows, keyed=False)["records"]
    monkeypatch.setattr(large, "LARGE", 1)
    whole = load_records(tmp_path, rows, keyed=False)["records"]
    assert [(row.key, row["x"]) for row in whole.rows] == [(row.key, row["x"]) for row in small.rows]


def test_a_cell_of_it_can_be_set(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    load_records(tmp_path / "a", keyed=False)
    edit_cells(tmp_path / "a", ["data/records.csv:3:x=7"], tmp_path / "b")
    assert [row["x"] for row in load(tmp_path / "b")["records"].rows] == ["1.5", "7", "4", "", "3"]


def test_the_dictionary_says_how_rows_are_called() -> None:
    field = {"name": "x", "type": "number", "role": "value", "description": "synthetic"}
    table = {"path": "x.csv", "title": "Synthetic", "schema": {"fields": [field]}}
    assert "Synthetic. Key: the number of the row." in write_dictionary({"resources": [table], "units": {}})
