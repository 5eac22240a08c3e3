"""Two numbers of one case and unit are told apart by the words that `told.csv` gives each."""

from dataclasses import replace
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.guards.passages import Passage, Piece, Text
from recomputed.guards.told import Told, ToldNumbers, read_told
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number


def number(id_: str, value: int) -> Number:
    point = Interval.point(value)
    return Number(id_, point, point, "person", "derived", 0, "", Formula("analysis.x.y", "analysis/x.py", 1))


NUMBERS = {id_: number(id_, value) for id_, value in {"visitors.hour1": 30, "visitors.hour2": 8}.items()}


def untold(words: str, text: str, numbers: str = "visitors.hour1", lang: str = "en") -> list[str]:
    """What is told of a text in which `{}` is the first hour's number, held to one row of these words."""
    before, after = text.split("{}")
    passage = Passage(
        "paragraph", lang, (), (Piece(before, 0), Piece("30", 0, number="visitors.hour1"), Piece(after, 0))
    )
    look = ToldNumbers([Told(numbers, "en", tuple(words.split("; ")))], NUMBERS, "paper.qmd")
    return [one.message for one in look.in_text(Text((passage,), (), (), {}, lang), lambda *_: (2, 1))]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("first hour", "There were {} visitors in the first hour."),
        ("first hour", "In the first hour came some. They were {}."),
        ("# visitors", "There were {} visitors."),
        ("# visitors", "There were {} (visitors)."),
        ("were #", "There were {}."),
        ("first … #", "The first of all hours had {}."),
        ("visit*", "Of {} visitors."),
        ("nowhere; first hour", "There were {} in the first hour."),
        ("First Hour", "There were {} in the first hour."),
    ],
)
def test_a_number_in_its_words_is_let_pass(words: str, text: str) -> None:
    assert untold(words, text) == []


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("first hour", "There were {} visitors in the second hour."),
        ("first hour", "There were {} visitors. The first hour was slow."),
        ("# visitors", "There were {} of the visitors."),
        ("were #", "There were about {}."),
        ("visit", "Of {} visitors."),
        ("first … #", "There were {} in the first hour."),
    ],
)
def test_a_number_in_other_words_is_told(words: str, text: str) -> None:
    (message,) = untold(words, text)
    assert message.startswith(
        "paper.qmd, line 2, column 1: visitors.hour1 without the words that tell visitors.hour1"
    )


def test_a_number_that_two_rows_cover_needs_the_words_of_each() -> None:
    rows = [Told("visitors.*", "en", ("visitors",)), Told("*.hour1", "en", ("first hour",))]
    passage = Passage(
        "paragraph", "en", (), (Piece("30", 0, number="visitors.hour1"), Piece(" visitors came.", 0))
    )
    found = list(ToldNumbers(rows, NUMBERS, "p").in_text(Text((passage,), (), (), {}, "en"), lambda *_: None))
    assert 1 == len(found)
    assert "tell *.hour1, »first hour«" in found[0].message


def test_a_row_holds_in_its_language_alone() -> None:
    assert untold("first hour", "Es waren {}.", lang="de") == []


def test_a_paper_may_have_no_such_file(tmp_path: Path) -> None:
    assert read_told(NUMBERS, tmp_path / "told.csv") == []


def test_a_row_of_no_number_or_no_language_is_refused_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "told.csv"
    file.write_text("numbers,lang,words\nvisitors.*,en,came\nguests.*,en,came\nvisitors.hour1,xx,came\n")
    with pytest.raises(InputError) as raised:
        read_told(NUMBERS, file)
    told = str(raised.value)
    assert "told.csv, row 3, column numbers" in told
    assert "guests.*" in told
    assert "told.csv, row 4, column lang" in told


def test_a_row_that_no_number_of_the_text_needs_is_told() -> None:
    look = ToldNumbers([Told("visitors.hour2", "en", ("late",), 5)], NUMBERS, "paper.qmd")
    assert [] == list(look.in_text(Text((), (), (), {}, "en"), lambda *_: None))
    assert ["data/ledger/told.csv, row 5"] == [str(fault)[:27] for fault in look.unused()]


def test_where_a_row_tells_a_number_one_of_its_unit_that_none_tells_is_told() -> None:
    (message,) = untold("late", "There were {} visitors.", "visitors.hour2")
    assert "visitors.hour1 without words of its own, as such tell visitors.hour2" in message


@pytest.mark.parametrize(
    ("unit", "subjects", "told"),
    [("person", ("", "A"), 1), ("person", ("A", "A"), 1), ("person", ("A", "B"), 0), ("hour", ("", ""), 0)],
)
def test_one_of_another_unit_or_case_needs_no_row(unit: str, subjects: tuple[str, str], told: int) -> None:
    one, other = NUMBERS.values()
    numbers = {
        one.id: replace(one, subject=subjects[0]),
        other.id: replace(other, unit=unit, subject=subjects[1]),
    }
    look = ToldNumbers([Told(other.id, "en", ("late",))], numbers, "p")
    passage = Passage("paragraph", "en", (), (Piece("30", 0, number=one.id),))
    assert told == len(list(look.in_text(Text((passage,), (), (), {}, "en"), lambda *_: None)))


@pytest.mark.parametrize(("own", "told"), [("visitors", 1), ("# visitors", 0)])
def test_what_only_looser_words_tell_does_not_stand_right_beside_anothers(own: str, told: int) -> None:
    rows = [Told("visitors.hour1", "en", (own,)), Told("visitors.hour2", "en", ("# visitors",))]
    passage = Passage(
        "paragraph", "en", (), (Piece("30", 0, number="visitors.hour1"), Piece(" visitors came.", 0))
    )
    look = ToldNumbers(rows, NUMBERS, "p")
    assert told == len(list(look.in_text(Text((passage,), (), (), {}, "en"), lambda *_: None)))
