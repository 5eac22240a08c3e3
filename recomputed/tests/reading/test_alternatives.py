"""The alternatives of assumptions are, one by one, what `diff --assume` says; and the reviewer's page shows them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from lxml import html

from recomputed import paths
from recomputed.faults import InputError
from recomputed.guards.formats import format_faults
from recomputed.judgement import REVIEW, Executed, Verdict
from recomputed.language.catalogue import Text, language
from recomputed.ledger.examination import Examination
from recomputed.ledger.terms import Words
from recomputed.paper_toml import PaperSettings
from recomputed.reading import alternatives as module
from recomputed.reading.alternatives import Alternative, alternatives, differences, told
from recomputed.reading.review import assumed_value, linked, review_page
from recomputed.reading.whatif import Difference, compare, edit_cells

Judged = tuple[Executed, Verdict]
PAGES = {"index.html": '<header></header><h2 id="sec-audit">Appendix: the <i>survey</i></h2>'}


@pytest.fixture(scope="module")
def examination(judged_paper: Judged) -> Examination:
    found = judged_paper[1].examination
    assert found is not None
    return found


@pytest.fixture(scope="module")
def computed(judged_paper: Judged, examination: Examination) -> list[Alternative]:
    return list(differences(judged_paper[0], examination, alternatives(examination)))


@pytest.fixture(scope="module")
def others(judged_paper: Judged, examination: Examination, tmp_path_factory: Any) -> list[dict[str, Any]]:
    file = tmp_path_factory.mktemp("kept") / "told.json"
    return told(judged_paper[0], examination, alternatives(examination), "en", file, "key")


@pytest.fixture(scope="module")
def page(examination: Examination, others: list[dict[str, Any]]) -> Any:
    return html.fromstring(review_page(examination, others, "Tea & <signs>", "en", PAGES))


def placeless(found: Difference) -> Difference:
    """Without lines, which the page does not need."""
    sentences = tuple(replace(one, line=None) for one in found.sentences)
    broken = tuple(re.sub(r", line \d+(, column \d+)?", "", one) for one in found.broken)
    return replace(found, sentences=sentences, broken=broken)


@pytest.mark.slow
def test_each_is_what_diff_assume_says(computed: list[Alternative], tmp_path: Path) -> None:
    assert {("A1", "10"), ("A2", "500")} == {(one.id, one.value) for one in computed}
    for one in computed:
        data, assumed = tmp_path / one.id, {one.id: one.value}
        edit_cells(paths.DATA, (), data, assumed)
        assert placeless(compare(paths.DATA, data, assumed)) == placeless(one.difference)


def test_they_are_computed_without_another_execution(computed: list[Alternative]) -> None:
    moved = {one.id: one.difference for one in computed}
    assert "growth.index.north" in {one.id for one in moved["A1"].numbers}
    assert ["product.income.north"] == [told.partition(":")[0] for told in moved["A2"].gone_findings]
    assert {"audit.findings", "audit.implausible"} == {one.id for one in moved["A2"].numbers}
    assert any(("eight", "seven") in one.parts for one in moved["A2"].sentences)


def test_what_an_execution_gave_and_a_rehearsal_does_not_is_executed_again(
    judged_paper: Judged, examination: Examination, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed, ran = judged_paper[0], []
    other = replace(executed, woven=replace(executed.woven, markdown=executed.woven.markdown + "\n\nMore."))
    monkeypatch.setattr(module, "text_of", lambda _: module.read_text({"blocks": []}, "", "en"))
    monkeypatch.setattr(module, "compare", lambda *given: ran.append(given[2:]) or Difference((), (), (), ()))
    (one,) = differences(other, examination, [("A1", "10")])
    assert [({"A1": "10"}, None)] == ran
    assert one.changed is None


def test_what_the_data_do_not_validate_with_is_told(judged_paper: Judged, examination: Examination) -> None:
    with pytest.raises(InputError, match=r"alternatives of A1 with which the data validate, found 'many'"):
        list(differences(judged_paper[0], examination, [("A1", "many")]))


def test_only_prose_that_says_what_moves_asks_anew(
    judged_paper: Judged, examination: Examination, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    executed, asked = judged_paper[0], []
    real = differences

    def counted(executed: Executed, examination: Examination, others: Any) -> Iterator[Alternative]:
        asked.append(list(others))
        return real(executed, examination, others)

    def edited(old: str, new: str) -> Any:
        cells = [
            SimpleNamespace(**{**cell, "source": cell.source.replace(old, new)})
            for cell in executed.notebook.cells
        ]
        assert cells != [SimpleNamespace(**cell) for cell in executed.notebook.cells]
        kept = {"woven": executed.woven, "data": executed.data, "manuscript": executed.manuscript}
        return SimpleNamespace(notebook=SimpleNamespace(cells=cells), profile=None, **kept)

    monkeypatch.setattr(module, "differences", counted)
    text = module.text_of(executed)
    monkeypatch.setattr(module, "text_of", lambda _: text)
    pairs = alternatives(examination)

    def ask(executed: Any, key: str = "key") -> Any:
        return told(executed, examination, pairs, "en", tmp_path / "told.json", key)

    first = ask(executed)
    assert (
        first == ask(executed) == ask(edited("Does a painted sign sell tea?", "Do painted signs sell tea?"))
    )
    assert [pairs, [], []] == asked
    ask(edited("General rules over the ledger give", "The rules give"))  # which has the number
    assert [("A2", "500")] == asked[-1]
    ask(executed, "another")
    assert pairs == asked[-1]


def test_the_page_has_verdict_kinds_findings_and_each_assumption(page: Any, examination: Examination) -> None:
    text = " ".join(page.text_content().split())
    for number in ("ledger.statements", "ledger.disagree", "audit.findings"):
        assert page.xpath(f'//p[@class="told"]/span[@data-number="{number}"]')
    assert "Looked up: copied as reported" in text
    assert {one.id for one in examination.assumptions} == {
        one.get("id").removeprefix("assumption-") for one in page.xpath('//section[@class="assumption"]')
    }
    (none,) = page.xpath('//section[@id="assumption-A3"]')
    assert "No other value is provided" in none.text_content()
    assert not none.xpath(".//input")
    assert len(examination.findings) == len(page.xpath('//span[starts-with(@id, "finding-")]'))


def test_a_row_of_statements_has_a_cell_for_each_head(page: Any) -> None:
    for table in page.xpath("//table"):
        heads = len(table.xpath("thead/tr/th"))
        assert {heads} == {len(row.xpath("td")) for row in table.xpath("tbody/tr")}
    said = "more guests come to the north stall than to the river stall"
    (row,) = page.xpath(f"//h3[.='What does not hold']/following::table[1]/tbody/tr[td[3]='{said}']")
    assert "north, river: guests" == row.xpath("string(td[2])")


def test_choosing_leads_to_numbers_sentences_and_findings(page: Any) -> None:
    (radio,) = page.xpath('//input[@value="A2-1"]')
    (change,) = page.xpath('//div[@data-choice="A2-1"]')
    assert page.xpath(f'//div[@id="{radio.get("aria-controls")}"]')[0] is change.getparent()
    assert ["audit.findings", "audit.implausible"] == sorted(change.xpath(".//td[1]/code/text()"))
    (row,) = (row for row in change.xpath(".//tbody/tr") if "audit.findings" in row.text_content())
    assert row.xpath('.//span[@data-number="audit.findings"]')
    assert "before eight" in change.xpath("string(.//del)")
    assert "no longer there" in change.text_content()


def test_what_comes_from_data_is_text(examination: Examination) -> None:
    made = html.fromstring(
        review_page(
            examination,
            [
                {
                    "id": "A1",
                    "value": "<b>",
                    "numbers": [["growth.mean", "<i>1</i>", "", "<u>"]],
                    "sentences": [["sec-audit", [["<script>", "</script>"]]]],
                    "verdicts": [["<p>"] * 4],
                    "broken": ["<b>"],
                    "new": [],
                    "gone": [],
                }
            ],
            "<script>alert(1)</script>",
            "en",
            PAGES,
        )
    )
    (change,) = made.xpath('//div[@data-choice="A1-1"]')
    assert not change.xpath(".//script | .//i | .//u | .//b")
    assert ["Appendix: the survey"] == change.xpath('.//a[@href="index.html#sec-audit"]/text()')
    assert "<script>alert(1)</script>" == made.xpath("string(//p[@class='subtitle'])")


def test_the_paper_leads_to_it_and_it_back(page: Any) -> None:
    assert f'<a href="{REVIEW}">' in linked(PAGES["index.html"], "en").partition("</header>")[0]
    assert "index.html" in page.xpath("//header//a/@href")


def test_no_page_may_load_what_is_elsewhere(built_paper: Path, judged_paper: Judged, tmp_path: Path) -> None:
    from recomputed.guards.all_guards import text_of

    (tmp_path / REVIEW).write_text('<html><img src="https://example.org/a.png"></html>', encoding="utf-8")
    for name in ("index.html", "supplement.html"):
        (tmp_path / name).write_bytes((built_paper / name).read_bytes())
    faults = format_faults(tmp_path, ["html"], text_of(judged_paper[0]))
    assert [f"{REVIEW} would load https://example.org/a.png"] == faults


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("10000000", '<data value="10000000">10 juta</data>'),
        ("0.125", '<data value="0.125">0,125</data>'),
        ("more-than", '<data value="more-than">lebih dari</data>'),
        ("exact", '<data value="exact">tepat</data>'),
        ("none", '<data value="none">dibulatkan seperti tercetak</data>'),
        ("pods.weekly", '<data value="pods.weekly">polong per minggu</data>'),
        ("a.b<i>", "<code>a.b&lt;i&gt;</code>"),
    ],
)
def test_an_assumed_value_is_in_the_reader_s_words(value: str, shown: str) -> None:
    called = {"pods.weekly": Text({"en": "pods a week", "id": "polong per minggu"})}
    words = Words(PaperSettings(quantities=called), "id")
    assert shown == assumed_value(value, words, language("id"))
