"""Rule 11: extremes and bounds against the other mentions."""

import pytest

from recomputed.ledger.rules.bounds import bound_of_nothing, extreme_against_values
from synthetic.ledgers import claim, ledger


@pytest.mark.parametrize(
    ("statistic", "limit", "found"),
    [("maximum", 20, 1), ("maximum", 21, 0), ("maximum", 30, 0), ("minimum", 13, 1), ("minimum", 12, 0)],
)
def test_a_range_reaches_no_further_than_its_extremes(statistic, limit, found):
    article = ledger(claim("limit", limit, hedge="exact", statistic=statistic), claim("range", 12, 21))
    findings = list(extreme_against_values(article, {}))
    assert [finding.severity for finding in findings] == ["contradiction"] * found


def test_an_extreme_of_another_condition_is_of_another_thing():
    article = ledger(
        claim("most", 5, hedge="exact", statistic="maximum", condition="round"), claim("range", 12, 21)
    )
    assert list(extreme_against_values(article, {})) == []


def test_a_mean_above_the_maximum_contradicts_it_and_an_n_does_not():
    most = claim("most", 5, hedge="exact", statistic="maximum")
    assert len(list(extreme_against_values(ledger(most, claim("m", 9, statistic="mean")), {}))) == 1
    assert list(extreme_against_values(ledger(most, claim("n", 9, statistic="n", hedge="exact")), {})) == []


@pytest.mark.parametrize(
    ("hedge", "said", "found"), [("up-to", 35, 1), ("up-to", 30, 0), ("at-least", 25, 1)]
)
def test_a_bound_is_a_figure_that_some_other_place_has(hedge, said, found):
    """30 % in every other place, and "up to 35 %" in one."""
    article = ledger(claim("bound", said, hedge=hedge), claim("one", 30), claim("two", 30))
    findings = list(bound_of_nothing(article, {}))
    assert [finding.claims[0] for finding in findings] == ["bound"] * found


def test_a_bound_said_once_is_left_alone_and_an_end_of_a_range_bears_it_out():
    assert list(bound_of_nothing(ledger(claim("bound", 35, hedge="up-to")), {})) == []
    assert list(bound_of_nothing(ledger(claim("bound", 35, hedge="up-to"), claim("range", 25, 35)), {})) == []
