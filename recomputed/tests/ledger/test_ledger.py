"""Each verdict is given where it is due, and an unexpected one fails, in either direction."""

from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.ledger import verdicts as checks
from recomputed.ledger.verdicts import AGREES, DISAGREES, WITHIN_HEDGE, WITHIN_ROUNDING, judge, verdict
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Coding
from synthetic import ledgers
from synthetic.ledgers import claim, comparison, ledger, number


@pytest.mark.parametrize(
    ("stated", "recomputed", "expected"),
    [
        (claim("x", "25"), Interval.point(25), AGREES),
        (claim("x", "25.0"), Interval.point(25), AGREES),
        (claim("x", "79.5"), Interval.point("79.4977"), WITHIN_ROUNDING),
        (claim("x", "79.5"), Interval.point("79.4499"), DISAGREES),
        (claim("x", "79.50"), Interval.point("79.4977"), WITHIN_ROUNDING),
        (claim("x", "79.500"), Interval.point("79.4977"), DISAGREES),
        (claim("x", "25", hedge="exact"), Interval.point("25.1"), DISAGREES),
        (claim("x", "25", hedge="about", granularity="5"), Interval.point(25), AGREES),
        (claim("x", "25", hedge="about", granularity="5"), Interval.point(27), WITHIN_HEDGE),
        (claim("x", "25", hedge="about", granularity="5"), Interval.point(28), DISAGREES),
        (claim("x", "8", "14"), Interval.closed(8, 14), AGREES),
        (claim("x", "8", "14"), Interval.closed("8.3", "13.9"), WITHIN_ROUNDING),
        (claim("x", "8", "14"), Interval.closed(4, 14), DISAGREES),
        (claim("x", "8", "14"), Interval.closed(9, 13), DISAGREES),
        (claim("x", "10", "50", hedge="about", granularity="10"), Interval.closed(5, 55), WITHIN_HEDGE),
        (claim("x", "10", "50", hedge="about", granularity="10"), Interval.closed(5, 35), DISAGREES),
        (claim("x", "25"), Interval(25, None), DISAGREES),
        (claim("x", "30", hedge="up-to"), Interval.point(30), WITHIN_HEDGE),
        (claim("x", "30", hedge="up-to"), Interval.point(31), DISAGREES),
        (claim("x", "1", hedge="more-than"), Interval.point(2), WITHIN_HEDGE),
        (claim("x", "1", hedge="more-than"), Interval.point(1), DISAGREES),
        (claim("x"), Interval.point(1), DISAGREES),
    ],
)
def test_verdict(stated, recomputed, expected):
    assert verdict(stated, recomputed) == expected


def test_the_same_bound_agrees():
    assert verdict(claim("x", "100", hedge="at-least"), Interval.point(100), Interval(100, None)) == AGREES


@given(
    exact=st.decimals(-1000, 1000, places=4),
    places=st.integers(0, 3),
    slip=st.sampled_from([Decimal(0), Decimal(1), Decimal(-1)]),
)
def test_a_correctly_rounded_figure_agrees_and_one_off_by_a_unit_does_not(exact, places, slip):
    unit = Decimal(1).scaleb(-places)
    printed = exact.quantize(unit, rounding=ROUND_HALF_EVEN) + slip * unit
    found = verdict(claim("x", str(printed)), Interval.point(exact))
    if slip == 0:
        assert found in (AGREES, WITHIN_ROUNDING)
    elif abs(printed - exact) > unit / 2:
        assert found == DISAGREES


@pytest.mark.parametrize(
    ("expression", "expected", "told"),
    [
        ("small < large", AGREES, "holds"),
        ("large < small", DISAGREES, "does not hold"),
        ("wide < large", DISAGREES, "undecided: the ranges overlap"),
        ("hedged < small", WITHIN_HEDGE, "does not hold"),
    ],
)
def test_comparisons_hold_for_nominal_values_or_within_hedge(expression, expected, told):
    numbers = {"small": number(1), "large": number(10), "wide": number(1, 20)}
    numbers["hedged"] = ledgers.FakeNumber(Interval.point(1), Interval.closed("0.5", "1.5"))
    (outcome,) = judge(ledger(comparisons=[comparison("c", expression)]), numbers)
    assert (outcome.verdict, outcome.recomputed, outcome.kind) == (expected, told, "compared")


def test_an_unexpected_verdict_fails_in_either_direction():
    numbers = {"synthetic": number(3)}
    worse = claim("worse", "4", expected="agrees")
    better = claim("better", "3", expected="disagrees", reason="it did not")
    fine = claim("fine", "3")
    outcomes = judge(ledger(worse, better, fine), numbers)
    assert checks.count(outcomes)["unexpected"] == 2
    found = [(one.id, one.expected, one.verdict) for one in outcomes if not one.is_expected]
    assert [("worse", "agrees", "disagrees"), ("better", "disagrees", "agrees")] == found


def test_a_number_returns_the_statements_of_it_that_its_operands_were_coded_from():
    coded = number(125, kind="coded", codings=[Coding("rise", "100 plus the rise")])
    rise, twice = (number(25, codings=coded.codings()) for _ in range(2))
    rise = replace(rise, id="rise.A")
    twice = replace(twice, id="twice.A")
    claims = [
        claim("rise", "25", number="rise.A"),
        claim("again", "25", number="rise.A"),
        claim("other", "25", number="twice.A"),
    ]
    outcomes = judge(ledger(*claims), {"rise.A": rise, "twice.A": twice})
    assert [outcome.kind for outcome in outcomes] == ["returned", "returned", "derived"]


def test_counts_tell_a_look_up_from_a_recomputation():
    numbers = {"derived": number(3), "looked-up": number(3, kind="transcribed")}
    claims = [
        claim("a", "3", number="derived"),
        claim("b", "3", number="looked-up"),
        claim("c", "4", number="derived"),
    ]
    counts = checks.count(judge(ledger(*claims, comparisons=[comparison("d", "derived = 3")]), numbers))
    assert counts == {
        "claims": 4,
        "agrees": 3,
        "agrees within rounding": 0,
        "agrees within hedge": 0,
        "disagrees": 1,
        "not a quantity": 0,
        "derived": 2,
        "transcribed": 1,
        "returned": 0,
        "measured": 0,
        "compared": 1,
        "unexpected": 1,
    }


def test_json_has_null_where_there_is_no_number():
    (outcome,) = judge(ledger(comparisons=[comparison("d", "1 < 2")]), {})
    (plain,) = checks.as_json([outcome])
    assert plain["number"] is None
    assert {"id", "locator", "published", "recomputed", "verdict", "expected", "number"} <= set(plain)
