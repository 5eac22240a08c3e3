"""The arithmetic of intervals by name."""

from fractions import Fraction

from recomputed.quantity.arithmetic import percent, share
from recomputed.quantity.intervals import Interval


def test_a_ratio_in_percent_is_a_hundred_times_it_exact_or_a_range():
    assert percent(Fraction(1, 4)) == 25
    assert percent(Interval.closed(Fraction(1, 8), 2)) == Interval.closed(Fraction(25, 2), 200)
    assert share(Interval.point(3), Interval.point(4)) == Interval.point(75)
