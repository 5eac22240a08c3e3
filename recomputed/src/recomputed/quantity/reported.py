"""What a reported number stands for: rounding rules and hedges, as exact intervals.

A printed figure is a `Decimal` made from its text, so that 10 and 10.0 differ: the unit of its last digit
is 1 and 0.1. How a figure was rounded is rarely said, so `stands_for` takes the closed interval that holds
every number which some rule of rounding to the nearest would print that way.
"""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from fractions import Fraction

from recomputed.quantity.intervals import Interval

HEDGES = ("exact", "none", "about", "range", "at-least", "more-than", "up-to")
"""The closed vocabulary of hedges; `stands_for` says what each means."""

ROUNDING_RULES = (
    ROUND_HALF_UP,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_UP,
    ROUND_DOWN,
    ROUND_CEILING,
    ROUND_FLOOR,
)
"""The rounding rules, named and defined as the `decimal` module does (half up and up go away from 0)."""


def last_digit_unit(printed: Decimal) -> Decimal:
    """The unit of the last digit printed: 1 for 25, 0.1 for 25.0. Raises ValueError for no finite number."""
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{printed} is not a finite number")
    return Decimal(1).scaleb(exponent)


def rounds_to(printed: Decimal, rule: str, unit: Decimal | None = None) -> Interval:
    """All reals that `rule` rounds to `printed`, to a multiple of `unit` (by default that of the last digit).

    Raises ValueError for an unknown rule, a unit that is not positive, a value that is no multiple of it.
    """
    step = Fraction(last_digit_unit(printed) if unit is None else unit)
    if rule not in ROUNDING_RULES:
        raise ValueError(f"unknown rounding rule {rule!r}. Hint: {', '.join(ROUNDING_RULES)}")
    if step <= 0:
        raise ValueError(f"a unit of rounding is positive, not {unit}")
    value = Fraction(printed)
    if value % step:
        raise ValueError(f"{printed} is not a multiple of {unit}")
    if rule == ROUND_HALF_EVEN:
        odd = bool(value / step % 2)
        return Interval(value - step / 2, value + step / 2, odd, odd)
    if rule == ROUND_CEILING:
        return Interval(value - step, value, low_open=True)
    if rule == ROUND_FLOOR:
        return Interval(value, value + step, high_open=True)
    if value < 0:  # the four others are symmetric about 0
        return -_SYMMETRIC[rule](-value, step)
    return _SYMMETRIC[rule](value, step)


def stands_for(
    low: Decimal | None, high: Decimal | None, hedge: str, granularity: Decimal | None
) -> Interval:
    """The interval that a reported figure, or a reported range, stands for.

    low, high: the figure's ends as printed; for a single figure they are equal or one of them is None.
    hedge: `exact`, a count or a date: stands for itself. `none`, as printed: to the last digit's unit, or to
    the granularity where one is declared. `about`: each end widened by half the declared granularity.
    `range`: as it is. `at-least`, `more-than`, `up-to`: [x, ∞), (x, ∞), (−∞, x].
    Raises ValueError for an unknown hedge, no finite figure, low above high, a range where the hedge takes a
    single figure, a granularity that is missing, not positive, or given to a hedge that takes none.
    """
    if hedge not in HEDGES:
        raise ValueError(f"unknown hedge {hedge!r}. Hint: {', '.join(HEDGES)}")
    if granularity is None and hedge == "about":
        raise ValueError("hedge 'about' needs a granularity")
    if granularity is not None and hedge not in ("none", "about"):
        raise ValueError(f"hedge {hedge!r} takes no granularity")
    if granularity is not None and granularity <= 0:
        raise ValueError(f"a granularity is positive, not {granularity}")
    first, last = _both_ends(low, high)
    if hedge in ("exact", "range"):
        return Interval.closed(first, last)
    if hedge in ("none", "about"):
        below = Fraction(granularity or last_digit_unit(first)) / 2
        above = Fraction(granularity or last_digit_unit(last)) / 2
        return Interval.closed(Fraction(first) - below, Fraction(last) + above)
    if first != last:
        raise ValueError(f"hedge {hedge!r} takes a single figure, not {low} to {high}")
    if hedge == "up-to":
        return Interval(None, Fraction(first))
    return Interval(Fraction(first), None, low_open=hedge == "more-than")


def _both_ends(low: Decimal | None, high: Decimal | None) -> tuple[Decimal, Decimal]:
    first = high if low is None else low
    last = low if high is None else high
    if first is None or last is None:
        raise ValueError("no figure is reported")
    for figure in (first, last):
        last_digit_unit(figure)  # refuses what is not finite
    if first > last:
        raise ValueError(f"low {low} is above high {high}")
    return first, last


def _half_up(value: Fraction, unit: Fraction) -> Interval:
    return Interval(value - unit / 2, value + unit / 2, low_open=value == 0, high_open=True)


def _half_down(value: Fraction, unit: Fraction) -> Interval:
    return Interval(value - unit / 2, value + unit / 2, low_open=value != 0)


def _up(value: Fraction, unit: Fraction) -> Interval:
    return Interval(value - unit, value, low_open=True) if value else Interval.point(0)


def _down(value: Fraction, unit: Fraction) -> Interval:
    return Interval(value if value else -unit, value + unit, low_open=value == 0, high_open=True)


_SYMMETRIC: dict[str, Callable[[Fraction, Fraction], Interval]] = {
    ROUND_HALF_UP: _half_up,
    ROUND_HALF_DOWN: _half_down,
    ROUND_UP: _up,
    ROUND_DOWN: _down,
}
