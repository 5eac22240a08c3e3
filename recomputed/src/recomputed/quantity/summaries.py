"""Statistics of columns of many values, exact: sums, means, medians and quantiles as fractions.

A root (`sd`, `correlation`) is seldom a fraction. It is given as the interval between two neighbours of twelve
significant digits, in which it surely lies.
"""

from collections.abc import Callable, Iterator, Sequence, Sized
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor, isqrt
from typing import TYPE_CHECKING, Any

from recomputed.quantity.intervals import Exact, Interval, exact

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 2**63 - 1  # of a 64-bit integer
BITS = 20  # of the low part, where a factor is split
ROOT_DIGITS = 12  # significant digits of a root


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """The numbers of one column: `scaled` times 10 to the power of −`places`, integers of any size.

    `absent` marks the rows whose cell is empty, where `scaled` is 0; None where no cell is.
    """

    scaled: "NDArray[Any]"
    places: int
    absent: "NDArray[Any] | None" = None

    @classmethod
    def read(cls, texts: Sequence[str], missing: frozenset[str]) -> "Values":
        """From the texts of cells that are decimal numbers, or one of the `missing` texts."""
        import numpy as np

        distinct = set(texts)
        present = distinct - missing
        places = max((len(text.partition(".")[2]) for text in present), default=0)
        number = {text: _scaled(text, places) for text in present} | dict.fromkeys(distinct & missing, 0)
        fits = all(abs(value) <= LARGEST for value in number.values())
        kind: Any = np.int64 if fits else object
        scaled = np.fromiter(map(number.__getitem__, texts), kind, len(texts))
        empty = distinct & missing
        absent = np.fromiter(map(empty.__contains__, texts), bool, len(texts)) if empty else None
        return cls(scaled, places, absent)

    def at(self, rows: Sequence[int]) -> "Values":
        """Those of some rows, by their indices."""
        if isinstance(rows, range) and rows == range(len(self)):
            return self
        import numpy as np

        indices = np.asarray(rows, dtype=np.int64)
        return Values(
            self.scaled[indices], self.places, None if self.absent is None else self.absent[indices]
        )

    def within(self, low: Exact | None, high: Exact | None) -> "NDArray[Any]":
        """Which are at least `low` and at most `high`; an empty cell is neither."""
        import numpy as np

        holds = np.ones(len(self), bool) if self.absent is None else ~self.absent
        if low is not None:
            holds &= self.scaled >= ceil(exact(low) * 10**self.places)
        if high is not None:
            holds &= self.scaled <= floor(exact(high) * 10**self.places)
        return holds

    def __len__(self) -> int:
        return len(self.scaled)

    def __iter__(self) -> Iterator[Fraction]:
        return map(self.fraction, self.scaled)

    def fraction(self, scaled: Any) -> Fraction:
        """What a scaled number is worth."""
        return Fraction(int(scaled), 10**self.places)

    def floats(self) -> "NDArray[Any]":
        """As floats, not a number where a cell is empty: for a package that estimates."""
        import numpy as np

        # Both the integer and the power of ten are exact up to 2**53, so the quotient is the nearest float.
        floats = self.scaled.astype(float) / float(10**self.places)
        return floats if self.absent is None else np.where(self.absent, np.nan, floats)


Statistic = Callable[..., Fraction | int | Interval]
"""A function of one or more columns, each `Values` or a sequence of texts, of the same rows; or of the rows."""


def number_of(values: Sized) -> int:
    """How many there are."""
    return len(values)


def share(*texts: str) -> Statistic:
    """The statistic: how many of the cells are one of `texts`, in percent of them all. ValueError where none is."""

    def percent(cells: Sequence[str]) -> Fraction:
        part = sum(map(frozenset(texts).__contains__, cells))
        if not part:
            raise ValueError(f"no cell is {' or '.join(map(repr, texts))}")
        return Fraction(100 * part, len(cells))

    return percent


def total(values: Values) -> Fraction:
    """The sum."""
    return values.fraction(_sum(values.scaled))


def mean(values: Values) -> Fraction:
    """The arithmetic mean."""
    return total(values) / len(values)


def quantile(q: Exact) -> Statistic:
    """The statistic: the `q`-quantile, interpolated linearly between the nearest ranks, as numpy does by default.

    Source: Hyndman & Fan (1996), *The American Statistician* 50, 361–365, definition 7. ValueError for q outside
    [0, 1].
    """
    part = exact(q)
    if not 0 <= part <= 1:
        raise ValueError(f"a quantile is between 0 and 1, not {q}")

    def linear(values: Values) -> Fraction:
        import numpy as np

        rank = part * (len(values) - 1)
        below, above = rank.__floor__(), rank.__ceil__()
        near = np.partition(values.scaled, sorted({below, above}))
        low, high = values.fraction(near[below]), values.fraction(near[above])
        return low + (high - low) * (rank - below)

    return linear


def median(values: Values) -> Fraction:
    """The middle value, or the mean of the two middle ones."""
    found = quantile("1/2")(values)
    assert isinstance(found, Fraction)
    return found


def smallest(values: Values) -> Fraction:
    """The smallest value."""
    return values.fraction(values.scaled.min())


def largest(values: Values) -> Fraction:
    """The largest value."""
    return values.fraction(values.scaled.max())


def sd(values: Values) -> Interval:
    """The sample standard deviation, over n − 1. Raises ValueError for fewer than two values."""
    n = len(values)
    if n < 2:
        raise ValueError("a standard deviation needs at least two values")
    return root(Fraction(_products(values.scaled, values.scaled), n * (n - 1) * 10 ** (2 * values.places)))


def correlation(x: Values, y: Values) -> Interval:
    """Pearson's correlation [-]. Raises ValueError where a column does not vary."""
    of_x, of_y = _products(x.scaled, x.scaled), _products(y.scaled, y.scaled)
    if not of_x or not of_y:
        raise ValueError("a correlation needs two columns that vary")
    both = _products(x.scaled, y.scaled)
    size = root(Fraction(both**2, of_x * of_y))
    return size if both >= 0 else -size


def root(square: Fraction) -> Interval:
    """The square root: itself where it is a fraction, else between its neighbours of twelve significant digits."""
    top, bottom = isqrt(square.numerator), isqrt(square.denominator)
    if (top**2, bottom**2) == (square.numerator, square.denominator):
        return Interval.point(Fraction(top, bottom))
    magnitude = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt().adjusted()
    unit = Fraction(10) ** (magnitude + 1 - ROOT_DIGITS)
    steps = isqrt((square / unit**2).__floor__())
    return Interval.closed(steps * unit, (steps + 1) * unit)


def _scaled(text: str, places: int) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(places, "0"))


def _sum(scaled: "NDArray[Any]") -> int:
    return int((scaled if _fits(scaled, len(scaled)) else scaled.astype(object)).sum())


def _products(a: "NDArray[Any]", b: "NDArray[Any]") -> int:
    """n·Σab − Σa·Σb, the deviations' products times n. Each is counted from near its mean, to keep it small."""
    n = len(a)
    if not (_fits(a, 2) and _fits(b, 2)):
        a, b = a.astype(object), b.astype(object)
    a, b = a - _sum(a) // n, b - _sum(b) // n
    return n * _dot(a, b) - _sum(a) * _sum(b)


def _dot(a: "NDArray[Any]", b: "NDArray[Any]") -> int:
    """Σab. Where a 64-bit integer could not hold it, the larger factor is split into its high and its low bits."""
    if a.dtype == object or _size(a) * _size(b) * len(a) <= LARGEST:
        return int(a @ b)
    if max(_size(a), _size(b)) <= 1 << BITS:
        half = len(a) // 2
        return _dot(a[:half], b[:half]) + _dot(a[half:], b[half:])
    large, other = (a, b) if _size(a) >= _size(b) else (b, a)
    return (_dot(large >> BITS, other) << BITS) + _dot(large & ((1 << BITS) - 1), other)


def _size(scaled: "NDArray[Any]") -> int:
    return max(abs(int(scaled.min())), abs(int(scaled.max())), 1)


def _fits(scaled: "NDArray[Any]", times: int) -> bool:
    """Whether a sum of so many of them is surely a 64-bit integer."""
    return _size(scaled) * times <= LARGEST
