"""Codes for names are given in an order that tells nobody who is who. All records synthetic."""

from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.privacy.codes import is_telling, read_salt
from recomputed.privacy.release import Recipe
from recomputed.tables.records import Tables
from synthetic.stays import PEOPLE, SALT, private, recipe

__all__ = ["private", "recipe"]  # fixtures
BERTA, ANTON, CORA = "Synthetic Berta", "Synthetic Anton", "Synthetic Cora"


@pytest.fixture
def records(recipe: Recipe, private: Path) -> Tables:
    return recipe.load(private)


def test_codes_repeat_with_the_same_salt_and_differ_with_another(recipe: Recipe, records: Tables) -> None:
    codes = recipe.codes(records, SALT)
    assert codes == recipe.codes(records, SALT)
    assert ["P1", "P2", "P3"] == sorted(codes.case.values())
    assert "in the order of a keyed hash of the names, whose key is kept secret" == codes.given_by


def test_codes_never_follow_the_alphabet_or_the_size(recipe: Recipe, records: Tables) -> None:
    """Berta's stays are longer than Anton's, and his than Cora's; that leaves two of six orders."""
    orders = {tuple(recipe.codes(records, f"a synthetic salt {number}").case) for number in range(40)}
    assert {(ANTON, CORA, BERTA), (BERTA, CORA, ANTON)} == orders


@pytest.mark.parametrize(
    "order",
    [(ANTON, BERTA, CORA), (CORA, BERTA, ANTON), (CORA, ANTON, BERTA), (BERTA, ANTON, CORA)],
    ids=["alphabet", "alphabet backwards", "size", "size backwards"],
)
def test_a_sorted_order_is_telling(recipe: Recipe, records: Tables, order: tuple[str, ...]) -> None:
    assert is_telling(order, lambda name: recipe.size(records, name))


def test_without_a_salt_codes_follow_the_list_of_the_records(recipe: Recipe, private: Path) -> None:
    header, berta, anton, cora = PEOPLE.splitlines(keepends=True)
    (private / "people.csv").write_text(header + anton + cora + berta, encoding="utf-8")
    codes = recipe.codes(recipe.load(private), None)
    assert {ANTON: "P1", CORA: "P2", BERTA: "P3"} == codes.case
    assert "in the order of the researcher's own list" == codes.given_by


def test_a_list_that_is_sorted_is_refused_without_a_salt(recipe: Recipe, records: Tables) -> None:
    with pytest.raises(InputError, match=r"or a secret in salt\.txt, found a sorted list"):
        recipe.codes(records, None)


@pytest.mark.parametrize(
    ("salt", "message"),
    [
        (b"short", "found 5 characters"),
        (b"  \n", "found 0 characters"),
        (b"\xff" * 20, "found no text that can be read"),
    ],
)
def test_a_salt_that_will_not_do_is_refused(tmp_path: Path, salt: bytes, message: str) -> None:
    (tmp_path / "salt.txt").write_bytes(salt)
    with pytest.raises(InputError, match=message):
        read_salt(tmp_path)


def test_the_salt_is_read_without_the_line_end(tmp_path: Path) -> None:
    assert read_salt(tmp_path) is None
    (tmp_path / "salt.txt").write_text(f"{SALT}\n", encoding="utf-8")
    assert SALT == read_salt(tmp_path)
