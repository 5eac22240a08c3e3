"""Intervals in the messages of the checks: short, in a language, by default English, ranges with an en dash."""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel.numbers import get_decimal_symbol

from recomputed.language import catalogue
from recomputed.language.wording import BILLION, MILLION, scale_name
from recomputed.quantity.intervals import Interval


@lru_cache(maxsize=4096)
def show(interval: Interval, *, digits: int = 1, language: str = catalogue.ENGLISH) -> str:
    """A figure, a range, or a bound in words; each end rounded half to even to at most `digits` decimals."""
    low, high = interval.low, interval.high
    words = catalogue.language(language)["numbers"]
    if low is None and high is None:
        return str(words["any"])
    if high is None and low is not None:
        bound = words["hedges"]["more-than" if interval.low_open else "at-least"]
        return f"{bound} {show_figure(low, digits, language)}"
    if low is None and high is not None:
        bound = words["less-than"] if interval.high_open else words["hedges"]["up-to"]
        return f"{bound} {show_figure(high, digits, language)}"
    assert low is not None
    assert high is not None
    smallest = min(abs(low), abs(high))
    size = next((size for size in (BILLION, MILLION) if smallest >= size), 1)
    first, last = (_digits(end / size, digits if size == 1 else 1, language) for end in (low, high))
    between = f" {words['to']} " if low < 0 else "–"  # an en dash would stand before a minus sign
    figure = first if first == last else f"{first}{between}{last}"
    return figure if size == 1 else f"{figure} {scale_name(size, language, _rounded(high / size, 1))}"


def show_figure(x: Fraction, digits: int = 1, language: str = catalogue.ENGLISH) -> str:
    """One figure, without trailing zeros; from a million up in millions or billions, with one decimal."""
    return show(Interval.point(x), digits=digits, language=language)


def _digits(x: Fraction, digits: int, language: str) -> str:
    text = format(_rounded(x, digits), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "−").replace(".", get_decimal_symbol(language))


def _rounded(x: Fraction, digits: int) -> Decimal:
    """Half to even, of any length."""
    return Decimal(f"{round(x * Fraction(10) ** digits)}E{-digits}")
