"""The English edition: what the article published, where the text says it, and tables in its words."""

import re
from collections.abc import Iterator

import pytest

from analysis.data_in_english import ENGLISH
from recomputed.faults import InputError
from recomputed.guards.all_guards import text_of
from recomputed.guards.passages import Text
from recomputed.judgement import Executed
from recomputed.language.wording import told
from recomputed.ledger.examination import COUNTS
from recomputed.manuscript.paper import Paper, open_paper, plain_text
from synthetic.variants import execute_edition


@pytest.fixture(scope="module")
def executed() -> Iterator[Executed]:
    with execute_edition("en") as executed:
        yield executed


@pytest.fixture(scope="module")
def text(executed: Executed) -> Text:
    return text_of(executed)


@pytest.fixture
def paper(executed: Executed, monkeypatch: pytest.MonkeyPatch) -> Paper:
    monkeypatch.setenv("PAPER_FIGURES", "none")
    return open_paper()


@pytest.mark.parametrize(
    ("case", "percent", "mentions"),
    [
        ("K1", 25, ["abstract", "sec-turnover", "sec-recommendations", "sec-conclusion"]),
        ("K2", 10, ["abstract", "sec-turnover", "sec-conclusion"]),
        ("K3", 30, ["abstract", "sec-turnover", "sec-audience", "sec-conclusion"]),
    ],
)
def test_each_rise_is_the_article_s_at_every_mention(
    text: Text, case: str, percent: int, mentions: list[str]
) -> None:
    # the article: both abstracts; results, profile p. 3, turnover p. 1 and 2, audience p. 3; conclusion p. 2
    found: list[str] = []
    for passage in text.passages:
        for _, piece in passage.placed():
            if piece.number != f"turnover.uplift.{case}" or passage.lang != "en" or passage.supplement:
                continue
            assert re.fullmatch(rf"(rose by (about )?)?{percent}%", piece.text)
            found.append("abstract" if passage.kind == "abstract" else passage.section[-1])
    assert mentions == list(dict.fromkeys(found))


def test_the_profile_shows_the_article_s_table_in_english(paper: Paper) -> None:
    table = plain_text(paper.make_table("profile"))[0]
    for cell in (
        "| Founded | 2020 | 2021 | 2020 |",  # table 1 of the article, as are the following
        "12 (10 operational, 2 live hosts)",
        "3 (morning, after the midday prayer, evening)",
        "2 (midday, evening; 2 hours each)",
        "more than 10 | not stated | not stated",
    ):
        assert cell in table


@pytest.mark.parametrize("name", ["profile", "audience", "dates"])
def test_no_table_keeps_a_word_of_the_other_edition(paper: Paper, name: str) -> None:
    table = plain_text(paper.make_table(name))[0]
    other = [word for word in ENGLISH if re.search(rf"\b{re.escape(word)}\b", table)]
    assert [] == other
    assert not re.search(r"\b(dan|tidak|penonton|rata-rata|awal|tahun)\b", table)


def test_every_expression_and_rule_has_its_english(paper: Paper) -> None:
    own = [number for number in paper.numbers.values() if number.id not in COUNTS]
    texts = {number.words for number in own} | {number.coding.rule for number in own if number.coding}
    assert [] == sorted(text for text in texts - {""} if told(text, "en") == text)
    assert "computed: sessions a week times the length of a session" in paper.table_of_numbers()


def test_a_text_without_english_is_a_fault_at_its_cell(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ENGLISH, "ibu-ibu")
    with pytest.raises(InputError) as error:
        paper.make_table("profile")
    assert "data/cases.csv" in str(error.value)
    assert "'ibu-ibu'" in str(error.value)
