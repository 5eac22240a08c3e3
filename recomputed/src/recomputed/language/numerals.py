"""Intervals in the messages of the checks: short, ranges with an en dash, as a language writes them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from recomputed.language.catalogue import ENGLISH
from recomputed.language.catalogue import language as language_of
from recomputed.quantity.intervals import Interval

PERCENT = frozenset({"percent-share", "percent-change", "percent-ratio"})
"""The units that are written with a percent sign."""


@lru_cache(maxsize=4096)
def show(interval: Interval, *, digits: int = 1, language: str = ENGLISH) -> str:
    """A figure, a range, or a bound in words; each end rounded half to even to at most `digits` decimals.

    No trailing zeros; from a million up in millions or billions, with one decimal.
    """
    low, high, words = interval.low, interval.high, language_of(language)["findings.figures"]
    if low is None and high is None:
        return str(words["any"])
    if high is None and low is not None:
        bound = words["above" if interval.low_open else "least"]
        return str(bound).format(figure=show(Interval.point(low), digits=digits, language=language))
    if low is None and high is not None:
        bound = words["below" if interval.high_open else "most"]
        return str(bound).format(figure=show(Interval.point(high), digits=digits, language=language))
    assert low is not None
    assert high is not None
    smallest = min(abs(low), abs(high))
    size, name = next((scale for scale in words["scales"] if smallest >= scale[0]), (1, ""))
    first, last = (_digits(end / size, 1 if name else digits, words) for end in (low, high))
    figure = first if first == last else f"{first}{words['to'] if low < 0 else '–'}{last}"
    return f"{figure} {name}" if name else figure


def _digits(x: Fraction, digits: int, words: Mapping[str, Any]) -> str:
    step = Decimal(1).scaleb(-digits)
    rounded = (Decimal(x.numerator) / Decimal(x.denominator)).quantize(step, rounding=ROUND_HALF_EVEN)
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.replace(".", str(words["decimal"]))
