"""Rule 10: parts and wholes that the data declare."""

import pytest

from recomputed.ledger.rules.parts import part_above_whole, parts_and_total
from synthetic.ledgers import claim, ledger


def shop(whole, *parts, **cells):
    named = (claim(f"p{n}", low, condition=f"c{n}", part_of="whole", **cells) for n, low in enumerate(parts))
    return ledger(claim("whole", whole, hedge="exact"), *named)


def test_parts_that_do_not_make_their_total_contradict_it():
    (finding,) = parts_and_total(shop(12, 10, 3, hedge="exact"), {})
    assert (finding.severity, finding.follows) == ("contradiction", "figures")
    assert finding.claims == ("whole", "p0", "p1")
    assert "make 13" in finding.message["en"]


def test_parts_that_do_make_it_or_may_within_their_rounding_do_not():
    assert list(parts_and_total(shop(12, 10, 2, hedge="exact"), {})) == []
    assert list(parts_and_total(shop(12, 10, 2, 1), {})) == []  # 9.5 + 1.5 + 0.5 is 11.5, which may be 12


@pytest.mark.parametrize(("shares", "found"), [((60, 30), 1), ((60, 40), 0), ((33, 33, 33), 0)])
def test_shares_of_one_place_make_a_hundred_but_for_rounding(shares, found):
    claims = (
        claim(f"s{n}", share, unit="percent-share", condition=f"c{n}", part_of="100")
        for n, share in enumerate(shares)
    )
    assert len(list(parts_and_total(ledger(*claims), {}))) == found


def test_shares_of_two_places_are_two_hundreds():
    halves = (
        claim(f"{place}{half}", 50, unit="percent-share", part_of="100", locator=place)
        for place in ("a.p1", "b.p1")
        for half in (1, 2)
    )
    assert list(parts_and_total(ledger(*halves), {})) == []


@pytest.mark.parametrize(("hosts", "found"), [(3, 1), (2, 0), (1, 0)])
def test_more_hosts_than_staff_cannot_be(hosts, found):
    article = ledger(claim("staff", 2, hedge="exact"), claim("hosts", hosts, hedge="exact", within="staff"))
    assert len(list(part_above_whole(article, {}))) == found


def test_a_part_alone_is_not_above_a_whole_that_has_no_upper_end():
    article = ledger(claim("staff", 2, hedge="at-least"), claim("hosts", 9, hedge="exact", within="staff"))
    assert list(part_above_whole(article, {})) == []
