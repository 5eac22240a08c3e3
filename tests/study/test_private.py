"""Private records are validated like the paper's data, and their codes tell nobody who is who."""

from fractions import Fraction
from pathlib import Path

import pytest

from analysis.anonymise import RECIPE, mean_turnover
from recomputed.faults import InputError
from tests.study.synthetic_private import BUSINESSES, sessions, turnover, write_private

KENANGA, ANGGREK, MELATI = "Synthetic Kenanga", "Synthetic Anggrek", "Synthetic Melati"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "synthetic-private"


def test_the_three_tables_are_loaded(folder: Path) -> None:
    private = RECIPE.load(write_private(folder))
    assert {name: len(table) for name, table in private.items()} == {
        "businesses": 3,
        "turnover": 24,
        "sessions": 30,
    }
    assert private["sessions"].rows[0].integer("viewers") == 101 * 3 + 7


def test_the_faults_of_all_private_files_are_told_together(folder: Path) -> None:
    write_private(
        folder,
        businesses=BUSINESSES.replace("2031-05", "May 2031"),
        turnover_text=turnover().replace("Synthetic Melati,2031-01", "Synthetic Melatti,2031-01"),
        sessions_text=sessions().replace("2031-06-01", "2031-06-31", 1).replace(",310,", ",-310,", 1),
    )
    with pytest.raises(InputError) as caught:
        RECIPE.load(folder)
    assert [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in caught.value.faults] == [
        "businesses.csv, row 4, column live_since: expected a month as YYYY-MM, found 'May 2031'",
        (
            "turnover.csv, row 11, column business: expected a key of businesses (business): "
            "Synthetic Anggrek; Synthetic Kenanga; Synthetic Melati, "
            "found 'Synthetic Melatti' (did you mean 'Synthetic Melati'?)"
        ),
        "sessions.csv, row 2, column date: expected a date as YYYY-MM-DD, found '2031-06-31'",
        "sessions.csv, row 2, column viewers: expected at least 0, found '-310'",
    ]


def test_the_mean_turnover_is_exact(folder: Path) -> None:
    rows = RECIPE.load(write_private(folder))["turnover"].where(business=MELATI)
    assert mean_turnover(rows[:4]) == 10_000_137
    assert mean_turnover(rows[3:5]) == Fraction(10_000_137 + 11_800_161, 2)
    assert mean_turnover([]) == 0


def test_codes_follow_neither_the_alphabet_nor_turnover(folder: Path) -> None:
    """Kenanga's turnover is 3 times Melati's and Anggrek's is twice; that leaves two of six orders."""
    private = RECIPE.load(write_private(folder))
    orders = {tuple(RECIPE.codes(private, f"synthetic salt {number}").case) for number in range(40)}
    assert orders == {(KENANGA, MELATI, ANGGREK), (ANGGREK, MELATI, KENANGA)}
