"""How a number is written: once, at the edge, in Indonesian or in English."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal
from num2words import num2words

from recomputed.language.numerals import PERCENT
from recomputed.paper_toml import UnitWording, paper_settings
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Number

LOCALES = ("id", "en")
NBSP = "\u00a0"
UNGROUPED = {"year"}
CHANGES = "percent-change"
MOVES = {
    "id": ("naik {}", "turun {}", "tidak berubah ({})"),
    "en": ("rose by {}", "fell by {}", "did not change ({})"),
}
ABOUT = {"id": "sekitar", "en": "about"}
SCALES = {"id": ((10**9, "miliar"), (10**6, "juta")), "en": ((10**9, "billion"), (10**6, "million"))}


def write(number: Number, locale: str = "id") -> str:
    """The number in digits, a range with an en dash, with the sign or scale that belongs to its unit.

    Raises ValueError for a locale that is neither `id` nor `en`, or a value without end.
    """
    wording = paper_settings().units.get(number.unit, UnitWording())
    text = _scaled(number, locale) if wording.scaled else write_range(number, locale)
    sign = "%" if number.unit in PERCENT else ""
    return f"{wording.prefix.get(locale, '')}{text}{sign}{wording.suffix.get(locale, '')}"


def write_range(number: Number, locale: str = "id") -> str:
    """The number in digits alone, a range with an en dash."""
    return _join(number.value, _pen(number, locale))


def write_end(number: Number, end: str, locale: str = "id") -> str:
    """The `low` or the `high` end in digits, with the sign of its unit. Raises ValueError for another end."""
    if end not in ("low", "high"):
        raise ValueError(f"a range has the ends low and high, not {end!r}")
    value = number.value.low if end == "low" else number.value.high
    if value is None:
        raise ValueError(f"{number.id} has no {end} end")
    return _pen(number, locale)(value) + ("%" if number.unit in PERCENT else "")


def write_change(number: Number, locale: str = "id", hedged: bool = False) -> str:
    """A change in percent with its direction in words: naik 25%, turun 10%; `hedged`: naik sekitar 25%.

    Raises ValueError for anything else, or a range that rises and falls.
    """
    if number.unit != CHANGES:
        raise ValueError(f"{number.id} is no change in percent")
    low, high = number.value.low, number.value.high
    if low is None or high is None or low < 0 < high:
        raise ValueError(f"{number.id} is {number.value}, which has no one direction")
    rose, fell, stayed = MOVES[_known(locale)]
    way = stayed if low == high == 0 else fell if low < 0 or high < 0 else rose
    size = -number.value if way is fell else number.value
    text = _join(size, _pen(number, locale)) + "%"
    return way.format(f"{ABOUT[locale]} {text}" if hedged else text)


def write_words(number: Number, locale: str = "id") -> str:
    """A whole number in words: tiga, three. Raises ValueError where it is not one whole number."""
    whole = _whole(number)
    minus = "minus " if whole < 0 else ""  # num2words' Indonesian has no negatives
    return minus + str(num2words(abs(whole), lang=_known(locale)))


def write_ordinal(number: Number, locale: str = "id") -> str:
    """A whole number as an ordinal: kedua, second. Raises ValueError where it is not one whole number."""
    whole = _whole(number)
    if whole < 1:
        raise ValueError(f"{number.id} is {whole}, which no ordinal names")
    return str(num2words(whole, lang=_known(locale), to="ordinal"))


def write_month_digits(number: Number) -> str:
    """A month as its number, as in the date 31.12. Raises ValueError for anything else."""
    if number.unit != "month-of-year":
        raise ValueError(f"{number.id} is no month")
    return str(_whole(number))


def forms(number: Number, locale: str) -> dict[str, str]:
    """Every way in which the paper may write this number in a locale, by the name of the way."""
    ways: dict[str, Callable[[], str]] = {
        "text": lambda: write(number, locale),
        "bare": lambda: write_range(number, locale),
        "low": lambda: write_end(number, "low", locale),
        "high": lambda: write_end(number, "high", locale),
        "words": lambda: write_words(number, locale),
        "ordinal": lambda: write_ordinal(number, locale),
        "digits": lambda: write_month_digits(number),
        "change": lambda: write_change(number, locale),
        "about": lambda: write_change(number, locale, hedged=True),
    }
    written = {}
    for name, way in ways.items():
        try:
            written[name] = way()
        except ValueError:
            continue
    return written


def round_half_up(value: Fraction, digits: int) -> Decimal:
    """`value` to `digits` decimals, halves away from zero; negative digits round before the point."""
    unit = Decimal(1).scaleb(-digits)
    scaled = value / Fraction(unit)
    whole = (abs(scaled) + Fraction(1, 2)).__floor__()
    rounded = Decimal(whole if scaled >= 0 else -whole) * unit
    return rounded.quantize(Decimal(1).scaleb(-max(digits, 0)), rounding=ROUND_HALF_UP)


def _pen(number: Number, locale: str) -> Callable[[Fraction], str]:
    """The function that writes one end of the number."""
    if number.unit == "clock":
        return lambda value: _clock(value, locale)
    if number.unit == "month-of-year":
        return lambda value: _months(locale)[int(value)]
    grouped = number.unit not in UNGROUPED
    return lambda value: _decimal(round_half_up(value, number.digits), max(number.digits, 0), locale, grouped)


def _join(value: Interval, pen: Callable[[Fraction], str]) -> str:
    if value.low is None or value.high is None:
        raise ValueError(f"{value} has no end to write")
    low, high = pen(value.low), pen(value.high)
    return low if low == high else f"{low}–{high}"


def _scaled(number: Number, locale: str) -> str:
    """The number in millions or billions from a million up."""
    value = number.value
    if value.low is None or value.high is None:
        raise ValueError(f"{number.id} has no end to write")
    for size, name in SCALES[_known(locale)]:
        if value.low >= size:
            ends = [round_half_up(end, number.digits) / size for end in (value.low, value.high)]
            digits = max(0, len(str(size)) - 1 + number.digits) if number.digits < 0 else 0
            texts = [_decimal(end, digits, locale, grouped=True) for end in ends]
            return f"{'–'.join(dict.fromkeys(texts))}{NBSP}{name}"
    return write_range(number, locale)


@lru_cache(maxsize=4096)  # Babel takes long, and a build writes each number many times
def _decimal(value: Decimal, digits: int, locale: str, grouped: bool) -> str:
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * digits if digits else "")
    return format_decimal(value, format=pattern, locale=_locale(_known(locale))).replace("-", "−")


def _clock(value: Fraction, locale: str) -> str:
    hour, minute = divmod(round(value * 100), 100)
    return f"{hour:02d}{'.' if _known(locale) == 'id' else ':'}{minute:02d}"


def _whole(number: Number) -> int:
    if not number.value.is_point or number.value.value.denominator != 1:
        raise ValueError(f"{number.id} is {number.value}, not one whole number that words can name")
    return number.value.value.numerator


def _known(locale: str) -> str:
    if locale not in LOCALES:
        raise ValueError(f"no locale {locale!r}. Hint: {', '.join(LOCALES)}")
    return locale


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _months(locale: str) -> dict[int, str]:
    return dict(get_month_names("wide", locale=_locale(_known(locale))))
