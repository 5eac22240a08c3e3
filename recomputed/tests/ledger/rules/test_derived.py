"""Rule 2: a stated figure against what the claims it is made of give."""

import pytest

from recomputed.ledger.rules.derived import differs_from_derived
from synthetic.ledgers import claim, ledger


def found(*claims):
    return list(differs_from_derived(ledger(*claims), {}))


def rates(low, high, **columns):
    """12–21 sales, 150–300 visitors, a yield in percent."""
    sales = claim("sales", 12, 21, quantity="sales")
    visitors = claim("visitors", 150, 300, quantity="visitors")
    columns = {
        "quantity": "yield",
        "formula": "sales / visitors * 100",
        "unit": "percent-share",
    } | columns
    return [claim("rate", low, high, **columns), sales, visitors]


def test_a_ratio_of_ranges_is_told_in_its_three_readings_with_what_saves_it():
    (finding,) = found(*rates(8, 14))
    assert finding.severity == "tighter than derivable"
    assert finding.claims == ("rate", "sales", "visitors")
    assert (
        "give 4–14% over all pairs, 8% for the lower ends and 7% for the upper ones" in finding.message["en"]
    )
    assert "the lowest is in 4–7% and the highest in 8–14%" in finding.message["en"]
    assert finding.assumption["en"] == "It holds if the number of visitors were 150 every time."
    assert finding.assumption["id"] == "Berlaku jika jumlah pengunjung selalu 150."


def test_the_repaired_ratio_is_no_finding():
    assert found(*rates(4, 14)) == []


@pytest.mark.parametrize(
    ("stated", "assumption"),
    [
        ((4, 7), "It holds if the number of visitors were 300 every time."),
        ((4, 8), "It holds if the number of items sold were 12 every time."),
        ((7, 14), "It holds if the number of items sold were 21 every time."),
        ((5, 13), "It holds under no reading of these ranges."),
    ],
)
def test_the_assumption_is_searched_for_not_given(stated, assumption):
    (finding,) = found(*rates(*stated))
    assert finding.assumption["en"] == assumption


@pytest.mark.parametrize(
    ("stated", "severity"),
    [
        ((20, 30), "contradiction"),
        ((3, 20), "unsupported"),
        ((3, 9), "unsupported"),
        ((6, 9), "tighter than derivable"),
    ],
)
def test_severity_is_how_stated_and_derived_lie(stated, severity):
    assert [finding.severity for finding in found(*rates(*stated))] == [severity]


@pytest.mark.parametrize(
    "formula",
    [
        "sales + visitors",
        "(sales + 1) / visitors * 100",
        "one / visitors",
        "sales / one",
        "from-0 / visitors",
    ],
)
def test_what_is_no_ratio_of_two_ranges_above_0_has_no_readings(formula):
    _, sales, visitors = rates(8, 14)
    others = [claim("one", 1), claim("from-0", 0, 9)]
    (finding,) = found(claim("rate", 999, formula=formula), sales, visitors, *others)
    assert "over all pairs" not in finding.message["en"]
    assert finding.assumption["en"] == "It holds if one of these figures is of another count or another time."


def test_ranges_that_start_at_1_are_above_0():
    few = [claim("rate", 999, formula="few / many"), claim("few", 1, 2), claim("many", 1, 4)]
    (finding,) = found(*few)
    assert "over all pairs" in finding.message["en"]


def parts(total, first, second, **columns):
    return [
        claim("total", total, formula="first + second", **columns),
        claim("first", first, hedge="exact"),
        claim("second", second, hedge="exact"),
    ]


def test_a_sum_that_is_not_that_of_its_parts():
    assert found(*parts(12, 10, 2, hedge="exact")) == []
    assert [finding.severity for finding in found(*parts(13, 10, 2, hedge="exact"))] == ["contradiction"]


@pytest.mark.parametrize(
    ("stated", "hedge"),
    [
        ("79.5", {}),
        ("79.50", {}),
        ("80", {"hedge": "about", "granularity": 5}),
        ("79", {"hedge": "more-than"}),
        ("80", {"hedge": "up-to"}),
    ],
)
def test_a_share_within_rounding_or_hedge_is_no_finding(stated, hedge):
    """221.56 of 278.7 is 79.498 %."""
    users, population = claim("users", "221.56"), claim("population", "278.7")
    share = claim("share", stated, formula="users / population * 100", **hedge)
    assert found(share, users, population) == []


def test_a_share_off_by_more_than_rounding_is_found():
    users, population = claim("users", "221.56"), claim("population", "278.7")
    share = claim("share", "79.7", formula="users / population * 100")
    assert [finding.severity for finding in found(share, users, population)] == ["contradiction"]


def test_a_figure_that_its_hedged_parts_allow_is_no_finding():
    hedged = claim("first", 10, hedge="about", granularity=4)
    assert (
        found(claim("total", 13, formula="first + second"), hedged, claim("second", 2, hedge="exact")) == []
    )
    assert (
        found(claim("total", 16, formula="first + second"), hedged, claim("second", 2, hedge="exact")) != []
    )
