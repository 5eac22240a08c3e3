"""Another paper makes its own records shareable by a recipe: people and their stays. All of it is synthetic."""

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from recomputed import paths
from recomputed.faults import CheckFailed, InputError
from recomputed.privacy.codes import Codes
from recomputed.privacy.release import Recipe, Release, anonymise, outward, rounded
from recomputed.tables.load import load
from recomputed.tables.records import Row, Tables

PEOPLE = "person,phone\nSynthetic Berta,+49 170 0000111\nSynthetic Anton,\nSynthetic Cora,0170 0000222\n"
STAYS = "stay,person,days,cost\n" + "".join(
    f"{nth},Synthetic {name},{days},{1000 + 7 * nth}\n"
    for nth, (name, days) in enumerate(
        [("Berta", 3), ("Berta", 5), ("Berta", 9), ("Anton", 2), ("Anton", 2), ("Anton", 4), ("Cora", 1)]
    )
)


def column(name: str, kind: str = "string", **more: object) -> dict[str, object]:
    return {"name": name, "type": kind, "role": "documentation", **more}


def table(name: str, key: str, *columns: dict[str, object], **schema: object) -> dict[str, Any]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "schema": {"fields": [*columns], "primaryKey": key, **schema},
    }


def written(file: Path, *tables: dict[str, Any]) -> Path:
    units = {"day": {}, "euro": {}}
    file.write_text(json.dumps({"name": "synthetic", "units": units, "resources": tables}), encoding="utf-8")
    return file


def days_of(private: Tables, person: str) -> list[Fraction]:
    return [Fraction(row["days"]) for row in private["stays"].where(person=person)]


def make(private: Tables, codes: Codes, threshold: int) -> Release:
    found = {case: days_of(private, person) for person, case in codes.case.items()}
    ranges = {case: outward(days, 5) for case, days in found.items() if len(days) >= threshold}
    rows = [{"case": case, "low": str(low), "high": str(high)} for case, (low, high) in ranges.items()]
    left_out = tuple(case for case in found if case not in ranges)
    return Release({"cases": [{"case": case} for case in found], "days": rows}, codes, threshold, left_out)


def behind(row: Row, private: Tables, person: str) -> int:
    return len(private["stays"].where(person=person))


@pytest.fixture
def recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Recipe:
    """Its paper's data are described in a folder of their own."""
    monkeypatch.setattr(paths, "DATA", tmp_path / "data")
    paths.DATA.mkdir()
    days = table("days", "case", column("case"), column("low", "integer"), column("high", "integer"))
    written(paths.DATA / "datapackage.json", table("cases", "case", column("case")), days)
    people = table("people", "person", column("person", secret="text"), column("phone", secret="phone"))
    link = {"fields": "person", "reference": {"resource": "people", "fields": "person"}}
    stays = table("stays", "stay", column("stay", "integer"), column("person"), column("days", "integer"),
                  column("cost", "integer", secret="amount"), foreignKeys=[link])  # fmt: skip
    return Recipe(
        name="synthetic-stays",
        title="Stays",
        description="Coded {given_by}, at least {threshold} stays.",
        described=written(tmp_path / "private.json", people, stays),
        named="people",
        size=lambda private, person: sum(days_of(private, person), Fraction(0)),
        make=make,
        behind=behind,
        prefix="P",
        withheld=frozenset({"euro"}),
    )


@pytest.fixture
def private(tmp_path: Path) -> Path:
    folder = tmp_path / "private"
    folder.mkdir()
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")
    (folder / "stays.csv").write_text(STAYS, encoding="utf-8")
    (folder / "salt.txt").write_text("a synthetic secret of enough letters", encoding="utf-8")
    return folder


def test_a_release_of_another_paper_is_written_and_told(
    recipe: Recipe, private: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    anonymise(recipe, private, tmp_path / "out", 3)
    tables = load(tmp_path / "out")
    assert sorted(tables.cases) == ["P1", "P2", "P3"]
    assert sorted((row["low"], row["high"]) for row in tables["days"].rows) == [("0", "10"), ("0", "5")]
    assert "euro" not in tables.package.units
    told = capsys.readouterr()
    assert told.out.endswith(
        "3 cases, 2 figures; codes in the order of a keyed hash of the names, whose key is kept secret.\n"
    )
    assert told.err.startswith("left out, for want of 3 records: P")
    described = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert described["description"].endswith("at least 3 stays.")


@pytest.mark.parametrize(
    ("leak", "told"),
    [
        ("Berta", "expected nothing that identifies anybody, found the person in row 2 of people.csv"),
        ("tel. 0049/1700000111", "expected no phone number, found the phone in row 2 of people.csv"),
        ("1.021", "expected no amount of money, found the cost in row 5 of stays.csv"),
        ("3021", "expected no amount of money, found the sum of cost in stays.csv"),
        ("am 3. März 2031", "expected no date finer than a month, found what looks like one"),
        ("Lindenstraße 3", "expected no street address, found what looks like one"),
    ],
)
def test_a_leak_of_any_kind_stops_it(
    recipe: Recipe, private: Path, tmp_path: Path, leak: str, told: str
) -> None:
    leaking = replace(recipe, title=leak)
    with pytest.raises(CheckFailed, match=told):
        anonymise(leaking, private, tmp_path / "out", 3)
    assert not (tmp_path / "out").exists()


def test_a_cell_that_rests_on_fewer_records_than_it_says_stops_it(
    recipe: Recipe, private: Path, tmp_path: Path
) -> None:
    careless = replace(recipe, make=lambda private, codes, threshold: make(private, codes, 1))
    with pytest.raises(
        CheckFailed, match=r"days\.csv, row \d: expected at least 3 records behind P\d, found 1"
    ):
        anonymise(careless, private, tmp_path / "out", 3)


def test_a_secret_of_no_known_kind_is_refused(recipe: Recipe, private: Path, tmp_path: Path) -> None:
    described = recipe.described.read_text(encoding="utf-8")
    recipe.described.write_text(described.replace('"secret": "phone"', '"secret": "fax"'), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"people\.phone\.secret: expected one of text, phone, amount, found 'fax'"
    ):
        anonymise(recipe, private, tmp_path / "out", 3)
    recipe.described.write_text(described.replace('"secret": "text"', '"secret": "amount"'), encoding="utf-8")
    with pytest.raises(
        InputError, match=r"people\.person\.secret: expected an amount in a column of numbers"
    ):
        anonymise(recipe, private, tmp_path / "out", 3)


def test_ends_move_outward_and_a_figure_to_the_nearest_step() -> None:
    assert outward([Fraction(7), Fraction(12)], 5) == (5, 15)
    assert outward([Fraction(10)], 5) == (10, 15)
    assert rounded(Fraction(112), 5) == 110
