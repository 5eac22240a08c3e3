"""Findings speak in the languages of the paper and in its words, and the language files say the same things."""

from dataclasses import replace
from string import Formatter

import pytest

from recomputed.faults import InputError
from recomputed.language.catalogue import CODES, language
from recomputed.ledger.read import TABLES, ledger_faults, load_ledger
from recomputed.ledger.terms import Words
from recomputed.paper_toml import settings_from
from recomputed.tables.load import load
from synthetic.ledgers import LIMIT, WORDS, claim, edited, ledger, number
from synthetic.variants import studied

PLACES = Words(
    settings_from(
        {
            "paper": {"languages": ["de"]},
            "sections": {"results": {"de": "Ergebnisse"}, "results.beds": {"de": "Beete"}},
            "rows": {"height": {"de": "Höhe", "en": "height"}},
        }
    )
)


def texts(table, at=""):
    """Every text and list of a language file by its key, as the places in it or the length of the list."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from texts(value, f"{at}{name}.")
        elif isinstance(value, str):
            yield f"{at}{name}", sorted(place for _, place, _, _ in Formatter().parse(value) if place)
        else:
            yield f"{at}{name}", len(value)


@pytest.mark.parametrize("section", ["findings", "verdicts"])
@pytest.mark.parametrize("code", CODES)
def test_each_language_has_every_sentence_with_the_same_places(section, code):
    assert dict(texts(language(code)[section])) == dict(texts(language("en")[section]))


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("results", "Ergebnisse"),
        ("results.p2", "Ergebnisse, Absatz 2"),
        ("results.3", "Ergebnisse, Punkt 3"),
        ("results.height", "Ergebnisse, Höhe"),
    ],
)
def test_places_are_said_as_a_reader_would(locator, said):
    assert PLACES.place(locator)["de"] == said


def test_a_longer_section_is_not_taken_for_a_place_in_a_shorter_one():
    assert PLACES.place("results.beds.p1") == {"en": "results.beds, paragraph 1", "de": "Beete, Absatz 1"}


def test_without_sections_a_locator_stands_as_it_is():
    assert WORDS.place("preface.p1") == {"en": "preface.p1", "id": "preface.p1", "de": "preface.p1"}


@pytest.mark.parametrize(
    ("locator", "found"),
    [
        ("result.p1", "'result.p1', which is in none of [sections]"),
        ("resultsp1", "'resultsp1', which is in none of [sections] (did you mean 'results'?)"),
        ("results.heigth", "nor one of [rows] (did you mean 'height'?)"),
        ("results.x2", "'x2', which is neither a paragraph, nor an item, nor one of [rows]"),
    ],
)
def test_a_place_that_the_article_has_not_is_a_fault_with_file_and_row(locator, found):
    wrong = ledger(claim("a", 3, locator="results"), claim("b", 3, locator=locator), words=PLACES)
    files = {name: f"data/{name}.csv" for name in TABLES}
    (fault,) = ledger_faults(wrong, {"synthetic": number(3)}, files)
    assert (fault.file, fault.row, fault.column) == ("data/published.csv", 3, "locator")
    assert found in str(fault)


def test_a_place_of_the_data_that_paper_toml_does_not_name_is_refused(tmp_path):
    tables = load(edited(tmp_path, "published", 2, locator="preface.p1"))
    with pytest.raises(InputError, match=r"row 2, column locator: .*'preface.p1', which is in none of"):
        load_ledger(tables, studied()[1])


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {"success": {"quantity": "grwth"}},
            "success.quantity: expected a quantity of published.csv, found 'grwth' (did",
        ),
        (
            {"limits": [LIMIT | {"over": "sale"}]},
            "limits[1].over: expected a quantity of published.csv, found 'sale' (did",
        ),
        (
            {"limits": [LIMIT | {"quantity": "gain"}]},
            "limits[1].quantity: expected a quantity of published.csv, found 'gain'",
        ),
    ],
)
def test_a_rule_on_a_quantity_that_no_claim_is_of_is_a_fault(settings, told):
    claims = [claim(quantity, 3, quantity=quantity) for quantity in ("growth", "income", "sales")]
    files = {name: f"data/{name}.csv" for name in TABLES}
    (fault,) = ledger_faults(
        ledger(*claims, words=Words(settings_from(settings))), {"synthetic": number(3)}, files
    )
    assert str(fault).startswith(f"paper.toml, {told}")


def test_what_has_no_name_is_called_by_its_code_in_plain_words():
    assert WORDS.term("leaf-length")["de"] == "leaf length"
    assert WORDS.case_or_subject("A-1")["de"] == "A-1"


def test_a_window_is_said_in_words_and_an_unknown_one_as_it_stands():
    assert WORDS.span("1 month") == {"en": "1 month", "id": "1 bulan", "de": "1 Monat"}
    assert WORDS.span("3 month") == {"en": "3 months", "id": "3 bulan", "de": "3 Monate"}
    assert WORDS.span("the season")["de"] == "the season"


def test_the_paper_s_own_sentence_stands_for_the_engine_s():
    own = settings_from({"findings": {"derived.never": {"en": "Never ever."}}})
    assert Words(own).say("derived.never") == {"en": "Never ever."}
    assert (
        Words(replace(own, findings={})).say("derived.never")["en"]
        == language("en")["findings.derived.never"]
    )
