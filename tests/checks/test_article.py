"""The published article as a whole: its tokens are all accounted for, its verdicts are those counted by hand."""

import re
from collections import Counter

import pytest

from recomputed.ledger import verdicts as checks
from synthetic.attested import told
from synthetic.ledgers import article

LEDGER, NUMBERS = article()
CLAIMS = {claim.id: claim for claim in LEDGER.claims}
OUTCOMES = {outcome.id: outcome for outcome in checks.judge(LEDGER, NUMBERS)}
SECTIONS = (
    "abstract.id",
    "abstract.en",
    "introduction",
    "method",
    "results.profile",
    "results.table1",
    "results.turnover",
    "results.figure1",
    "results.content",
    "results.audience",
    "results.obstacles",
    "results.literature",
    "recommendations",
    "conclusion",
)


def test_every_figure_of_the_data_is_a_claim_of_the_article_in_its_place():
    assert told() == []


def test_every_token_of_the_text_is_there_in_reading_order():
    """208 by hand: 160 in digits and 48 in words, counted as `datapackage.json` defines."""
    tokens = LEDGER.tokens
    assert [int(token.position) for token in tokens] == list(range(1, 209))
    assert Counter(token.kind for token in tokens) == {"digits": 160, "word": 48}
    places = [
        next(i for i, section in enumerate(SECTIONS) if token.locator.startswith(section)) for token in tokens
    ]
    assert places == sorted(places)


def test_tokens_are_what_the_count_says_a_token_is():
    digits = re.compile(r"[0-9]+([.,][0-9]+)*")
    words = {"satu", "dua", "tiga", "empat", "pertama", "kedua", "ketiga", "three"}
    for token in LEDGER.tokens:
        assert digits.fullmatch(token.token) if token.kind == "digits" else token.token.lower() in words


def test_every_token_has_a_claim_of_its_own_place_or_a_reason():
    for token in LEDGER.tokens:
        if token.claim:
            assert CLAIMS[token.claim].locator == token.locator, token
        else:
            assert token.reason, token


def test_reasons_by_count():
    """Counted by hand in the text."""
    assert Counter(token.reason for token in LEDGER.tokens if token.reason) == REASONS


def test_every_figure_of_a_claim_is_a_token_of_its_place():
    """Save claims made in words without a numeral, such as every day, and those that share a token."""
    linked = {token.claim for token in LEDGER.tokens}
    assert {id_ for id_ in CLAIMS if id_ not in linked} == WITHOUT_TOKEN


def test_ids_are_unique_over_all_that_the_ledger_claims():
    ids = [*CLAIMS, *(c.id for c in LEDGER.comparisons), *(r.id for r in LEDGER.relations)]
    assert len(ids) == len(set(ids))
    assert len(OUTCOMES) == len(CLAIMS) + len(LEDGER.comparisons) + sum(REASONS.values())


def test_verdicts_by_count():
    counts = checks.count(list(OUTCOMES.values()))
    assert counts == {
        "claims": 212,
        "agrees": 142,
        "agrees within rounding": 1,
        "agrees within hedge": 3,
        "disagrees": 12,
        "not a quantity": 54,
        "derived": 36,
        "transcribed": 85,
        "returned": 20,
        "measured": 0,
        "compared": 17,
        "unexpected": 0,
    }


def test_what_disagrees():
    assert {id_ for id_, outcome in OUTCOMES.items() if outcome.verdict == "disagrees"} == {
        "profile.staff.K2.employee",
        "profile.viewers.K3.hour1",
        "table1.viewers.K1",
        "table1.viewers.K1.count",
        "table1.viewers.K3.hour1",
        "audience.conversion.K1",
        "literature.viewers.K3",
        "method.evidence.turnover",
        "table1.promotion.K1",
        "table1.viewers.stable.K3",
        "turnover.in-line",
        "literature.smaller.K3",
    }


@pytest.mark.parametrize(
    ("case", "places"),
    [
        (
            "K1",
            {
                "abstract.id": "25%",
                "abstract.en": "25%",
                "results.turnover.p2": "sekitar 25 %",
                "conclusion.p2": "25%",
            },
        ),
        (
            "K2",
            {
                "abstract.id": "10%",
                "abstract.en": "10%",
                "results.turnover.p2": "sekitar 10 %",
                "conclusion.p2": "10%",
            },
        ),
        (
            "K3",
            {
                "abstract.id": "30%",
                "abstract.en": "30%",
                "results.profile.p3": "sekitar 30%",
                "results.turnover.p1": "sekitar 30%",
                "results.audience.p3": "hingga 30 %",
                "results.literature.p4": "sekitar 30%",
                "conclusion.p2": "30%",
            },
        ),
    ],
)
def test_the_rise_in_turnover_at_every_mention(case, places):
    found = {c.locator: c.printed for c in LEDGER.claims if c.quantity == "uplift" and c.case == case}
    assert found == places
    assert all(
        OUTCOMES[c.id].verdict in ("agrees", "agrees within hedge") and NUMBERS[c.number].kind == "derived"
        for c in LEDGER.claims
        if c.quantity == "uplift" and c.case == case
    )


@pytest.mark.parametrize(
    ("id_", "published", "recomputed"),
    [
        ("introduction.penetration.indonesia", "79,5%", "79.498"),  # introduction, paragraph 1
        ("introduction.tiktok.rank", "kedua", "2"),  # introduction, paragraph 2
        ("profile.staff.K1", "12", "12"),  # results, profile, paragraph 1: 10 + 2
        ("table1.staff.K3", "6", "6"),  # table 1, staff: 3 + 3
        ("table1.viewers.K2", "±10-50", "10–50"),  # table 1, viewers
        ("turnover.revenue.K1", "Rp 1 miliar", "1 billion"),  # results, turnover, paragraph 1
        ("audience.conversion.K1", "8–14 %", "4–14"),  # results, interaction, paragraph 3
        ("literature.viewers.K3", "10–50", "5–35"),  # results, literature, paragraph 4
        ("recommendations.prime", "18.00–21.00", "18–21"),  # recommendations, 1
        ("conclusion.cases", "3", "3"),  # conclusion, paragraph 3
    ],
)
def test_published_and_recomputed_side_by_side(id_, published, recomputed):
    assert (OUTCOMES[id_].published, OUTCOMES[id_].recomputed) == (published, recomputed)


REASONS = {
    "citation year": 21,
    "ordinal that opens an item of a list": 13,
    "idiom, counts nothing": 7,
    "address": 4,
    "heading number": 4,
    "list number": 3,
    "table number": 1,
    "figure number": 1,
}
WITHOUT_TOKEN = {
    "introduction.neighbours",  # "the same year"
    "introduction.tiktok.month",
    "profile.pause.K1",  # "every day"
    "profile.pause.K2",  # "except Friday"
    "profile.pause.K3",
    "profile.staff.K2.employee",  # a plural
    "profile.staff.K3.jakarta",  # "3 in each city", shared
    "profile.tiktok.K3",  # shares its year with the first live session
    "table1.staff.K2.owner",
    "table1.promotion.K1",  # "not mentioned"
    "content.promotions.K1",  # "a promotion such as"
    "table1.viewers.K1",  # "not mentioned"
    "turnover.interview.K1.month",
    "turnover.interview.K2.month",
    "audience.response.K2",  # shared with K1
    "literature.response.K2",
    "obstacles.campaign.month",  # shares "12.12" with the day
}
