"""An allowance holds its words, or its place, and nothing else."""

from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.guards.allowed import Allowance, read_allowances


def covers(words: str, text: str, number: str, kind: str = "paragraph", where: str = "") -> bool:
    """Whether a row of these words lets the first `number` of a text pass."""
    start = text.index(number)
    row = Allowance("typed-number", words, where, "why", 2)
    return row.covers_words("typed-number", text, start, start + len(number), kind)


@pytest.mark.parametrize(
    ("words", "text", "number"),
    [
        ("Goal 8", "In Goal 8 we read", "8"),
        ("Goal 8", "In Goal\u00a08 we read", "8"),
        ("95 % interval", "a 95 % interval", "95 %"),
        ("Q[1-4]", "Q2 grew", "Q2"),
        ("Plan 30*", "Plan 30A holds", "30A"),
    ],
)
def test_its_words_are_let_pass(words: str, text: str, number: str) -> None:
    assert covers(words, text, number)


@pytest.mark.parametrize(
    ("words", "text", "number"),
    [
        ("Goal 8", "it rose 8 points", "8"),
        ("Goal 8", "Goals 8 points", "8"),
        ("Goal 8", "Goal 80", "80"),
        ("Goal 8", "Goal 8.5", "8.5"),
        ("Q[1-4]", "Q12 grew", "Q12"),
        ("Plan 3*", "Plan 3 and 30", "30"),
    ],
)
def test_nothing_else_is(words: str, text: str, number: str) -> None:
    assert not covers(words, text, number)


def test_a_place_holds_all_that_stands_there() -> None:
    assert covers("*", "2026-11-25", "2026-11-25", "metadata date", "metadata date")
    assert not covers("*", "2026-11-25", "2026-11-25", "paragraph", "metadata date")


@pytest.mark.parametrize("words", ["8", "eight", "25 %"])
def test_a_bare_number_that_may_stand_anywhere_is_refused(words: str, tmp_path: Path) -> None:
    file = tmp_path / "allowed.csv"
    file.write_text(f"guard,text,where,reason\ntyped-number,{words},,why\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"allowed\.csv, row 2, column text: .*the words around a number, as in `SDG 8`"
    ):
        read_allowances(file)


def test_a_bare_number_at_a_place_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "allowed.csv"
    file.write_text("guard,text,where,reason\ntyped-number,8,metadata title,why\n", encoding="utf-8")
    (row,) = read_allowances(file).rows
    assert ("8", "metadata title") == (row.text, row.where)
    assert 3 == read_allowances(file).next_row
