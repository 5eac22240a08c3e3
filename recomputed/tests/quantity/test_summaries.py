"""Statistics of columns are exact: they agree with Python's own on fractions, whatever the digits."""

import math
import statistics
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.quantity.intervals import Interval
from recomputed.quantity.summaries import (
    Values,
    correlation,
    largest,
    mean,
    median,
    number_of,
    quantile,
    root,
    sd,
    share,
    smallest,
    total,
)

WHOLE = st.integers(-(10**22), 10**22)  # beyond 64 bits, too
TEXTS = st.one_of(
    st.decimals(-1000, 1000, places=2).map(str),
    st.decimals(-10, 10, places=5).map("{:f}".format),
    WHOLE.map(str),
)


def values(*texts: str) -> Values:
    return Values.read(texts, frozenset({""}))


@given(st.lists(TEXTS, min_size=2, max_size=30))
def test_sums_means_and_ranks_are_those_of_the_fractions(texts: list[str]) -> None:
    read, exact = values(*texts), [Fraction(text) for text in texts]
    assert list(read) == exact
    assert (total(read), mean(read)) == (sum(exact), statistics.mean(exact))
    assert (median(read), smallest(read), largest(read)) == (statistics.median(exact), min(exact), max(exact))
    assert number_of(read) == len(exact)


@given(st.lists(TEXTS, min_size=2, max_size=20))
def test_a_quartile_is_that_of_the_inclusive_method(texts: list[str]) -> None:
    """`statistics.quantiles` with `inclusive` interpolates as numpy does by default."""
    expected = statistics.quantiles([Fraction(text) for text in texts], n=4, method="inclusive")
    assert [quantile(f"{nth}/4")(values(*texts)) for nth in (1, 2, 3)] == expected


@given(st.lists(TEXTS, min_size=2, max_size=20))
def test_the_square_of_the_standard_deviation_encloses_the_variance(texts: list[str]) -> None:
    found = sd(values(*texts))
    variance = statistics.variance([Fraction(text) for text in texts])
    assert found.low is not None
    assert found.high is not None
    assert found.low**2 <= variance <= found.high**2
    assert found.high - found.low <= found.low / 10**11


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=3, max_size=20))
def test_the_square_of_the_correlation_encloses_its_fraction(pairs: list[tuple[str, str]]) -> None:
    x, y = ([Fraction(text) for text in column] for column in zip(*pairs, strict=True))
    read = [values(*column) for column in zip(*pairs, strict=True)]
    if len(set(x)) == 1 or len(set(y)) == 1:
        with pytest.raises(ValueError, match="vary"):
            correlation(*read)
        return
    found = correlation(*read)
    covariance = sum((a - statistics.mean(x)) * (b - statistics.mean(y)) for a, b in zip(x, y, strict=True))
    spread = [sum((one - statistics.mean(column)) ** 2 for one in column) for column in (x, y)]
    ends = [end for end in (found.low, found.high) if end is not None]
    squares = sorted(end**2 for end in ends)
    assert squares[0] <= Fraction(covariance) ** 2 / (spread[0] * spread[1]) <= squares[-1]
    assert all(end * covariance >= 0 for end in ends)


def test_they_agree_with_numpy_on_a_thousand_values() -> None:
    made = [index * 7919 % 997 / 8 for index in range(1000)]
    other = [index * 104729 % 499 for index in range(1000)]
    x, y = values(*map(str, made)), values(*map(str, other))
    assert math.isclose(np.std(made, ddof=1), float(_low(sd(x))), rel_tol=1e-11)
    assert math.isclose(np.corrcoef(made, other)[0, 1], float(_low(correlation(x, y))), rel_tol=1e-9)
    assert np.quantile(made, 0.3) == float(quantile("0.3")(x))  # type: ignore[arg-type]
    assert x.floats().tolist() == made


def _low(interval: Interval) -> Fraction:
    assert interval.low is not None
    return interval.low


def test_a_root_that_is_a_fraction_is_a_point() -> None:
    assert root(Fraction(9, 4)) == Interval.point(Fraction(3, 2))
    assert root(Fraction(2)) == Interval.closed("1.41421356237", "1.41421356238")


def test_a_share_is_a_percentage_of_the_cells() -> None:
    assert share("a", "c")(["a", "b", "c", "b"]) == 50
    with pytest.raises(ValueError, match="no cell is 'd'"):
        share("d")(["a"])


@pytest.mark.parametrize("q", ["-0.1", "1.5"])
def test_a_quantile_beyond_its_range_is_refused(q: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        quantile(q)


def test_an_empty_cell_is_marked_and_no_float() -> None:
    read = values("1.5", "", "2")
    assert read.absent is not None
    assert read.absent.tolist() == [False, True, False]
    assert math.isnan(read.floats()[1])
