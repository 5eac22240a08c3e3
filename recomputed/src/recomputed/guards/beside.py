"""A number stands beside the case that it is of: 30 % of one case in a sentence about another is a wrong number.

In a sentence the cases are named before their numbers or behind them, the same way for all, or their numbers follow in
the order in which they were named; a sentence that names none goes on about the last one named, a table cell is about
the case at the head of its row or column. Where that is not plain, a span says it: `[…]{.of data-subject="A"}`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place
from recomputed.quantity.numbers import Number

Mention = tuple[int, str]


class Subjects:
    """Looks for numbers that stand beside another case than their own. `names` are what each case is called."""

    def __init__(self, names: Mapping[str, frozenset[str]], numbers: Mapping[str, Number], file: str):
        self.names = names
        self._codes = {name.lower(): code for code, called in names.items() for name in {*called, code}}
        longest = sorted(self._codes, key=len, reverse=True)
        self._called = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", re.IGNORECASE)
        self._file = file
        self._of_cases = {id_: one for id_, one in numbers.items() if one.subject in names and len(names) > 1}

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """The misplaced numbers, each at the manuscript's line and column that `place` gives."""
        around = dict(_around(text))
        for sentence in sentences_with_numbers(text, self._of_cases):
            for one, case in self._beside(sentence, around.get(id(sentence.passage), "")):
                if case != one.number.subject:
                    yield self._misplaced(sentence, one, case, place)

    def _beside(self, sentence: Sentence, around: str) -> Iterator[tuple[Stated, str]]:
        """The numbers of a sentence, each with the case that it stands beside; `around` may name one too."""
        passage, start, end = sentence.passage, sentence.start, sentence.end
        free = [one for one in sentence.numbers if not _span(one)]
        yield from ((one, _span(one)) for one in sentence.numbers if _span(one))
        mentions = self._mentions(passage.text)
        named = [(at, case) for at, case in mentions if start <= at < end]
        heads = [case for head in passage.heads for _, case in self._mentions(head)]
        before = [case for _, case in self._mentions(around)] + [case for at, case in mentions if at < start]
        own = [one.number.subject for one in free]
        if heads and not named:
            yield from zip(
                free,
                (case if case in heads else " and ".join(dict.fromkeys(heads)) for case in own),
                strict=True,
            )
        else:
            yield from zip(free, _beside([one.start for one in free], own, named, before), strict=True)

    def found(self, text: str) -> Iterator[tuple[re.Match[str], str]]:
        """The names of cases in a text, and whose each is."""
        return ((found, self._codes[found[0].lower()]) for found in self._called.finditer(text))

    def _mentions(self, text: str) -> list[Mention]:
        return [(found.start(), case) for found, case in self.found(text)]

    def _misplaced(self, sentence: Sentence, one: Stated, case: str, place: Place) -> Misplaced:
        number = one.number
        beside = f"stands beside {case}" if case else "stands where no case is named"
        like = [
            other.id for other in self._of_cases.values() if other.subject == case and _alike(other, number)
        ]
        use = f"use {' or '.join(like)}, or " if like else ""
        hint = f'{use}name {number.subject}, or write […]{{.of data-subject="{number.subject}"}} around it'
        reason = f"{number.id} is of {number.subject} and {beside}"
        return misplaced(self._file, sentence.passage, one, place, reason, hint, like)


def _around(text: Text) -> Iterator[tuple[int, str]]:
    """Of passages that name no case by themselves, what does: a table's caption, the text before a formula or note."""
    captions = {one.of: one.text for one in text.passages if one.kind == "caption" and one.of}
    before = ""
    for passage in text.passages:
        apart = passage.kind == "footnote" or all(
            piece.formula or piece.text.isspace() for piece in passage.pieces
        )
        yield (
            id(passage),
            captions.get(passage.of, "") if passage.kind == "table" else before if apart else "",
        )
        before = before if apart else passage.text


def _span(one: Stated) -> str:
    return next((said for name, said in reversed(one.piece.of) if name == "subject"), "")


def _alike(one: Number, other: Number) -> bool:
    """Whether both are of one quantity in one unit: of different cases, then."""
    return (one.unit, one.quantity, one.words, one.formula) == (
        other.unit,
        other.quantity,
        other.words,
        other.formula,
    )


def _beside(
    starts: Sequence[int], own: Sequence[str], named: Sequence[Mention], said: Sequence[str]
) -> Sequence[str]:
    """The case that each number of a sentence stands beside: its own, if there is a way to read the sentence so.

    `named` are the cases of the sentence, `said` those before it, in order.
    """
    last = said[-1] if said else ""
    before = [next((case for at, case in reversed(named) if at < start), last) for start in starts]
    behind = [next((case for at, case in named if at > start), "") for start in starts]
    alone = {case for _, case in named}
    runs = list(_runs(starts, named, said))
    in_order = {nth for begin, end, order in runs if own[begin:end] == order for nth in range(begin, end)}
    if (len(alone) == 1 and alone == set(own)) or any(
        all(near[nth] == case or nth in in_order for nth, case in enumerate(own)) for near in (before, behind)
    ):
        return own
    found = list(before if before and before[0] else behind)
    for begin, end, order in runs:
        found[begin:end] = order
    return found


def _runs(
    starts: Sequence[int], named: Sequence[Mention], said: Sequence[str]
) -> Iterator[tuple[int, int, Sequence[str]]]:
    """The first and the end of each run of numbers that may follow several cases in their order, and those cases.

    No case is named within a run; its cases are named before or behind it, and it has as many numbers, or twice as
    many, and so on; one more in front of them may be of the case named last.
    """
    first = 0
    for end in range(1, len(starts) + 1):
        if end == len(starts) or any(starts[end - 1] < at < starts[end] for at, _ in named):
            before = list(dict.fromkeys([case for at, case in named if at < starts[first]] or said))
            behind = list(dict.fromkeys(case for at, case in named if at > starts[end - 1]))
            for order in (before, behind):
                for begin in (first, first + 1):
                    times, rest = divmod(end - begin, len(order) or 1)
                    if len(order) > 1 and times and not rest:
                        yield begin, end, order * times
            first = end
