"""Rule 4: one quantity over another, above a limit of the paper: here the income of a round over its sales."""

from dataclasses import replace

import pytest

from recomputed.ledger.rules.products import ratio_above_limit
from recomputed.ledger.terms import Words
from recomputed.paper_toml import settings_from
from synthetic.ledgers import LIMIT, SETTINGS, WORDS, claim, ledger


def found(income, low=12, high=21, hedge="at-least", words=WORDS, **columns):
    money = claim("income", income, quantity="income", unit="crown", case="A", condition="round", hedge=hedge)
    sales = claim("sales", low, high, **({"case": "A", "condition": "round"} | columns))
    return list(ratio_above_limit(ledger(money, sales, words=words), {}))


def test_a_billion_from_a_dozen_items_is_implausible():
    (finding,) = found(1_000_000_000)
    assert (finding.severity, finding.claims) == ("implausible", ("income", "sales"))
    assert finding.message["en"] == (
        "The article gives income of A in a round as at least 1 billion crowns and items sold as 12–21, "
        "which makes at least 47.6 million crowns for each."
    )
    assert "minimal 47,6 juta crowns untuk masing-masing" in finding.message["id"]
    assert finding.assumption["en"] == (
        "It holds if one can come to more than 10 million crowns (the limit: no plant is dearer)."
    )


def test_a_limit_may_say_its_finding_in_the_paper_s_own_words():
    limit = settings_from(
        {
            "limits": [
                LIMIT | {"message": {"en": "{case} sold {second} for {first}: {ratio} each ({reason})."}}
            ]
        }
    ).limits
    own = replace(SETTINGS, paper=replace(SETTINGS.paper, languages=("en",)), limits=limit)
    (finding,) = found(1_000_000_000, words=Words(own))
    assert finding.message == {
        "en": "A sold 12–21 for at least 1 billion crowns: at least 47.6 million crowns each (no plant is dearer)."
    }


def test_a_paper_that_sets_no_limit_has_no_such_finding():
    assert found(1_000_000_000, words=Words(replace(SETTINGS, limits=()))) == []


@pytest.mark.parametrize(
    ("income", "columns"),
    [
        (3_000_000, {}),
        (1_000_000_000, {"low": 5000, "high": 9000}),
        (1_000_000_000, {"case": "B"}),
        (1_000_000_000, {"condition": "month"}),
        (1_000_000_000, {"quantity": "visitors"}),
        (1_000_000_000, {"hedge": "up-to"}),
        (150_000_000, {"low": 12, "high": 21}),
        (1_000_000_000, {"low": 0, "high": 21}),
    ],
)
def test_an_ordinary_price_other_rounds_or_a_mere_bound_are_not(income, columns):
    assert found(income, **columns) == []


def test_a_single_item_is_enough():
    assert [finding.severity for finding in found(1_000_000_000, low=1, high="")] == ["implausible"]


def test_the_repaired_income_is_no_finding():
    assert found(1_000_000) == []
