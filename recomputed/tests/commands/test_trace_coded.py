"""A stated rise, the index that was coded from it, and the rise recomputed: `trace` tells that it is only returned."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from synthetic.papers import change, copy_toy, recomputed

CODED = {"kind": "coded", "coded_from": "abstract.growth.north", "rule": "100 plus the stated rise"}


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy, whose index of the north stall was coded from the rise that the article states."""
    root = copy_toy(tmp_path_factory.mktemp("coded") / "toy")
    data, computed = root / "data", 'unit="index", hedge=row["hedge"]'
    change(root / "analysis" / "growth.py", computed, f"{computed}, made=True")
    with (data / "growth.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with (data / "growth.csv").open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, [*rows[0], *CODED], restval="", lineterminator="\n")
        table.writeheader()
        table.writerows({**row, **(CODED if row["case"] == "north" else {})} for row in rows)
    description = data / "datapackage.json"
    package = json.loads(description.read_text(encoding="utf-8"))
    (growth,) = (one for one in package["resources"] if one["name"] == "growth")
    growth.pop("hash", None)
    growth["schema"]["fields"] += [
        {"name": name, "type": "string", "role": "documentation", "description": name} for name in CODED
    ]
    description.write_text(json.dumps(package), encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def numbers(coded: Path) -> dict[str, Any]:
    """What `trace --json` says of each number."""
    done = recomputed(coded, "trace", "--json", "-")
    assert done.returncode == 0, done.stderr
    return {one["id"]: one for one in json.loads(done.stdout)}


def test_the_statement_the_rule_and_what_is_returned_are_told(coded: Path) -> None:
    done = recomputed(coded, "trace", "growth.rise.north")
    assert (0, "") == (done.returncode, done.stderr)
    assert done.stdout.startswith("growth.rise.north = 20%  percent change, derived\n")
    told = " ".join(done.stdout.replace("│", " ").split())
    assert "coded from “20%” (Abstract, " in told
    assert "100 plus the stated rise" in told
    assert "returns the statement that it was coded from: abstract.growth.north" in told


def test_a_coded_number_names_what_it_was_coded_from(numbers: dict[str, Any]) -> None:
    index = numbers["growth.index.north"]
    assert "coded" == index["kind"]
    assert ("abstract.growth.north", "20%") == (index["coded"]["claim"], index["coded"]["published"])
    assert [] == index["returns"]  # the statement is of the rise
    assert numbers["growth.index.river"]["coded"] is None


def test_only_the_number_that_the_statement_is_of_returns_it(numbers: dict[str, Any]) -> None:
    assert ["abstract.growth.north"] == numbers["growth.rise.north"]["returns"]
    assert [] == numbers["growth.rise.river"]["returns"] == numbers["growth.mean"]["returns"]
