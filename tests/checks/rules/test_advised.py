"""Rule 9: advice at odds with the cases."""

import pytest

from recomputed.ledger.rules.advised import advice_against_cases
from tests.checks.ledgers import claim, ledger

GAIN = claim("gain", 25, quantity="uplift", case="K1")
ADVICE = claim("advice", 100, quantity="bandwidth", hedge="at-least", stance="advice")


def speed(low, high="", **columns):
    return claim("has", low, high, quantity="bandwidth", **({"case": "K1"} | columns))


def found(*claims):
    return [(finding.severity, finding.claims) for finding in advice_against_cases(ledger(*claims), {})]


@pytest.mark.parametrize("has", [speed(50, 100), speed(50), speed(100, hedge="up-to")])
def test_a_minimum_that_a_successful_case_does_not_meet(has):
    assert found(GAIN, ADVICE, has) == [("unsupported", ("advice", "has"))]


def test_all_cases_that_do_not_meet_it_and_all_their_places_make_one_finding():
    claims = [speed(50), speed(50)._replace(id="again"), speed(60, case="K2")._replace(id="other")]
    other_gain = claim("gain2", 10, quantity="uplift", case="K2")
    assert found(GAIN, other_gain, ADVICE, *claims) == [("unsupported", ("advice", "has", "again", "other"))]


@pytest.mark.parametrize("has", [speed(150), speed(100, hedge="at-least"), speed(100)])
def test_a_case_that_meets_it_is_no_finding(has):
    assert found(GAIN, ADVICE, has) == []


def test_an_unsuccessful_case_says_nothing_about_advice():
    assert found(claim("loss", -5, quantity="uplift", case="K1"), ADVICE, speed(50)) == []
    assert found(claim("none", 0, quantity="uplift", case="K1"), ADVICE, speed(50)) == []
    assert found(ADVICE, speed(50)) == []


def prime(low, high, **columns):
    return claim(f"prime.{low}", low, high, quantity="prime-time", unit="clock", **columns)


def test_advice_beyond_what_is_reported():
    """Recommendations, 1: 18.00–21.00, against 19.00–21.00 in the results."""
    advice, reported = prime("18.00", "21.00", stance="advice"), prime("19.00", "21.00")
    assert found(advice, reported) == [("unsupported", ("prime.18.00", "prime.19.00"))]
    (finding,) = advice_against_cases(ledger(advice, reported), {})
    assert "18.00–21.00, beyond the 19.00–21.00" in finding.message


def test_advice_inside_what_is_reported_or_without_a_report_is_no_finding():
    assert found(prime("19.30", "21.00", stance="advice"), prime("19.00", "21.00")) == []
    assert found(prime("18.00", "21.00", stance="advice")) == []
