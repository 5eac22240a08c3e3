"""Statistics of few cases: rank correlation and its exact permutation distribution."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import permutations
from math import factorial

from recomputed.quantity.intervals import Interval

Ranks = tuple[int, ...]


def spearman(a: Ranks, b: Ranks) -> Fraction:
    """Spearman's rank correlation [-] of two orders without ties, 1 − 6·Σd²/(n·(n²−1)).

    Source: Spearman (1904), *American Journal of Psychology* 15, 72–101. Raises ValueError for n < 2.
    """
    n = len(a)
    if n < 2:
        raise ValueError("a rank correlation needs at least two cases")
    squares = sum((x - y) ** 2 for x, y in zip(a, b, strict=True))
    return 1 - Fraction(6 * squares, n * (n * n - 1))


def possible_orders(values: Sequence[Interval]) -> list[Ranks]:
    """Every order, as ranks from the smallest, that the values can have; one where no two overlap."""
    n = len(values)
    orders = []
    for ranks in permutations(range(1, n + 1)):
        contradicted = any(
            ranks[i] < ranks[j] and values[j].certainly_less(values[i]) for i in range(n) for j in range(n)
        )
        if not contradicted:
            orders.append(ranks)
    return orders


def correlation(*values: Interval) -> Interval:
    """Spearman's correlation [-] of the first half of `values` with the second; a range where orders can differ."""
    return _hull(spearman(a, b) for a, b in _pairs(values))


def p_value(*values: Interval) -> Interval:
    """The exact one-sided p [-]: the share of all orders that correlate at least as strongly as those observed."""
    return _hull(exact_p(spearman(a, b), len(a)) for a, b in _pairs(values))


def exact_p(observed: Fraction, n: int) -> Fraction:
    """The share [-] of the n! orders whose correlation with 1..n is at least `observed`."""
    first = tuple(range(1, n + 1))
    at_least = sum(spearman(first, order) >= observed for order in permutations(first))
    return Fraction(at_least, factorial(n))


def orders(cases: Interval) -> Interval:
    """How many orders n cases can have, n!."""
    return Interval.point(factorial(int(cases.value)))


def smallest_p(cases: Interval) -> Interval:
    """The smallest one-sided p [-] that n cases can give, 1/n!: the one order that agrees entirely."""
    return 1 / orders(cases)


def _pairs(values: Sequence[Interval]) -> Iterator[tuple[Ranks, Ranks]]:
    half = len(values) // 2
    seconds = possible_orders(values[half:])
    for first in possible_orders(values[:half]):
        for second in seconds:
            yield first, second


def _hull(results: Iterator[Fraction]) -> Interval:
    values = list(results)
    return Interval.closed(min(values), max(values))
