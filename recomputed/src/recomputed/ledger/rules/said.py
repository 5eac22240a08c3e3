"""Rule 12: order in time, words of direction, units: what is said of a figure against the figure itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Claim, Ledger
from recomputed.ledger.findings import CODING, CONTRADICTION, NOT_COMPARABLE, UNSUPPORTED, Finding, find
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

OPPOSITE = ({"rise", "fall"}, {"stable", "fluctuating"})


def out_of_order(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Of quantities that paper.toml puts in order of time, a later one certainly before an earlier one of its case."""
    words = ledger.words
    dated: dict[tuple[str, str], dict[Interval, Claim]] = defaultdict(dict)
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            dated[claim.quantity, claim.case].setdefault(claim.stands_for, claim)
    cases = {case: None for _, case in dated}
    for order in ledger.words.settings.chronology:
        for earlier, later in combinations(order, 2):
            for case in cases:
                for first in dated.get((earlier, case), {}).values():
                    for second in dated.get((later, case), {}).values():
                        if first.unit == second.unit and second.stands_for.certainly_less(first.stands_for):
                            message = words.say(
                                "chronology.message", first=words.claimed(first), second=words.claimed(second)
                            )
                            assumption = words.say("chronology.assumption")
                            yield find("chronology", CONTRADICTION, [second, first], message, assumption)


def direction_against_figures(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A word of direction that the figure, or the figure it is compared `with`, bears out the other way."""
    words, by_id = ledger.words, {claim.id: claim for claim in ledger.claims}
    for claim in ledger.claims:
        before = by_id.get(claim.compared_with)
        change = claim.unit in ("percent-change", "percent-point")
        if not (claim.direction and claim.is_stated and (before or change)):
            continue
        start = before.stands_for if before else Interval.point(0)
        if _is_against(claim.direction, start, claim.stands_for):
            message = words.say(
                "direction.message",
                said=words.say(f"direction.{claim.direction}"),
                here=words.claimed(claim),
                there=words.claimed(before) if before else words.figure(start, claim.unit),
            )
            about = [claim, before] if before else [claim]
            yield find("direction", CONTRADICTION, about, message, words.say("direction.assumption"))


def _is_against(word: str, before: Interval, after: Interval) -> bool:
    """Whether no values of both make the word true."""
    return {
        "rise": not before.possibly_less(after),
        "fall": not after.possibly_less(before),
        "stable": before.intersection(after) is None,
        "fluctuating": False,
    }[word]


def opposite_words(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """One quantity of a case said to rise and to fall, to be stable and to fluctuate."""
    words = ledger.words
    said: dict[tuple[str, str, str], dict[str, Claim]] = defaultdict(dict)
    for claim in ledger.claims:
        if claim.direction and not claim.stance:
            said[claim.quantity, claim.case, claim.condition].setdefault(claim.direction, claim)
    for by_word in said.values():
        for pair in OPPOSITE:
            if pair <= set(by_word):
                first, second = (claim for word, claim in by_word.items() if word in pair)
                message = words.say(
                    "opposite.message",
                    what=words.subject(first),
                    first=words.say(f"direction.{first.direction}"),
                    second=words.say(f"direction.{second.direction}"),
                )
                about = [first, second]
                assumption = words.say("opposite.assumption")
                yield find("opposite", CONTRADICTION, about, message, assumption, follows=CODING)


def units_differ(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """One quantity of a case and condition in two units; percent against percentage points contradicts."""
    words = ledger.words
    units: dict[tuple[str, ...], dict[str, Claim]] = defaultdict(dict)
    for claim in ledger.claims:
        if claim.is_stated and not claim.stance:
            key = (claim.quantity, claim.case, claim.condition, claim.statistic)
            units[key].setdefault(claim.unit, claim)
    for by_unit in units.values():
        if len(by_unit) > 1:
            claims = list(by_unit.values())
            points = "percent-point" in by_unit and any(
                unit.startswith("percent-") and unit != "percent-point" for unit in by_unit
            )
            message = words.say(
                "units.message",
                what=words.subject(claims[0]),
                units=words.listed([words.same(f"{claim.printed} ({claim.unit})") for claim in claims]),
            )
            severity = UNSUPPORTED if points else NOT_COMPARABLE
            yield find("units", severity, claims, message, words.say("units.assumption"))
