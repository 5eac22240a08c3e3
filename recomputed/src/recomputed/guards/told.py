"""A number stands in the words that tell it: of two figures of one case and unit, each has words of its own.

`data/ledger/told.csv` has those words: for ids of numbers (`*` for any rest) and a language, what must stand in their
paragraph up to their sentence's end, several after `;`, of which one is enough. With `#`, the number itself, they must
stand in its sentence and right beside it; `…` is any words, a `*` any ending. A number that several rows' ids cover
needs the words of each. Where a row tells a number, those of its unit that may be taken for it have rows as well; one
that only words without `#` tell does not stand beside another's words with `#`. Rows whose `numbers` is the code of a
case have the words that tell that case, `#` being its name: `named.py` holds the text to them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place
from recomputed.language.catalogue import CODES
from recomputed.quantity.numbers import Number
from recomputed.tables.sheet import read_lines

FILE = paths.LEDGER / "told.csv"
COLUMNS = ("numbers", "lang", "words")


@dataclass(frozen=True, slots=True)
class Told:
    """One row of the file."""

    numbers: str
    lang: str
    words: tuple[str, ...]
    row: int = 0


def read_told(numbers: Iterable[str], file: Path = FILE) -> list[Told]:
    """The rows of the file, none where there is none. InputError where a row is of none of these ids of `numbers`, and
    codes of cases, or in no language.
    """
    if not file.exists():
        return []
    known = set(numbers)
    lines = read_lines(file, COLUMNS, shown := f"data/ledger/{file.name}", COLUMNS, COLUMNS[:2])
    faults = []
    for line in lines:
        pattern = line["numbers"]
        if pattern not in known and not any(fnmatchcase(id_, pattern) for id_ in known):
            expected = "ids of numbers, `*` for any rest, or the code of a case"
            faults.append(Fault(shown, expected, pattern, line.row, "numbers"))
        if line["lang"] not in CODES:
            faults.append(Fault(shown, f"one of {', '.join(CODES)}", line["lang"], line.row, "lang"))
    if faults:
        raise InputError(faults)
    return [
        Told(line["numbers"], line["lang"], tuple(one.strip() for one in line["words"].split(";")), line.row)
        for line in lines
    ]


class ToldNumbers:
    """Looks for numbers without the words that tell them. A table's cells are told by its heads alone."""

    def __init__(self, rows: Sequence[Told], numbers: Mapping[str, Number], file: str):
        self.rows, self._numbers, self._file = rows, numbers, file
        self._used: set[Told] = set()
        self._covered = {
            pattern: {id_ for id_ in numbers if fnmatchcase(id_, pattern)}
            for pattern in {row.numbers for row in rows}
        }

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The numbers without their words, each at the manuscript's line and column that `place` gives."""
        for sentence in sentences_with_numbers(text, self._numbers):
            for one in sentence.numbers if sentence.passage.kind != "table" else ():
                rows = [row for row in self.rows if row.lang == sentence.passage.lang]
                own = [row for row in rows if one.number.id in self._covered[row.numbers]]
                self._used.update(own)
                for row in own:
                    if not _stand(row, sentence, one):
                        yield self._untold(row, sentence, one, place)
                if other := self._in_place_of(one, own, rows, sentence):
                    reason = f"{one.number.id} without words of its own, as such tell {other.numbers},"
                    hint = f"words that tell it go into data/ledger/{FILE.name}"
                    yield misplaced(self._file, sentence.passage, one, place, reason, hint)

    def unused(self) -> Iterator[Fault]:
        """The rows of numbers for which the text had none."""
        return idle(
            (row for row in self.rows if self._covered[row.numbers]),
            self._used,
        )

    def _in_place_of(
        self, one: Stated, own: Sequence[Told], rows: Sequence[Told], sentence: Sentence
    ) -> Told | None:
        """The row of another number in whose place one may be that no row tells, or none by words right beside it."""
        if any("#" in words for row in own for words in row.words):
            return None
        for row in rows:
            like = row not in own and self._is_like(one.number, row)
            if like and (not own or _stand(row, sentence, one, "#")):
                return row
        return None

    def _is_like(self, number: Number, row: Told) -> bool:
        """Whether a row tells a number that may be taken for this one: of its unit, and not of two cases."""
        others = (self._numbers[id_] for id_ in self._covered[row.numbers])
        return any(
            one.unit == number.unit
            and (one.subject == number.subject or not one.subject or not number.subject)
            for one in others
        )

    def _untold(self, row: Told, sentence: Sentence, one: Stated, place: Place) -> Misplaced:
        told = " or ".join(f"»{words}«" for words in row.words)
        reason = f"{one.number.id} without the words that tell {row.numbers}, {told},"
        hint = f"words that tell it as well go into data/ledger/{FILE.name}"
        return misplaced(self._file, sentence.passage, one, place, reason, hint)


def idle(rows: Iterable[Told], used: Collection[Told]) -> Iterator[Fault]:
    """A fault for each of these rows that was not used."""
    for row in rows:
        if row not in used:
            found = f"{row.numbers} in {row.lang}, of which it states none"
            yield Fault(f"data/ledger/{FILE.name}", "ids of numbers that the text states", found, row.row)


def _stand(row: Told, sentence: Sentence, one: Stated, mark: str = "") -> bool:
    """Whether words of a row, of those with a mark, stand at a number of a sentence."""
    words = (words for words in row.words if mark in words)
    span, at = (sentence.start, sentence.end), (one.start, one.end)
    return any(stand(one_of, sentence.passage.text, span, at) for one_of in words)


def stand(words: str, text: str, sentence: tuple[int, int], at: tuple[int, int]) -> bool:
    """Whether words stand at a place in a sentence of a text, or without `#` anywhere up to the sentence's end."""
    left, number, right = words.partition("#")
    near = text[sentence[0] if number else 0 : sentence[1]].lower()
    if not all(part in near for part in _parts(words)):
        return False  # most are not there, and to make a pattern takes a while
    if not number:
        return bool(_pattern(words, "", "").search(text[: sentence[1]]))
    before = _pattern(left, "", r"[\s(«“]*$").search(text[sentence[0] : at[0]])
    return bool(before and _pattern(right, r"^[\s()»”,]*", "").search(text[at[1] : sentence[1]]))


@cache
def _parts(words: str) -> tuple[str, ...]:
    """What is to the letter in a text that has these words."""
    return tuple(word.strip("*…") for word in words.replace("#", " ").lower().split())


@cache
def _pattern(words: str, head: str, tail: str) -> re.Pattern[str]:
    parts = (
        r".*?"
        if word == "…"
        else rf"(?<!\w){re.escape(word.rstrip('*'))}" + (r"\w*" if "*" in word else r"(?!\w)")
        for word in words.split()
    )
    return re.compile(head + r"\s*".join(parts) + tail, re.IGNORECASE | re.DOTALL)
