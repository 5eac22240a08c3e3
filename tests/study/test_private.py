"""Private records are validated like the paper's data, and their codes tell nobody who is who."""

from fractions import Fraction
from pathlib import Path

import pytest

from analysis.anonymise import RECIPE, mean_turnover
from recomputed.faults import InputError
from recomputed.privacy.codes import is_telling, read_salt
from tests.study.synthetic_private import BUSINESSES, SALT, sessions, turnover, write_private

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


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="expected a directory of private records, found no such directory"):
        RECIPE.load(tmp_path / "nowhere")


def test_the_mean_turnover_is_exact(folder: Path) -> None:
    rows = RECIPE.load(write_private(folder))["turnover"].where(business=MELATI)
    assert mean_turnover(rows[:4]) == 10_000_137
    assert mean_turnover(rows[3:5]) == Fraction(10_000_137 + 11_800_161, 2)
    assert mean_turnover([]) == 0


def test_codes_repeat_with_the_same_salt_and_differ_with_another(folder: Path) -> None:
    private = RECIPE.load(write_private(folder))
    codes = RECIPE.codes(private, SALT)
    assert codes == RECIPE.codes(private, SALT)
    assert sorted(codes.case.values()) == ["K1", "K2", "K3"]
    assert len({tuple(RECIPE.codes(private, f"another synthetic salt {n}").case) for n in range(20)}) == 2
    assert codes.given_by == "in the order of a keyed hash of the names, whose key is kept secret"


@pytest.mark.parametrize("number", range(40))
def test_codes_never_follow_the_alphabet_or_turnover(folder: Path, number: int) -> None:
    """Kenanga's turnover is 3 times Melati's and Anggrek's is twice; that leaves two of six orders."""
    codes = RECIPE.codes(RECIPE.load(write_private(folder)), f"synthetic salt {number}")
    assert tuple(codes.case) in {(KENANGA, MELATI, ANGGREK), (ANGGREK, MELATI, KENANGA)}


@pytest.mark.parametrize(
    "order",
    [
        (ANGGREK, KENANGA, MELATI),
        (MELATI, KENANGA, ANGGREK),
        (MELATI, ANGGREK, KENANGA),
        (KENANGA, ANGGREK, MELATI),
    ],
    ids=["alphabet", "alphabet backwards", "turnover", "turnover backwards"],
)
def test_a_sorted_order_is_telling(folder: Path, order: tuple[str, ...]) -> None:
    private = RECIPE.load(write_private(folder))
    assert is_telling(order, lambda name: RECIPE.size(private, name))


def test_without_a_salt_codes_follow_the_researchers_own_list(folder: Path) -> None:
    codes = RECIPE.codes(RECIPE.load(write_private(folder)), None)
    assert codes.case == {KENANGA: "K1", MELATI: "K2", ANGGREK: "K3"}
    assert codes.given_by == "in the order of the researcher's own list"


def test_a_list_that_is_sorted_is_refused_without_a_salt(folder: Path) -> None:
    header, *rows = BUSINESSES.splitlines(keepends=True)
    private = RECIPE.load(write_private(folder, businesses=header + "".join(sorted(rows))))
    with pytest.raises(InputError, match=r"or a secret in salt\.txt, found a sorted list"):
        RECIPE.codes(private, None)
    assert RECIPE.codes(private, SALT) == RECIPE.codes(RECIPE.load(write_private(folder)), SALT)


@pytest.mark.parametrize(
    ("salt", "message"),
    [("short", "found 5 characters"), ("  \n", "found 0 characters")],
    ids=["short", "blank"],
)
def test_a_salt_that_could_be_guessed_is_refused(folder: Path, salt: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_salt(write_private(folder, salt=salt))


def test_a_salt_that_is_no_text_is_refused(folder: Path) -> None:
    (write_private(folder) / "salt.txt").write_bytes(b"\xff" * 20)
    with pytest.raises(InputError, match="found no text that can be read"):
        read_salt(folder)


def test_the_salt_is_read_without_the_line_end(folder: Path) -> None:
    assert read_salt(write_private(folder, salt=f"{SALT}\n")) == SALT
    assert read_salt(write_private(folder.with_name("synthetic-none"), salt=None)) is None
