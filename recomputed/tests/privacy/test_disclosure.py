"""A release that tells who, how much or when is caught, wherever it tells it. All records synthetic."""

from pathlib import Path

import pytest

from recomputed.faults import Fault
from recomputed.privacy.codes import Codes
from recomputed.privacy.disclosure import Secrets, disclosures, plain
from recomputed.privacy.release import Recipe, anonymise
from recomputed.tables.load import load
from recomputed.tables.records import Tables
from synthetic.stays import SALT, private, recipe

__all__ = ["private", "recipe"]  # fixtures
PERSON = "nothing that identifies anybody", "the person in row 2 of people.csv"
PHONE = "no phone number", "the phone in row 2 of people.csv"
COST = "no amount of money", "the cost in row 5 of stays.csv"


@pytest.fixture
def records(recipe: Recipe, private: Path) -> Tables:
    return recipe.load(private)


@pytest.fixture
def codes(recipe: Recipe, records: Tables) -> Codes:
    return recipe.codes(records, SALT)


@pytest.fixture
def folder(recipe: Recipe, private: Path, tmp_path: Path) -> Path:
    """A release as `anonymise` makes it, for a test to spoil."""
    anonymise(recipe, private, tmp_path / "out", 3)
    return tmp_path / "out"


@pytest.fixture
def told(recipe: Recipe, folder: Path, records: Tables, codes: Codes):  # type: ignore[no-untyped-def]
    """What is found in the release as it is now, where a public description says "synthetic"."""
    return lambda codes=codes: disclosures(
        recipe, folder, load(folder), records, codes.case, 3, "A synthetic description"
    )


def test_a_release_as_made_discloses_nothing(told) -> None:
    assert [] == told()


@pytest.mark.parametrize(
    ("leak", "expected"),
    [
        ("Synthetic Berta", PERSON),
        ("by SYNTHETIC-BERTA itself", PERSON),
        ("syntheticberta", PERSON),
        ("Frau Bérta", PERSON),
        ("tel. 0049/1700000111", PHONE),
        ("+49 (170) 0000-111", PHONE),
        ("0170.0000111", PHONE),
        ("1021", COST),
        ("1.021", COST),
        ("1,021.00", COST),
        ("1 021", COST),
        ("3021", ("no amount of money", "the sum of cost in stays.csv")),
    ],
)
def test_a_private_text_or_amount_is_found_however_it_is_written(
    told, folder: Path, leak: str, expected: tuple[str, str]
) -> None:
    (folder / "more.csv").write_text(f'case,note\nP1,"{leak}"\n', encoding="utf-8")
    assert Fault("more.csv", *expected, 2, "note") in told()


@pytest.mark.parametrize(
    ("leak", "expected"),
    [
        ("somebody.else@example.org", "no e-mail address"),
        ("0857 1234 5678", "no phone number"),
        ("Jl. Lain 4", "no street address"),
        ("RT 02 / RW 05", "no street address"),
        ("Lindenstraße 3", "no street address"),
        ("on 2031-06-05", "no date finer than a month"),
        ("5/6/2031", "no date finer than a month"),
        ("5 Juni 2031", "no date finer than a month"),
        ("am 3. März 2031", "no date finer than a month"),
    ],
)
def test_what_looks_private_is_found_though_no_record_holds_it(
    told, folder: Path, leak: str, expected: str
) -> None:
    (folder / "README.md").write_text(f"A release.\n\n{leak}\n", encoding="utf-8")
    assert [Fault("README.md", expected, "what looks like one", 3)] == told()


@pytest.mark.parametrize("fine", ["2031-06", "P1", "visitors 150", "12,5 %", "9.000 visitors", "gangguan"])
def test_what_is_harmless_is_not_taken_for_a_secret(told, folder: Path, fine: str) -> None:
    (folder / "README.md").write_text(fine, encoding="utf-8")
    assert [] == told()


def test_a_file_name_can_disclose_too(told, folder: Path) -> None:
    (folder / "berta.txt").write_text("", encoding="utf-8")
    assert [Fault("berta.txt", *PERSON)] == told()


def test_a_fault_never_repeats_the_secret(told, folder: Path) -> None:
    (folder / "README.md").write_text("Berta, 1021, 0170 0000111", encoding="utf-8")
    messages = "\n".join(map(str, told()))
    assert messages
    assert not any(secret in messages for secret in ("Berta", "1021", "0000111"))


def test_words_of_the_papers_public_description_identify_nobody(records: Tables) -> None:
    texts = Secrets(records, "people", "A synthetic public description").texts
    assert "synthetic" not in texts
    assert {"berta", "synthetic berta"} <= set(texts)
    assert "synthetic" in Secrets(records, "people", "").texts


def test_a_case_that_nobody_has_rests_on_nothing(told, folder: Path, codes: Codes) -> None:
    faults = told(Codes({name: f"{case}0" for name, case in codes.case.items()}, codes.given_by))
    assert {"0"} == {fault.found for fault in faults}
    assert len(load(folder)["days"]) == len(faults)


def test_plain_text_is_words_without_accents_and_signs() -> None:
    assert "jl melati no 5 2" == plain("  Jl. Mélati_No.5, ②")
