"""What was published, each value with its place, and the paper as a whole."""

from recomputed import cli
from recomputed.ledger.examination import examine
from recomputed.tables.load import load


def test_a_common_year_has_365_days() -> None:
    """ISO 8601-1, the Gregorian calendar: 365 days (the claim `year` of data/published.csv)."""
    examination = examine(load())
    assert examination.numbers["days.year"].value.value == 365
    assert {one.id: one.verdict for one in examination.outcomes}["year"] == "agrees"


def test_the_paper_holds() -> None:
    """Every claim has the verdict that is expected, and no guard finds a fault."""
    assert cli.main(["check"]) == 0
