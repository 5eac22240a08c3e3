"""The words and signs around a number are its unit's, in each language."""

from types import SimpleNamespace

import pytest

from recomputed.guards import units
from recomputed.guards.passages import Passage, Piece, Text
from recomputed.guards.units import Units
from recomputed.language import unit_words as language_of_units
from recomputed.language.catalogue import CODES, language
from recomputed.language.unit_words import UnitWords
from recomputed.paper_toml import UnitWording
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number


def _number(id_: str, unit: str) -> Number:
    point = Interval.point(25)
    return Number(id_, point, point, unit, "derived", 0, "", Formula("analysis.x.y", "analysis/x.py", 1))


def told(text: str, unit: str, lang: str = "en", kind: str = "paragraph", heads: tuple[str, ...] = ()) -> str:
    """What is told of a text in which `{25}` is a number of the unit, printed so."""
    before, printed, after = text.replace("}", "{").split("{")
    one = _number("growth", unit)
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
        ("It fell by {25} points.", "percent-point", "en"),
        ("It makes {25} points.", "item", "en"),
        ("It came {25} times.", "visit-per-week", "en"),
        ("It grew by {25} in May and 30 percent in June.", "percent-change", "en"),
        ("It grew by {25} in May and 30 % in June.", "percent-change", "en"),
        ("In percent, it grew by {25}.", "percent-change", "en"),
        ("Es wuchs um {25} Prozent.", "percent-change", "de"),
        ("Ia naik {25} persen.", "percent-change", "id"),
        ("Selisihnya {25} poin persentase.", "percent-point", "id"),
    ],
)
def test_a_number_in_its_unit_is_let_pass(text: str, unit: str, lang: str) -> None:
    assert told(text, unit, lang) == ""


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("It grew by {25}, the owners say, and thirty percent of the guests are new.", "en"),
        ("It grew by {25} (the guests, by a few percent).", "en"),
        ("It grew by {25} as all of the owners told us, some percent more.", "en"),
        ("Ia naik {25} menurut pemiliknya, dan beberapa persen pembelinya baru.", "id"),
        ("Es wuchs um {25}; einige Prozent der Gäste sind neu.", "de"),
    ],
)
def test_a_word_of_its_unit_that_is_said_of_something_else_is_none_for_it(text: str, lang: str) -> None:
    assert "in a sentence without its unit" in told(text, "percent-change", lang)


@pytest.mark.parametrize(
    ("text", "unit", "lang", "word"),
    [
        ("The odds are {0.25}%.", "probability", "en", "»%«"),
        ("It is {25}% above.", "percent-point", "en", "»%«"),
        ("It is {25} percent above.", "percent-point", "en", "»percent«"),
        ("It grew by {25} percentage points.", "percent-change", "en", "»percentage points«"),
        ("It grew by {25%} hours.", "percent-change", "en", "»hours«"),
        ("It lasts {25} days.", "hour", "en", "»days«"),
        ("It grew by {25%} points.", "percent-change", "en", "»points«"),
        ("The correlation is {0.25} times.", "correlation", "en", "»times«"),
        ("Ia naik {25%} poin.", "percent-change", "id", "»poin«"),
        ("Ia naik {25%} kali.", "percent-change", "id", "»kali«"),
        ("Es wuchs um {25%} Punkte.", "percent-change", "de", "»Punkte«"),
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
    for name in ("unit_words", "unit_words_beside"):
        expected = language("en")[name].keys()
        assert all(expected == language(code)[name].keys() for code in CODES)


@pytest.mark.parametrize(("text", "sign"), [("It passed ${25%}.", "$"), ("It passed € {25%}.", "€")])
def test_a_number_behind_the_sign_of_a_currency_is_told(text: str, sign: str) -> None:
    assert f"stands behind »{sign}«" in told(text, "percent-change")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [("It draws {25} readers.", False), ("It draws {25} people.", True), ("It draws {25} hours.", True)],
)
def test_what_a_paper_calls_its_own_unit_stands_in_its_sentence(
    text: str, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = SimpleNamespace(units={"reader": UnitWording(words={"en": "reader; readers"})})
    with monkeypatch.context() as patch:
        patch.setattr(language_of_units, "paper_settings", lambda: own)
        patch.setattr(units, "unit_words", UnitWords)
        assert is_told == (told(text, "reader") != "")


def test_a_unit_that_is_printed_twice_is_told() -> None:
    assert "prints its unit, and stands before »percent«" in told(
        "It grew by {25%} percent.", "percent-change"
    )


@pytest.mark.parametrize(
    ("between", "is_told"), [(" to ", False), (" (north) and ", False), (" sellers in a town of some ", True)]
)
def test_a_unit_that_another_number_prints_is_its_own_unless_hardly_a_word_stands_between(
    between: str, is_told: bool
) -> None:
    pieces = (Piece("It grew by "), Piece("20", number="low"), Piece(between), Piece("25%", number="high"))
    numbers = {id_: _number(id_, "percent-change") for id_ in ("low", "high")}
    text = Text((Passage("paragraph", "en", (), pieces),), (), (), {}, "en")
    found = [one.number for one in Units(numbers, "paper.qmd").in_text(text, lambda *_: None)]
    assert (["low"] if is_told else []) == found


@pytest.mark.parametrize(
    ("caption", "word"),
    [
        ("Growth (%).", ""),
        ("Growth, in percent of the year before.", ""),
        ("Growth in an hour, and panels (a) and (h).", ""),
        ("Growth (points).", "»points«"),
        ("Growth in hours.", "»hours«"),
        ("Growth (h).", "»h«"),
    ],
)
def test_a_caption_in_a_unit_that_no_cell_has_is_told(caption: str, word: str) -> None:
    cell = Passage("table", "en", (), (Piece("25%", number="growth"),), of="tbl-growth")
    said = Passage("caption", "en", (), (Piece(caption),), of="tbl-growth")
    look = Units({"growth": _number("growth", "percent-change")}, "paper.qmd")
    found = [one.message for one in look.in_text(Text((cell, said), (), (), {}, "en"), lambda *_: None)]
    assert ([f"paper.qmd: {word} is no unit of the table's cells"] if word else []) == [
        one.partition(" in the caption")[0] for one in found
    ]
