"""Rank correlation of few cases, and what they could show at best."""

from fractions import Fraction
from itertools import permutations

import pytest

from recomputed.quantity.intervals import Interval
from recomputed.quantity.statistics import correlation, exact_p, possible_orders, spearman


def test_sessions_a_week_and_uplift_correlate_by_a_half(numbers):
    # ranks of 21, 12, 14 sessions and of 25, 10, 30 percent: d = 1, 0, −1, so 1 − 6·2/24
    assert numbers["relation.correlation"].value == Interval.point("0.5")
    assert numbers["relation.p"].value == Interval.point("0.5")


def test_three_cases_can_never_reach_five_percent(numbers):
    assert numbers["relation.p.smallest"].value == Interval.point(Fraction(1, 6))
    assert numbers["relation.orders"].value == Interval.point(6)


def test_correlation_of_an_order_with_itself_is_one_and_with_its_reverse_minus_one():
    assert spearman((1, 2, 3, 4), (1, 2, 3, 4)) == 1
    assert spearman((1, 2, 3, 4), (4, 3, 2, 1)) == -1


def test_one_case_has_no_correlation():
    with pytest.raises(ValueError, match="at least two cases"):
        spearman((1,), (1,))


def test_exact_p_counts_the_orders_that_are_as_strong():
    assert exact_p(Fraction(1), 4) == Fraction(1, 24)
    assert exact_p(Fraction(-1), 4) == 1


def test_overlapping_values_allow_several_orders():
    assert possible_orders([Interval.closed(1, 3), Interval.closed(2, 4)]) == list(permutations((1, 2)))
    assert possible_orders([Interval.point(1), Interval.point(2)]) == [(1, 2)]


def test_correlation_is_a_range_where_the_order_is_open():
    open_order = (Interval.closed(1, 3), Interval.closed(2, 4), Interval.point(1), Interval.point(2))
    assert correlation(*open_order) == Interval.closed(-1, 1)
