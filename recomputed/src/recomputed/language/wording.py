"""How a number is written: once, at the edge, in the language that is asked for, by default the paper's."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import cache, lru_cache

from babel import Locale
from babel.dates import get_month_names
from babel.numbers import format_decimal

from recomputed.language.catalogue import CODES, Language, Text, language
from recomputed.paper_language import paper_language
from recomputed.paper_toml import UnitWording, paper_settings
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Number

NBSP = "\u00a0"
PERCENT = {"percent-share", "percent-change", "percent-ratio"}
UNGROUPED = {"year"}
CHANGES = "percent-change"
MILLION, BILLION = 10**6, 10**9


def write(number: Number, locale: str | None = None) -> str:
    """The number in digits, a range with an en dash, with the sign or scale that belongs to its unit.

    Raises ValueError for a locale that no language has, or a value without end.
    """
    code, wording = _known(locale), paper_settings().units.get(number.unit, UnitWording())
    text = (_scaled(number, code) if wording.scaled else write_range(number, code)) + percent_sign(
        number.unit, code
    )
    return f"{wording.prefix.get(code, '')}{text}{wording.suffix.get(code, '')}"


def told(words: str, code: str) -> str:
    """An expression or a rule of coding in a language, where `paper.toml` has it in that language; else as it is."""
    settings = paper_settings()
    own = code == settings.paper.languages[0]
    return words if own else settings.expressions.get(words, Text()).get(code, words)


def write_range(number: Number, locale: str | None = None) -> str:
    """The number in digits alone, a range with an en dash."""
    return _join(number.value, _pen(number, _known(locale)))


def write_end(number: Number, end: str, locale: str | None = None) -> str:
    """The `low` or the `high` end in digits, with the sign of its unit. Raises ValueError for another end."""
    if end not in ("low", "high"):
        raise ValueError(f"a range has the ends low and high, not {end!r}")
    value = number.value.low if end == "low" else number.value.high
    if value is None:
        raise ValueError(f"{number.id} has no {end} end")
    return _pen(number, _known(locale))(value) + percent_sign(number.unit, _known(locale))


def write_change(number: Number, locale: str | None = None, hedged: bool = False) -> str:
    """A change in percent with its direction in words: rose by 25%, fell by 10%; `hedged`: rose by about 25%.

    Raises ValueError for anything else, or a range that rises and falls.
    """
    if number.unit != CHANGES:
        raise ValueError(f"{number.id} is no change in percent")
    low, high = number.value.low, number.value.high
    if low is None or high is None or low < 0 < high:
        raise ValueError(f"{number.id} is {number.value}, which has no one direction")
    code = _known(locale)
    way = "stayed" if low == high == 0 else "fell" if low < 0 or high < 0 else "rose"
    size = -number.value if way == "fell" else number.value
    text = _join(size, _pen(number, code)) + percent_sign(number.unit, code)
    return language(code).say(f"numbers.{way}", change=hedge_word("about", code) + text if hedged else text)


def hedge_word(hedge: str, locale: str | None = None) -> str:
    """The words for a hedge with a space after them; nothing for a number without one."""
    words = _language(locale)["numbers.hedges"].get(hedge)
    return f"{words} " if words else ""


def write_meant(number: Number, locale: str | None = None) -> str:
    """What the number stands for, in words: 22.5–27.5%, at least Rp 1 billion, less than 5."""
    code, meant = _known(locale), number.stands_for
    if meant.low is None and meant.high is None:
        return str(language(code)["numbers.any"])
    ends = [end for end in (meant.low, meant.high) if end is not None]
    digits = next(
        (more for more in range(number.digits, number.digits + 4) if _exact(ends, more)), number.digits + 2
    )
    if meant.low is not None and meant.high is not None:
        return write(replace(number, value=meant, digits=digits), code)
    text = write(replace(number, value=Interval.point(ends[0]), digits=digits), code)
    if meant.high is None:
        return hedge_word("more-than" if meant.low_open else "at-least", code) + text
    return (
        f"{language(code)['numbers.less-than']} {text}"
        if meant.high_open
        else hedge_word("up-to", code) + text
    )


def _exact(ends: list[Fraction], digits: int) -> bool:
    return all(Fraction(round_half_up(end, digits)) == end for end in ends)


def write_words(number: Number, locale: str | None = None) -> str:
    """A whole number in words: three. Raises ValueError where it is not one whole number."""
    from num2words import num2words  # which takes longer to load than most papers have words for it

    whole = _whole(number)
    minus = f"{_language(locale)['numbers.minus']} " if whole < 0 else ""  # num2words lacks some negatives
    return minus + str(num2words(abs(whole), lang=_known(locale)))


def write_ordinal(number: Number, locale: str | None = None) -> str:
    """A whole number as an ordinal: second. Raises ValueError where it is not one whole number."""
    from num2words import num2words

    whole = _whole(number)
    if whole < 1:
        raise ValueError(f"{number.id} is {whole}, which no ordinal names")
    return str(num2words(whole, lang=_known(locale), to="ordinal"))


def write_month_digits(number: Number) -> str:
    """A month as its number, as in the date 31.12. Raises ValueError for anything else."""
    if number.unit != "month-of-year":
        raise ValueError(f"{number.id} is no month")
    return str(_whole(number))


def forms(number: Number, locale: str | None = None) -> dict[str, str]:
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


@cache
def scale_name(size: int, code: str, count: Decimal | int = 2) -> str:
    """What a language calls `count` times a million, or another power of ten: million, billion."""
    plural = _locale(code).plural_form(count)
    pattern: str = _locale(code).compact_decimal_formats["long"][plural][str(size)].pattern
    return pattern.replace("0", "").strip()


def round_half_up(value: Fraction, digits: int) -> Decimal:
    """`value` to `digits` decimals, halves away from zero; negative digits round before the point."""
    up, down = 10 ** max(digits, 0), 10 ** max(-digits, 0)
    whole = (2 * abs(value.numerator) * up + value.denominator * down) // (2 * value.denominator * down)
    return Decimal(f"{whole * down if value >= 0 else -whole * down}e{-max(digits, 0)}")


def printed(number: Number, value: Interval | None = None) -> Interval:
    """The number's value, or another in its place, as it is printed: each end rounded."""
    value, digits = value or number.value, number.digits
    if number.unit == "clock":
        return value
    if paper_settings().units.get(number.unit, UnitWording()).scaled and (size := _size(number.value)):
        digits = min(digits, 0) or 1 - len(str(size))
    low, high = (
        end if end is None else Fraction(round_half_up(end, digits)) for end in (value.low, value.high)
    )
    return Interval(low, high)


def _pen(number: Number, code: str) -> Callable[[Fraction], str]:
    """The function that writes one end of the number."""
    if number.unit == "clock":
        return lambda value: clock(value, code)
    if number.unit == "month-of-year":
        return lambda value: _months(code)[int(value)]
    grouped = number.unit not in UNGROUPED
    return lambda value: _decimal(round_half_up(value, number.digits), max(number.digits, 0), code, grouped)


def percent_sign(unit: str, code: str) -> str:
    """The percent sign, as the language sets it after a figure; nothing for other units."""
    return str(_locale(code).percent_formats[None].suffix[0]) if unit in PERCENT else ""


def _join(value: Interval, pen: Callable[[Fraction], str]) -> str:
    if value.low is None or value.high is None:
        raise ValueError(f"{value} has no end to write")
    low, high = pen(value.low), pen(value.high)
    return low if low == high else f"{low}–{high}"


def _scaled(number: Number, code: str) -> str:
    """The number, from a million up in millions or billions."""
    value = number.value
    if value.low is None or value.high is None:
        raise ValueError(f"{number.id} has no end to write")
    if not (size := _size(value)):
        return write_range(number, code)
    ends = [round_half_up(end, number.digits) / size for end in (value.low, value.high)]
    digits = max(0, len(str(size)) - 1 + number.digits) if number.digits < 0 else 0
    texts = [_decimal(end, digits, code, grouped=True) for end in ends]
    return f"{'–'.join(dict.fromkeys(texts))}{NBSP}{scale_name(size, code, ends[1])}"


def _size(value: Interval) -> int:
    """The billion or million that a value reaches; 0 where it reaches neither."""
    return next((size for size in (BILLION, MILLION) if value.low is not None and value.low >= size), 0)


@lru_cache(maxsize=4096)  # Babel takes long, and a build writes each number many times
def _decimal(value: Decimal, digits: int, code: str, grouped: bool) -> str:
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * digits if digits else "")
    with localcontext(prec=1000):  # Babel rounds to so many digits, or fails
        return format_decimal(value, format=pattern, locale=_locale(code)).replace("-", "−")


def clock(value: Fraction, code: str) -> str:
    """A time of day, 18.3 for half past six in the evening, as a language writes it: 18:30."""
    hour, minute = divmod(round(value * 100), 100)
    return f"{hour:02d}{_locale(code).number_symbols['latn']['timeSeparator']}{minute:02d}"


def _whole(number: Number) -> int:
    if not number.value.is_point or number.value.value.denominator != 1:
        raise ValueError(f"{number.id} is {number.value}, not one whole number that words can name")
    return number.value.value.numerator


def _known(locale: str | None) -> str:
    """The code of a language that there is."""
    if locale is None:
        return paper_language().code
    code = locale.partition("-")[0]
    if code not in CODES:
        raise ValueError(f"no locale {locale!r}. Hint: {', '.join(CODES)}")
    return code


def _language(locale: str | None) -> Language:
    return language(_known(locale))


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)


@cache
def _months(code: str) -> dict[int, str]:
    return dict(get_month_names("wide", locale=_locale(code)))
