"""Rule 4: the revenue of one session over the items sold in one."""

import pytest

from recomputed.ledger.rules.products import revenue_over_items
from tests.checks.ledgers import claim, ledger


def found(revenue, low=12, high=21, hedge="at-least", **columns):
    money = claim(
        "revenue", revenue, quantity="revenue", unit="rupiah", case="K1", condition="session", hedge=hedge
    )
    units = claim("units", low, high, **({"case": "K1", "condition": "session"} | columns))
    return list(revenue_over_items(ledger(money, units), {}))


def test_a_billion_from_a_dozen_items_is_implausible():
    """Results, turnover, paragraph 1 against interaction, paragraph 3."""
    (finding,) = found(1_000_000_000)
    assert (finding.severity, finding.claims) == ("implausible", ("revenue", "units"))
    assert "47.6–83.3 million rupiah for each item" in finding.message
    assert "47,6–83,3 juta rupiah per unit" in finding.message_id


@pytest.mark.parametrize(
    ("revenue", "columns"),
    [
        (3_000_000, {}),
        (1_000_000_000, {"low": 5000, "high": 9000}),
        (1_000_000_000, {"case": "K2"}),
        (1_000_000_000, {"condition": "month"}),
        (1_000_000_000, {"quantity": "viewers"}),
        (1_000_000_000, {"hedge": "up-to"}),
        (150_000_000, {"low": 12, "high": 21}),
        (1_000_000_000, {"low": 0, "high": 21}),
    ],
)
def test_an_ordinary_price_other_sessions_or_a_mere_bound_are_not(revenue, columns):
    assert found(revenue, **columns) == []


def test_a_single_item_is_enough():
    assert [finding.severity for finding in found(1_000_000_000, low=1, high="")] == ["implausible"]


def test_the_repaired_revenue_is_no_finding():
    assert found(1_000_000) == []
