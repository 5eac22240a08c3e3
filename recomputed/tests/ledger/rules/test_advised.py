"""Rule 9: advice at odds with the cases."""

from dataclasses import replace

import pytest

from recomputed.ledger.rules.advised import advice_against_cases
from recomputed.ledger.terms import Words
from recomputed.paper_toml import Success, settings_from
from synthetic.ledgers import SETTINGS, claim, ledger

GAIN = claim("gain", 25, quantity="growth", case="A")
ADVICE = claim("advice", 100, quantity="light", hedge="at-least", stance="advice")


def speed(low, high="", **columns):
    return claim("has", low, high, quantity="light", **({"case": "A"} | columns))


def found(*claims):
    return [(finding.severity, finding.claims) for finding in advice_against_cases(ledger(*claims), {})]


@pytest.mark.parametrize("has", [speed(50, 100), speed(50), speed(100, hedge="up-to")])
def test_a_minimum_that_a_successful_case_does_not_meet(has):
    assert found(GAIN, ADVICE, has) == [("unsupported", ("advice", "has"))]


def test_all_cases_that_do_not_meet_it_and_all_their_places_make_one_finding():
    claims = [speed(50), speed(50)._replace(id="again"), speed(60, case="B")._replace(id="other")]
    other_gain = claim("gain2", 10, quantity="growth", case="B")
    assert found(GAIN, other_gain, ADVICE, *claims) == [("unsupported", ("advice", "has", "again", "other"))]


@pytest.mark.parametrize("has", [speed(150), speed(100, hedge="at-least"), speed(100)])
def test_a_case_that_meets_it_is_no_finding(has):
    assert found(GAIN, ADVICE, has) == []


def test_an_unsuccessful_case_says_nothing_about_advice():
    assert found(claim("loss", -5, quantity="growth", case="A"), ADVICE, speed(50)) == []
    assert found(claim("none", 0, quantity="growth", case="A"), ADVICE, speed(50)) == []
    assert found(ADVICE, speed(50)) == []


def test_what_counts_as_success_is_for_the_paper_to_say():
    success = settings_from({"success": {"quantity": "growth", "above": 20}}).success
    higher, none = (Words(replace(SETTINGS, success=one)) for one in (success, Success()))
    claims = [ADVICE, speed(50), claim("gain", 15, quantity="growth", case="A")]
    assert len(list(advice_against_cases(ledger(*claims), {}))) == 1
    assert list(advice_against_cases(ledger(*claims, words=higher), {})) == []
    assert list(advice_against_cases(ledger(*claims, words=none), {})) == []


def opening(low, high, **columns):
    return claim(f"opening.{low}", low, high, quantity="opening", unit="clock", **columns)


def test_advice_beyond_what_is_reported():
    advice, reported = opening("18.00", "21.00", stance="advice"), opening("19.00", "21.00")
    assert found(advice, reported) == [("unsupported", ("opening.18.00", "opening.19.00"))]
    (finding,) = advice_against_cases(ledger(advice, reported), {})
    assert "18:00–21:00, beyond the 19:00–21:00" in finding.message["en"]


def test_advice_inside_what_is_reported_or_without_a_report_is_no_finding():
    assert found(opening("19.30", "21.00", stance="advice"), opening("19.00", "21.00")) == []
    assert found(opening("18.00", "21.00", stance="advice")) == []
