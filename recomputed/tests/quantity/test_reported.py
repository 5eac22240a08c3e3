"""A printed number stands for all the numbers that would be printed so, and for no others."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.quantity.intervals import Interval
from recomputed.quantity.reported import HEDGES, ROUNDING_RULES, last_digit_unit, rounds_to, stands_for

PLACES = st.integers(-2, 3)


@pytest.mark.parametrize("rule", ROUNDING_RULES)
@given(number=st.integers(-(10**7), 10**7).map(lambda n: Decimal(n).scaleb(-5)), places=PLACES)
def test_a_number_is_in_what_its_rounding_stands_for(rule, number, places):
    printed = number.quantize(Decimal(1).scaleb(-places), rounding=rule)
    assert rounds_to(printed, rule).contains(number)


@pytest.mark.parametrize("rule", ROUNDING_RULES)
@given(count=st.integers(-200, 200), places=PLACES)
def test_what_a_figure_stands_for_rounds_back_to_it_up_to_its_very_ends(rule, count, places):
    """A closed end rounds to the figure and beyond it nothing does; just within an open end all does."""
    unit = Decimal(1).scaleb(-places)
    printed = count * unit
    preimage = rounds_to(printed, rule)
    hair = unit / 1000

    def rounds_back(end, step):
        number = Decimal(end.numerator) / Decimal(end.denominator) + step
        return number.quantize(unit, rounding=rule) == printed

    assert rounds_back(preimage.low, 0) != preimage.low_open
    assert rounds_back(preimage.high, 0) != preimage.high_open
    assert not rounds_back(preimage.low, -hair)
    assert not rounds_back(preimage.high, hair)
    if not preimage.is_point:
        assert rounds_back(preimage.low, hair)
        assert rounds_back(preimage.high, -hair)


@given(count=st.integers(-200, 200), places=PLACES)
def test_as_printed_stands_for_all_that_some_rule_to_the_nearest_prints_so(count, places):
    printed = count * Decimal(1).scaleb(-places)
    rules = [rounds_to(printed, rule) for rule in ("ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN")]
    assert stands_for(printed, printed, "none", None).contains(rules[0].hull(rules[1]).hull(rules[2]))


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


def test_rounding_refuses_what_its_rule_cannot_print():
    with pytest.raises(ValueError, match="not a multiple"):
        rounds_to(Decimal("2.5"), "ROUND_HALF_UP", Decimal(1))
    with pytest.raises(ValueError, match="unknown rounding rule"):
        rounds_to(Decimal("2.5"), "half-up")
    with pytest.raises(ValueError, match="positive"):
        rounds_to(Decimal("2.5"), "ROUND_UP", Decimal(0))


def test_ten_and_ten_point_zero_differ():
    assert last_digit_unit(Decimal("10")) == 1
    assert last_digit_unit(Decimal("10.0")) == Decimal("0.1")
    assert rounds_to(Decimal("10"), "ROUND_FLOOR") == Interval(Fraction(10), Fraction(11), high_open=True)
