"""Inline expressions of the manuscript."""

import pytest

from recomputed.manuscript.inline import CaseName, Inlines, escape, is_blind
from recomputed.quantity.numbers import UnknownNumber


def test_an_inline_number_is_a_span_with_its_id(numbers):
    inline = Inlines(numbers)["turnover.uplift.K3"]
    assert inline._repr_markdown_() == '[30%]{.num data-number="turnover.uplift.K3"}'
    assert f"naik {inline}" == 'naik [30%]{.num data-number="turnover.uplift.K3"}'
    assert str(inline) == "30%"


def test_the_other_ways_keep_the_id(numbers):
    inline = Inlines(numbers)["counts.cases"]
    assert [str(inline.words), str(inline.Words), str(inline.ordinal)] == ["tiga", "Tiga", "ketiga"]
    assert inline.words.number.id == "counts.cases"
    viewers = Inlines(numbers)["audience.viewers.K1"]
    assert [str(viewers.low), str(viewers.high), str(viewers.bare)] == ["150", "300", "150–300"]
    assert str(Inlines(numbers)["turnover.uplift.K1"].bare) == "25"
    assert str(Inlines(numbers)["events.campaign.month"].digits) == "12"


def test_english_is_another_set_of_inlines(numbers):
    assert str(Inlines(numbers, "en")["context.penetration.indonesia"]) == "79.5%"


def test_an_unknown_id_is_refused(numbers):
    with pytest.raises(UnknownNumber):
        Inlines(numbers)["turnover.uplift.K9"]


def test_text_is_escaped_so_that_markdown_shows_it_as_it_is():
    assert escape("a*b_[c](d)<e>`$x$`|~^#@{f}") == (r"a\*b\_\[c\]\(d\)\<e\>\`\$x\$\`\|\~\^\#\@\{f\}")


def test_a_name_is_a_span_of_its_own():
    assert CaseName("K1", "A_B")._repr_markdown_() == r'[A\_B]{.case data-case="K1"}'


@pytest.mark.parametrize(
    ("profile", "blind"), [("", False), ("blind", True), ("draft,blind", True), ("blinds", False)]
)
def test_the_blind_edition_is_one_of_the_profiles(monkeypatch, profile, blind):
    monkeypatch.setenv("QUARTO_PROFILE", profile)
    assert is_blind() is blind
