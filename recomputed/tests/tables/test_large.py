"""A large table is read whole columns at a time, to the same cells, numbers and faults as cell by cell."""

import json
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recomputed.faults import InputError
from recomputed.tables import large
from recomputed.tables.descriptor import read_package
from recomputed.tables.large import read_large
from recomputed.tables.load import Table, load

FIELDS: list[dict[str, Any]] = [
    {"name": "id", "type": "integer", "role": "key"},
    {"name": "group", "type": "string", "role": "qualifier", "constraints": {"enum": ["a", "b, c"]}},
    {
        "name": "low",
        "type": "number",
        "role": "value",
        "constraints": {"required": True, "minimum": -10, "maximum": 100},
    },
    {"name": "high", "type": "number", "role": "value"},
    {"name": "year", "type": "year", "role": "qualifier"},
    {"name": "unit", "type": "string", "role": "qualifier"},
    {"name": "day", "type": "date", "role": "documentation"},
    {"name": "note", "type": "string", "role": "documentation", "constraints": {"unique": True}},
]
PLAIN = {
    "id": st.integers(0, 10**6).map(str),
    "group": st.sampled_from(["a", '"b, c"']),
    "low": st.decimals(-10, 50, places=2).map(str),
    "high": st.one_of(st.decimals(50, 200, places=1).map(str), st.sampled_from(["", "NA"])),
    "year": st.integers(1990, 2025).map(str),
    "unit": st.sampled_from(["g", ""]),
    "day": st.dates().map(str),
    "note": st.sampled_from("abcdefghijklmnop"),
}
NUMBERS = [*("", "NA", "0", "7", "007", "-0", "-0.0", "1e3", "nan", "inf", "1_0", "100.00000000000000001", "9999"),
           *("1234567890.5", "0.1234567", "-9.5", "-10.5", "60", "99", "150", '"5"', " 5", "5.")]  # fmt: skip
TEXTS = [*("", "x", "percent", "b", "é", '""', '"a\nb"', '"a""b"', "a,b", "A", "B", " a", "a  b", "a\u00a0b"),
         *("a\u200b", "e\u0301", "2024-02-30", "k"*30)]  # fmt: skip
ODD = st.one_of(
    st.tuples(st.integers(0, 7), st.sampled_from([0, 2, 2, 3, 4]), st.sampled_from(NUMBERS)),
    st.tuples(st.integers(0, 7), st.sampled_from([1, 5, 5, 6, 7, 7]), st.sampled_from(TEXTS)),
)
"""A row, a column and what may stand there, or not."""


def write(folder: Path, rows: list[tuple[str, ...]], end: str = "\n") -> Path:
    schema = {"fields": FIELDS, "primaryKey": "id", "missingValues": ["", "NA"]}
    table = {"name": "t", "path": "t.csv", "ordered": [["low", "high"]], "schema": schema}
    units = {"g": {"minimum": -10}, "percent": {"maximum": 100, "integer": True}}
    (folder / "datapackage.json").write_text(json.dumps({"units": units, "resources": [table]}))
    lines = [",".join(field["name"] for field in FIELDS), *map(",".join, rows)]
    (folder / "t.csv").write_text(end.join(lines) + end, encoding="utf-8", newline="")
    return folder


def loaded(folder: Path, least: int) -> Table | str:
    """The table where it is read whole from `least` bytes on, or its faults."""
    try:
        with patch.object(large, "LARGE", least):
            return load(folder)["t"]
    except InputError as error:
        return str(error)


def same(folder: Path) -> bool:
    slowly, fast = loaded(folder, 10**9), loaded(folder, 0)
    if isinstance(slowly, str) or isinstance(fast, str):
        assert slowly == fast
        return False
    for name in slowly.columns:
        assert list(slowly.column(name)) == list(fast.column(name))
        assert [row[name] for row in slowly.rows] == [row[name] for row in fast.rows]
    for name in ("low", "high", "year"):
        ours, theirs = slowly.values(name), fast.values(name)
        assert list(ours) == list(theirs)
        assert (ours.absent is None) == (theirs.absent is None)
        assert ours.absent is None or ours.absent.tolist() == theirs.absent.tolist()  # type: ignore[union-attr]
    return True


ROWS = st.lists(
    st.tuples(*PLAIN.values()), min_size=1, max_size=8, unique_by=(lambda row: row[0], lambda row: row[7])
)


@settings(max_examples=40)
@given(
    ROWS,
    st.lists(ODD, max_size=3),
    st.sampled_from(["\n", "\r\n"]),
)
def test_both_ways_of_reading_agree(
    rows: list[tuple[str, ...]], odd: list[tuple[int, int, str]], end: str
) -> None:
    """Plain rows with up to three odd cells somewhere."""
    cells = [list(row) for row in rows]
    for row, column, text in odd:
        cells[row % len(cells)][column] = text
    with TemporaryDirectory() as folder:
        assert same(write(Path(folder), [tuple(row) for row in cells], end)) or odd


def test_both_ways_of_reading_agree_on_each_odd_cell(tmp_path: Path) -> None:
    plain = ("1", "a", "1.50", "70", "2020", "g", "2020-01-02", "x")
    other = ("2", "a", "-9", "70", "2021", "", "2020-01-02", "b")
    columns = [(0, 2, 3, 4), (1, 5, 6, 7)]
    for odd, texts in zip(columns, (NUMBERS, TEXTS), strict=True):
        for column, text in product(odd, texts):
            same(write(tmp_path, [(*plain[:column], text, *plain[column + 1 :]), other]))


def test_a_plain_table_is_read_whole_and_an_odd_one_left_to_the_other_reader(tmp_path: Path) -> None:
    plain = ("1", "a", "1.50", "2", "2020", "g", "2020-01-02", "x")
    with patch.object(large, "LARGE", 0):
        assert read(write(tmp_path, [plain])) is not None
        assert read(write(tmp_path, [(*plain[:7], '"two\nlines"')])) is None
        assert read(write(tmp_path, [(*plain[:2], "0.1234567", *plain[3:])])) is None
    assert read(write(tmp_path, [plain])) is None  # it is small


def read(folder: Path) -> object:
    package = read_package(folder, "data")
    return read_large(folder, package.resources[0], package.units, "data/t.csv")


def test_a_column_of_decimals_whose_file_is_gone_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, [("1", "a", "1.50", "2", "2020", "g", "2020-01-02", "x")])
    table = loaded(tmp_path, 0)
    assert isinstance(table, Table)
    (tmp_path / "t.csv").unlink()
    assert [row["id"] for row in table.rows] == ["1"]
    assert table.row("1")["year"] == "2020"
    with pytest.raises(InputError, match="no such file"):
        table.column("low")
