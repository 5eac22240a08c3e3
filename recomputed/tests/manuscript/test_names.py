"""The trade names: one for each case of the data, or a message that says what is in the way."""

from pathlib import Path
from unittest import mock

import pytest

from recomputed import paths
from recomputed.faults import InputError, Unknown
from recomputed.language.catalogue import language
from recomputed.manuscript import names
from recomputed.manuscript.names import read_names
from recomputed.manuscript.paper import case_names
from recomputed.paper_toml import settings_from

CASES = ("S1", "S2")


def named(file: Path) -> dict[str, str]:
    with mock.patch.object(paths, "NAMES", file):
        return read_names(CASES)


def test_each_case_has_its_trade_name(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_bytes('\ufeffcase,name\r\nS2,Sekar Ayu\r\nS1,"Satu, Dua"\r\n'.encode())
    assert {"S1": "Satu, Dua", "S2": "Sekar Ayu"} == named(tmp_path / "names.csv")


def test_a_case_that_there_is_not_is_told_with_those_there_are() -> None:
    with pytest.raises(
        Unknown, match=r"^no case is called 'nort' \(did you mean 'north'\?\)\. Hint: north, river, hill$"
    ):
        case_names(("north", "river", "hill"))["nort"]


def test_without_the_file_a_case_goes_by_its_code(tmp_path: Path) -> None:
    assert {"S1": "Stall S1", "S2": "Stall S2"} == named(tmp_path / "names.csv")


def test_what_a_case_is_called_is_for_the_paper_to_say() -> None:
    for case, called in (("Fall", "Fall A"), ("", "A")):
        told = settings_from({"paper": {"languages": ["de", "en"], "case": {"de": case, "en": "Case"}}})
        with (
            mock.patch.object(names, "paper_settings", return_value=told),
            mock.patch.object(names, "paper_language", return_value=language("de")),
        ):
            assert names.by_code("A") == called


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a header and rows, found an empty file"),
        (b"case,name\n", "expected a row for the case S1, found none"),
        (b"case,name\nS1,Satu\n", "expected a row for the case S2, found none"),
        (b"case,name\nS1,Satu\nS2,\n", "row 3, column name: expected a text, found an empty cell"),
        (b"case,name\nS1,Satu\nS1,Dua\nS2,Tiga\n", "row 3, column case: .* found 'S1', as in row 2"),
        (
            b"case,name\nS1,Satu\nS2,satu\n",
            "row 3, column name: expected a name for one case only, found 'satu'",
        ),
        (
            b"case,name\nS1,Satu\nS2,Dua\ns1,Tiga\n",
            "row 4, column case: expected one of the cases .*, found 's1'",
        ),
        (b"case;name\nS1;Satu\n", "row 1: .* columns separated by semicolons"),
        (b"case,name\nS1,Sat\xe9\n", "row 2, column name: expected UTF-8 text, found byte 0xe9"),
        (
            b"case,name\nS1,Satu, Dua\n",
            "row 2: .* found 3 .a cell with a comma in it stands in quotation marks",
        ),
        (b"PK\x03\x04", "expected text, found a zip file, as a workbook"),
    ],
)
def test_what_would_lose_a_name_is_told(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_bytes(content)
    with pytest.raises(InputError, match=rf"^names\.csv(, |: ){message}"):
        named(tmp_path / "names.csv")


def test_a_folder_of_that_name_is_no_absence(tmp_path: Path) -> None:
    (tmp_path / "names.csv").mkdir()
    with pytest.raises(InputError, match=r"names\.csv: expected a file, found a directory"):
        named(tmp_path / "names.csv")
