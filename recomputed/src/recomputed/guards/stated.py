"""The numbers of a text where they stand in it, sentence by sentence, and what is said of one in a wrong place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recomputed.guards.passages import Passage, Piece, Text, sentences
from recomputed.guards.typed_numbers import Place, alternative_passage, in_context, told_place
from recomputed.quantity.numbers import Number


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A number that stands beside another case than its own, or beside words that are not its own; `use` has inline
    expressions that would fit.
    """

    line: int | None
    column: int | None
    number: str
    text: str
    use: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A number where it stands in a passage."""

    start: int
    number: Number
    piece: Piece

    @property
    def end(self) -> int:
        return self.start + len(self.piece.text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with numbers: where it begins and ends in its passage."""

    passage: Passage
    start: int
    end: int
    numbers: Sequence[Stated]

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]


def sentences_with_numbers(text: Text, numbers: Mapping[str, Number]) -> Iterator[Sentence]:
    """Every sentence of a text that states numbers of the registry, those of text alternatives too."""

    alternatives = [alternative_passage(one, text.lang, numbers) for one in text.alternatives]
    for passage in (*text.passages, *alternatives):
        stated = _stated_in(passage, numbers)
        for start, end in sentences(passage) if stated else ():
            if here := [one for one in stated if start <= one.start < end]:
                yield Sentence(passage, start, end, here)


def misplaced(
    file: str,
    passage: Passage,
    one: Stated,
    place: Place,
    reason: str,
    hint: str = "",
    use: Sequence[str] = (),
) -> Misplaced:
    """What is said of a number of a passage of `file` that is in a wrong place for this reason."""
    text = one.piece.text
    at = place(passage, one.start, text)
    line, column = at or (None, None)
    message = (
        f"{told_place(file, at)}: {reason} in the {passage.kind}: {in_context(passage, one.start, text)}"
    )
    return Misplaced(
        line, column, one.number.id, text, tuple(use), message + (f". Hint: {hint}" if hint else "")
    )


def _stated_in(passage: Passage, numbers: Mapping[str, Number]) -> list[Stated]:
    """The numbers of a passage, in order."""
    found, start = [], 0
    for piece in passage.pieces:
        if piece.number in numbers:
            found.append(Stated(start, numbers[piece.number], piece))
        start += len(piece.text)
    return found
