"""Inline expressions of the manuscript."""

import pytest

from recomputed.manuscript.inline import CaseName, Inlines, escape, is_blind
from recomputed.quantity.numbers import Numbers, UnknownNumber
from synthetic.quantities import made


def test_an_inline_number_is_a_span_with_its_id(numbers):
    inline = Inlines(numbers)["growth.rise.hill"]
    assert inline._repr_markdown_() == '[35%]{.num data-number="growth.rise.hill"}'
    assert f"up {inline}" == 'up [35%]{.num data-number="growth.rise.hill"}'
    assert str(inline) == "35%"


def test_the_other_ways_keep_the_id(numbers):
    inline = Inlines(numbers)["counts.stalls"]
    assert [str(inline.words), str(inline.Words), str(inline.ordinal)] == ["three", "Three", "third"]
    assert inline.words.number.id == "counts.stalls"
    guests = Inlines(numbers)["stalls.guests.north"]
    assert [str(guests.low), str(guests.high), str(guests.bare)] == ["40", "60", "40–60"]
    assert str(Inlines(numbers)["growth.rise.north"].bare) == "20"
    december = Numbers()
    december.add([made(12, unit="month-of-year")])
    assert str(Inlines(december)["x"].digits) == "12"


def test_another_language_is_another_set_of_inlines(numbers):
    assert str(Inlines(numbers, "de")["growth.mean"]) == "21,0\u00a0%"


def test_an_unknown_id_is_refused(numbers):
    with pytest.raises(UnknownNumber):
        Inlines(numbers)["growth.rise.valley"]


def test_text_is_escaped_so_that_markdown_shows_it_as_it_is():
    assert escape("a*b_[c](d)<e>`$x$`|~^#@{f}") == (r"a\*b\_\[c\]\(d\)\<e\>\`\$x\$\`\|\~\^\#\@\{f\}")


def test_a_name_is_a_span_of_its_own():
    assert CaseName("S1", "A_B")._repr_markdown_() == r'[A\_B]{.case data-case="S1"}'


@pytest.mark.parametrize(
    ("profile", "blind"), [("", False), ("blind", True), ("draft,blind", True), ("blinds", False)]
)
def test_the_blind_edition_is_one_of_the_profiles(monkeypatch, profile, blind):
    monkeypatch.setenv("QUARTO_PROFILE", profile)
    assert is_blind() is blind
