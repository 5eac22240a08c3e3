"""What a reported number stands for, rounded or hedged as it is, as an exact interval.

A printed figure is a `Decimal` made from its text, so that 10 and 10.0 differ: the unit of its last digit
is 1 and 0.1. How a figure was rounded is rarely said, so `stands_for` takes the closed interval that holds
every number which some rule of rounding to the nearest would print that way.
"""

from decimal import Decimal
from fractions import Fraction

from recomputed.quantity.intervals import Interval

HEDGES = ("exact", "none", "about", "range", "at-least", "more-than", "up-to")
"""The closed vocabulary of hedges; `stands_for` says what each means."""


def last_digit_unit(printed: Decimal) -> Decimal:
    """The unit of the last digit printed: 1 for 25, 0.1 for 25.0. Raises ValueError for no finite number."""
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{printed} is not a finite number")
    return Decimal(1).scaleb(exponent)


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
