"""A word that compares is held to the data: "largest", "only", "in line with", "fewer".

Each stands in a span `[…]{.claim data-claim="id"}` that names a row of `data/comparisons.csv`, what the article
compares, or of `statements.csv`, what only this paper does. The row's expression must have the verdict that the
span states (`data-verdict`, else `agrees`), point the way that the word does, and speak of the case that the
span names.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.guards.allowed import FILE as ALLOWED
from recomputed.guards.allowed import Allowances
from recomputed.guards.passages import Claimed, Passage, Piece, Text, sentences
from recomputed.guards.typed_numbers import Place, csv_line, told_place
from recomputed.language import catalogue
from recomputed.language.comparing_words import LESS, LIKE, MORE, MULTIPLE, ONLY, Vocabulary, Word, vocabulary
from recomputed.language.number_words import find_numbers
from recomputed.ledger.claims import Comparison
from recomputed.ledger.expressions import RELATIONS, ExpressionError, Node, parse_statement
from recomputed.ledger.verdicts import AGREES, decide
from recomputed.quantity.numbers import Number
from recomputed.tables.sheet import Line, read_lines

GUARD = "comparing-word"
STATEMENTS = paths.LEDGER / "statements.csv"
STATED = f"data/ledger/{STATEMENTS.name}"
_POINTS = {"<": {LESS}, "<=": {LESS}, ">": {MORE}, ">=": {MORE}, "!=": {MORE, LESS}}  # every other says LIKE
_REVERSED = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
}  # what "not" makes of a relation; of every other `!=`
_SAID = {MORE: {MORE}, LESS: {LESS}, LIKE: {LIKE}, ONLY: {LESS, LIKE}}  # what a word may be said of
_DENIED = {MORE: {LESS, LIKE}, LESS: {MORE, LIKE}, LIKE: {MORE, LESS}, ONLY: {MORE}}
_WRITTEN = {MORE: ">", LESS: "<", LIKE: "=", ONLY: "="}  # how a statement with the word begins
_SHOWN = 3  # ids suggested


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparing word of the paper that its data do not bear out, or that nothing ties to the data."""

    line: int | None
    column: int | None
    text: str
    claim: str
    message: str


class ComparingWords:
    """Holds the comparing words of a text to comparisons over these numbers."""

    def __init__(
        self,
        comparisons: Mapping[str, Comparison],
        numbers: Mapping[str, Number],
        allowed: Allowances,
        file: str,
    ):
        self._comparisons, self._numbers, self._allowed, self._file = comparisons, numbers, allowed, file
        self.used: set[str] = set()

    def in_text(self, text: Text, place: Place) -> Iterator[Compared]:
        """Every comparing word that fails, at the manuscript's line and column that `place` gives."""
        for passage in text.passages:
            said = vocabulary(text.lang, passage.lang)
            words = said.find(passage.typed)  # numbers and quotations compare nothing by themselves
            for word in words:
                if not (
                    passage.piece(word.start)[1].claims
                    or _is_hedge(passage, word, self._numbers)
                    or _is_typed_number(passage, word, text.lang)
                    or self._allowed.permit(GUARD, word.phrase.lower(), passage.kind)
                ):
                    reason = "a comparing word in no `.claim` span"
                    found = self._compared(passage, word.start, word.phrase, "", reason, place)
                    yield replace(found, message=f"{found.message}. Hint: {self._hint(passage, word)}")
            for claimed, pieces, start, end in _spans(passage):
                inside = _inside(passage, words, said, start, end)
                for reason in self._faults(claimed, pieces, inside, _beside(passage, start, end)):
                    yield self._compared(passage, start, passage.text[start:end], claimed.id, reason, place)

    def _faults(
        self, claimed: Claimed, pieces: Sequence[Piece], words: Sequence[Word], beside: Sequence[str]
    ) -> Iterator[str]:
        comparison = self._comparisons.get(claimed.id)
        if comparison is None:
            yield f"the claim {claimed.id!r}, which no comparison has{nearest(claimed.id, self._comparisons)}"
            return
        self.used.add(claimed.id)
        tree = parse_statement(comparison.expression)
        found, _ = decide(comparison, self._numbers)
        if found != claimed.verdict:
            yield f"the claim {claimed.id}: it is said to have the verdict {claimed.verdict!r}, and has {found!r}"
        for word in words:
            if not _bears_out(tree, word):
                yield f"the word {word.phrase!r}, which says otherwise than {comparison.expression!r}"
        if not words:
            yield f"the claim {claimed.id} on words that compare nothing"
        subjects = [self._numbers[id_].subject for id_ in tree.ids()]
        named = [piece.case for piece in pieces if piece.case]
        if named:
            yield from _case_faults(claimed.id, subjects, named)
        about = dict.fromkeys(self._numbers[id_].subject for id_ in _compared_ids(tree))
        if not named and beside and about and "" not in about and about.keys().isdisjoint(beside):
            cases = " and ".join(about)
            yield f"the claim {claimed.id}, which is about {cases}, on words beside {' and '.join(beside)}"

    def _hint(self, passage: Passage, word: Word) -> str:
        """What to do with a word in no span, ready to paste: the span; where no claim fits, a row for one."""
        start, end = next(span for span in sentences(passage) if span[0] <= word.start < span[1])
        stated = [
            piece.number
            for at, piece in passage.placed()
            if start <= at < end and piece.number in self._numbers
        ]
        fits = [
            id_
            for id_, comparison in self._comparisons.items()
            if _bears_out(tree := parse_statement(comparison.expression), word)
            and not {*stated}.isdisjoint(tree.ids())
        ][:_SHOWN]
        first, second = next(self._pairs(stated), ("ID", "ID"))
        relation = f"= {word.factor} *" if word.sense == MULTIPLE else _WRITTEN[word.sense]
        row = csv_line("NAME", passage.text[start:end].strip(), f"{first} {relation} {second}")
        without = csv_line(GUARD, word.phrase.lower(), passage.kind, "REASON")
        which = f"as {' or '.join(fits)} is its comparison" if fits else f"with this row in {STATED}: {row}"
        return (
            f'write [{passage.text[word.start : word.end]}]{{.claim data-claim="{fits[0] if fits else "NAME"}"}}, '
            f"{which}; if it compares no data, add to data/ledger/{ALLOWED.name}: {without}"
        )

    def _pairs(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Every two of these numbers that are in one unit."""
        for one, other in combinations(dict.fromkeys(ids), 2):
            if self._numbers[one].unit == self._numbers[other].unit:
                yield one, other

    def _compared(
        self, passage: Passage, start: int, text: str, claim: str, reason: str, place: Place
    ) -> Compared:
        at = place(passage, start, text)
        line, column = at or (None, None)
        message = f"{told_place(self._file, at)}: {reason} in the {passage.kind}: »{text}«"
        return Compared(line, column, text, claim, message)


def read_comparisons(
    comparisons: Sequence[Comparison], numbers: Mapping[str, Number], file: Path = STATEMENTS
) -> dict[str, Comparison]:
    """What the article compares and what this paper states in `file`, by id.

    Raises InputError where the file is no such table, has an id of the article's, or states what is no statement
    over numbers.
    """
    known = {one.id: one for one in comparisons}
    shown, faults = f"data/ledger/{file.name}", []
    for line in _statements(file):
        expression = line["expression"]
        if line["id"] in known:
            faults.append(Fault(shown, "an id that comparisons.csv has not", line["id"], line.row, "id"))
        try:
            for id_ in parse_statement(expression).ids():
                if id_ not in numbers:
                    found = f"{id_!r}{nearest(id_, numbers)}"
                    faults.append(Fault(shown, "the id of a number", found, line.row, "expression"))
        except ExpressionError as error:
            faults.append(Fault(shown, "a statement over numbers", str(error), line.row, "expression"))
        known[line["id"]] = Comparison(line["id"], "", "", catalogue.Text(), expression, AGREES, "")
    if faults:
        raise InputError(faults)
    return known


def _statements(file: Path) -> list[Line]:
    columns = ("id", "statement", "expression")
    return read_lines(file, columns, f"data/ledger/{file.name}", filled=columns)


def unused_statements(used: set[str]) -> Iterator[str]:
    """A sentence for each row of `statements.csv` that the paper never refers to."""
    for line in _statements(STATEMENTS):
        if line["id"] not in used:
            yield f"data/ledger/{STATEMENTS.name}, row {line.row}: no sentence of the paper states {line['id']}"


def _bears_out(tree: Node, word: Word) -> bool:
    """Whether a statement says what a word does: points its way, or has its multiple."""
    if word.sense == MULTIPLE:
        return word.negated != any(factor == word.factor for factor in _factors(tree))
    return not (_DENIED if word.negated else _SAID)[word.sense].isdisjoint(_senses(tree))


def _senses(tree: Node, denied: bool = False) -> Iterator[str]:
    """Which ways a statement points."""
    denied ^= tree.operation == "not"
    if tree.operation in RELATIONS:
        relation = _REVERSED.get(tree.operation, "!=") if denied else tree.operation
        yield from _POINTS.get(relation, {LIKE})
    for part in tree.parts:
        yield from _senses(part, denied)


def _compared_ids(tree: Node) -> Iterator[str]:
    """The ids that the relations of a statement are about: those on their left sides."""
    if tree.operation in RELATIONS:
        yield from tree.parts[0].ids()
    for part in tree.parts:
        yield from _compared_ids(part)


def _factors(tree: Node) -> Iterator[Fraction]:
    """Of each relation of a statement, how many times its right side the left one is: 2 of a = 2 * b."""
    if tree.operation in RELATIONS:
        left, right = map(_coefficient, tree.parts)
        if left:
            yield right / left
    for part in tree.parts:
        yield from _factors(part)


def _coefficient(tree: Node) -> Fraction:
    """The constant factor of a value."""
    if tree.operation == "decimal":
        return Fraction(tree.text)
    if tree.operation in ("*", "/"):
        first, second = map(_coefficient, tree.parts)
        return first * second if tree.operation == "*" else first / (second or 1)
    return Fraction(1)


def _case_faults(claim: str, subjects: Sequence[str], named: Sequence[str]) -> Iterator[str]:
    """The subject of the expression's first number must be named, and no case that none of its numbers is about."""
    first = next(iter(subjects), "")
    if first and first not in named:
        yield f"the claim {claim}, which is about {first}, on words that name {' and '.join(named)}"
    for case in named:
        if case not in subjects:
            yield f"the claim {claim}, which is not about {case}, on words that name it"


def _spans(passage: Passage) -> Iterator[tuple[Claimed, list[Piece], int, int]]:
    """Each claim span with its pieces, and where it begins and ends in the passage's text."""
    found: dict[Claimed, list[tuple[int, Piece]]] = {}
    for start, piece in passage.placed():
        for claimed in piece.claims:
            found.setdefault(claimed, []).append((start, piece))
    for claimed, placed in found.items():
        last, piece = placed[-1]
        yield claimed, [piece for _, piece in placed], placed[0][0], last + len(piece.text)


def _beside(passage: Passage, start: int, end: int) -> Sequence[str]:
    """The cases that a passage names last before a span, and its sentence first behind it."""
    last = next(last for first, last in sentences(passage) if first <= start < last)
    named = [(at, piece.case) for at, piece in passage.placed() if piece.case and at < last]
    before, behind = [case for at, case in named if at < start], [case for at, case in named if at >= end]
    return list(dict.fromkeys([*before[-1:], *behind[:1]]))


def _inside(
    passage: Passage, words: Sequence[Word], said: Vocabulary, start: int, end: int
) -> Sequence[Word]:
    """The comparing words of a span: without any, its rises and falls."""
    inside = [word for word in words if start <= word.start < end]
    return inside or [word for word in said.moves(passage.typed) if start <= word.start < end]


def _is_hedge(passage: Passage, word: Word, numbers: Mapping[str, Number]) -> bool:
    """Whether a word stands right before a number that the article itself hedges so."""
    after = (piece.number for start, piece in passage.placed() if start >= word.end and piece.text.strip())
    number = numbers.get(next(after, "")) if word.hedge else None
    return number is not None and number.hedge == word.hedge


def _is_typed_number(passage: Passage, word: Word, lang: str) -> bool:
    """Whether a multiple is a number word, which is told as a typed number."""
    return word.sense == MULTIPLE and any(
        find_numbers(passage.typed[word.start : word.end], lang, passage.lang)
    )
