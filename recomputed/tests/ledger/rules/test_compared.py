"""Rule 5: comparisons that the numbers do not bear out."""

import pytest

from recomputed.ledger.rules.compared import not_borne_out
from recomputed.quantity.intervals import Interval
from synthetic.ledgers import FakeNumber, claim, comparison, ledger, number

NUMBERS = {
    "small": number(10),
    "middle": number(25),
    "large": number(30),
    "literature": number(30, 60),
    "wide": number(10, 50),
    "hedged": FakeNumber(Interval.point(25), Interval.closed(22, 31)),
}
CLAIMS = [claim("c.small", 10, number="small"), claim("c.literature", 30, 60, number="literature")]


def found(expression, kind="order"):
    return list(
        not_borne_out(ledger(*CLAIMS, comparisons=[comparison("said", expression, kind=kind)]), NUMBERS)
    )


@pytest.mark.parametrize(
    ("expression", "kind", "severity"),
    [
        ("large < small", "order", "contradiction"),
        ("small within literature and large within literature", "agreement", "contradiction"),
        ("small overlaps literature", "reading", "unsupported"),
        ("small > middle", "support", "unsupported"),
        ("middle < wide", "order", "unsupported"),
        ("small = 3", "extent", "contradiction"),
    ],
)
def test_false_and_undecided_comparisons_are_found(expression, kind, severity):
    (finding,) = found(expression, kind)
    assert (finding.severity, finding.claims[0], finding.locators[0]) == (severity, "said", "synthetic.p2")


@pytest.mark.parametrize(
    "expression",
    [
        "small < large",
        "large within literature",
        "hedged within literature",
        "small < min(middle, large)",
        "small = 10",
    ],
)
def test_what_holds_or_holds_within_hedge_is_not(expression):
    assert found(expression) == []


def test_a_finding_names_the_claims_of_its_numbers_and_what_part_holds():
    (finding,) = found("small within literature and large within literature", "agreement")
    assert finding.claims == ("said", "c.small", "c.literature")
    assert finding.assumption["en"] == "It is meant of 1 of its 2 parts only."


@pytest.mark.parametrize(
    ("expression", "how", "saved"),
    [
        (
            "middle < wide",
            "but the ranges overlap: middle 25 (computed, printed nowhere) and wide 10–50",
            "where the ranges do not overlap",
        ),
        (
            "large < small",
            "but the numbers say otherwise: large 30 (computed, printed nowhere) and",
            "for no values that the article gives",
        ),
    ],
)
def test_a_finding_tells_overlap_from_falsehood(expression, how, saved):
    (finding,) = found(expression)
    assert how in finding.message["en"]
    assert saved in finding.assumption["en"]


def test_a_number_that_no_claim_states_is_called_by_its_kind():
    """Neither advice nor a place that states nothing is a claim of it."""
    silent = [
        claim("advice", 10, number="growth.evidence", stance="advice"),
        claim("silent", number="middle"),
    ]
    numbers = NUMBERS | {"growth.evidence": number(1), "growth.evidence.A": number(2)}
    said = [
        comparison("said", "growth.evidence > 1"),
        comparison("again", "growth.evidence.A > middle"),
    ]
    first, second = not_borne_out(ledger(*silent, comparisons=said), numbers)
    assert first.claims == ("said",)
    assert "otherwise: kinds of evidence for growth 1 (computed, printed nowhere)." in first.message["en"]
    assert second.claims == ("again",)
    assert "growth of A 2 (computed, printed nowhere) and middle 25 (computed" in second.message["en"]


def test_the_repaired_comparison_is_no_finding():
    assert found("large within literature") == []


def test_a_claim_of_the_same_paragraph_is_named_before_one_elsewhere():
    near = claim("near", 10, number="small", locator="synthetic.p2")
    said = [comparison("said", "large < small")]
    (finding,) = not_borne_out(ledger(*CLAIMS, near, comparisons=said), NUMBERS)
    assert finding.claims == ("said", "near")
