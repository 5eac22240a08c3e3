"""How well a paper tells its numbers: whether `check` would notice one that stands where another of its unit does.

    python -m recomputed.guards.exchange    name the pairs that it would not, for which `told.csv` wants words

Two numbers that the text states are exchanged wherever they stand, and each is replaced in each place by every other,
ids and the texts that they print, tables apart: those are computed. What is not noticed is equivalent where the same
is printed everywhere: no reader of the text could tell.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Protocol

from recomputed import paths
from recomputed.editions import taking
from recomputed.faults import PaperError
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.guards.stated import Misplaced
from recomputed.guards.typed_numbers import Place, alternative_passage
from recomputed.language import wording
from recomputed.quantity.numbers import Number

NOTICED, IMPOSSIBLE, EQUIVALENT, UNNOTICED = "noticed", "impossible", "equivalent", "unnoticed"


class Look(Protocol):
    """What looks for misplaced numbers in a text."""

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The misplaced numbers."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two numbers of one unit, and what comes of the second in the first's place: `noticed`, `impossible` (one of
    them cannot be written as the other is), `equivalent` or `unnoticed`.
    """

    first: str
    second: str
    outcome: str


def exchanges(text: Text, numbers: Mapping[str, Number], looks: Sequence[Look]) -> Iterator[Exchange]:
    """Each pair of numbers of one unit that the text states, exchanged. The text itself has nothing misplaced."""
    passages = [one for one in text.passages if one.kind != "table"]
    at: dict[str, set[int]] = defaultdict(set)
    beside: dict[str, set[int]] = defaultdict(set)
    for nth, passage in enumerate(passages):
        for piece in passage.pieces:
            at[piece.number].add(nth)
    for nth, alternative in enumerate(text.alternatives):
        for id_ in alternative.numbers:
            beside[id_].add(nth)
    stated = sorted(id_ for id_ in {*at, *beside} if id_ in numbers)
    for first, second in combinations(stated, 2):
        if numbers[first].unit == numbers[second].unit:
            here = replace(
                text,
                passages=tuple(passages[nth] for nth in sorted(at[first] | at[second])),
                alternatives=tuple(text.alternatives[nth] for nth in sorted(beside[first] | beside[second])),
            )
            other = {first: second, second: first}
            yield Exchange(first, second, _outcome(text, here, other, numbers, looks))


def replacements(text: Text, numbers: Mapping[str, Number], looks: Sequence[Look]) -> Iterator[Exchange]:
    """Each number that a paragraph, caption or text alternative states, with each other one of its unit, stated or
    not, in its place: the first is what stands there, the second what would.
    """
    stated = [
        (replace(text, passages=(one,), alternatives=()), {piece.number for piece in one.pieces})
        for one in text.passages
        if one.kind != "table"
    ]
    stated += [
        (replace(text, passages=(), alternatives=(one,)), set(one.numbers)) for one in text.alternatives
    ]
    for here, ids in stated:
        for first in sorted(ids & numbers.keys()):
            for second, number in numbers.items():
                if second != first and number.unit == numbers[first].unit:
                    outcome = _outcome(text, here, {first: second}, numbers, looks)
                    yield Exchange(first, second, outcome)


def _outcome(
    text: Text, here: Text, other: Mapping[str, str], numbers: Mapping[str, Number], looks: Sequence[Look]
) -> str:
    """What comes of other numbers in the passages and alternatives of `here`, with the captions of the whole text."""
    try:
        passages = [_changed(one, other, numbers) for one in here.passages]
        alternatives = [_changed_alternative(one, other, numbers, text.lang) for one in here.alternatives]
    except ValueError:
        return IMPOSSIBLE
    captions = [one for one in text.passages if one.kind == "caption"]
    now = replace(text, passages=(*passages, *captions), alternatives=tuple(alternatives))
    if any(True for look in looks for _ in look.in_text(now, lambda *_: None)):
        return NOTICED
    before = [*(one.text for one in here.passages), *(one.text for one in here.alternatives)]
    same = before == [*(one.text for one in passages), *(one.text for one in alternatives)]
    return EQUIVALENT if same else UNNOTICED


def _changed(passage: Passage, other: Mapping[str, str], numbers: Mapping[str, Number]) -> Passage:
    """The passage with each of two numbers in the other's place. ValueError where it is not written in that way."""
    return replace(
        passage, pieces=tuple(_exchanged(piece, other, numbers, passage.lang) for piece in passage.pieces)
    )


def _exchanged(piece: Piece, other: Mapping[str, str], numbers: Mapping[str, Number], lang: str) -> Piece:
    if piece.number not in other:
        return piece
    own = wording.forms(numbers[piece.number], lang)
    way = next((way for way, form in own.items() if form.lower() == piece.text.lower()), "")
    new = wording.forms(numbers[other[piece.number]], lang).get(way)
    if new is None:
        raise ValueError(f"{other[piece.number]} is not written as {way or piece.text!r}")
    return replace(piece, number=other[piece.number], text=new)


def _changed_alternative(
    alternative: Alternative, other: Mapping[str, str], numbers: Mapping[str, Number], lang: str
) -> Alternative:
    passage = _changed(alternative_passage(alternative, lang, numbers), other, numbers)
    ids = tuple(other.get(id_, id_) for id_ in alternative.numbers)
    return replace(alternative, text=passage.text, numbers=ids)


def tell(found: Iterable[Exchange]) -> Iterator[str]:
    """How many pairs came to what, and each that is not noticed or equivalent."""
    found = list(found)
    counts = Counter(one.outcome for one in found)
    yield f"{len(found)} pairs of numbers in one unit: " + ", ".join(
        f"{counts[one]} {one}" for one in sorted(counts)
    )
    for one in found:
        if one.outcome in (EQUIVALENT, UNNOTICED):
            yield f"{one.outcome}: {one.first} and {one.second}"


def main() -> int:
    """Print what comes of every exchange in the paper. Exit code 1 where one would not be noticed, 2 for bad input."""
    from recomputed.guards.all_guards import looks, text_for_guards
    from recomputed.judgement import editions, prepare, recompute

    everything = []
    try:
        for edition in editions(paths.ROOT, paths.DATA):
            with taking(edition.profile, edition.lang):
                executed, judge = recompute(edition, prepare)
                examination = judge(executed).examination
            assert examination is not None
            text, look = text_for_guards(executed, examination), looks(examination, edition.manuscript)
            found = [
                *exchanges(text, examination.numbers, look),
                *replacements(text, examination.numbers, look),
            ]
            print(f"{edition.manuscript}: ", "\n".join(tell(found)), sep="")
            everything += found
    except PaperError as error:
        print(error, file=sys.stderr)
        return 2
    return int(any(one.outcome == UNNOTICED for one in everything))


if __name__ == "__main__":
    sys.exit(main())
