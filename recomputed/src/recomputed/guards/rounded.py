"""Relations hold over what is printed: rounded parts add up to the printed total, or words say that they are rounded.

A relation is declared once: by the formula of a number (a total, a difference, a share, a ratio … of its operands), or
by a statement of `comparisons.csv` or `statements.csv`. Where a table with its caption and notes, or a sentence, prints
all the numbers of a relation, it must hold for them as they are printed, or a word for rounding stands there.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from recomputed.guards.passages import Text
from recomputed.guards.stated import Misplaced, Sentence, Stated, misplaced, sentences_with_numbers
from recomputed.guards.typed_numbers import Place
from recomputed.language import wording
from recomputed.language.catalogue import ENGLISH, known, language
from recomputed.ledger.claims import Comparison
from recomputed.ledger.expressions import holds, parse_statement
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import DERIVED, Number


@dataclass(frozen=True, slots=True)
class Relation:
    """Numbers by their ids, the first of which is told, and what is wrong with them as printed."""

    ids: tuple[str, ...]
    wrong: str


class Rounded:
    """Looks for numbers that are not what the others, as they are printed beside them, make."""

    def __init__(self, comparisons: Mapping[str, Comparison], numbers: Mapping[str, Number], file: str):
        self._numbers, self._file = numbers, file
        self._broken = [*_computed(numbers), *_stated(comparisons, numbers)]

    def in_text(self, text: Text, place: Place) -> Iterator[Misplaced]:
        """Those numbers, each at the manuscript's line and column that `place` gives."""
        for together, said in _together(text, self._numbers) if self._broken else ():
            lang = together[0].passage.lang
            found = {one.number.id: (one, sentence) for sentence in together for one in _whole(sentence)}
            for relation in self._broken if not _words(text.lang, lang).search(said) else ():
                if found.keys() >= set(relation.ids):
                    one, sentence = found[relation.ids[0]]
                    word = language(lang)["numbers.rounded"].split()[0]
                    hint = f"print more digits, or say in the {'caption' if len(together) > 1 else 'sentence'} »{word}«"
                    yield misplaced(self._file, sentence.passage, one, place, relation.wrong, hint)


def _computed(numbers: Mapping[str, Number]) -> Iterator[Relation]:
    """The relations that do not hold, of those that the formulas of derived numbers declare, as far as their functions
    have names.
    """
    for number in numbers.values():
        module, _, name = number.formula.name.rpartition(".")
        function = getattr(sys.modules.get(module), name, None)
        if not function or number.kind != DERIVED or not number.operands:
            continue
        if _made(function, number) != wording.printed(number):
            parts = ", ".join(f"{one.id} ({_shown(one)})" for one in number.operands)
            wrong = f"{number.id} is the {name} of {parts}, which as printed do not make {_shown(number)},"
            ids = (number.id, *(one.id for one in number.operands))
            yield Relation(ids, wrong)


def _made(function: Callable[..., Interval], number: Number) -> Interval | None:
    """What the printed operands make of a number, rounded as it is printed; nothing where it has no value."""
    try:
        return wording.printed(number, function(*map(wording.printed, number.operands)))
    except (ArithmeticError, ValueError):
        return None


def _stated(comparisons: Mapping[str, Comparison], numbers: Mapping[str, Number]) -> Iterator[Relation]:
    """The relations that hold and do not as printed, of those that statements declare."""
    for comparison in comparisons.values():
        tree = parse_statement(comparison.expression)
        ids = tuple(dict.fromkeys(tree.ids()))
        holding = ids and holds(tree, lambda id_: numbers[id_].value)
        if holding and not holds(tree, lambda id_: wording.printed(numbers[id_])):
            parts = ", ".join(f"{id_} ({_shown(numbers[id_])})" for id_ in ids)
            yield Relation(ids, f"{comparison.expression!r} does not hold for {parts} as printed")


def _shown(number: Number) -> str:
    return wording.forms(number, ENGLISH).get("text", number.id)


def _together(text: Text, numbers: Mapping[str, Number]) -> Iterator[tuple[Sequence[Sentence], str]]:
    """The sentences that a reader sees together, with the words there: of a table with its caption, else one alone."""
    tables: dict[str, list[Sentence]] = defaultdict(list)
    named = {passage.of for passage in text.passages if passage.kind == "table" and passage.of}
    for sentence in sentences_with_numbers(text, numbers):
        if (of := sentence.passage.of) in named:
            tables[of].append(sentence)
        else:
            yield [sentence], sentence.passage.text
    for of, together in tables.items():
        yield together, " ".join(passage.text for passage in text.passages if passage.of == of)


def _whole(sentence: Sentence) -> Iterator[Stated]:
    """The numbers of a sentence that it prints whole: not an end of a range alone."""
    for one in sentence.numbers:
        forms = wording.forms(one.number, sentence.passage.lang)
        ends = {forms.pop(end, "") for end in ("low", "high")}
        if one.piece.text not in ends or one.piece.text in forms.values():
            yield one


def _words(*codes: str) -> re.Pattern[str]:
    words = (word for one in known([*codes, ENGLISH]) for word in one["numbers.rounded"].split())
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
