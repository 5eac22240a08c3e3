"""A word that compares is held to the data: "largest", "only", "in line with", "fewer".

Each stands in a span `[…]{.claim data-claim="id"}` that names a row of `data/comparisons.csv`, what the article
compares, or of `statements.csv`, what only this paper does. The row's expression must have the verdict that the
span states (`data-verdict`, else `agrees`), point the way that the word does, and speak of the case that the
span names.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.guards.allowed import Allowances
from recomputed.guards.passages import Claimed, Passage, Piece, Text
from recomputed.guards.typed_numbers import Place, told_place
from recomputed.language import catalogue
from recomputed.language.catalogue import ENGLISH, Language, known
from recomputed.ledger.claims import Comparison
from recomputed.ledger.expressions import ExpressionError, Node, parse_statement
from recomputed.ledger.verdicts import AGREES, decide
from recomputed.quantity.numbers import Number
from recomputed.tables.sheet import Line, read_lines

GUARD = "comparing-word"
STATEMENTS = paths.LEDGER / "statements.csv"
MORE, LESS, LIKE, ONLY, UNKNOWN = "more", "less", "like", "only", ""
_POINTS = {"<": LESS, "<=": LESS, ">": MORE, ">=": MORE, "within": LIKE, "overlaps": LIKE, "=": LIKE}


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparing word of the paper that its data do not bear out, or that nothing ties to the data."""

    line: int | None
    column: int | None
    text: str
    claim: str
    message: str


@dataclass(frozen=True, slots=True)
class Word:
    """A comparing word: where it stands in its passage, what it says with the next word, which way."""

    start: int
    phrase: str
    sense: str


class Vocabulary:
    """The comparing words of some languages, and what each says."""

    def __init__(self, codes: Iterable[str]):
        languages = known(codes)
        self._sense = self._sorted(languages, {sense: sense for sense in (MORE, LESS, LIKE, ONLY)})
        self._degree = self._sorted(languages, {MORE: "more_adjectives", LESS: "less_adjectives"})
        self._bounds = tuple(language["numbers.hedges.more-than"] for language in languages)
        degrees = [word for language in languages for word in language.listed("comparing.degree")]
        phrases, others = (
            [phrase.replace(" ", r"\s+") for language in languages for phrase in language[f"comparing.{key}"]]
            for key in ("phrases", "no_phrases")
        )
        self._found = re.compile(
            rf"\b(?!(?:{_any(others)})\b)(?:(?P<degree>{_any(degrees)})\s+(?P<adjective>[\w-]+)|{_any(phrases)}"
            rf"|{_any(self._sense)})\b(?:\s+[\w-]+){{0,3}}",
            re.IGNORECASE,
        )

    @staticmethod
    def _sorted(languages: Iterable[Language], keys: Mapping[str, str]) -> dict[str, str]:
        return {
            word: sense
            for language in languages
            for sense, key in keys.items()
            for word in language.listed(f"comparing.{key}")
        }

    def find(self, text: str) -> Iterator[Word]:
        """The comparing words of a text."""
        for match in self._found.finditer(text):
            if match["degree"]:
                sense = self._degree.get(match["adjective"].lower(), UNKNOWN)
            else:
                sense = self._sense.get(match[0].split()[0].lower(), LIKE)
            yield Word(match.start(), re.sub(r"\s+", " ", match[0]), sense)

    def bound(self, phrase: str) -> str:
        """The "more than" with which a phrase begins, or nothing."""
        return next((words for words in self._bounds if phrase.lower().startswith(words)), "")


def _any(words: Iterable[str]) -> str:
    """A pattern of any of these words, the longest first; of none, one that matches nothing."""
    return "|".join(sorted(words, key=len, reverse=True)) or "(?!)"


@cache
def vocabulary(*codes: str) -> Vocabulary:
    """The comparing words of these languages, and of English: they count everywhere."""
    return Vocabulary(dict.fromkeys((*codes, ENGLISH)))


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
            words = list(said.find(passage.typed))  # numbers and quotations compare nothing by themselves
            for word in words:
                if not (
                    passage.piece(word.start)[1].claims
                    or _bound_by_hedge(passage, word, said.bound(word.phrase), self._numbers)
                    or self._allowed.permit(GUARD, word.phrase.lower(), passage.kind)
                ):
                    reason = "a comparing word in no `.claim` span"
                    yield self._compared(passage, word.start, word.phrase, "", reason, place)
            for claimed, pieces, start, end in _spans(passage):
                inside = [word for word in words if start <= word.start < end]
                for reason in self._faults(claimed, pieces, inside):
                    yield self._compared(passage, start, passage.text[start:end], claimed.id, reason, place)

    def _faults(self, claimed: Claimed, pieces: Sequence[Piece], words: Sequence[Word]) -> Iterator[str]:
        comparison = self._comparisons.get(claimed.id)
        if comparison is None:
            yield f"the claim {claimed.id!r}, which no comparison has{nearest(claimed.id, self._comparisons)}"
            return
        self.used.add(claimed.id)
        tree = parse_statement(comparison.expression)
        found, _ = decide(comparison, self._numbers)
        if found != claimed.verdict:
            yield f"the claim {claimed.id}: it is said to have the verdict {claimed.verdict!r}, and has {found!r}"
        senses = set(_senses(tree))
        for word in words:
            if senses.isdisjoint({LESS, LIKE} if word.sense == ONLY else {word.sense}):
                yield f"the word {word.phrase!r}, which says otherwise than {comparison.expression!r}"
        if not words:
            yield f"the claim {claimed.id} on words that compare nothing"
        subjects = [self._numbers[id_].subject for id_ in tree.ids()]
        yield from _case_faults(claimed.id, subjects, [piece.case for piece in pieces if piece.case])

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


def _senses(tree: Node) -> Iterator[str]:
    if tree.operation in _POINTS:
        yield _POINTS[tree.operation]
    for part in tree.parts:
        yield from _senses(part)


def _case_faults(claim: str, subjects: Sequence[str], named: Sequence[str]) -> Iterator[str]:
    """The subject of the expression's first number must be named, and no case that none of its numbers is about."""
    first = next(iter(subjects), "")
    if named and first and first not in named:
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


def _bound_by_hedge(passage: Passage, word: Word, bound: str, numbers: Mapping[str, Number]) -> bool:
    """Whether `bound`, a "more than", stands right before a number that the article itself hedges so."""
    end = word.start + len(bound)
    after = (piece.number for start, piece in passage.placed() if start >= end and piece.text.strip())
    number = numbers.get(next(after, "")) if bound else None
    return number is not None and number.hedge == "more-than"
