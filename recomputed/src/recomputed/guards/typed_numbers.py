"""No number is typed: every figure and number word of the paper stands in a span that the registry made.

A span counts only if its id is a number's and its text is one of that number's forms in the passage's
language, whether prose holds it or a cell printed it. What a reader sees of the metadata is held to the same.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from recomputed.guards.allowed import FILE, Allowances
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.language import wording
from recomputed.language.catalogue import CODES, ENGLISH, language
from recomputed.language.comparing_words import MULTIPLE, vocabulary
from recomputed.language.number_words import Stated, unnamed_numbers
from recomputed.language.unit_words import unit_words
from recomputed.quantity.numbers import Number

GUARD = "typed-number"
TYPED = "a typed number"
UNSEEN = {"lang", "bibliography", "csl", "url", "orcid", "doi", "id", "ref", "email", "issn", "filters"}
_PROPERTY = {"text": "", "bare": ".bare", "low": ".low", "high": ".high", "words": ".words",
             "ordinal": ".ordinal", "digits": ".digits", "change": ".change", "about": ".about"}  # fmt: skip
_NEAR = 80  # characters on either side within which a case is named, or a unit
_CONTEXT = 32  # characters shown on either side
_LONGEST = 60  # characters of the found text
_SHOWN = 3  # ids suggested

#: The line and column of the character at a position of a passage; a cell's output has those of the text in the cell.
Place = Callable[[Passage, int, str], tuple[int, int] | None]


def told_place(file: str, place: tuple[int, int] | None) -> str:
    """A place of a file in the words of a message."""
    return f"{file}, line {place[0]}, column {place[1]}" if place else file


@dataclass(frozen=True, slots=True)
class Typed:
    """A number that nothing computed: what was found where, and the inline expressions to use instead."""

    file: str
    line: int | None
    column: int | None
    kind: str
    text: str
    context: str
    use: tuple[str, ...]
    message: str


class TypedNumbers:
    """Looks for typed numbers in a paper of this language whose numbers and case names are these.

    `quotable` has what the paper may quote from the ledger and the audit, by the name that its span gives.
    """

    def __init__(
        self,
        numbers: Mapping[str, Number],
        names: Mapping[str, frozenset[str]],
        allowed: Allowances,
        file: str,
        lang: str,
        quotable: Mapping[str, str] | None = None,
    ):
        self._lang = lang
        self._numbers, self._names, self._allowed, self._file = numbers, names, allowed, file
        self._quotable = quotable or {}
        self._labels: tuple[str, ...] = ()
        self._written = cache(self._all_written)
        self._forms = cache(lambda id_, lang: wording.forms(numbers[id_], lang))

    def in_text(self, text: Text, place: Place) -> Iterator[Typed]:
        """The typed numbers of the text, each at the manuscript's line and column that `place` gives."""
        self._labels = text.labels
        for passage in text.passages:
            yield from self._spans(passage, place)
            yield from self._stated(passage, passage.typed, place)
        for alternative in text.alternatives:
            yield from self._alternative(alternative, place)

    def in_metadata(self, metadata: Mapping[str, Any], front_matter: str) -> Iterator[Typed]:
        """The typed numbers of the metadata's texts, at their lines of `front_matter`."""

        def place(passage: Passage, start: int, text: str) -> tuple[int, int] | None:
            offset = passage.offset(start)
            before = front_matter[:offset]
            return None if offset is None else (before.count("\n") + 1, len(before) - before.rfind("\n"))

        for key, value in metadata_texts(metadata):
            pieces = tuple(_words(value, key, front_matter))
            passage = Passage(f"metadata {key}", _language(key, self._lang), (), pieces)
            yield from self._stated(passage, value, place)

    def _stated(self, passage: Passage, masked: str, place: Place) -> Iterator[Typed]:
        held = _multiples(passage, self._lang)
        for found in unnamed_numbers(masked, self._lang, passage.lang):
            if found.start not in held and not self._allowed.permit_words(
                GUARD, masked, found.start, found.end, passage.kind
            ):
                use = self._ranked(found, passage)
                yield self._typed(passage, found.start, found.text, TYPED, use, place)

    def _ranked(self, found: Stated, passage: Passage) -> tuple[str, ...]:
        """The inline expressions that would print a typed number: first of a case named beside it, in its unit."""
        around = passage.text[max(0, found.start - _NEAR) : found.end + _NEAR]
        behind = passage.text[found.end : found.end + _NEAR].split("\ufffc")[0]

        def far(expression: str) -> tuple[bool, bool]:
            number = self._numbers[_id_in(expression)]
            called = {number.subject, *self._names.get(number.subject, ())} - {""}
            words = [*(own for own in unit_words(passage.lang).of(number.unit) if own in behind)]
            return not any(name in around for name in called), not words

        ways = sorted(self.suggestions(found.text, passage.lang), key=far)
        first = {
            _id_in(way): way for way in reversed(ways)
        }.values()  # one way to write each id, then the others
        return tuple(sorted(ways, key=lambda way: way not in first))

    def _spans(self, passage: Passage, place: Place) -> Iterator[Typed]:
        for start, piece in passage.placed():
            if wrong := self._wrong(piece, passage.lang):
                yield self._typed(passage, start, piece.text, *wrong, place)

    def _wrong(self, piece: Piece, lang: str) -> tuple[str, tuple[str, ...]] | None:
        """What is wrong with the text of an inline value, and what to use instead."""
        if piece.number and piece.number not in self._numbers:
            return f"a number with the unknown id {piece.number!r}", self.suggestions(piece.text, lang)
        if piece.number and not self._is_form(piece.number, piece.text, lang):
            use = self._expression(piece.number, "", lang)
            return f"a text that {piece.number} is not written as", (use,)
        if piece.case and piece.text not in self._names.get(piece.case, ()):
            return f"a text that is no name of the case {piece.case!r}", (f'name["{piece.case}"]',)
        if piece.quoted and piece.text != _plain_spaces(self._quotable.get(piece.quoted, "")):
            return f"a text that is not what {piece.quoted!r} says", ()
        return None

    def _alternative(self, alternative: Alternative, place: Place) -> Iterator[Typed]:
        """A text alternative is plain: its numbers must be forms of its ids, in order."""
        passage = alternative_passage(alternative, self._lang, self._numbers)
        found = [piece.number for piece in passage.pieces if piece.number]
        for id_ in alternative.numbers:
            if found[:1] == [id_]:
                found.pop(0)
            else:
                reason = f"a text alternative without {id_} in its place"
                use = (self._expression(id_, "", self._lang),)
                yield self._typed(passage, 0, passage.text, reason, use, place)
        yield from self._stated(passage, passage.typed, place)

    def _typed(
        self, passage: Passage, start: int, text: str, reason: str, use: tuple[str, ...], place: Place
    ) -> Typed:
        at = place(passage, start, text)
        line, column = at or (None, None)
        context = in_context(passage, start, text)
        hint = f". Use {' or '.join(f'`{{python}} {one}`' for one in use[:_SHOWN])}" if use else ""
        referred = self._referred(passage, start) if reason == TYPED else []
        if referred:
            hint = f". Refer to it as {' or '.join(f'`@{label}`' for label in referred)}"
        if reason == TYPED:
            hint += f"{', or' if hint else '. Hint:'} {self._ways_out(passage, start, text)}"
        message = f"{told_place(self._file, at)}: {reason} in the {passage.kind}: {context}{hint}"
        return Typed(self._file, line, column, passage.kind, text, context, use, message)

    def _referred(self, passage: Passage, start: int) -> list[str]:
        """The labels of the figures or tables that a number may mean before which stands what such are called."""
        called = language(passage.lang)["labels"]["xref"]
        before = passage.text[max(0, start - _NEAR) : start].replace("\u2060", " ").split()[-1:]
        kinds = [kind for kind, word in called.items() if [word.lower()] == [one.lower() for one in before]]
        return [label for label in self._labels if label.partition("-")[0] in kinds]

    def _ways_out(self, passage: Passage, start: int, text: str) -> str:
        """What else there is to do about a typed number, ready to paste: a new number, an allowance with its words."""
        before = passage.text[max(0, start - _NEAR) : start].replace("\u2060", "").split()
        words = " ".join([*before[-1:], text]) if before and re.search(r"[^\W\d]\.?$", before[-1]) else text
        place = "" if words != text else passage.kind
        row = csv_line(GUARD, words, place, "why it is no number of the paper")
        return (
            f"make it one with `add number`, or let it pass with row {self._allowed.next_row} of "
            f"data/ledger/{FILE.name}: {row}"
        )

    def suggestions(self, text: str, lang: str) -> tuple[str, ...]:
        """The inline expressions that would print this text, most telling first; none where no number would."""
        written = self._written(lang)
        tried = dict.fromkeys((_plain(text), _plain(text).rstrip("%"), _plain(text).replace(".", ",")))
        return next((written[one] for one in tried if one in written), ())

    def _all_written(self, lang: str) -> Mapping[str, tuple[str, ...]]:
        written: dict[str, tuple[str, ...]] = {}
        for id_ in self._numbers:
            for way, text in self._forms(id_, lang).items():
                written[_plain(text)] = (*written.get(_plain(text), ()), self._expression(id_, way, lang))
        return written

    def _expression(self, id_: str, way: str, lang: str) -> str:
        inlines = "n" if lang == self._lang else "en" if lang == ENGLISH else f'paper.inlines("{lang}")'
        return f'{inlines}["{id_}"]{_PROPERTY.get(way, "")}'

    def _is_form(self, id_: str, text: str, lang: str) -> bool:
        """Whether the paper may write the number so; a word may have a capital."""
        if text == wording.write(self._numbers[id_], lang):
            return True
        return any(text in (form, form.capitalize()) for form in self._forms(id_, lang).values())


def alternative_passage(alternative: Alternative, lang: str, numbers: Mapping[str, Number]) -> Passage:
    """A text alternative as a passage: its numbers are forms of its ids, in order; one that is not there is none."""
    pieces, text, start = [], alternative.text, 0

    def piece(end: int, number: str = "") -> Piece:
        at = None if alternative.at is None else alternative.at + start
        return Piece(text[start:end], at, number=number)

    for id_ in alternative.numbers:
        forms = wording.forms(numbers[id_], lang).values() if id_ in numbers else ()
        found = [(text.find(form, start), -len(form)) for form in forms if form in text[start:]]
        if found:
            begin, length = min(found)
            pieces.append(piece(begin))
            start = begin
            pieces.append(piece(begin - length, id_))
            start = begin - length
    pieces.append(piece(len(text)))
    return Passage("text alternative", lang, (), tuple(pieces), of=alternative.image)


def _multiples(passage: Passage, lang: str) -> set[int]:
    """Where a multiple stands in a claim, as in "half as many": it is held to the data as a comparing word."""
    return {
        at
        for word in vocabulary(lang, passage.lang).find(
            passage.typed if any(piece.claims for piece in passage.pieces) else ""
        )
        for at in range(word.start, word.end)
        if word.sense == MULTIPLE and passage.piece(word.start)[1].claims
    }


def _id_in(expression: str) -> str:
    """The id in an inline expression: `n["id"]`, `paper.inlines("de")["id"].words`."""
    return expression.rpartition('["')[2].partition('"]')[0]


def csv_line(*cells: str) -> str:
    """One line of a CSV file."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def in_context(passage: Passage, start: int, text: str) -> str:
    """What stands at `start` of a passage in marks, with what is around it."""
    before = passage.text[max(0, start - _CONTEXT) : start]
    after = passage.text[start + len(text) : start + len(text) + _CONTEXT]
    told = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return re.sub(r"\s+", " ", f"{before}»{told}«{after}".replace("\u2060", "")).strip()


def _words(value: str, key: str, front_matter: str) -> Iterator[Piece]:
    """The words of a text that stands under `key`, each where the front matter has it, however it is broken there."""
    under = re.search(rf"^[\"']?{re.escape(key.partition('.')[0])}[\"']?[ \t]*:", front_matter, re.MULTILINE)
    cursor = under.end() if under else len(front_matter)
    for word in re.findall(r"\s+|\S+", value):
        at = front_matter.find(word, cursor)
        cursor = at + len(word) if at >= 0 and not word.isspace() else cursor
        yield Piece(word, at if at >= 0 else None)


def _plain_spaces(text: str) -> str:
    """As pandoc reads it: breaking spaces run together."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.lower().replace("-", "–"))


def metadata_texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Each text of the metadata with the key that it stands under."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if name not in UNSEEN:
                yield from metadata_texts(part, str(name) if not key else f"{key}.{name}")
    elif isinstance(value, list | tuple):
        for part in value:
            yield from metadata_texts(part, key)
    elif isinstance(value, str | int | float | dt.date) and not isinstance(value, bool):
        yield key, str(value)


def _language(key: str, own: str) -> str:
    """The language of a metadata text: `keywords-en` is English."""
    code = key.rpartition("-")[2]
    return code if code in CODES else own
