"""Private records of people and their stays, and the recipe that makes them shareable. All of it is synthetic."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from recomputed import paths
from recomputed.privacy.codes import Codes
from recomputed.privacy.release import Recipe, Release, outward
from recomputed.tables.records import Row, Tables

SALT = "a synthetic secret of enough letters"
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
    (folder / "salt.txt").write_text(SALT, encoding="utf-8")
    return folder
