"""Interval arithmetic contains every pointwise result, and nothing tighter does."""

import operator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from recomputed.quantity.intervals import (
    Interval,
    ratio_attained,
    ratio_ends,
    ratio_hull,
    ratio_paired,
    rise,
)

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@st.composite
def intervals(draw, low=-20, high=20):
    ends = st.one_of(
        st.none(),
        st.sampled_from([Fraction(0), Fraction(low), Fraction(high)]),
        st.fractions(min_value=low, max_value=high, max_denominator=6),
    )
    a, b = draw(ends), draw(ends)
    if a is not None and b is not None and a > b:
        a, b = b, a
    if a == b and a is not None:
        return Interval.point(a)
    return Interval(a, b, draw(st.booleans()), draw(st.booleans()))


@st.composite
def positive_ranges(draw):
    ends = st.fractions(min_value=Fraction(1, 6), max_value=300, max_denominator=6)
    return Interval.closed(*sorted((draw(ends), draw(ends))))


def member(data, interval):
    """Some number of the interval, its ends preferred."""
    low = interval.low if interval.low is not None else (interval.high or Fraction(0)) - 1000
    high = interval.high if interval.high is not None else low + 2000
    x = data.draw(st.one_of(st.sampled_from([low, high]), st.fractions(low, high, max_denominator=1000)))
    return x if interval.contains(x) else (low + high) / 2


def near(interval, end, step):
    """The member at an end that is closed; else one within `step` of it, or beyond 1/step if unbounded."""
    value, is_open, sign = {
        "low": (interval.low, interval.low_open, 1),
        "high": (interval.high, interval.high_open, -1),
    }[end]
    if value is None:
        base = interval.high if end == "low" else interval.low
        return (base or Fraction(0)) - sign / step
    if not is_open:
        return value
    other = interval.high if end == "low" else interval.low
    width = abs(other - value) if other is not None else Fraction(1)
    return value + sign * min(step, width / 2)


def corner_results(operation, x, y, step):
    """Results at, or ever nearer to, all four corners."""
    return [operation(near(x, a, step), near(y, b, step)) for a in ("low", "high") for b in ("low", "high")]


@pytest.mark.parametrize("sign", OPERATIONS)
@given(data=st.data(), x=intervals(), y=intervals())
def test_result_contains_every_pointwise_result(sign, data, x, y):
    assume(sign != "/" or not y.contains(0))
    operation = OPERATIONS[sign]
    assert operation(x, y).contains(operation(member(data, x), member(data, y)))


@pytest.mark.parametrize("sign", OPERATIONS)
@given(x=intervals(), y=intervals())
def test_each_end_of_a_result_is_reached_or_approached(sign, x, y):
    assume(sign != "/" or not y.contains(0))
    operation = OPERATIONS[sign]
    result = operation(x, y)
    results = corner_results(operation, x, y, Fraction(1, 10**9))
    if sign == "*" and (x.contains(0) or y.contains(0)):
        results.append(Fraction(0))
    for value, is_open, extreme in (
        (result.low, result.low_open, min(results)),
        (result.high, result.high_open, max(results)),
    ):
        if value is None:
            assert abs(extreme) > 10**4
        elif is_open:
            assert extreme != value
            assert abs(extreme - value) < Fraction(1, 10**5)
        else:
            assert extreme == value


@given(data=st.data(), x=intervals(), y=intervals())
def test_an_open_end_is_never_a_result(data, x, y):
    result, product_ = x * y, member(data, x) * member(data, y)
    assert not (result.low_open and product_ == result.low)
    assert not (result.high_open and product_ == result.high)


@given(data=st.data(), x=intervals(), y=intervals())
def test_intersection_holds_what_both_hold(data, x, y):
    both = x.intersection(y)
    z = member(data, data.draw(st.sampled_from([x, y])))
    assert (both is not None and both.contains(z)) == (x.contains(z) and y.contains(z))


@given(data=st.data(), x=intervals(), y=intervals())
def test_hull_holds_both_and_has_an_end_of_each(data, x, y):
    hull = x.hull(y)
    assert hull.contains(x)
    assert hull.contains(y)
    assert (hull.low, hull.low_open) in [(x.low, x.low_open), (y.low, y.low_open)]
    assert (hull.high, hull.high_open) in [(x.high, x.high_open), (y.high, y.high_open)]


@given(data=st.data(), x=intervals(), y=intervals())
def test_certainly_less_means_every_pair_and_possibly_less_some(data, x, y):
    a, b = member(data, x), member(data, y)
    if x.certainly_less(y):
        assert a < b
    if a < b:
        assert x.possibly_less(y)
    if x.possibly_less(y):
        step = Fraction(1, 10**9)
        assert near(x, "low", step) < near(y, "high", step)
    if not x.certainly_less(y) and x.high is not None and y.low is not None:
        step = Fraction(1, 10**9)
        assert near(x, "high", step) + 2 * step >= near(y, "low", step)


@given(x=intervals(), y=intervals())
def test_an_interval_contains_another_only_if_their_intersection_is_that_other(x, y):
    assert x.contains(y) == (x.intersection(y) == y)


@given(data=st.data(), after=positive_ranges(), before=positive_ranges())
def test_growth_bounds_are_exact(data, after, before):
    result = rise(after, before)
    a, b = member(data, after), member(data, before)
    assert result.contains((a - b) / b)
    assert result == Interval.closed(after.low / before.high - 1, after.high / before.low - 1)


@given(data=st.data(), a=positive_ranges(), b=positive_ranges())
def test_attained_ends_bound_any_cases_that_reach_all_four_ends(data, a, b):
    """Cases that reach each end, whatever their partners, have their extreme ratios there."""
    cases = [
        (a.low, member(data, b)),
        (a.high, member(data, b)),
        (member(data, a), b.low),
        (member(data, a), b.high),
    ]
    ratios = [x / y for x, y in cases]
    lowest, highest = ratio_attained(a, b)
    assert lowest.contains(min(ratios))
    assert highest.contains(max(ratios))


@given(a=positive_ranges(), b=positive_ranges())
def test_attained_ends_are_tight(a, b):
    """Both ends of both intervals occur: with ends paired, and with ends crossed."""
    paired = [a.low / b.low, a.high / b.high]
    crossed = [a.low / b.high, a.high / b.low]
    lowest, highest = ratio_attained(a, b)
    assert (lowest.high, highest.low) == (min(paired), max(paired))
    assert (lowest.low, highest.high) == (min(crossed), max(crossed))


def test_units_over_viewers_of_oemar_kopi_have_three_readings():
    """Results, pattern of interaction: 12–21 units, 150–300 guests, conversion stated as 8–14 %."""
    units, guests = Interval.closed(12, 21), Interval.closed(150, 300)
    assert ratio_hull(units, guests) * 100 == Interval.closed(4, 14)
    assert ratio_paired(units, guests) * 100 == Interval.closed(7, 8)
    assert ratio_ends(units, guests) == (Fraction(8, 100), Fraction(7, 100))
    lowest, highest = ratio_attained(units, guests)
    assert (lowest * 100, highest * 100) == (Interval.closed(4, 7), Interval.closed(8, 14))
    assert units / 150 * 100 == Interval.closed(8, 14)


def test_open_zero_and_infinity():
    positive = Interval(Fraction(0), None, low_open=True)
    assert 1 / positive == positive
    assert positive * positive == positive
    assert positive * Interval.closed(0, 1) == Interval(Fraction(0), None)
    assert positive * 0 == Interval.point(0)
    assert Interval.closed(0, 1) * Interval(Fraction(2), Fraction(3), True, True) == Interval(
        0, 3, False, True
    )


@pytest.mark.parametrize(
    "divisor", [Interval.point(0), Interval.closed(0, 1), Interval.closed(-1, 1), Interval(None, None)]
)
def test_division_by_what_contains_zero_is_refused(divisor):
    with pytest.raises(ZeroDivisionError, match="contains 0"):
        Interval.point(1) / divisor


def test_floats_and_empty_sets_are_refused():
    with pytest.raises(TypeError, match="exact"):
        Interval.point(0.1)
    with pytest.raises(TypeError, match="exact"):
        Interval.closed(1, 2) * 0.5
    with pytest.raises(ValueError, match="above"):
        Interval.closed(2, 1)
    with pytest.raises(ValueError, match="no number is left"):
        Interval(Fraction(1), Fraction(1), low_open=True)
    with pytest.raises(ValueError, match="not a single number"):
        _ = Interval.closed(1, 2).value


@pytest.mark.parametrize(
    "unreached", [Interval.closed(0, 1), Interval(Fraction(1), None), Interval(1, 2, True)]
)
def test_paired_and_attained_ratios_need_ends_that_cases_reach(unreached):
    with pytest.raises(ValueError, match="positive ends"):
        ratio_paired(Interval.closed(1, 2), unreached)
    with pytest.raises(ValueError, match="positive ends"):
        ratio_attained(unreached, Interval.closed(1, 2))


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (Interval.closed(4, 14), "[4, 14]"),
        (Interval(Fraction(10), None, low_open=True), "(10, ∞)"),
        (Interval(None, Fraction(30)), "(−∞, 30]"),
        (Interval.point(Decimal("79.50")), "79.5"),
        (Interval.point(Fraction(1, 3)), "1/3"),
    ],
)
def test_text_is_mathematical(interval, text):
    assert str(interval) == text
