"""Each reported figure is entered twice, as data and as the claim that it names: what differs alone is told, once."""

import json
from pathlib import Path

import pytest

from synthetic.attested import NOT_NAMED, copied_data, told
from synthetic.variants import change

__all__ = ["copied_data"]  # a fixture


def test_every_figure_of_the_data_is_a_claim_of_the_source_in_its_place() -> None:
    assert [] == told()


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "expected"),
    [
        ("stalls", "sold,day,,60,70", "sold,day,,63,70", "row 14, column low", "found hill 63–70 cup at days.p2"),
        ("published", "register.guests,40–60,40,60", "register.guests,40–60,40,65",
         "stalls.csv, row 9, column low", "expected north 40–65 guest at register.guests"),
        ("stated", "hosts.all,,10", "hosts.all,,11", "row 2, column low", "found 11 person"),
        ("growth", ",3,month,", ",4,month,", "row 4, column window", "found hill 4 month"),
        ("growth", "growth.p1,growth.index.north", "growth.p2,growth.index.north", "row 2, column index",
         "at growth.p2"),
        ("growth", ",growth.index.north,", ",,", "row 2, column claim", NOT_NAMED),
        ("growth", ",growth.index.north,", ",growth.indexnorth,", "row 2, column claim",
         "did you mean 'growth.index.north'"),
    ],
)  # fmt: skip
def test_an_entry_that_differs_from_its_claim_is_told(
    file: str, old: str, new: str, where: str, expected: str, data: Path
) -> None:
    table = data / f"{file}.csv"
    table.write_text(change(table.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    first = told(data)[0]
    assert where in first
    assert expected in first


def test_a_claim_is_named_once_however_equal_another_figure_is(data: Path) -> None:
    table = data / "stalls.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(
        change(text, "register.guests,guests.north.table", "register.guests,guests.north"), encoding="utf-8"
    )
    assert any("each named once" in one and "'guests.north'" in one for one in told(data))


def test_a_claim_that_is_looked_up_needs_its_row(data: Path) -> None:
    table = data / "stated.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(row for row in rows if not row.startswith("hosts.all")), encoding="utf-8")
    (fault,) = told(data)
    assert "published.csv, row" in fault
    assert "none names 'hosts.all'" in fault


def test_a_table_of_reported_figures_without_the_column_is_told(data: Path) -> None:
    descriptor = data / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    (growth,) = [one for one in package["resources"] if one["name"] == "growth"]
    fields = growth["schema"]["fields"]
    at = [field["name"] for field in fields].index("claim")
    fields.pop(at)
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    rows = [line.split(",") for line in (data / "growth.csv").read_text(encoding="utf-8").splitlines()]
    text = "".join(",".join(row[:at] + row[at + 1 :]) + "\n" for row in rows)
    (data / "growth.csv").write_text(text, encoding="utf-8")
    faults = told(data)
    assert faults
    assert any("column index: expected a column claim" in fault for fault in faults)
