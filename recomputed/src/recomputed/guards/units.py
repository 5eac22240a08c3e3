"""A number stands in its unit: the words and signs around it are its unit's, as `25 Mbps` is none of 25 %.

The word right behind a number must not be another unit's alone; and a unit that has
words stands in its sentence with one of them, or in what the number itself prints.
"""

from collections.abc import Iterator, Mapping

from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place
from recomputed.language.unit_words import UnitWords, unit_words
from recomputed.quantity.numbers import Number


class Units:
    """Looks for numbers that do not stand in their unit."""

    def __init__(self, numbers: Mapping[str, Number], file: str):
        self._numbers, self._file = numbers, file

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The numbers in no unit or in another's, each at the manuscript's line and column that `place` gives."""
        for sentence in sentences_with_numbers(text, self._numbers):
            passage = sentence.passage
            words = unit_words(text.lang, passage.lang)
            for one in sentence.numbers:
                if reason := _fault(words, sentence, one):
                    yield misplaced(self._file, passage, one, place, reason)


def _fault(words: UnitWords, sentence: Sentence, one: Stated) -> str:
    unit, passage = one.number.unit, sentence.passage
    word = words.behind(passage.text[one.end : sentence.end])
    if word and not words.are_of(word, unit):
        return f"{one.number.id}, in the unit {unit}, stands before »{word}«"
    if passage.kind == "table" or any(words.are_of(found, unit) for found in words.found_in(sentence.text)):
        return ""
    if not (own := words.of(unit)):
        return ""
    return (
        f"{one.number.id}, printed as »{one.piece.text}«, in a sentence without its unit ({' or '.join(own)})"
    )
