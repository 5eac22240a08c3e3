"""Words that compare, in whole paradigms, and which way each points: heavier, fewest, half as many, no longer.

The paradigms are the section `comparing` of each language's file. A word points to MORE, to LESS, says that things are
LIKE each other, that there is ONLY so much, or a MULTIPLE.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache

from recomputed.language.catalogue import ENGLISH, known

MORE, LESS, LIKE, ONLY, MULTIPLE = "more", "less", "like", "only", "multiple"
_SENSES = (MORE, LESS, LIKE, ONLY)
_TAIL = re.compile(r"(?:\s+[\w-]+){0,3}")  # the words behind one that compares, by which one knows it


@dataclass(frozen=True, slots=True)
class Word:
    """A comparing word: where it begins and ends, what it says with the words behind it, which way.

    `factor` is that of a multiple; `hedge` the hedge of a number that it may be, as "more than" is; `negated` says that
    a "not" stands before it.
    """

    start: int
    end: int
    phrase: str
    sense: str
    factor: Fraction | None = None
    hedge: str = ""
    negated: bool = False


class Vocabulary:
    """The comparing words of some languages, and what each says."""

    def __init__(self, codes: Iterable[str]):
        languages = known(codes)

        def listed(key: str) -> set[str]:
            return {word for language in languages for word in language.listed(f"comparing.{key}")}

        def phrases(key: str) -> list[str]:
            return [phrase for language in languages for phrase in language[f"comparing.{key}"]]

        self._sense = {word: sense for sense in _SENSES for word in listed(sense)}
        self._degrees = {word: sense for sense in (MORE, LESS) for word in listed(f"degree_{sense}")}
        self._downward, self._upward = listed("downward"), listed("upward")
        self._graded = self._downward | self._upward
        self._moves = {
            word: sense for sense, key in ((MORE, "rises"), (LESS, "falls")) for word in listed(key)
        }
        self._hedges = {  # each that has a comparing word; all of them are lower bounds
            words: hedge
            for language in languages
            for hedge, words in language["numbers.hedges"].items()
            if not self._sense.keys().isdisjoint(words.split())
        }
        self._factors = [
            (Fraction(factor), re.compile(rf"(?:{_any(forms)})\b", re.IGNORECASE))
            for language in languages
            for factor, forms in language["comparing.multiples"].items()
        ]
        multiples = [
            form
            for language in languages
            for forms in language["comparing.multiples"].values()
            for form in forms
        ]
        groups = {
            "no": phrases("no_phrases"),
            "hedge": list(self._hedges),
            MULTIPLE: multiples,
            **{sense: phrases(f"{sense}_phrases") for sense in (MORE, LESS, LIKE)},
        }
        parts = "|".join(rf"(?P<{name}>{_any(patterns)})\b" for name, patterns in groups.items())
        self._kept = lru_cache(maxsize=2048)(lambda text: tuple(self._words(text)))
        self._found = re.compile(rf"\b(?:{parts}|(?P<word>\w[\w-]*))", re.IGNORECASE)
        self._not = re.compile(rf"\b(?:{_any(phrases('negations'))})\s+(?:\w+\s+){{0,2}}\Z", re.IGNORECASE)

    def find(self, text: str) -> Sequence[Word]:
        """The comparing words of a text. What they are is kept: a paper is read with other numbers in it many times."""
        return self._kept(text)

    def _words(self, text: str) -> Iterator[Word]:
        at = 0
        while match := self._found.search(text, at):
            word = self._word(text, match)
            at = word.end if word else match.end()
            if word:
                yield word

    def moves(self, text: str) -> Iterator[Word]:
        """The words of a text for a rise or a fall: they compare where the author says so, or nothing else does."""
        for match in re.finditer(r"\w+", text):
            if sense := self._moves.get(match[0].lower()):
                yield self._made(text, match.start(), match.end(), sense)

    def _word(self, text: str, match: re.Match[str]) -> Word | None:
        kind, start, end = match.lastgroup, match.start(), match.end()
        if kind == "no":
            return None
        if kind == MULTIPLE:
            factor = next(factor for factor, forms in self._factors if forms.fullmatch(match[0]))
            return self._made(text, start, end, MULTIPLE, factor)
        if kind == "hedge":
            said = re.sub(r"\s+", " ", match[0].lower())
            return self._made(text, start, end, MORE, hedge=self._hedges[said])
        first = match[0].lower() if kind == "word" else re.split(r"\s", match[0].lower())[0]
        if sense := self._single(first):
            return self._with_degree(text, start, start + len(first), first, sense)
        if kind in _SENSES:
            return self._made(text, start, end, kind)
        return self._with_degree(text, start, end, first, "")

    def _single(self, word: str) -> str:
        return self._sense.get(word) or self._sense.get(word.rpartition("-")[2], "")

    def _with_degree(self, text: str, start: int, end: int, word: str, sense: str) -> Word | None:
        """A word of degree with the adjective behind it: less rare is more, and an unknown one points to itself."""
        behind = re.compile(r"\s+([\w-]+)").match(text, end)
        way, adjective = self._degrees.get(word), behind[1].lower() if behind else ""
        if way and behind and adjective in self._graded:
            return self._made(text, start, behind.end(), _other(way) if adjective in self._downward else way)
        return self._made(text, start, end, sense) if sense else None

    def _made(
        self,
        text: str,
        start: int,
        end: int,
        sense: str,
        factor: Fraction | None = None,
        hedge: str = "",
    ) -> Word:
        tail = _TAIL.match(text, end)
        phrase = re.sub(r"\s+", " ", text[start : tail.end() if tail else end])
        return Word(start, end, phrase, sense, factor, hedge, bool(self._not.search(text[:start])))


def _other(sense: str) -> str:
    return LESS if sense == MORE else MORE


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these patterns, the longest first, with any space for a space; of none, one of nothing."""
    return "|".join(sorted((word.replace(" ", r"\s+") for word in words), key=len, reverse=True)) or "(?!)"


@cache
def vocabulary(*codes: str) -> Vocabulary:
    """The comparing words of these languages, and of English: they count everywhere."""
    return Vocabulary(dict.fromkeys((*codes, ENGLISH)))
