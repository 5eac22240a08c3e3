"""Rule 3: a mean against its own range."""

import pytest

from recomputed.ledger.rules.means import mean_against_range
from synthetic.ledgers import claim, ledger

RANGE = claim("range", 25, 35, case="C", condition="hour-1")


def mean(low, high="", **columns):
    return claim("mean", low, high, **({"case": "C", "condition": "hour-1", "statistic": "mean"} | columns))


def found(*claims):
    return [(finding.severity, finding.claims) for finding in mean_against_range(ledger(*claims), {})]


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        (mean(25), "implausible"),
        (mean(35), "implausible"),
        (mean("25.3", hedge="exact"), "implausible"),
        (mean(24), "contradiction"),
        (mean(36, 40), "contradiction"),
        (mean(25, 35), "implausible"),
    ],
)
def test_a_mean_outside_or_at_the_very_end_is_found(stated, severity):
    assert found(stated, RANGE) == [(severity, ("mean", "range"))]


@pytest.mark.parametrize(
    "stated",
    [
        mean(30),
        mean(26),
        mean(25, hedge="about", granularity=5),
        mean(27, 33),
        mean(25, statistic="maximum"),
        mean(25, condition="hour-2"),
        mean(25, case="A"),
        mean(25, case="", condition="literature"),
    ],
)
def test_a_mean_inside_within_hedge_or_of_something_else_is_not(stated):
    assert found(stated, RANGE) == []


def test_a_range_of_several_places_is_taken_whole():
    wider = claim("wider", 20, 35, case="C", condition="hour-1")
    assert found(mean(25), RANGE, wider) == []


def test_means_given_as_ranges_with_nothing_to_hold_them_against_make_one_finding():
    sales = claim("sales", 12, 21, case="A", statistic="mean")
    notes = claim("notes", 50, 100, case="A", quantity="notes", statistic="mean")
    assert found(sales, notes) == [("untestable", ("sales", "notes"))]
    assert found(claim("sales", 16, case="A", statistic="mean")) == []


def test_a_mean_of_the_literature_may_be_a_range_over_studies():
    assert found(claim("literature", 30, 60, statistic="mean", condition="literature")) == []
