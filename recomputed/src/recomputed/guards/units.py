"""A number stands in its unit: the words and signs around it are its unit's, as `25 Mbps` is none of 25 %.

Which words a language has for a unit, its file says under `[unit_words]`; those of the paper's own units are what
`paper.toml` writes around them. The word right behind a number must not be another unit's alone; and a unit that has
words stands in its sentence with one of them, or in what the number itself prints.
"""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place
from recomputed.language.catalogue import ENGLISH, known
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import Number


class UnitWords:
    """The words of units, with the units that each is of, in some languages; English counts everywhere."""

    def __init__(self, *codes: str):
        self._units: dict[str, list[str]] = {}
        for language in known((*codes, ENGLISH)):
            for units, words in language["unit_words"].items():
                for word in words.split(";"):
                    self._units.setdefault(word.strip().lower(), []).extend(units.split())
            for unit, wording in paper_settings().units.items():
                for text in (wording.after, wording.prefix, wording.suffix):
                    if word := text.get(language.code, "").strip().lower():
                        self._units.setdefault(word, []).append(unit)
        longest = sorted(self._units, key=len, reverse=True)
        self._word = re.compile("|".join(map(_whole, longest)), re.IGNORECASE)
        self._next = re.compile(rf"\s*({self._word.pattern})", re.IGNORECASE)

    def behind(self, text: str) -> str:
        """The word of a unit with which a text begins, or nothing."""
        found = self._next.match(text)
        return found[1] if found else ""

    def are_of(self, word: str, unit: str) -> bool:
        """Whether a word is one of that unit."""
        return any(fnmatchcase(unit, pattern) for pattern in self._units[re.sub(r"\s+", " ", word.lower())])

    def of(self, unit: str) -> list[str]:
        """The words of a unit."""
        return [word for word in self._units if self.are_of(word, unit)]

    def found_in(self, text: str) -> Iterator[str]:
        """The words of units in a text."""
        return (found[0] for found in self._word.finditer(text))


def _whole(word: str) -> str:
    begin, end = (r"(?<![^\W\d])" if word[0].isalpha() else ""), (r"(?!\w)" if word[-1].isalpha() else "")
    return begin + r"\s+".join(map(re.escape, word.split())) + end


class Units:
    """Looks for numbers that do not stand in their unit."""

    def __init__(self, numbers: Mapping[str, Number], file: str):
        self._numbers, self._file = numbers, file
        self._words: dict[tuple[str, str], UnitWords] = {}

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The numbers in no unit or in another's, each at the manuscript's line and column that `place` gives."""
        for sentence in sentences_with_numbers(text, self._numbers):
            passage = sentence.passage
            words = self._words.setdefault((text.lang, passage.lang), UnitWords(text.lang, passage.lang))
            for one in sentence.numbers:
                if reason := _fault(words, sentence, one):
                    yield misplaced(self._file, passage, one, place, reason)


def _fault(words: UnitWords, sentence: Sentence, one: Stated) -> str:
    unit, passage = one.number.unit, sentence.passage
    word = words.behind(passage.text[one.end : sentence.end])
    if word and not words.are_of(word, unit):
        return f"{one.number.id}, in the unit {unit}, stands before »{word}«"
    own = words.of(unit)
    if (
        not own
        or passage.kind == "table"
        or any(words.are_of(found, unit) for found in words.found_in(sentence.text))
    ):
        return ""
    return (
        f"{one.number.id}, printed as »{one.piece.text}«, in a sentence without its unit ({' or '.join(own)})"
    )
