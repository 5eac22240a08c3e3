"""Rule 1: one quantity with two figures, one figure for two quantities, one case's figure given to another."""

import pytest

from recomputed.ledger.rules.repeated import figure_of_another_case, one_figure_two_quantities, values_differ
from synthetic.ledgers import claim, ledger


def visitors(id_, low, high="", **columns):
    return claim(id_, low, high, quantity="visitors", case="A", condition="round", **columns)


def found(rule, *claims):
    return [(finding.severity, finding.claims) for finding in rule(ledger(*claims), {})]


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        (visitors("b", 40), "contradiction"),
        (visitors("b", 40, 60), "contradiction"),
        (visitors("b", 25), "tighter than derivable"),
        (visitors("b", 25, hedge="about", granularity=5), "tighter than derivable"),
        (visitors("b", 27, 30), "tighter than derivable"),
        (visitors("b", 20, 50), "tighter than derivable"),
        (visitors("b", 30, 50), "unsupported"),
        (visitors("b", 40, hedge="more-than"), "contradiction"),
    ],
)
def test_another_figure_for_the_same_quantity_is_found_by_how_they_lie(other, severity):
    assert found(values_differ, visitors("a", 25, 35), other) == [(severity, ("a", "b"))]


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (visitors("b", 25), "one lies at the very end of the other."),
        (visitors("b", 35), "one lies at the very end of the other."),
        (visitors("b", 30), "one lies within the other."),
        (visitors("b", 25, 30), "one lies within the other."),
        (visitors("b", 30, 50), "they overlap in part."),
        (visitors("b", 50), "no value is in both."),
    ],
)
def test_the_message_tells_how_they_lie(other, how):
    (finding,) = values_differ(ledger(visitors("a", 25, 35), other), {})
    assert finding.message["en"].endswith(how)


@pytest.mark.parametrize(
    "other",
    [
        visitors("b", 25, 35),
        visitors("b", 25, 35, hedge="about", granularity=5),
        visitors("b", 25, 35, hedge="none"),
        visitors("b", 40, stance="advice"),
        visitors("b", 40, statistic="maximum"),
        claim("b", 40, quantity="visitors", case="A", condition="hour-1"),
        claim("b", 40, quantity="visitors", case="B", condition="round"),
    ],
)
def test_the_same_figure_another_subject_or_advice_is_no_difference(other):
    assert found(values_differ, visitors("a", 25, 35), other) == []


@pytest.mark.parametrize(
    "hedged", [{"hedge": "about", "granularity": 5}, {"hedge": "up-to"}, {"hedge": "at-least"}]
)
def test_what_holds_within_hedge_is_no_difference(hedged):
    assert found(values_differ, visitors("a", 30, **hedged), visitors("b", 30)) == []


def test_what_holds_within_rounding_is_no_difference():
    assert found(values_differ, visitors("a", "79.5"), visitors("b", "79.498")) == []
    assert found(values_differ, visitors("a", "79.5"), visitors("b", "79.6")) != []


def test_a_bound_is_not_met_by_a_figure_outside_it():
    plural, one = visitors("a", 1, hedge="more-than"), visitors("b", 1, hedge="exact")
    assert [severity for severity, _ in found(values_differ, plural, one)] == ["contradiction"]
    assert found(values_differ, plural, visitors("b", 2, hedge="exact")) == []


def test_the_odd_one_out_is_held_against_the_usual_figure():
    claims = [visitors("odd", 8), visitors("usual", 10), visitors("usual2", 10)]
    assert found(values_differ, *claims) == [("contradiction", ("odd", "usual"))]


def test_two_odd_ones_make_two_findings_of_different_names():
    claims = [visitors("usual", 10), visitors("usual2", 10), visitors("odd", 5), visitors("odder", 2)]
    assert [finding.id for finding in values_differ(ledger(*claims), {})] == [
        "values-differ.odd",
        "values-differ.odder",
    ]


def test_repairing_the_odd_one_leaves_no_finding():
    assert found(values_differ, visitors("odd", 10), visitors("usual", 10), visitors("usual2", 10)) == []


def test_a_place_that_says_not_stated_is_held_against_one_that_states():
    silent = visitors("silent", "")
    assert found(values_differ, silent, visitors("told", 150, 300)) == [("unsupported", ("silent", "told"))]
    assert found(values_differ, silent) == []
    assert found(values_differ, visitors("silent", 150, 300), visitors("told", 150, 300)) == []


def test_one_range_for_two_quantities():
    notes = claim("b", 50, 100, quantity="notes", case="A", condition="round", unit="comment")
    assert found(one_figure_two_quantities, visitors("a", 50, 100), notes) == [("unsupported", ("a", "b"))]
    assert found(one_figure_two_quantities, visitors("a", 60, 100), notes) == []


@pytest.mark.parametrize(
    "other",
    [
        claim("b", 50, 100, quantity="light", case="A", condition="now"),
        claim("b", 50, 100, quantity="notes", case="B", condition="round"),
        claim("b", 50, 100, quantity="visitors", case="A", condition="round"),
    ],
)
def test_one_range_of_another_case_or_condition_is_coincidence(other):
    assert found(one_figure_two_quantities, visitors("a", 50, 100), other) == []


def test_single_figures_coincide_too_easily():
    two = [
        claim("a", 2, quantity="rounds", case="A", condition="day"),
        claim("b", 2, case="A", condition="day"),
    ]
    assert found(one_figure_two_quantities, *two) == []


OWNER = [claim("own1", 10, 50, case="B"), claim("own2", 10, 50, case="B")]


def test_a_figure_that_is_otherwise_only_another_cases():
    claims = [claim("usual", 25, 35, case="C"), claim("borrowed", 10, 50, case="C"), *OWNER]
    assert found(figure_of_another_case, *claims) == [("unsupported", ("borrowed", "own1", "own2"))]
    claims[1] = claim("repaired", 25, 35, case="C")
    assert found(figure_of_another_case, *claims) == []


def test_the_right_figure_is_not_blamed_for_one_that_another_case_took_over():
    """C's first and second hour; B has the first hour's figure in one place only: B may be the odd one out."""
    hours = [
        claim("first", 25, 35, case="C", condition="h1"),
        claim("second", 5, 10, case="C", condition="h2"),
    ]
    assert found(figure_of_another_case, *hours, claim("taken", 25, 35, case="B")) == []


def test_two_cases_that_simply_have_the_same_figure_are_left_alone():
    assert found(figure_of_another_case, claim("a", 10, 50, case="C"), *OWNER) == []
    settled = [claim("a", 10, 50, case="C"), claim("b", 10, 50, case="C"), claim("c", 5, 9, case="C")]
    assert found(figure_of_another_case, *settled, *OWNER) == []
