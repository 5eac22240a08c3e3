"""Which words of a text state a number: digits, and cardinals and ordinals in words.

English words count everywhere, and those of the paper's and the passage's languages, so that a phrase in another
language hides nothing. Which words a language has, its file says; so it does what is decided there.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from recomputed.language.catalogue import CODES, ENGLISH, Language, known

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens, joiners: a reader sees none of them
_WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_UNSEEN}])*(?:-[^\W\d_](?:[^\W\d_]|[{_UNSEEN}])*)*")
#: Two or more of I, V and X, in their order, small ones not before a parenthesis, as in "(ii)"; four or more of all
#: letters: shorter ones are mostly abbreviations.
_ROMAN = re.compile(
    r"(?<![\w.])(?:(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})|(?=[ivx]{2})x{0,3}(?:ix|iv|v|v?i{1,3})(?!\))"
    r"|(?=[IVXLCDM]{4})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))(?![\w.]\w|\w)"
)
_PLACE = r"(?:\d+(?:\.\d+)*|[IVXL]+|[ivxl]+)(?!\w|\s?%)"  # the number of a section or a chapter
_CLUSTER = re.compile(r"\S+")
_EDGES = "\"'“”‘’()[]{}<>.,;:!?…*_/|—"


class Stated(NamedTuple):
    """A stretch of a text that states a number."""

    start: int
    end: int
    text: str


class NumberWords:
    """The words that state a number in these languages."""

    def __init__(self, codes: frozenset[str]):
        languages = known(sorted(codes))
        self._words = self._all(languages, "words")
        self._particles = self._all(languages, "particles")
        self._others = self._all(languages, "not_numbers")
        self._filler = self._all(languages, "filler") | {""}
        self._compounds = [_compound(language) for language in languages]
        phrases = "|".join(_patterns(languages, "phrases"))
        self.phrases = re.compile(rf"\b(?:{phrases})(?!\w)", re.IGNORECASE)
        self._seen: dict[str, bool] = {}

    @staticmethod
    def _all(languages: Iterable[Language], key: str) -> frozenset[str]:
        return frozenset(word for language in languages for word in language.listed(f"number_words.{key}"))

    def has(self, word: str) -> bool:
        """Whether a word, hyphens and particles included, states a number."""
        word = re.sub(f"[{_UNSEEN}]", "", word.lower())
        if word not in self._seen:  # a text has most words many times
            self._seen[word] = word not in self._others and any(map(self._states, word.split("-")))
        return self._seen[word]

    def joins(self, between: str) -> bool:
        """Whether what stands between two numbers makes one of them."""
        return between.strip().lower() in self._filler

    def _states(self, word: str) -> bool:
        if word in self._others:
            return False
        bare = (word.removesuffix(particle) for particle in self._particles if word.endswith(particle))
        compound = any(pattern.fullmatch(word) for pattern in self._compounds)
        return compound or word in self._words or any(one in self._words for one in bare)


def _patterns(languages: Iterable[Language], key: str) -> Iterator[str]:
    """The patterns of these languages under a key, one a line."""
    for language in languages:
        yield from (f"(?:{one})" for one in language[f"number_words.{key}"].split("\n") if one)


def _compound(language: Language) -> re.Pattern[str]:
    """Of numbers that are written as one word: parts and what only begins or joins them, and an ending."""
    part, leading, joint, ending, inflected = (
        "|".join(sorted(language.listed(f"number_words.{key}"), key=len, reverse=True)) or "(?!)"
        for key in ("parts", "leading", "joints", "endings", "inflected")
    )
    return re.compile(rf"(?:(?:{part}|{leading})(?:{joint})?)*(?:(?:{part})(?:{ending})?|{inflected})")


@cache
def number_words(*codes: str) -> NumberWords:
    """The number words of these languages, and of English."""
    return NumberWords(frozenset({ENGLISH, *codes}))


def find_numbers(text: str, *codes: str) -> Iterator[Stated]:
    """Every stretch of `text` that states a number, in order, in English and the languages of these codes;
    neighbouring words and figures are one.
    """
    words = number_words(*codes)
    spans = [match.span() for match in _WORD.finditer(text) if words.has(match[0])]
    run: list[tuple[int, int]] = []
    spans += [match.span() for pattern in (words.phrases, _ROMAN) for match in pattern.finditer(text)]
    for start, end in sorted({*_figures(text), *spans}):
        if run and not words.joins(text[run[-1][1] : start]):
            yield _stated(text, run)
            run = []
        run.append((start, end))
    if run:
        yield _stated(text, run)


@cache
def _names() -> re.Pattern[str]:
    any_of = "|".join(_patterns(known(CODES), "named"))
    return re.compile(any_of.replace("{number}", _PLACE).replace(" ", r"\s"))


def without_named(text: str) -> str:
    """A text with what holds a number and states none blanked out, in whatever language: a law, a standard, a formula,
    a page.
    """
    return _names().sub(lambda found: "\ufffc" * len(found[0]), text)


def unnamed_numbers(text: str, *codes: str) -> Iterator[Stated]:
    """The numbers of a text, as `find_numbers` gives them, that are not part of a name."""
    if any(find_numbers(text, *codes)):  # most texts have none, and names take longer to look for
        yield from find_numbers(without_named(text), *codes)


def _figures(text: str) -> Iterator[tuple[int, int]]:
    """Whatever stands between spaces and contains a digit of any script, a fraction or a Roman numeral sign."""
    for match in _CLUSTER.finditer(text):
        if any(character.isnumeric() for character in match[0]):
            left = len(match[0]) - len(match[0].lstrip(_EDGES))
            stripped = match[0].strip(_EDGES)
            yield match.start() + left, match.start() + left + len(stripped)


def _stated(text: str, run: list[tuple[int, int]]) -> Stated:
    start, end = run[0][0], max(end for _, end in run)
    return Stated(start, end, text[start:end])
