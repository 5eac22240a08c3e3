"""A number stands in its unit: the words and signs around it are its unit's, as `25 Mbps` is none of 25 %.

The word right behind a number must not be another unit's alone, nor the sign before it; and a unit that has words
stands in its sentence with one of them, or in what the number itself prints, which it does not print twice. Where the
heads of a table's cell name units, its own is one of them; where the caption does, one of the cells is in it. What
a figure says of units is looked at with the figure (`pictures.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from recomputed.guards.passages import Passage, Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place, in_context, told_place
from recomputed.language.unit_words import UnitWords, unit_words
from recomputed.quantity.numbers import Number

_NEAR = 2  # words between two numbers of which the second prints the unit of both, as in "20 up to 25%"
_BEHIND = re.compile(r"(?:\s*(?:[^\s,;:()]|[,:](?=\S))+){0,5}")  # as in "25 in May and 30 percent"


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
        yield from self._captions(text, place)

    def _captions(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The captions of tables that name a unit in which none of the cells is."""
        cells: dict[str, set[str]] = defaultdict(set)
        for one in text.passages:
            if one.kind == "table":
                cells[one.of].update(
                    self._numbers[piece.number].unit for piece in one.pieces if piece.number in self._numbers
                )
        for one in text.passages:
            if one.kind == "caption" and (units := cells.get(one.of)):
                words = unit_words(text.lang, one.lang)
                for word in other_units(words, one.text, units):
                    yield foreign(self._file, one, word, place, "the table's cells")


def foreign(file: str, caption: Passage, word: str, place: Place, shown: str) -> Misplaced:
    """What is said of a word in a caption of `file` that is a unit of nothing that is shown."""
    start = caption.text.index(word)
    at = place(caption, start, word)
    line, column = at or (None, None)
    told = f"{told_place(file, at)}: »{word}« is no unit of {shown} in the caption: "
    return Misplaced(line, column, "", word, (), told + in_context(caption, start, word))


def other_units(words: UnitWords, text: str, units: set[str]) -> Iterator[str]:
    """The words in which a caption or a title says its figures to be and of which none of these units is."""
    return (word for word in words.said_in(text) if not any(words.are_of(word, unit) for unit in units))


def _fault(words: UnitWords, sentence: Sentence, one: Stated) -> str:
    unit, passage = one.number.unit, sentence.passage
    word = words.behind(passage.text[one.end : sentence.end])
    sign = words.ahead(passage.text[sentence.start : one.start])
    for other, where in ((word, "before"), (sign, "behind")):
        if other and not words.are_of(other, unit):
            return f"{one.number.id}, in the unit {unit}, stands {where} »{other}«"
    own = words.of(unit)
    printed = any(words.are_of(found, unit) for found in words.found_in(one.piece.text))
    if printed and word:
        return f"{one.number.id} prints its unit, and stands before »{word}«"
    if (
        not own
        or printed
        or any(words.are_of(found, unit) for found in words.found_in(_around(sentence, one)))
    ):
        return ""
    if passage.kind == "table":
        heads = " ".join(passage.heads)
        said = [
            word for word in words.found_in(heads) if not re.fullmatch(r"[a-z]", word) or f"({word})" in heads
        ]
        foreign = said and not any(words.are_of(word, unit) for word in said)
        return f"{one.number.id}, in the unit {unit}, stands under »{said[0]}«" if foreign else ""
    return (
        f"{one.number.id}, printed as »{one.piece.text}«, in a sentence without its unit ({' or '.join(own)})"
    )


def _around(sentence: Sentence, one: Stated) -> str:
    """The words of a sentence in which a number may find its unit: those before it, and those right behind it or behind
    the numbers that follow with hardly a word between. What numbers before it print is theirs, and names are nobody's.
    """
    passage, end = sentence.passage, one.end
    text = passage.text
    for start, piece in passage.placed():
        if sentence.start <= start < sentence.end and (piece.case or (piece.number and start < one.start)):
            text = text[:start] + "\ufffc" * len(piece.text) + text[start + len(piece.text) :]
    for other in sentence.numbers:
        if other.start > one.start:
            if len(re.findall(r"\w+", text[end : other.start])) > _NEAR:
                break
            end = other.end
    further = _BEHIND.match(text, end, min(sentence.end, _next_number(sentence, end)))
    return text[sentence.start : further.end() if further else end]


def _next_number(sentence: Sentence, end: int) -> int:
    """Where the first number behind a place begins, else the sentence's end."""
    return min((one.start for one in sentence.numbers if one.start >= end), default=sentence.end)
