"""Each reported figure is entered twice, as data and as the claim that it names: what differs alone is told, once."""

import json
from pathlib import Path

import pytest

from synthetic.attested import NOT_NAMED, copied_data, told
from synthetic.variants import change

__all__ = ["copied_data"]  # a fixture


def test_every_figure_of_the_data_is_a_claim_of_the_article_in_its_place() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "expected"),
    [
        (
            "audience",
            "viewers.K2.mean,K2,viewers,session,mean,10,50",
            "viewers.K2.mean,K2,viewers,session,mean,13,50",
            "row 7, column low",
            "found K2 13–50 viewer at results.turnover.p1",
        ),
        ("published", "8,14,percent-share", "8,17,percent-share", "sessions.csv, row 3, column low", "8–17"),
        (
            "context",
            "rank.indonesia,rank,indonesia,,2",
            "rank.indonesia,rank,indonesia,,5",
            "row 9, column low",
            "found 5 rank",
        ),
        (
            "events",
            "2023,,,mid,,,,,unstated",
            "2022,,,mid,,,,,unstated",
            "row 7, column year",
            "found 2022 year",
        ),
        ("turnover", ",3,month,", ",4,month,", "row 4, column window", "found K3 4 month"),
        (  # its locator
            "turnover",
            "owner-statement,results.turnover.p2,turnover.uplift.K1",
            "owner-statement,results.turnover.p1,turnover.uplift.K1",
            "row 2, column index",
            "found K1 at results.turnover.p1",
        ),
        (
            "turnover",
            "p2,turnover.uplift.K1",
            "p2,conclusion.cases",
            "row 2, column index",
            "found K1 125 index",
        ),
        ("turnover", "p2,turnover.uplift.K1,", "p2,,", "row 2, column claim", NOT_NAMED),
        (
            "turnover",
            "p2,turnover.uplift.K1",
            "p2,turnover.upliftK1",
            "row 2, column claim",
            "did you mean 'turnover.uplift.K1'",
        ),
        ("obstacles", ",obstacles.lag.K3,", ",,", "row 5, column claim", NOT_NAMED),
    ],
)
def test_an_entry_that_differs_from_its_claim_is_told(
    file: str, old: str, new: str, where: str, expected: str, data: Path
) -> None:
    table = data / f"{file}.csv"
    table.write_text(change(table.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    first = told(data)[0]
    assert where in first
    assert expected in first


def test_the_employees_of_a_case_are_not_attested_by_its_host(data: Path) -> None:
    """Results, profile, paragraph 2: one host, employees in the plural; both figures are 1."""
    table = data / "people.csv"
    old, new = ",results.profile.p2,profile.staff.K2.employee", ",results.profile.p2,profile.staff.K2.host"
    table.write_text(change(table.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    twice, left = told(data)
    assert "row 13, column claim" in twice
    assert "'profile.staff.K2.host', the claim of low in data/people.csv, row 12" in twice
    assert "none names 'profile.staff.K2.employee'" in left


def test_a_claim_that_is_looked_up_needs_its_row(data: Path) -> None:
    table = data / "context.csv"
    rows = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(row for row in rows if not row.startswith("prior-cases")), encoding="utf-8")
    (fault,) = told(data)
    assert "published.csv, row 22, column id" in fault
    assert "none names 'introduction.prior-cases'" in fault


def test_a_table_of_reported_figures_without_the_column_is_told(data: Path) -> None:
    descriptor = data / "datapackage.json"
    package = json.loads(descriptor.read_text(encoding="utf-8"))
    (turnover,) = [one for one in package["resources"] if one["name"] == "turnover"]
    fields = turnover["schema"]["fields"]
    at = [field["name"] for field in fields].index("claim")
    fields.pop(at)
    descriptor.write_text(json.dumps(package), encoding="utf-8")
    rows = [line.split(",") for line in (data / "turnover.csv").read_text(encoding="utf-8").splitlines()]
    text = "".join(",".join(row[:at] + row[at + 1 :]) + "\n" for row in rows)
    (data / "turnover.csv").write_text(text, encoding="utf-8")
    faults = told(data)
    assert len(faults) == 3
    assert all("column index: expected a column claim" in fault for fault in faults)
