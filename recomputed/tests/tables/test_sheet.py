"""A small table that an author edits: its rows, or every fault of it with its row."""

from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.tables.sheet import Line, read_lines

COLUMNS = ("case", "name")
NO_NAME = "kecil.csv, row 1, column name: expected a column 'name', found no such column"

FAULTS = {
    "": ["kecil.csv: expected a header and rows, found an empty file"],
    "case;name\nS1;Sintetis\n": [
        (
            "kecil.csv, row 1: expected comma-separated text, found columns separated by semicolons: "
            "save it as CSV with commas"
        )
    ],
    '"case";"name"\nS1;Sintetis\n': [
        (
            "kecil.csv, row 1: expected comma-separated text, found columns separated by semicolons: "
            "save it as CSV with commas"
        )
    ],
    "case,name\nS1,Sintetis, Kopi\n": [
        (
            "kecil.csv, row 2: expected 2 cells, one for each column, found 3 "
            "(a cell with a comma in it stands in quotation marks)"
        )
    ],
    'case,name\nS1,"Sintetis\nS2,B\n': [
        "kecil.csv, row 2: expected comma-separated text, found a quotation mark that is never closed"
    ],
    "case\nS1\n": [NO_NAME],
    "case,nama\nS1,Sintetis\n": [
        "kecil.csv, row 1, column name: expected a column 'name', found no such column",
        (
            "kecil.csv, row 1, column nama: expected one of the columns case, name, "
            "found 'nama' (did you mean 'name'?)"
        ),
    ],
    "case,name,name\nS1,Sintetis,B\n": [
        "kecil.csv, row 1, column name: expected each column only once, found 2 of it"
    ],
    "case,name\nS1,A\nS2,B\nS1,C\n": [
        "kecil.csv, row 4, column case: expected a row that is not there twice, found 'S1', as in row 2"
    ],
    "case,name\nS1, \n,B\n": [
        "kecil.csv, row 2, column name: expected a text, found an empty cell",
        "kecil.csv, row 3, column case: expected a text, found an empty cell",
    ],
    "case,name\n\nS1,A\n": ["kecil.csv, row 2: expected 2 cells, one for each column, found an empty row"],
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items(), ids=map(repr, FAULTS))
def test_every_fault_of_a_small_table_is_told_with_its_row(
    tmp_path: Path, text: str, told: list[str]
) -> None:
    (tmp_path / "kecil.csv").write_bytes(text.encode())
    with pytest.raises(InputError) as caught:
        read_lines(tmp_path / "kecil.csv", COLUMNS, filled=COLUMNS)
    assert told == [str(fault) for fault in caught.value.faults]


def test_rows_come_with_their_numbers_whatever_the_line_ends(tmp_path: Path) -> None:
    (tmp_path / "kecil.csv").write_bytes('\ufeffcase,name\r\nS1,"A, B"\r\nS2,""\r\n'.encode())
    lines = read_lines(tmp_path / "kecil.csv", COLUMNS)
    assert [Line(2, {"case": "S1", "name": "A, B"}), Line(3, {"case": "S2", "name": ""})] == lines


def test_without_a_key_only_the_same_row_is_there_twice(tmp_path: Path) -> None:
    file = tmp_path / "kecil.csv"
    file.write_text("case,name\nS1,A\nS1,B\n", encoding="utf-8")
    assert 2 == len(read_lines(file, COLUMNS))
    file.write_text("case,name\nS1,A\nS1,A\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 3, column case, name: expected a row that is not there twice"):
        read_lines(file, COLUMNS)


def test_a_table_with_only_a_header_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "kecil.csv").write_text("case,name\n", encoding="utf-8")
    assert [] == read_lines(tmp_path / "kecil.csv", COLUMNS)
