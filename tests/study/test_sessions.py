"""Conversion and revenue, against the article's 12–21 units, 150–300 viewers and 8–14 percent."""

from fractions import Fraction

import pytest

from analysis.sessions import conversion_at_fewest, least_revenue_per_item
from recomputed.language.wording import write
from recomputed.quantity.intervals import Interval

# units and rate: results, audience, paragraph 3; viewers: paragraph 2; revenue: results, turnover, paragraph 1


def test_the_hull_of_conversion_is_wider_than_published(numbers):
    assert numbers["sessions.conversion.K1"].value == Interval.closed(4, 14)
    assert numbers["sessions.conversion.K1.reported"].value == Interval.closed(8, 14)


def test_the_paired_ends_are_eight_and_seven(numbers):
    assert numbers["sessions.conversion.K1.low-ends"].value == Interval.point(8)
    assert numbers["sessions.conversion.K1.high-ends"].value == Interval.point(7)
    assert numbers["sessions.conversion.K1.paired"].value == Interval.closed(7, 8)


def test_the_published_range_is_what_the_fewest_viewers_give(numbers):
    assert numbers["sessions.conversion.K1.fewest"].value == numbers["sessions.conversion.K1.reported"].value


def test_the_least_revenue_for_each_item_is_tens_of_millions(numbers):
    # at least 1 billion, so no greatest: 12 to 21 units
    number = numbers["sessions.revenue-per-item.K1"]
    assert number.value == number.stands_for == Interval.point(Fraction(10**9, 21))
    assert write(number) == "Rp\u00a047,6\u00a0juta"


def test_no_least_revenue_without_a_lower_end():
    with pytest.raises(ValueError, match="no least revenue"):
        least_revenue_per_item(Interval(None, Fraction(3)), Interval.point(1))


def test_no_conversion_without_both_units_and_viewers(numbers):
    assert not [
        id_ for id_ in numbers if id_.startswith(("sessions.conversion.K2", "sessions.conversion.K3"))
    ]


def test_no_fewest_viewers_without_a_lower_end():
    with pytest.raises(ValueError, match="no fewest viewers"):
        conversion_at_fewest(Interval.point(1), Interval(None, Fraction(3)))
