"""Rule 12: order in time, words of direction, units."""

from dataclasses import replace

import pytest

from recomputed.ledger.rules.said import direction_against_figures, opposite_words, out_of_order, units_differ
from synthetic.ledgers import SETTINGS, Words, claim, ledger

DATED = Words(replace(SETTINGS, chronology=(("founded", "joined", "live"),)))


def dates(case="A", **years):
    claims = (
        claim(f"{name}{case}", year, hedge="exact", unit="year", quantity=name, case=case)
        for name, year in years.items()
    )
    return tuple(claims)


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ({"founded": 2021, "live": 2020}, 1),
        ({"founded": 2021, "joined": 2020, "live": 2020}, 2),
        ({"founded": 2020, "live": 2020}, 0),
        ({"founded": 2020, "joined": 2021, "live": 2022}, 0),
    ],
)
def test_what_follows_is_not_before_what_it_follows(years, found):
    findings = list(out_of_order(ledger(*dates(**years), words=DATED), {}))
    assert [finding.severity for finding in findings] == ["contradiction"] * found


def test_dates_of_two_cases_have_no_order():
    claims = (*dates("A", founded=2021), *dates("B", live=2020))
    assert list(out_of_order(ledger(*claims, words=DATED), {})) == []


@pytest.mark.parametrize(
    ("word", "before", "after", "found"),
    [
        ("rise", 30, 8, 1),
        ("rise", 8, 30, 0),
        ("fall", 8, 30, 1),
        ("fall", 30, 8, 0),
        ("stable", 30, 8, 1),
        ("stable", 30, 30, 0),
        ("fluctuating", 30, 30, 0),
    ],
)
def test_a_word_of_direction_is_held_against_its_figures(word, before, after, found):
    article = ledger(claim("before", before), claim("after", after, direction=word, compared_with="before"))
    assert len(list(direction_against_figures(article, {}))) == found


@pytest.mark.parametrize(("word", "change", "found"), [("fall", 25, 1), ("rise", 25, 0), ("rise", -25, 1)])
def test_a_change_has_the_sign_of_its_word(word, change, found):
    article = ledger(claim("change", change, unit="percent-change", direction=word))
    assert len(list(direction_against_figures(article, {}))) == found


@pytest.mark.parametrize(
    ("words", "found"), [(("stable", "fluctuating"), 1), (("rise", "fall"), 1), (("rise", "stable"), 0)]
)
def test_opposite_words_for_one_thing_contradict_each_other(words, found):
    first, second = words
    article = ledger(claim("a", 5, direction=first), claim("b", 5, direction=second))
    findings = list(opposite_words(article, {}))
    assert [finding.follows for finding in findings] == ["coding"] * found
    apart = ledger(claim("a", 5, direction=first), claim("b", 5, direction=second, condition="round"))
    assert list(opposite_words(apart, {})) == []


@pytest.mark.parametrize(
    ("units", "severity"),
    [
        (("percent-change", "percent-point"), ["unsupported"]),
        (("month", "hour"), ["not comparable"]),
        (("hour", "hour"), []),
    ],
)
def test_one_quantity_has_one_unit(units, severity):
    first, second = units
    article = ledger(claim("a", 5, unit=first), claim("b", 5, unit=second))
    assert [finding.severity for finding in units_differ(article, {})] == severity
    other = ledger(claim("a", 5, unit=first), claim("b", 5, unit=second, quantity="visitors"))
    assert list(units_differ(other, {})) == []
