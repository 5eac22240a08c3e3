"""A release holds true of the records and tells none of them: every figure here is synthetic."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import anonymise as module
from analysis.anonymise import INDEX_STEP, RECIPE, STEPS, mean_turnover, months, records_behind
from recomputed import cli, paths
from recomputed.descriptions.numbers_json import document
from recomputed.faults import CheckFailed, Fault
from recomputed.ledger.examination import examine
from recomputed.ledger.report import verdict_lines
from recomputed.privacy.codes import Codes
from recomputed.privacy.disclosure import disclosures
from recomputed.privacy.release import Release, anonymise, release_files, rounded
from recomputed.quantity.reported import stands_for
from recomputed.tables.load import Tables, load
from tests.study.synthetic_private import SALT, sessions, turnover, write_private

MELATI = "Synthetic Melati"


@pytest.fixture
def private(tmp_path: Path) -> Tables:
    return RECIPE.load(write_private(tmp_path / "synthetic-private"))


def released(private: Tables, threshold: int = 3) -> Release:
    return RECIPE.make(private, RECIPE.codes(private, SALT), threshold)


def row_of(release: Release, table: str, key: str) -> dict[str, str]:
    return next(row for row in release.tables[table] if row.get("id", row["case"]) == key)


def test_the_index_stands_for_the_true_one(private: Tables) -> None:
    release = released(private)
    indices = {}
    for business, case in release.codes.case.items():
        before, after = months(private, business)
        row = row_of(release, "turnover", case)
        reported = stands_for(Decimal(row["index"]), None, row["hedge"], Decimal(row["granularity"]))
        assert reported.contains(100 * mean_turnover(after) / mean_turnover(before))
        indices[business] = row["before"], row["index"], row["window"], row["window_unit"]
    assert indices == {
        "Synthetic Kenanga": ("100", "140", "4", "month"),  # 141, to the nearest 5
        "Synthetic Anggrek": ("100", "95", "4", "month"),  # 93
        "Synthetic Melati": ("100", "120", "4", "month"),  # 118
    }


def test_a_range_holds_every_session_and_ends_on_a_round_step(private: Tables) -> None:
    release = released(private)
    case = release.codes.case[MELATI]
    # five sessions; hour 1 has 101 + 7 · day viewers, hour 2 a fifth of that
    assert [
        (row["id"].replace(case, "K"), row["condition"], row["low"], row["high"], row["unit"])
        for table in ("audience", "sessions")
        for row in release.tables[table]
        if row["case"] == case
    ] == [
        ("viewers.K", "session", "20", "140", "viewer"),  # 21 to 136
        ("viewers.K.hour1", "hour-1", "100", "140", "viewer"),  # 108 to 136
        ("viewers.K.hour2", "hour-2", "20", "30", "viewer"),  # 21 to 27
        ("comments.K", "session", "40", "60", "comment"),  # 36 + 7 = 43 to 45 + 9 = 54
        ("units.K", "session", "0", "15", "item"),  # 4 to 12
        ("conversion.K", "session", "3", "9", "percent-ratio"),  # 4/108 = 3.7 % to 12/136 = 8.8 %
    ]
    for row in (*release.tables["audience"], *release.tables["sessions"]):
        assert int(row["low"]) % STEPS[row["measure"]] == int(row["high"]) % STEPS[row["measure"]] == 0
        assert (row["kind"], row["evidence"]) == ("measured", "record")


def test_a_figure_that_all_sessions_share_is_still_a_range(tmp_path: Path) -> None:
    text = "business,date,slot,hour,viewers,comments,units,revenue\n" + "".join(
        f"{MELATI},2031-06-{day:02d},synthetic,1,50,,,\n" for day in range(1, 6)
    )
    private = RECIPE.load(write_private(tmp_path / "synthetic-private", sessions_text=text))
    release = released(private)
    row = row_of(release, "audience", f"viewers.{release.codes.case[MELATI]}")
    assert (row["low"], row["high"]) == ("50", "60")


def test_cells_on_few_records_are_left_out_and_told(tmp_path: Path) -> None:
    lines = [
        line
        for line in sessions().splitlines(keepends=True)
        if not line.startswith(MELATI) or "2031-06-01" in line or "2031-06-02" in line
    ]
    few = turnover().replace(f"{MELATI},2030-12,10000137\n", "").replace(f"{MELATI},2031-01,10000137\n", "")
    private = RECIPE.load(
        write_private(tmp_path / "synthetic-private", turnover_text=few, sessions_text="".join(lines))
    )
    release = released(private)
    case = release.codes.case[MELATI]
    assert release.left_out == (
        f"turnover of {case}: 2 months before live, 4 after",
        f"viewers.{case}: 2 sessions",
        f"viewers.{case}.hour1: 2 sessions",
        f"viewers.{case}.hour2: 2 sessions",
        f"comments.{case}: 2 sessions",
        f"units.{case}: 2 sessions",
        f"conversion.{case}: 2 sessions",
    )
    assert {row["case"] for row in release.tables["audience"]} == {"K1", "K2", "K3"} - {case}
    assert {row["case"] for row in release.tables["cases"]} == {"K1", "K2", "K3"}
    assert released(private, threshold=2).left_out == ()


def test_a_session_with_an_hour_that_was_not_recorded_does_not_count(tmp_path: Path) -> None:
    text = sessions().replace(
        f"{MELATI},2031-06-05,synthetic,2,27,9,6,", f"{MELATI},2031-06-05,synthetic,2,27,9,,"
    )
    assert text != sessions()
    release = released(
        RECIPE.load(write_private(tmp_path / "synthetic-private", sessions_text=text)), threshold=5
    )
    case = release.codes.case[MELATI]
    assert [cell for cell in release.left_out if cell.endswith("sessions")] == [
        f"units.{case}: 4 sessions",
        f"conversion.{case}: 4 sessions",
    ]


def test_turnover_of_nothing_before_gives_no_index(tmp_path: Path) -> None:
    text = turnover().replace(f",{10_000_137}\n", ",0\n")
    release = released(RECIPE.load(write_private(tmp_path / "synthetic-private", turnover_text=text)))
    assert release.left_out == (f"turnover of {release.codes.case[MELATI]}: none before live, so no index",)


def test_the_release_is_a_data_package_without_money(private: Tables, tmp_path: Path) -> None:
    public = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    release = released(private)
    for name, text in release_files(RECIPE, release, public).items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    tables = load(tmp_path)
    assert set(tables) == {"cases", "turnover", "audience", "sessions"}
    assert "rupiah" not in tables.package.units
    assert {name: len(table) for name, table in tables.items()} == {
        name: len(rows) for name, rows in release.tables.items()
    }
    description = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))["description"]
    assert "coded in the order of a keyed hash of the names" in description
    assert "at least 3 sessions or months" in description
    for table in ("turnover", "audience", "sessions"):
        columns = load(paths.DATA)[table].columns
        assert tables[table].columns == columns


def test_the_same_records_give_the_same_bytes(private: Tables) -> None:
    public = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    assert release_files(RECIPE, released(private), public) == release_files(
        RECIPE, released(private), public
    )


@given(st.fractions(min_value=0, max_value=10_000))
def test_an_index_is_at_most_half_a_step_off(index: Fraction) -> None:
    found = rounded(index, INDEX_STEP)
    assert found % INDEX_STEP == 0
    assert abs(found - index) <= Fraction(INDEX_STEP, 2)


def test_an_index_from_records_is_measured_and_returns_no_statement(private: Tables, tmp_path: Path) -> None:
    data = tmp_path / "synthetic-data"
    copytree(paths.DATA, data)
    coded = examine(load(data))
    public = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))
    files = release_files(RECIPE, released(private), public)
    (data / "turnover.csv").write_text(files["turnover.csv"], encoding="utf-8")
    measured = examine(load(data))
    for examination, kind, outcome in ((coded, "coded", "returned"), (measured, "measured", "derived")):
        for case in ("K1", "K2", "K3"):
            assert examination.numbers[f"turnover.index.{case}"].kind == kind
        rises = [one for one in examination.outcomes if one.number.startswith("turnover.uplift.K")]
        assert {one.kind for one in rises} == {outcome}
    assert not any(one["coded"] for one in document(measured)["numbers"] if one["id"].startswith("turnover."))
    assert "returned from coding" in "\n".join(verdict_lines(coded))


@pytest.fixture
def codes(private: Tables) -> Codes:
    return RECIPE.codes(private, SALT)


@pytest.fixture
def folder(tmp_path: Path, private: Tables) -> Path:
    """A release as `anonymise` makes it, for a test to spoil."""
    anonymise(RECIPE, tmp_path / "synthetic-private", tmp_path / "synthetic-release", 3)
    return tmp_path / "synthetic-release"


def found(folder: Path, private: Tables, codes: Codes) -> list[Fault]:
    public = (paths.DATA / "datapackage.json").read_text(encoding="utf-8")
    return disclosures(RECIPE, folder, load(folder), private, codes.case, 3, public)


@pytest.mark.parametrize(
    ("leak", "told"),
    [
        ("Kenanga", "the business in row 2 of businesses.csv"),
        ("Bu Wulansari", "the owner in row 2 of businesses.csv"),
        ("in Karangan", "the address in row 2 of businesses.csv"),
        ("kenangasynthetic", "the account in row 2 of businesses.csv"),
        ("081200001111", "the phone in row 2 of businesses.csv"),
        ("kenanga@synthetic.invalid", "the email in row 2 of businesses.csv"),
        ("30.000.411", "the amount in row 2 of turnover.csv"),
        ("450 033", "the revenue in row 2 of sessions.csv"),
        ("Rp 5.000", "what looks like one"),
        ("five rupiah", "what looks like one"),
    ],
)
def test_every_column_that_is_secret_is_looked_for(
    folder: Path, private: Tables, codes: Codes, leak: str, told: str
) -> None:
    assert found(folder, private, codes) == []
    (folder / "README.md").write_text(leak, encoding="utf-8")
    assert told in {fault.found for fault in found(folder, private, codes)}


def test_a_leak_in_the_making_is_caught_and_nothing_is_written(
    private: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note of every range names an owner; the check itself is the real one."""
    row = module.range_row
    monkeypatch.setattr(module, "range_row", lambda *given: {**row(*given), "note": "from Bramantyo"})
    with pytest.raises(CheckFailed, match=r"found the owner in row 4 of businesses\.csv"):
        anonymise(RECIPE, tmp_path / "synthetic-private", tmp_path / "synthetic-release", 3)
    assert not (tmp_path / "synthetic-release").exists()


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


def test_trace_calls_an_index_of_records_measured(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = Path(copytree(paths.DATA, tmp_path / "synthetic-data"))
    (data / "turnover.csv").write_bytes((folder / "turnover.csv").read_bytes())
    monkeypatch.setenv("PAPER_DATA", str(data))
    capsys.readouterr()
    assert cli.main(["trace", "turnover.index.K1"]) == 0
    told = capsys.readouterr().out
    assert told.splitlines()[0].endswith(", measured")
    assert "= as computed from records" in told
