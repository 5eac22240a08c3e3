"""Exact intervals of real numbers: open and closed ends, infinities, arithmetic with the tightest bounds.

An `Interval` is a set of reals. `x op y` is the set of all results of `op` on a member of each, never wider:
an end is closed if and only if some pair of members reaches it. Ends are `Fraction`; a binary float is
refused. An expression that uses a variable twice loses that tightness, so `rise` uses each of its
variables once.

Source of the rules: Moore, Kearfott & Cloud, *Introduction to Interval Analysis* (2009), chapters 2 and 5.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import inf

Exact = int | str | Decimal | Fraction


def exact(x: Exact) -> Fraction:
    """`x` as a fraction, without loss.

    Raises TypeError for a float or a bool, ValueError for text that is no number.
    """
    if isinstance(x, Fraction):
        return x
    if isinstance(x, bool) or not isinstance(x, int | str | Decimal):
        raise TypeError(f"an exact number is an int, a str, a Decimal or a Fraction, not {x!r}")
    return Fraction(x)


@dataclass(frozen=True, slots=True)
class Interval:
    """The reals between `low` and `high`; None is unbounded on that side, and an unbounded side is open.

    Raises TypeError for an end that is not exact, ValueError where no real number is left.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        for end in ("low", "high"):
            value = getattr(self, end)
            if value is None:
                object.__setattr__(self, f"{end}_open", True)
            else:
                object.__setattr__(self, end, exact(value))
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise ValueError(f"low {self.low} is above high {self.high}")
            if self.low == self.high and (self.low_open or self.high_open):
                raise ValueError(f"no number is left between two ends at {self.low} of which one is open")

    @classmethod
    def point(cls, x: Exact) -> "Interval":
        """The set of `x` alone."""
        return cls(exact(x), exact(x))

    @classmethod
    def closed(cls, low: Exact, high: Exact) -> "Interval":
        """`[low, high]`."""
        return cls(exact(low), exact(high))

    @property
    def is_point(self) -> bool:
        """Whether exactly one number is in it."""
        return self.low is not None and self.low == self.high

    @property
    def value(self) -> Fraction:
        """The one number in it. Raises ValueError if there are more."""
        if self.low is None or self.low != self.high:
            raise ValueError(f"{self} is not a single number")
        return self.low

    def contains(self, other: "Exact | Interval") -> bool:
        """Whether a number, or every number of another interval, is in it."""
        other = _interval(other)
        above = _low_key(self) <= _low_key(other)
        return above and _high_key(other) <= _high_key(self)

    def intersection(self, other: "Interval") -> "Interval | None":
        """The numbers in both; None if there are none."""
        low, high = max(self, other, key=_low_key), min(self, other, key=_high_key)
        try:
            return Interval(low.low, high.high, low.low_open, high.high_open)
        except ValueError:
            return None

    def hull(self, other: "Interval") -> "Interval":
        """The smallest interval that contains both."""
        low, high = min(self, other, key=_low_key), max(self, other, key=_high_key)
        return Interval(low.low, high.high, low.low_open, high.high_open)

    def certainly_less(self, other: "Exact | Interval") -> bool:
        """Whether every number in it is below every number of the other."""
        other = _interval(other)
        if self.high is None or other.low is None:
            return False
        touching = self.high == other.low and (self.high_open or other.low_open)
        return self.high < other.low or touching

    def possibly_less(self, other: "Exact | Interval") -> bool:
        """Whether some number in it is below some number of the other."""
        other = _interval(other)
        return self.low is None or other.high is None or self.low < other.high

    def __neg__(self) -> "Interval":
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def __add__(self, other: "Exact | Interval") -> "Interval":
        other = _interval(other)
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Interval(low, high, self.low_open or other.low_open, self.high_open or other.high_open)

    def __radd__(self, other: Exact) -> "Interval":
        return self + other

    def __sub__(self, other: "Exact | Interval") -> "Interval":
        return self + -_interval(other)

    def __rsub__(self, other: Exact) -> "Interval":
        return _interval(other) - self

    def __mul__(self, other: "Exact | Interval") -> "Interval":
        corners = [_multiply(a, b) for a, b in product(_ends(self), _ends(_interval(other)))]
        low = min(corners, key=lambda corner: (corner[0], corner[1]))
        high = max(corners, key=lambda corner: (corner[0], not corner[1]))
        return Interval(_finite(low[0]), _finite(high[0]), low[1], high[1])

    def __rmul__(self, other: Exact) -> "Interval":
        return self * other

    def __truediv__(self, other: "Exact | Interval") -> "Interval":
        """Raises ZeroDivisionError where the divisor contains 0; an open end at 0 is allowed."""
        return self * _reciprocal(_interval(other))

    def __rtruediv__(self, other: Exact) -> "Interval":
        return _interval(other) / self

    def __str__(self) -> str:
        if self.is_point:
            return _text(self.value)
        left = "(" if self.low_open else "["
        right = ")" if self.high_open else "]"
        low = "−∞" if self.low is None else _text(self.low)
        high = "∞" if self.high is None else _text(self.high)
        return f"{left}{low}, {high}{right}"


def rise(after: Interval, before: Interval) -> Interval:
    """The relative change [-], after/before − 1. Each variable is used once, so the bounds are exact."""
    return after / before - 1


def ratio_hull(a: Interval, b: Interval) -> Interval:
    """Every ratio of a member of `a` to one of `b`: [a.low/b.high, a.high/b.low] where both are positive."""
    return a / b


def ratio_ends(a: Interval, b: Interval) -> tuple[Fraction, Fraction]:
    """The ratios of the paired ends: a.low/b.low, then a.high/b.high.

    Raises ValueError where an end is open, unbounded or not positive: then no pair of it exists.
    """
    a_low, a_high, b_low, b_high = _reached(a, b)
    return a_low / b_low, a_high / b_high


def ratio_paired(a: Interval, b: Interval) -> Interval:
    """From the lesser to the greater of the paired ends (see `ratio_ends`)."""
    return Interval.closed(*sorted(ratio_ends(a, b)))


def ratio_attained(a: Interval, b: Interval) -> tuple[Interval, Interval]:
    """Where the lowest and the highest ratio must lie if real cases reach each end of `a` and of `b`.

    The case with b.low has a ratio of at least a.low/b.low and that with a.low one of at most a.low/b.low;
    likewise at the high ends. So the lowest ratio is in [a.low/b.high, lesser paired end], the highest in
    [greater paired end, a.high/b.low]. Raises ValueError as `ratio_ends` does.
    """
    a_low, a_high, b_low, b_high = _reached(a, b)
    lesser, greater = sorted((a_low / b_low, a_high / b_high))
    return Interval.closed(a_low / b_high, lesser), Interval.closed(greater, a_high / b_low)


def _interval(x: Exact | Interval) -> Interval:
    return x if isinstance(x, Interval) else Interval.point(x)


def _low_key(x: Interval) -> tuple[Fraction | float, bool]:
    return (-inf if x.low is None else x.low), x.low_open


def _high_key(x: Interval) -> tuple[Fraction | float, bool]:
    return (inf if x.high is None else x.high), not x.high_open


End = tuple[Fraction | float, bool]  # the value, infinite as a float, and whether it is only approached


def _ends(x: Interval) -> tuple[End, End]:
    low: Fraction | float = -inf if x.low is None else x.low
    high: Fraction | float = inf if x.high is None else x.high
    return (low, x.low_open), (high, x.high_open)


def _multiply(a: End, b: End) -> End:
    if a[0] == 0 or b[0] == 0:
        # A zero that is reached makes 0 with any partner; one that is approached brings the product near.
        reached = (a[0] == 0 and not a[1]) or (b[0] == 0 and not b[1])
        return Fraction(0), not reached
    if inf in (abs(a[0]), abs(b[0])):
        return (inf if (a[0] > 0) == (b[0] > 0) else -inf), True
    return a[0] * b[0], a[1] or b[1]


def _finite(x: Fraction | float) -> Fraction | None:
    return x if isinstance(x, Fraction) else None


def _reciprocal(x: Interval) -> Interval:
    if x.contains(0):
        raise ZeroDivisionError(f"{x} contains 0")
    low = Fraction(0) if x.high is None else None if x.high == 0 else 1 / x.high
    high = Fraction(0) if x.low is None else None if x.low == 0 else 1 / x.low
    return Interval(low, high, x.high_open, x.low_open)


def _reached(a: Interval, b: Interval) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    return *_positive_ends(a), *_positive_ends(b)


def _positive_ends(x: Interval) -> tuple[Fraction, Fraction]:
    if x.low is None or x.high is None or x.low_open or x.high_open or x.low <= 0:
        raise ValueError(f"{x} does not have two positive ends that a case can reach")
    return x.low, x.high


def _text(x: Fraction) -> str:
    """A decimal where one is exact within 12 digits, else the fraction."""
    if x.denominator == 1:
        return str(x.numerator)
    decimal = Decimal(x.numerator) / Decimal(x.denominator)
    short = decimal.normalize()
    return format(short, "f") if Fraction(short) == x and len(short.as_tuple().digits) <= 12 else str(x)
