"""How a house writes numbers, and whether what it wrote is still the number."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from babel.numbers import get_decimal_symbol
from num2words import num2words

from recomputed.language.catalogue import ENGLISH, known
from recomputed.language.number_words import number_words
from recomputed.language.unit_words import unit_words
from recomputed.proofs.words import NUMBER, SIGN, WORD, Token

DECIMALS = ".,·"
_MARKS = ".,·'’ "
_SEVERAL = 3


def value(shown: str, decimal: str) -> Decimal | str:
    """What the figure is where `decimal` is the decimal sign, last zeros kept; itself if it is none of that style."""
    group = "".join(mark for mark in _MARKS if mark != decimal)
    whole = rf"\d{{1,3}}(?:[{re.escape(group)}]\d{{3}})+|\d*"
    found = re.fullmatch(rf"({whole})(?:{re.escape(decimal)}(\d+))?", shown)
    if not found or not re.search(r"\d", shown):
        return shown
    digits = re.sub(r"\D", "", found[1])
    if len(digits) > 1 and digits[0] == "0":
        return shown  # no quantity: part of an address
    return Decimal(f"{digits or 0}{'.' + found[2] if found[2] else ''}")


def is_same(ours: str, own: str, theirs: str, house: str) -> bool:
    """Whether two figures are one number to the same decimals, each in the style of its decimal sign."""
    one, other = value(ours, own), value(theirs, house)
    if isinstance(one, str) or isinstance(other, str):
        return ours == theirs
    return one == other and one.as_tuple().exponent == other.as_tuple().exponent


def decimal_of(lang: str) -> str:
    """The decimal sign of a language."""
    return str(get_decimal_symbol(lang or ENGLISH))


def house_decimal(pairs: Iterable[tuple[str, str]], own: str) -> str:
    """The decimal sign in which most of the proof's figures are the paper's; the paper's own if none does better: a
    sign that is in no figure has to do so in several.
    """
    figures = [pair for pair in pairs if not pair[0].isdigit() or not pair[1].isdigit()]

    def held(sign: str) -> list[bool]:
        return [is_same(a, own, b, sign) and value(a, own) == value(b, sign) != b for a, b in figures]

    best, most = own, 0
    for sign in DECIMALS:
        better = [b for (_, b), one, other in zip(figures, held(sign), held(own), strict=True) if one > other]
        more = sum(held(sign)) - sum(held(own))
        if more > most and (len(better) >= _SEVERAL or any(sign in one for one in better)):
            best, most = sign, more
    return best


@cache
def _in_words(codes: tuple[str, ...]) -> dict[str, str]:
    """The whole numbers up to a hundred, by their letters in these languages."""
    words: dict[str, str] = {}
    for language in known((*codes, ENGLISH)):
        for number in range(101):
            for form in ("cardinal", "ordinal"):
                said = "".join(filter(str.isalpha, num2words(number, lang=language.code, to=form).lower()))
                words.setdefault(said, str(number))
    return words


def as_figure(tokens: Sequence[Token], codes: tuple[str, ...]) -> str | None:
    """The whole number that tokens are, in words or digits; None if they are none."""
    if len(tokens) == 1 and tokens[0].kind == NUMBER:
        return tokens[0].shown if not tokens[0].sign else None
    if tokens and all(token.kind == WORD for token in tokens):
        return _in_words(codes).get("".join(token.key for token in tokens))
    return None


def states_number(token: Token, before: Token | None, codes: tuple[str, ...]) -> bool:
    """Whether a token is a number, in digits or words, a sign, or the unit right behind a number."""
    if token.kind in (NUMBER, SIGN) or token.key == "%" or number_words(*codes).has(token.shown):
        return True
    behind = before is not None and (before.kind == NUMBER or before.key == "%")
    return behind and unit_words(*codes).behind(f" {token.shown} ").lower() == token.shown.lower()
