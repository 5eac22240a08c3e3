"""All of `data/` is validated before anything is returned; every fault is told, each with its place."""

import errno
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.tables import large
from recomputed.tables.load import Place, load, shown_as
from synthetic.packages import CASES, FAULTS, STAFF, changed, staff, write_package


def messages(folder: Path) -> list[str]:
    """The loader's messages about `folder`, with the folder's own name taken off."""
    with pytest.raises(InputError) as caught:
        load(folder)
    assert caught.value.exit_code == 2
    return [str(fault).replace(f"{folder.as_posix()}/", "") for fault in caught.value.faults]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "synthetic"


# What a loaded table gives


def test_a_cell_is_the_text_of_the_file_and_a_number_is_exact(folder: Path) -> None:
    row = load(write_package(folder))["synthetic-staff"].row("online.S1")
    assert row["low"] == "60.0"
    assert row.decimal("low") == Decimal("60.0")
    assert str(row.decimal("low")) == "60.0"
    assert row.integer("low") == 60
    assert row.decimal("high") is None
    assert row.integer("high") is None
    assert row.text("note") is None


def test_a_row_knows_its_key_and_its_place(folder: Path) -> None:
    table = load(write_package(folder))["synthetic-staff"]
    row = table.rows[1]
    file = f"{folder.as_posix()}/synthetic-staff.csv"
    assert row.key == "host.S2"
    assert row.sheet_row == 3
    assert row.place("low") == Place(file, "host.S2", "low", 3)


def test_rows_come_in_the_order_of_the_file_and_by_content(folder: Path) -> None:
    table = load(write_package(folder))["synthetic-staff"]
    assert len(table) == len(table.rows) == 3
    assert [row.key for row in table.rows] == ["host.S1", "host.S2", "online.S1"]
    assert [row.key for row in table.rows[1:]] == ["host.S2", "online.S1"]
    assert [row.key for row in table.where(case="S1", unit="person")] == ["host.S1"]
    assert table.column("low") == ("3", "2", "60.0")
    assert table.rows[-1] == table.row("online.S1")


def test_cells_by_role_are_those_that_are_not_empty(folder: Path) -> None:
    tables = load(write_package(folder))
    assert tables["synthetic-staff"].field("hedge").role == "qualifier"
    assert [(place.key, place.column) for place in tables.places("value")] == [
        ("S1", "start_year"),
        ("S2", "start_year"),
        ("host.S1", "low"),
        ("host.S2", "low"),
        ("host.S2", "high"),
        ("online.S1", "low"),
    ]


def test_plain_records_have_numbers_and_gaps(folder: Path) -> None:
    records = load(write_package(folder))["synthetic-staff"].rows.records("low", "high", "unit")
    assert [record["low"] for record in records] == [3.0, 2.0, 60.0]
    assert [record["high"] is None for record in records] == [True, False, True]
    assert [record["unit"] for record in records] == ["person", "person", "percent-share"]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda tables: tables["synthetic-staf"], "(did you mean 'synthetic-staff'?)"),
        (
            lambda tables: tables["synthetic-staff"].row("host.S4"),
            "a row 'host.S4', which the paper computes with, found none; there is 'host.S",
        ),
        (lambda tables: tables["synthetic-staff"].column("hgih"), "'hgih' (did you mean 'high'?)"),
        (lambda tables: tables["synthetic-staff"].rows[0]["lo"], "'lo' (did you mean 'low'?)"),
        (
            lambda tables: tables["synthetic-staff"].rows[0].decimal("unit"),
            "a column of numbers, found type string",
        ),
        (lambda tables: tables["synthetic-staff"].rows[0].place("lo"), "'lo' (did you mean 'low'?)"),
    ],
)
def test_asking_for_what_is_not_there_names_what_is(folder: Path, ask, message: str) -> None:
    tables = load(write_package(folder))
    with pytest.raises(InputError) as caught:
        ask(tables)
    assert message in str(caught.value)


def test_a_fraction_is_no_integer(folder: Path) -> None:
    row = load(write_package(folder, staff=staff(("60.0", "60.5"))))["synthetic-staff"].row("online.S1")
    with pytest.raises(InputError, match=r"row 4, column low: expected a whole number, found '60\.5'"):
        row.integer("low")


# What is fine


def test_a_byte_order_mark_and_crlf_line_ends_are_fine(folder: Path) -> None:
    plain = load(write_package(folder))["synthetic-staff"]
    content = b"\xef\xbb\xbf" + STAFF.replace("\n", "\r\n").encode()
    windows = load(write_package(folder, staff=content))["synthetic-staff"]
    assert [windows.column(name) for name in windows.columns] == [
        plain.column(name) for name in plain.columns
    ]


def test_a_quoted_cell_of_several_lines_keeps_the_rows_of_the_spreadsheet(folder: Path) -> None:
    text = staff(("exact,synthetic", 'exact,"synthetic,\nof ""three""\nlines"'))
    table = load(write_package(folder, staff=text))["synthetic-staff"]
    assert table.rows[0]["note"] == 'synthetic,\nof "three"\nlines'
    assert table.row("host.S2").sheet_row == 3
    text = text.replace("2,4,person", "5,4,person")
    assert messages(write_package(folder, staff=text)) == [
        "synthetic-staff.csv, row 3, column low: expected at most high, which is 4, found '5'"
    ]


def test_a_last_line_without_line_end_is_fine(folder: Path) -> None:
    assert len(load(write_package(folder, staff=STAFF.rstrip("\n")))["synthetic-staff"]) == 3


# What is a fault: one change, one message


@pytest.mark.parametrize(("text", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_told_with_its_place(folder: Path, text: str | bytes, message: str) -> None:
    separator = "" if message.startswith(":") else ", "
    assert messages(write_package(folder, staff=text)) == [f"synthetic-staff.csv{separator}{message}"]


def test_among_many_keys_the_nearest_is_named(folder: Path) -> None:
    cases = CASES + "".join(f"synthetic{n},2020\n" for n in range(100, 200))
    free = changed("resources", 1, "schema", "fields", 1, "constraints", to={})
    text = staff(("host.S2,S2", "host.S2,synthetic_144"))
    assert messages(write_package(folder, descriptor=free, cases=cases, staff=text)) == [
        (
            "synthetic-staff.csv, row 3, column case: expected a key of synthetic-cases (case), "
            "found 'synthetic_144' (did you mean 'synthetic144'?)"
        )
    ]


def test_an_unknown_case_is_told_once_though_it_is_in_no_table_of_cases_either(folder: Path) -> None:
    assert messages(write_package(folder, staff=staff(("host.S2,S2", "host.S2,S9")))) == [
        "synthetic-staff.csv, row 3, column case: expected one of S1, S2, S3, found 'S9'"
    ]


def test_a_misspelt_column_is_missing_and_unknown(folder: Path) -> None:
    assert messages(write_package(folder, staff=staff(("high", "hihg")))) == [
        (
            "synthetic-staff.csv, row 1, column hihg: expected one of the columns "
            "id, case, low, high, unit, hedge, note, found 'hihg' (did you mean 'high'?)"
        ),
        "synthetic-staff.csv, row 1, column high: expected a column 'high', found no such column",
    ]


def test_a_column_twice_is_told(folder: Path) -> None:
    doubled = "\n".join(f"{line},x" for line in STAFF.splitlines()).replace("note,x", "note,low", 1)
    assert messages(write_package(folder, staff=doubled)) == [
        "synthetic-staff.csv, row 1, column low: expected each column only once, found 2 of it"
    ]


def test_a_missing_file_names_the_nearest(folder: Path) -> None:
    write_package(folder, staff=None)
    (folder / "synthetic-stafff.csv").write_text(STAFF, encoding="utf-8")
    assert messages(folder) == [
        "synthetic-staff.csv: expected a file, found no such file (did you mean 'synthetic-stafff.csv'?)"
    ]


def test_a_directory_is_no_file(folder: Path) -> None:
    (write_package(folder, staff=None) / "synthetic-staff.csv").mkdir()
    assert messages(folder) == ["synthetic-staff.csv: expected a file, found a directory"]


def test_a_path_that_no_system_has_is_told(folder: Path) -> None:
    name = "synthetic" * 1000
    found = messages(write_package(folder, descriptor=changed("resources", 1, "path", to=name)))
    assert found == [f"{name}: expected a file that can be read, found {os.strerror(errno.ENAMETOOLONG)}"]


@pytest.mark.skipif(sys.platform == "win32", reason="making a link needs a privilege on Windows")
def test_a_link_out_of_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "synthetic-elsewhere.csv").write_text(STAFF, encoding="utf-8")
    (write_package(folder, staff=None) / "synthetic-staff.csv").symlink_to(
        tmp_path / "synthetic-elsewhere.csv"
    )
    assert messages(folder) == [
        ("synthetic-staff.csv: expected a regular file inside the folder, found a link that leads elsewhere")
    ]


def test_a_unit_without_allowed_values_must_be_described(folder: Path) -> None:
    free = changed("resources", 1, "schema", "fields", 4, "constraints", "enum", to=None)
    assert messages(write_package(folder, descriptor=free, staff=staff(("4,person", "4,prson")))) == [
        (
            "synthetic-staff.csv, row 3, column unit: "
            "expected one of percent-share, person (did you mean 'person'?), found 'prson'"
        )
    ]


# Together


def test_the_faults_of_all_files_are_told_together_in_reading_order(folder: Path) -> None:
    cases = CASES.replace("2021", "21")
    text = staff(
        ("S1,3,,person", "S1,-3,,person"),
        ("4,person,range", '"4,5",person,rnage'),
        ("online.S1,S1,60.0,", "host.S1,S9,160.0,90"),
    )
    before = sorted(
        (path, path.read_bytes()) for path in write_package(folder, cases=cases, staff=text).iterdir()
    )
    assert messages(folder) == [
        "synthetic-cases.csv, row 3, column start_year: expected a year in four digits, found '21'",
        "synthetic-staff.csv, row 2, column low: expected at least 0 (unit person), found '-3'",
        "synthetic-staff.csv, row 3, column high: expected a number with a decimal point, found '4,5'",
        (
            "synthetic-staff.csv, row 3, column hedge: "
            "expected one of exact, none, about, range (did you mean 'range'?), found 'rnage'"
        ),
        (
            "synthetic-staff.csv, row 4, column id: "
            "expected a key that no other row has, found 'host.S1', which row 2 has too"
        ),
        "synthetic-staff.csv, row 4, column case: expected one of S1, S2, S3, found 'S9'",
        "synthetic-staff.csv, row 4, column low: expected at most high, which is 90, found '160.0'",
        "synthetic-staff.csv, row 4, column low: expected at most 100 (unit percent-share), found '160.0'",
    ]
    assert sorted((path, path.read_bytes()) for path in folder.iterdir()) == before


def test_a_file_that_is_not_text_does_not_hide_the_faults_of_another(folder: Path) -> None:
    found = messages(write_package(folder, cases=b"\xff\xfe", staff=staff(("60.0", "NaN"))))
    assert found == [
        "synthetic-cases.csv, row 1: expected UTF-8 text, found UTF-16 text: save the file as UTF-8",
        "synthetic-staff.csv, row 4, column low: expected a number with a decimal point, found 'NaN'",
    ]


@pytest.mark.parametrize("fault", FAULTS)
def test_of_many_rows_each_fault_is_told_alike(
    folder: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads large tables faster leaves every fault to the reader that tells it."""
    few = messages(write_package(folder, staff=FAULTS[fault][0]))
    monkeypatch.setattr(large, "LARGE", 0)
    assert few == messages(folder)


def test_every_one_of_many_faults_is_told(folder: Path) -> None:
    rows = "".join(f"host.{n},S1,x{n},,person,exact,\n" for n in range(5000))
    found = messages(write_package(folder, staff=STAFF.splitlines(keepends=True)[0] + rows))
    assert len(found) == 5000
    assert found[4321] == (
        "synthetic-staff.csv, row 4323, column low: expected a number with a decimal point, found 'x4321'"
    )


def test_a_folder_in_the_repository_is_named_from_its_root() -> None:
    assert shown_as(paths.DATA) == "data"
    assert shown_as(Path("elsewhere/data")) == "elsewhere/data"


def test_loading_imports_neither_pandas_nor_frictionless() -> None:
    code = "import sys, recomputed.tables.load; print({'pandas', 'frictionless'} & set(sys.modules))"
    finished = subprocess.run(
        [sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    assert finished.stdout.strip() == "set()"
