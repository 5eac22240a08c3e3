"""Rule 4: figures whose product or quotient is implausible: the revenue of a session over the items sold in one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from recomputed.language.terms import figure, stated
from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import IMPLAUSIBLE, Finding, Text, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

DEAREST = Interval.point(10_000_000)
"""Rupiah for one garment sold in a live session. An assumption of this rule, not a reported figure: set far
above what ready-made clothes cost, so that only a gross mismatch is found."""


def revenue_over_items(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Revenue over items of the same case and condition that makes every item dearer than `DEAREST`."""
    revenues: dict[tuple[str, str], Claim] = {}
    units: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.is_stated and claim.quantity == "revenue" and claim.unit == "rupiah":
            revenues.setdefault((claim.case, claim.condition), claim)
        elif claim.is_stated and claim.quantity == "units":
            units[claim.case, claim.condition].append(claim)
    for key, revenue in revenues.items():
        for sold in units.get(key, ())[:1]:
            if sold.stands_for.low is not None and sold.stands_for.low > 0:
                price = revenue.stands_for / sold.stands_for
                if DEAREST.certainly_less(price):
                    yield _too_dear(revenue, sold)


def _too_dear(revenue: Claim, sold: Claim) -> Finding:
    nominal = figure(revenue.nominal / sold.nominal, "rupiah", digits=0)
    money, items, dearest = stated(revenue), stated(sold), figure(DEAREST, "rupiah", digits=0)
    return find(
        "product",
        IMPLAUSIBLE,
        [revenue, sold],
        Text(
            f"One session of {revenue.case} is said to bring {money.en}, a session to sell {items.en} items: "
            f"{nominal.en} for each item.",
            f"Satu sesi {revenue.case} disebut menghasilkan {money.id}, sedangkan satu sesi menjual {items.id} "
            f"unit: {nominal.id} per unit.",
        ),
        Text(
            f"It holds if an item costs more than {dearest.en}, or if that session sold many times the usual.",
            f"Berlaku jika satu unit berharga lebih dari {dearest.id}, atau sesi itu menjual berlipat-lipat "
            f"dari biasanya.",
        ),
    )
