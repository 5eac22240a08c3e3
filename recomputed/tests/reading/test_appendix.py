"""The appendix on the article: what it quotes is what the ledger and the audit say."""

import re
from types import SimpleNamespace

import pytest

from recomputed.descriptions.blocks import statement_rows
from recomputed.editions import taking
from recomputed.language.catalogue import language
from recomputed.ledger.baseline import read_known
from recomputed.manuscript.paper import open_paper
from recomputed.paths import PAPER
from recomputed.reading.appendix import Appendix, open_appendix
from synthetic.variants import change, examined, guard_here, without_drawing

QUOTE = re.compile(r'data-quoted="([^"]+)"')


def opened() -> Appendix:
    with without_drawing():
        return open_appendix(open_paper())


def shown(table):
    return [id_.removeprefix("place:") for id_ in QUOTE.findall(table) if id_.startswith("place:")]


def test_the_long_table_has_every_statement_and_the_short_one_the_disagreements():
    outcomes = examined().outcomes
    assert [row[2] for row in statement_rows(examined(), language("en"))][:2] == [
        "three",
        "20%",
    ]  # abstract, sentence by sentence
    assert len(statement_rows(examined(), language("en"))) == len(outcomes)
    disagreeing = [outcome.id for outcome in outcomes if outcome.verdict == "disagrees"]
    assert shown(opened().disagreements()) == disagreeing
    assert ": Synthetic words. {#tbl-disagreements}" in opened().disagreements("Synthetic words.")


def test_a_statement_says_what_it_is_about_by_the_names_of_its_cases():
    rows = {row[2]: row[1] for row in statement_rows(examined(), language("en"))}
    assert rows["8%"] == "Riverside Pot (river): growth of sales"
    assert rows["40–60"] == "Northgate Teas (north): guests in a day"
    assert (
        rows["every stall sells more since it has a sign"] == "growth of sales"
    )  # of all three, so of none by name
    compared = rows["more guests come to the north stall than to the river stall"]
    assert compared == "Northgate Teas (north), Riverside Pot (river): guests"
    assert rows["2020"] == "–"  # no quantity


def test_a_blind_edition_s_statements_are_about_codes_and_no_typed_numbers():
    with taking("blind", "en"):
        about = {row[1] for row in statement_rows(examined(), language("en")) if row[2] == "40–60"}
        assert about == {"Stall north: guests in a day"}
        assert () == guard_here(profile="blind").failures


def test_every_finding_has_its_number_and_the_sentences_link_to_it():
    findings = opened().findings()
    known = {row.finding: row.id for row in read_known()}
    assert re.findall(r"\*\*\[(F\d+)\]", findings) == [known[finding.id] for finding in examined().findings]
    assert set(re.findall(r"\{#(finding-[^ }]+)", findings)) == {f"finding-{id_}" for id_ in known.values()}
    assert str(opened().finding("F2", "F4")) == (
        '[[F2]{.quoted data-quoted="number:comparison.days.busier"}](#finding-F2), '
        '[[F4]{.quoted data-quoted="number:advice-not-met.hours.advice"}](#finding-F4)'
    )


def test_a_finding_of_no_such_number_is_refused():
    with pytest.raises(KeyError, match=r"no finding is numbered 'F33' \(did you mean 'F3'\?\)"):
        opened().finding("F33")


def test_a_quotation_that_the_ledger_does_not_say_stops_the_build():
    line = "print(appendix.disagreements())"
    forged = 'print(appendix.disagreements().replace("[10]", "[11]"))'
    failures = guard_here(change(PAPER.read_text(encoding="utf-8"), line, forged)).failures
    assert any(
        "»11«" in failure and "a text that is not what 'published:hosts.all' says" in failure
        for failure in failures
    )


def test_assumptions_are_named_in_order_with_the_language_s_plural_and_conjunction():
    appendix = opened()
    rests = {"x": ("A10", "A2"), "y": ("A2",), "z": ()}
    appendix.examination = SimpleNamespace(resting=lambda: rests)  # type: ignore[assignment]
    plain = [
        re.sub(r"\[\[(A\d+)\]\S* ?\S*\)", r"\1", appendix.assumed(*ids)) for ids in (["x", "y"], ["y"], ["z"])
    ]
    assert plain == ["assumptions\u00a0A2 and A10", "assumption\u00a0A2", ""]
