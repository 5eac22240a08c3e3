"""Figures in messages read as English and as Indonesian write them."""

from fractions import Fraction

import pytest

from recomputed.language.numerals import show
from recomputed.quantity.intervals import Interval


@pytest.mark.parametrize(
    ("interval", "english", "indonesian"),
    [
        (Interval.point("79.4977"), "79.5", "79,5"),
        (Interval.point(30), "30", "30"),
        (Interval.closed(8, 14), "8–14", "8–14"),
        (Interval.closed("7.5", "12.25"), "7.5–12.2", "7,5–12,2"),
        (Interval.closed(-1, 1), "−1 to 1", "−1 sampai 1"),
        (Interval(10, None, low_open=True), "more than 10", "lebih dari 10"),
        (Interval(100, None), "at least 100", "minimal 100"),
        (Interval(None, 30), "up to 30", "hingga 30"),
        (Interval(None, 30, high_open=True), "less than 30", "kurang dari 30"),
        (Interval(None, None), "any number", "bilangan apa pun"),
        (Interval.point(10**9), "1 billion", "1 miliar"),
        (Interval.closed(Fraction(10**9, 21), Fraction(10**9, 12)), "47.6–83.3 million", "47,6–83,3 juta"),
        (Interval.closed(10**7, 2 * 10**9), "10–2000 million", "10–2000 juta"),
        (Interval.closed(10, 2 * 10**6), "10–2000000", "10–2000000"),
        (Interval.point("-0.01"), "0", "0"),
    ],
)
def test_show(interval, english, indonesian):
    assert show(interval) == english
    assert show(interval, language="id") == indonesian


def test_a_figure_of_any_length_is_rounded_once():
    assert show(Interval.point(Fraction(10**30 + 5, 10**30)), digits=29) == "1"
    assert show(Interval.point(Fraction(25 * 10**38 + 1, 10**40)), digits=1) == "0.3"


def test_digits_are_as_many_as_asked():
    assert show(Interval.point("79.4977"), digits=3) == "79.498"
    assert show(Interval.point("79.5"), digits=0) == "80"
