"""The words and signs around a number are its unit's, in each language."""

import pytest

from recomputed.guards.passages import Passage, Piece, Text
from recomputed.guards.units import Units
from recomputed.language.catalogue import CODES, language
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number


def told(text: str, unit: str, lang: str = "en", kind: str = "paragraph", heads: tuple[str, ...] = ()) -> str:
    """What is told of a text in which `{25}` is a number of the unit, printed so."""
    before, printed, after = text.replace("}", "{").split("{")
    point = Interval.point(25)
    one = Number("growth", point, point, unit, "derived", 0, "", Formula("analysis.x.y", "analysis/x.py", 1))
    pieces = (Piece(before, 0), Piece(printed, 0, number="growth"), Piece(after, 0))
    passage = Passage(kind, lang, (), pieces, heads=heads)
    look = Units({"growth": one}, "paper.qmd")
    return "".join(one.message for one in look.in_text(Text((passage,), (), (), {}, lang), lambda *_: (4, 9)))


@pytest.mark.parametrize(
    ("text", "unit", "lang"),
    [
        ("It grew by {25%}.", "percent-change", "en"),
        ("It grew by 20 to {25} percent.", "percent-change", "en"),
        ("It is {25} percentage points above.", "percent-point", "en"),
        ("They are {25} and 30 percentage points above.", "percent-point", "en"),
        ("It lasts {25} hours.", "hour", "en"),
        ("It lasts {25} hours a week.", "hour-per-week", "en"),
        ("The odds are {0.25}.", "probability", "en"),
        ("Es wuchs um {25} Prozent.", "percent-change", "de"),
        ("Ia naik {25} persen.", "percent-change", "id"),
        ("Selisihnya {25} poin persentase.", "percent-point", "id"),
    ],
)
def test_a_number_in_its_unit_is_let_pass(text: str, unit: str, lang: str) -> None:
    assert told(text, unit, lang) == ""


@pytest.mark.parametrize(
    ("text", "unit", "lang", "word"),
    [
        ("The odds are {0.25}%.", "probability", "en", "»%«"),
        ("It is {25}% above.", "percent-point", "en", "»%«"),
        ("It is {25} percent above.", "percent-point", "en", "»percent«"),
        ("It grew by {25} percentage points.", "percent-change", "en", "»percentage points«"),
        ("It grew by {25%} hours.", "percent-change", "en", "»hours«"),
        ("It lasts {25} days.", "hour", "en", "»days«"),
        ("Es wuchs um {25} Prozentpunkte.", "percent-change", "de", "»Prozentpunkte«"),
        ("Ia naik {25} poin persentase.", "percent-change", "id", "»poin persentase«"),
        ("Lamanya {25} hari.", "hour", "id", "»hari«"),
    ],
)
def test_a_number_before_another_units_word_is_told(text: str, unit: str, lang: str, word: str) -> None:
    message = told(text, unit, lang)
    assert message.startswith("paper.qmd, line 4, column 9: growth, in the unit ")
    assert f"stands before {word}" in message


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("It grew by {25}.", "percent-change"),
        ("It is {25} above.", "percent-point"),
        ("It lasts {25}.", "hour"),
    ],
)
def test_a_number_whose_unit_is_left_out_is_told(text: str, unit: str) -> None:
    assert "in a sentence without its unit" in told(text, unit)


def test_a_tables_cell_has_its_unit_at_its_heads() -> None:
    for heads in (
        (),
        ("Duration (h)", "A"),
        ("Hours", "A"),
        ("A", "How long"),
        ("A day's hours", "A"),
        ("A's", "B"),
    ):
        assert told("{25}", "hour", kind="table", heads=heads) == ""
    assert told("{25%}", "percent-change", kind="table", heads=("Growth in a day", "A")) == ""


@pytest.mark.parametrize(
    "heads", [("Duration (min)", "A"), ("A", "Days"), ("A", "Duration (g)"), ("Growth (%)", "A")]
)
def test_a_tables_cell_under_another_unit_is_told(heads: tuple[str, ...]) -> None:
    assert "growth, in the unit hour, stands under »" in told("{25}", "hour", kind="table", heads=heads)


def test_every_language_has_words_for_the_same_units() -> None:
    expected = language("en")["unit_words"].keys()
    assert all(expected == language(code)["unit_words"].keys() for code in CODES)
