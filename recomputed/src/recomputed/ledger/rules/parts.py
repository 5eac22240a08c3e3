"""Rule 10: parts and wholes, as the data declare them in the columns `part_of` and `within`."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from recomputed.ledger.claims import HUNDRED, Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, Finding, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number


def parts_and_total(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """The parts that are declared of a whole, another claim or 100 %, do not add up to it."""
    words, by_id = ledger.words, {claim.id: claim for claim in ledger.claims}
    wholes: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.part_of and claim.is_stated:
            place = (claim.locator, claim.quantity, claim.case) if claim.part_of == HUNDRED else ()
            wholes[claim.part_of, *place].append(claim)
    for (name, *_), parts in wholes.items():
        whole = by_id.get(name)
        total = whole.stands_for if whole else Interval.point(100)
        possible = reduce(add, (part.stands_for for part in parts))
        if possible.intersection(total) is None:
            message = words.say(
                "parts.message",
                parts=words.listed([words.claimed(part) for part in parts]),
                sum=words.figure(reduce(add, (part.nominal for part in parts)), parts[0].unit),
                whole=words.claimed(whole) if whole else words.figure(total, parts[0].unit),
            )
            about = [whole, *parts] if whole else parts
            yield find("parts", CONTRADICTION, about, message, words.say("parts.assumption"))


def part_above_whole(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A claim certainly larger than the one that it is declared to lie `within`, or to be a part of."""
    words, by_id = ledger.words, {claim.id: claim for claim in ledger.claims}
    for claim in ledger.claims:
        for name in dict.fromkeys((claim.within, claim.part_of)):
            whole = by_id.get(name)
            if whole and claim.is_stated and whole.stands_for.certainly_less(claim.stands_for):
                message = words.say(
                    "part-above-whole.message", part=words.claimed(claim), whole=words.claimed(whole)
                )
                assumption = words.say("part-above-whole.assumption")
                yield find("part-above-whole", CONTRADICTION, [claim, whole], message, assumption)
