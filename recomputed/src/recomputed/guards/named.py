"""A case is named where something tells it from the others: a number of its, a claim, or words of its own.

Where nothing computed would notice the name of another case in its place, words of `told.csv` tell it, in rows whose
`numbers` is the code of a case. A list of all cases tells itself. A language without such a row is not held to this.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

from recomputed.faults import Fault
from recomputed.guards.beside import Subjects
from recomputed.guards.passages import Passage, Piece, Text, sentences
from recomputed.guards.told import FILE, Told, idle, stand
from recomputed.guards.typed_numbers import Place, alternative_passage, in_context, told_place
from recomputed.quantity.numbers import Number

_BETWEEN = re.compile(r"\W+(?:\w+\W+)?")  # what joins the names of a list: a comma, an "and"


class Look(Protocol):
    """What looks for faults in a text."""

    def in_text(self, text: Text, place: Place) -> Iterator[Any]:
        """The faults."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A name of a case where nothing tells the case from others."""

    line: int | None
    column: int | None
    case: str
    text: str
    message: str


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name where it stands, and in which sentence."""

    start: int
    end: int
    case: str
    sentence: tuple[int, int]


class NamedCases:
    """Looks for cases that nothing tells. `looks` notice what is wrong about a case's numbers and claims."""

    def __init__(
        self,
        rows: Sequence[Told],
        subjects: Subjects,
        numbers: Mapping[str, Number],
        looks: Sequence[Look],
        file: str,
    ):
        self._rows = [row for row in rows if row.numbers in subjects.names]
        self._subjects, self._numbers, self._looks, self._file = subjects, numbers, looks, file
        self._used: set[Told] = set()

    def in_text(self, text: Text, place: Place) -> Iterator[Untold]:
        """The names that nothing tells, each at the manuscript's line and column that `place` gives."""
        before: list[Passage] = []  # of each only what it names, in which nothing can be at fault
        others = [alternative_passage(one, text.lang, self._numbers) for one in text.alternatives]
        for passage in (*text.passages, *others):
            rows = [row for row in self._rows if row.lang == passage.lang]
            if rows and passage.kind != "table":
                mentions = list(self._mentions(passage))
                listed = _listed(mentions, passage.text, len(self._subjects.names))
                for one in mentions:
                    if one not in listed and (unlike := self._unlike(one, passage, rows, text, before)):
                        yield self._untold(one, passage, unlike, place)
            named = " ".join(found[0] for found, _ in self._subjects.found(passage.text))
            before.append(replace(passage, pieces=(Piece(named),)))

    def unused(self) -> Iterator[Fault]:
        """The rows whose words told nothing."""
        return idle(self._rows, self._used)

    def _mentions(self, passage: Passage) -> Iterator[_Mention]:
        spans = list(sentences(passage))
        for found, case in self._subjects.found(passage.text):
            if passage.piece(found.start())[1].quoted:
                continue  # the registry's own words
            within = next(span for span in spans if span[0] <= found.start() < span[1])
            yield _Mention(*found.span(), case, within)

    def _unlike(
        self, one: _Mention, passage: Passage, rows: Sequence[Told], text: Text, before: Sequence[Passage]
    ) -> list[str]:
        """The cases whose names in the place of this one nothing would notice."""
        at = one.start, one.end
        here = [
            row for row in rows if any(stand(words, passage.text, one.sentence, at) for words in row.words)
        ]
        self._used.update(row for row in here if row.numbers == one.case)
        if here and all(row.numbers == one.case for row in here):
            return []
        around = replace(text, alternatives=(), labels=())
        changed = {
            case: replace(around, passages=(*before[-1:], self._with(case, one, passage)))
            for case in self._subjects.names
            if case != one.case
        }
        return [
            case
            for case, now in changed.items()
            if not any(True for look in self._looks for _ in look.in_text(now, lambda *_: None))
        ]

    def _with(self, case: str, one: _Mention, passage: Passage) -> Passage:
        """The passage with the name of a case in the place of another's: its code for a code."""
        is_code = passage.text[one.start : one.end] == one.case
        name = case if is_code else min(self._subjects.names[case] - {case}, default=case)
        begin, old = passage.piece(one.start)
        head, tail = old.text[: one.start - begin], old.text[one.end - begin :]
        new = replace(old, text=f"{head}{name}{tail}", case=old.case and case)
        return replace(passage, pieces=tuple(new if piece is old else piece for piece in passage.pieces))

    def _untold(self, one: _Mention, passage: Passage, others: Sequence[str], place: Place) -> Untold:
        name = passage.text[one.start : one.end]
        at = place(passage, one.start, name)
        line, column = at or (None, None)
        message = (
            f"{told_place(self._file, at)}: {one.case} is named where nothing tells it from {' and '.join(others)} "
            f"in the {passage.kind}: {in_context(passage, one.start, name)}. Hint: words that tell it, with # for "
            f"the name, go into data/ledger/{FILE.name}: {one.case},{passage.lang},WORDS"
        )
        return Untold(line, column, one.case, name, message)


def _listed(mentions: Sequence[_Mention], text: str, cases: int) -> set[_Mention]:
    """The names of lists of all cases: one after the other, each once, or with its code behind it."""
    found: set[_Mention] = set()
    run: list[_Mention] = []
    for one in mentions:
        if run and not _BETWEEN.fullmatch(text[run[-1].end : one.start]):
            run = []
        run.append(one)
        order = [case for case, _ in groupby(run, key=lambda mention: mention.case)]
        if len(order) == len({*order}) == cases:
            found.update(run)
    return found
