"""The paper's tables and figures as Markdown."""

import pytest

from recomputed.manuscript.paper import SPAN, open_paper, plain_text
from recomputed.manuscript.pipe_tables import pipe_table


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPER_FIGURES", "none")
        yield open_paper()


def test_a_table_has_its_caption_and_label(paper):
    assert paper.table("profile", "Profil").endswith("\n\n: Profil {#tbl-profile}\n")


def test_every_digit_of_a_table_comes_from_a_number(paper):
    for name in ("profile", "audience", "dates"):
        text = paper.make_table(name)
        for case in ("(K1)", "(K2)", "(K3)"):
            text = text.replace(case, "")
        outside = SPAN.sub("", text)
        assert not any(character.isdigit() for character in outside), name


def test_the_profile_shows_the_article_s_table_1(paper):
    text = plain_text(paper.make_table("profile"))[0]
    for cell in ("| Tahun berdiri | 2020 | 2021 | 2020 |", "| Mulai siaran langsung | 2022 | 2021 | 2022 |"):
        assert cell in text
    assert "12 (10 operasional, 2 host siaran)" in text
    assert "minimal 100 Mbps" in text


def test_an_unknown_table_or_figure_is_named_with_those_there_are(paper):
    with pytest.raises(KeyError, match=r"no table is called 'profil'.*profile, audience"):
        paper.table("profil", "x")
    with pytest.raises(KeyError, match=r"no figure is called 'x'.*uplift"):
        paper.figure("x", "caption", "alt")


def test_a_figure_carries_caption_alt_numbers_and_key(paper):
    number = paper.n["turnover.uplift.K1"]
    markdown = paper.figure("uplift", caption=f"naik {number}", alt=f"naik {number}")
    assert markdown.startswith(
        '![naik [25%]{.num data-number="turnover.uplift.K1"}](figures/uplift.svg){#fig-uplift '
    )
    assert 'fig-alt="naik 25%" data-alt-numbers="turnover.uplift.K1" data-key="' in markdown


def test_rows_of_another_length_are_refused():
    with pytest.raises(ValueError, match="differ in length"):
        pipe_table(["a", "b"], [["1"]], [1, 1])
