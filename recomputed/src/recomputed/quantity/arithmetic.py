"""The arithmetic of intervals by name: what a derived number says it was computed with."""

from fractions import Fraction
from functools import reduce
from typing import TypeVar

from recomputed.quantity.intervals import Interval

Ratio = TypeVar("Ratio", Interval, Fraction)


def total(*values: Interval) -> Interval:
    """The sum."""
    return sum(values, start=Interval.point(0))


def mean(*values: Interval) -> Interval:
    """The unweighted arithmetic mean."""
    return total(*values) / len(values)


def difference(a: Interval, b: Interval) -> Interval:
    """a − b."""
    return a - b


def product(a: Interval, b: Interval) -> Interval:
    """a · b."""
    return a * b


def percent(ratio: Ratio) -> Ratio:
    """A ratio in percent."""
    return ratio * 100


def share(part: Interval, whole: Interval) -> Interval:
    """The part in percent of the whole, 100 · part/whole."""
    return percent(part / whole)


def rank(own: Interval, *others: Interval) -> Interval:
    """The rank from the largest [-]; a range where intervals overlap."""
    above = sum(own.certainly_less(other) for other in others)
    perhaps = sum(own.possibly_less(other) for other in others)
    return Interval.closed(1 + above, 1 + perhaps)


def hull(*ranges: Interval) -> Interval:
    """The smallest interval that contains all ranges."""
    return reduce(Interval.hull, ranges)


def largest(*values: Interval) -> Interval:
    """The largest of several values."""
    return -smallest(*(-value for value in values))


def smallest(*values: Interval) -> Interval:
    """The smallest of several values: its lower end is the least, its upper end the least upper end."""
    lows, highs = [v.low for v in values], [v.high for v in values]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = min((high for high in highs if high is not None), default=None)
    return Interval(low, high)


def spread(*values: Interval) -> Interval:
    """The largest minus the smallest."""
    return largest(*values) - smallest(*values)


def count_below(bound: Interval, *values: Interval) -> Interval:
    """How many values lie below the whole of `bound`: the certain ones up to the possible ones."""
    least = Interval.point(bound.low if bound.low is not None else Fraction(0))
    return Interval.closed(
        sum(value.certainly_less(least) for value in values),
        sum(value.possibly_less(least) for value in values),
    )


def length(period: Interval) -> Interval:
    """From the start of a period to its end."""
    if period.low is None or period.high is None:
        raise ValueError(f"{period} has no length")
    return Interval.point(period.high - period.low)
