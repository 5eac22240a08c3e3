"""A release that tells who, how much or which session is caught, wherever it tells it. All records synthetic."""

import json
from pathlib import Path

import pytest

from analysis.anonymise import RECIPE, records_behind
from recomputed import paths
from recomputed.faults import Fault
from recomputed.privacy.codes import Codes
from recomputed.privacy.disclosure import Secrets, disclosures, plain
from recomputed.privacy.release import release_files
from recomputed.tables.load import Tables, load
from tests.study.synthetic_private import SALT, sessions, write_private

PUBLIC = (paths.DATA / "datapackage.json").read_text(encoding="utf-8")
THRESHOLD = 3


@pytest.fixture
def private(tmp_path: Path) -> Tables:
    return RECIPE.load(write_private(tmp_path / "synthetic-private"))


@pytest.fixture
def codes(private: Tables) -> Codes:
    return RECIPE.codes(private, SALT)


@pytest.fixture
def folder(tmp_path: Path, private: Tables, codes: Codes) -> Path:
    """A release as `anonymise` makes it, for a test to spoil."""
    made = tmp_path / "synthetic-release"
    made.mkdir()
    for name, text in release_files(
        RECIPE, RECIPE.make(private, codes, THRESHOLD), json.loads(PUBLIC)
    ).items():
        (made / name).write_text(text, encoding="utf-8", newline="\n")
    return made


def found(folder: Path, private: Tables, codes: Codes) -> list[Fault]:
    return disclosures(RECIPE, folder, load(folder), private, codes.case, THRESHOLD, PUBLIC)


def test_a_release_as_made_discloses_nothing(folder: Path, private: Tables, codes: Codes) -> None:
    assert found(folder, private, codes) == []


@pytest.mark.parametrize(
    ("leak", "expected", "told"),
    [
        ("Synthetic Kenanga", "nothing that identifies anybody", "the business in row 2 of businesses.csv"),
        (
            "by SYNTHETIC-KENANGA itself",
            "nothing that identifies anybody",
            "the business in row 2 of businesses.csv",
        ),
        ("syntheticanggrek", "nothing that identifies anybody", "the business in row 4 of businesses.csv"),
        ("Bu Wulansari", "nothing that identifies anybody", "the owner in row 2 of businesses.csv"),
        ("Wulánsari", "nothing that identifies anybody", "the owner in row 2 of businesses.csv"),
        ("in Karangan", "nothing that identifies anybody", "the address in row 2 of businesses.csv"),
        ("kenangasynthetic", "nothing that identifies anybody", "the account in row 2 of businesses.csv"),
        ("call 081200001111", "no phone number", "the phone in row 2 of businesses.csv"),
        ("+62 (812) 0000-2222", "no phone number", "the phone in row 4 of businesses.csv"),
        ("812.0000.2222", "no phone number", "the phone in row 4 of businesses.csv"),
        ("30000411", "no amount of money", "the amount in row 2 of turnover.csv"),
        ("30.000.411", "no amount of money", "the amount in row 2 of turnover.csv"),
        ("30,000,411.00", "no amount of money", "the amount in row 2 of turnover.csv"),
        ("450 033", "no amount of money", "the revenue in row 2 of sessions.csv"),
        ("87201192", "no amount of money", "the sum of amount in turnover.csv"),
    ],
)
def test_a_private_text_or_amount_is_found_however_it_is_written(
    folder: Path, private: Tables, codes: Codes, leak: str, expected: str, told: str
) -> None:
    path = folder / "turnover.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([lines[0], f'{lines[1]}"{leak}"', *lines[2:]]) + "\n", encoding="utf-8")
    assert Fault("turnover.csv", expected, told, 2, "note") in found(folder, private, codes)


@pytest.mark.parametrize(
    ("leak", "expected"),
    [
        ("somebody.else@example.org", "no e-mail address"),
        ("0857 1234 5678", "no phone number"),
        ("Jl. Lain 4", "no street address"),
        ("Gg. Lain", "no street address"),
        ("RT 02 / RW 05", "no street address"),
        ("Rp 5.000", "no amount of money"),
        ("five rupiah", "no amount of money"),
        ("on 2031-06-05", "no date finer than a month"),
        ("5/6/2031", "no date finer than a month"),
        ("5 Juni 2031", "no date finer than a month"),
    ],
)
def test_what_looks_private_is_found_though_no_record_holds_it(
    folder: Path, private: Tables, codes: Codes, leak: str, expected: str
) -> None:
    (folder / "README.md").write_text(f"A release.\n\n{leak}\n", encoding="utf-8")
    assert found(folder, private, codes) == [Fault("README.md", expected, "what looks like one", 3)]


@pytest.mark.parametrize(
    "fine", ["2031-06", "K1", "viewers 150", "12,5 %", "1.000 viewers", "gangguan", "batik"]
)
def test_what_is_harmless_is_not_taken_for_a_secret(
    folder: Path, private: Tables, codes: Codes, fine: str
) -> None:
    (folder / "README.md").write_text(fine, encoding="utf-8")
    assert found(folder, private, codes) == []


def test_a_file_name_can_disclose_too(folder: Path, private: Tables, codes: Codes) -> None:
    (folder / "wulansari.txt").write_text("", encoding="utf-8")
    told = "the owner in row 2 of businesses.csv"
    assert found(folder, private, codes) == [Fault("wulansari.txt", "nothing that identifies anybody", told)]


def test_a_fault_never_repeats_the_secret(folder: Path, private: Tables, codes: Codes) -> None:
    (folder / "README.md").write_text("Wulansari Synthetic, 30000411, 081200001111", encoding="utf-8")
    messages = "\n".join(map(str, found(folder, private, codes)))
    assert messages
    assert not any(secret in messages for secret in ("Wulansari", "30000411", "81200001111"))


def test_words_of_the_papers_public_description_identify_nobody(private: Tables) -> None:
    texts = Secrets(private, "businesses", "A synthetic public description").texts
    assert "synthetic" not in texts
    assert {"wulansari", "wulansari synthetic", "karangan", "kenanga"} <= set(texts)
    assert "synthetic" in Secrets(private, "businesses", "").texts


def test_a_cell_on_fewer_records_than_the_threshold_is_found(
    folder: Path, codes: Codes, tmp_path: Path
) -> None:
    """The release was made from five sessions each; against records of two it must not pass."""
    two = [line for line in sessions().splitlines() if not any(f"-0{day}," in line for day in (3, 4, 5))]
    fewer = RECIPE.load(write_private(tmp_path / "synthetic-fewer", sessions_text="\n".join(two) + "\n"))
    faults = found(folder, fewer, codes)
    assert Fault("audience.csv", "at least 3 records behind viewers.K1", "2", 2) in faults
    assert Fault("sessions.csv", "at least 3 records behind conversion.K3", "2", 7) in faults
    assert len(faults) == len(load(folder)["audience"]) + len(load(folder)["sessions"])


def test_records_are_counted_by_session_and_by_month(folder: Path, private: Tables, codes: Codes) -> None:
    release = load(folder)
    for name, behind in (("audience", 5), ("sessions", 5), ("turnover", 4)):
        for business, case in codes.case.items():
            rows = release[name].where(case=case)
            assert {records_behind(row, private, business) for row in rows} == {behind}
    assert records_behind(release["turnover"].rows[0], private, "nobody") == 0


def test_a_case_that_no_business_has_rests_on_nothing(folder: Path, private: Tables, codes: Codes) -> None:
    other = Codes({business: f"{case}0" for business, case in codes.case.items()}, codes.given_by)
    faults = found(folder, private, other)
    assert {fault.found for fault in faults} == {"0"}
    assert len(faults) == sum(len(table) for table in load(folder).values()) - 3


def test_plain_text_is_words_without_accents_and_signs() -> None:
    assert plain("  Jl. Mélati_No.5, ②") == "jl melati no 5 2"
