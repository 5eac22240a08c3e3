"""A printed number stands for all the numbers that would be printed so, and for no others."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.quantity.reported import HEDGES, last_digit_unit, stands_for

PLACES = st.integers(-2, 3)
NEAREST = ("ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN")


@given(count=st.integers(-200, 200), places=PLACES)
def test_as_printed_stands_for_all_that_some_rule_to_the_nearest_prints_so(count, places):
    """Up to its very ends, and for nothing beyond them."""
    unit = Decimal(1).scaleb(-places)
    printed = count * unit
    stated = stands_for(printed, printed, "none", None)
    for end, beyond in ((printed - unit / 2, -1), (printed + unit / 2, 1)):
        assert Fraction(end) in (stated.low, stated.high)
        assert any(end.quantize(unit, rounding=rule) == printed for rule in NEAREST)
        outside = end + beyond * unit / 1000
        assert not any(outside.quantize(unit, rounding=rule) == printed for rule in NEAREST)


@pytest.mark.parametrize(
    ("low", "high", "hedge", "granularity", "text"),
    [
        ("25", "25", "none", None, "[24.5, 25.5]"),
        ("25", None, "none", None, "[24.5, 25.5]"),
        ("25.0", "25.0", "none", None, "[24.95, 25.05]"),
        ("79.5", "79.5", "none", None, "[79.45, 79.55]"),
        ("1000", "1000", "none", "100", "[950, 1050]"),
        ("25", "25", "about", "5", "[22.5, 27.5]"),
        ("10", "50", "about", "10", "[5, 55]"),
        ("12", "21", "range", None, "[12, 21]"),
        ("2020", "2020", "exact", None, "2020"),
        ("100", "100", "at-least", None, "[100, ∞)"),
        ("10", None, "more-than", None, "(10, ∞)"),
        (None, "30", "up-to", None, "(−∞, 30]"),
    ],
)
def test_each_hedge_as_the_article_uses_it(low, high, hedge, granularity, text):
    low, high, granularity = (None if x is None else Decimal(x) for x in (low, high, granularity))
    assert str(stands_for(low, high, hedge, granularity)) == text


@pytest.mark.parametrize("hedge", HEDGES)
@given(figure=st.integers(-999, 999).map(Decimal))
def test_a_figure_is_in_what_it_stands_for_save_where_it_says_more_than(hedge, figure):
    granularity = Decimal(5) if hedge == "about" else None
    assert stands_for(figure, figure, hedge, granularity).contains(figure) == (hedge != "more-than")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((Decimal(1), Decimal(1), "roughly", None), "unknown hedge 'roughly'"),
        ((None, None, "none", None), "no figure"),
        ((Decimal(2), Decimal(1), "range", None), "above"),
        ((Decimal(1), Decimal(2), "at-least", None), "single figure"),
        ((Decimal(1), Decimal(1), "about", None), "needs a granularity"),
        ((Decimal(1), Decimal(1), "about", Decimal(0)), "positive"),
        ((Decimal(1), Decimal(1), "exact", Decimal(1)), "takes no granularity"),
        ((Decimal("nan"), None, "none", None), "not a finite number"),
    ],
)
def test_what_stands_for_nothing_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        stands_for(*arguments)


def test_ten_and_ten_point_zero_differ():
    assert last_digit_unit(Decimal("10")) == 1
    assert last_digit_unit(Decimal("10.0")) == Decimal("0.1")
