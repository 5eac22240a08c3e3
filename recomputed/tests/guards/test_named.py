"""A case is named where a number, a claim or its own words tell it from the others."""

from collections.abc import Iterator, Sequence

import pytest

from recomputed.guards.beside import Subjects
from recomputed.guards.named import NamedCases, Untold
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.guards.told import Told
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number

NAMES = {"A": frozenset({"A", "Alder"}), "B": frozenset({"B", "Birch"}), "C": frozenset({"C", "Cedar"})}
POINT = Interval.point(3)
HEIGHT = Number(
    "height.A", POINT, POINT, "metre", "derived", 0, "height",
    Formula("analysis.trees.height", "analysis/trees.py", 1), subject="A",
)  # fmt: skip
ROWS = [Told("A", "en", ("# is old", "bark of #"), 2), Told("B", "en", ("# is young",), 3)]


def untold(
    text: str, rows: Sequence[Told] = ROWS, kind: str = "paragraph", quoted: str = "", alternative: str = ""
) -> list[Untold]:
    """What is told of a text in which `{}` is the height of Alder."""
    before, height, after = text.partition("{}")
    pieces = [
        Piece(before, 0, quoted=quoted),
        *([Piece("3", 0, number="height.A")] if height else []),
        Piece(after, 0),
    ]
    others = (Alternative("f", alternative, (), 0),) if alternative else ()
    numbers = {"height.A": HEIGHT}
    subjects = Subjects(NAMES, numbers, "p")
    look = NamedCases(rows, subjects, numbers, [subjects], "paper.qmd")
    read = Text((Passage(kind, "en", (), tuple(pieces)),), (), others, {}, "en")
    return list(look.in_text(read, lambda *_: (7, 3)))


@pytest.mark.parametrize(
    "text",
    [
        "Alder is old.",
        "We saw the bark of Alder.",
        "Alder has {} m.",
        "We saw Alder, Birch and Cedar.",
        "We saw Alder (A), Birch (B) and Cedar (C).",
        "Alder is old, Birch is young.",
    ],
)
def test_a_case_that_something_tells_is_let_pass(text: str) -> None:
    assert untold(text) == []


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("Birch is old.", ["B"]),
        ("Alder is young.", ["A"]),
        ("We saw the bark of B.", ["B"]),
        ("Cedar stands alone.", ["C"]),
        ("We saw Alder, Birch and Birch.", ["A", "B", "B"]),
        ("Alder has {} m and Cedar is hollow.", ["C"]),
    ],
)
def test_a_case_that_nothing_tells_is_told(text: str, cases: list[str]) -> None:
    assert cases == [one.case for one in untold(text)]


def test_text_alternatives_are_held_to_it_and_tables_and_what_is_quoted_are_not() -> None:
    assert ["B"] == [one.case for one in untold("Trees.", alternative="Birch is old.")]
    assert [] == untold("Birch is old.", kind="table")
    assert [] == untold("Birch is old.", quoted="number:F1")


def test_a_language_without_rows_of_cases_is_not_held_to_it() -> None:
    assert [] == untold("Birch is old.", [Told("A", "de", ("# ist alt",)), Told("height.A", "en", ("high",))])


def test_what_is_told_has_its_place_and_the_row_to_paste() -> None:
    (one,) = untold("Birch is old.")
    assert one.message == (
        "paper.qmd, line 7, column 3: B is named where nothing tells it from A and C in the paragraph: "
        "»Birch« is old.. Hint: words that tell it, with # for the name, go into data/ledger/told.csv: B,en,WORDS"
    )


def test_a_row_whose_words_tell_nothing_is_told() -> None:
    subjects = Subjects(NAMES, {}, "p")
    look = NamedCases(ROWS, subjects, {}, [subjects], "p")
    read = Text((Passage("paragraph", "en", (), (Piece("Alder is old.", 0),)),), (), (), {}, "en")
    assert [] == list(look.in_text(read, lambda *_: None))
    assert ["data/ledger/told.csv, row 3"] == [str(fault)[:27] for fault in look.unused()]


def test_what_stands_before_a_passage_notices_nothing_in_its_place() -> None:
    class Older:
        def in_text(self, text: Text, place: object) -> Iterator[str]:
            return (one.text for one in text.passages if "older" in one.text)

    texts = ("It is older. {}", "Cedar stands alone.")
    passages = tuple(Passage("paragraph", "en", (), (Piece(text, 0),)) for text in texts)
    look = NamedCases(ROWS, Subjects(NAMES, {}, "p"), {}, [Older()], "p")
    found = look.in_text(Text(passages, (), (), {}, "en"), lambda *_: None)
    assert ["C"] == [one.case for one in found]
