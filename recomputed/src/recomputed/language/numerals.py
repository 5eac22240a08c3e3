"""Intervals in the messages of the checks: short, in English or in Indonesian, ranges with an en dash."""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from functools import lru_cache

from recomputed.quantity.intervals import Interval

SCALES = {"en": ((10**9, "billion"), (10**6, "million")), "id": ((10**9, "miliar"), (10**6, "juta"))}
_TO = {"en": " to ", "id": " sampai "}  # where an en dash would stand before a minus sign
BOUNDS = {
    "en": ("more than", "at least", "less than", "up to"),
    "id": ("lebih dari", "minimal", "kurang dari", "hingga"),
}


@lru_cache(maxsize=4096)
def show(interval: Interval, *, digits: int = 1, language: str = "en") -> str:
    """A figure, a range, or a bound in words; each end rounded half to even to at most `digits` decimals."""
    low, high = interval.low, interval.high
    above, least, below, most = BOUNDS[language]
    if low is None and high is None:
        return "any number" if language == "en" else "bilangan apa pun"
    if high is None and low is not None:
        return f"{above if interval.low_open else least} {show_figure(low, digits, language)}"
    if low is None and high is not None:
        return f"{below if interval.high_open else most} {show_figure(high, digits, language)}"
    assert low is not None
    assert high is not None
    size, name = next((scale for scale in SCALES[language] if min(abs(low), abs(high)) >= scale[0]), (1, ""))
    places = 1 if name else digits
    first, last = (_digits(end / size, places, language) for end in (low, high))
    between = _TO[language] if low < 0 else "–"
    figure = first if first == last else f"{first}{between}{last}"
    return f"{figure} {name}" if name else figure


def show_figure(x: Fraction, digits: int = 1, language: str = "en") -> str:
    """One figure, without trailing zeros; from a million up in millions or billions, with one decimal."""
    return show(Interval.point(x), digits=digits, language=language)


def _digits(x: Fraction, digits: int, language: str) -> str:
    step = Decimal(1).scaleb(-digits)
    rounded = (Decimal(x.numerator) / Decimal(x.denominator)).quantize(step, rounding=ROUND_HALF_EVEN)
    text = format(rounded, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.replace(".", ",") if language == "id" else text
