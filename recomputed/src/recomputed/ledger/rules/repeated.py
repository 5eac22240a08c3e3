"""Rule 1: the same quantity in two places, with different figures or under different labels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from recomputed.ledger.claims import BOUNDS, Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, TIGHTER, UNSUPPORTED, Finding, find
from recomputed.ledger.verdicts import DISAGREES, verdict
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number


def values_differ(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Same quantity, case, condition and statistic, but another figure than most places give.

    Disjoint figures contradict each other; a figure inside the other, or an end of it, is tighter; overlapping
    ones leave open which holds, and so does a place that says that the quantity is not stated. Advice is no
    report.
    """
    groups: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if not claim.stance:
            key = (claim.quantity, claim.case, claim.condition, claim.statistic, claim.unit)
            groups[key].append(claim)
    for claims in groups.values():
        if len(claims) > 1:
            yield from _differences(ledger.words, claims)
    yield from _not_stated(ledger)


def one_figure_two_quantities(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """One range of one case under one condition, given for two quantities. Single figures coincide too easily."""
    groups: dict[tuple[str, str, Interval], dict[str, Claim]] = defaultdict(dict)
    for claim in _ranges(ledger.claims):
        if claim.case and claim.condition:
            groups[claim.case, claim.condition, claim.nominal].setdefault(claim.quantity, claim)
    words = ledger.words
    for (case, _, _), by_quantity in groups.items():
        if len(by_quantity) > 1:
            claims = list(by_quantity.values())
            names = words.listed([words.term(claim.quantity) for claim in claims])
            message = words.say(
                "one-figure-two-quantities.message",
                figure=words.stated(claims[-1]),
                names=names,
                case=case,
                when=words.condition(claims[0].condition),
            )
            assumption = words.say("one-figure-two-quantities.assumption", names=names)
            yield find("one-figure-two-quantities", UNSUPPORTED, claims, message, assumption)


def figure_of_another_case(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A range that a case has in one place only, among other figures, and another case in several, with no other.

    Where both have it once only, nothing tells which is the odd one out.
    """
    by_quantity: dict[str, list[Claim]] = defaultdict(list)
    for claim in ledger.claims:
        if claim.case and claim.is_stated and not claim.stance:
            by_quantity[claim.quantity].append(claim)
    for claims in by_quantity.values():
        figures: dict[str, dict[Interval, list[Claim]]] = defaultdict(lambda: defaultdict(list))
        for claim in claims:
            figures[claim.case][claim.nominal].append(claim)
        settled = {
            figure: same
            for of_case in figures.values()
            if len(of_case) == 1
            for figure, same in of_case.items()
        }
        for of_case in figures.values():
            for figure, (claim, *again) in of_case.items():
                owners = settled.get(figure, [])
                if len(owners) > 1 and not again and len(of_case) > 1 and not figure.is_point:
                    yield _borrowed(ledger.words, claim, owners)


def _borrowed(words: "Words", claim: Claim, owners: Sequence[Claim]) -> Finding:
    whose = {"case": claim.case, "owner": owners[0].case}
    return find(
        "figure-of-another-case",
        UNSUPPORTED,
        [claim, *owners],
        words.say(
            "figure-of-another-case.message",
            what=words.term(claim.quantity),
            figure=words.stated(claim),
            **whose,
        ),
        words.say("figure-of-another-case.assumption", **whose),
    )


def _differences(words: "Words", claims: Sequence[Claim]) -> Iterator[Finding]:
    """One finding for each figure that is not compatible with the commonest (of equals, the widest)."""
    by_figure: dict[Interval, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.is_stated:
            by_figure[claim.figure].append(claim)
    if len(by_figure) < 2:
        return
    usual = max(by_figure, key=lambda figure: (len(by_figure[figure]), _width(figure)))
    place = {claim.id: index for index, claim in enumerate(claims)}
    for figure, others in by_figure.items():
        first, other = by_figure[usual][0], others[0]
        if figure != usual and not _compatible(first, other):
            about = [first, *others] if place[first.id] < place[other.id] else [*others, first]
            yield _difference(words, first, other, about)


def _difference(words: "Words", usual: Claim, odd: Claim, about: Sequence[Claim]) -> Finding:
    nominal, other = usual.nominal, odd.nominal
    if usual.stands_for.intersection(odd.stands_for) is None:
        severity, how = CONTRADICTION, "disjoint"
    elif nominal.contains(other) or other.contains(nominal):
        narrow, wide = (other, nominal) if nominal.contains(other) else (nominal, other)
        at_end = narrow.is_point and narrow.low in (wide.low, wide.high)
        severity, how = TIGHTER, "end" if at_end else "within"
    else:
        severity, how = UNSUPPORTED, "overlap"
    message = words.say(
        "values-differ.message",
        what=words.subject(usual),
        here=words.stated(usual),
        there=words.stated(odd),
        how=words.say(f"values-differ.{how}"),
    )
    return find("values-differ", severity, about, message, words.say("values-differ.assumption"), named=odd)


def _not_stated(ledger: Ledger) -> Iterator[Finding]:
    """A place that says that a quantity is not stated, where another states it."""
    reported: dict[tuple[str, str, str], Claim] = {}
    silent: list[Claim] = []
    for claim in ledger.claims:
        if claim.is_stated:
            reported.setdefault((claim.quantity, claim.case, claim.condition), claim)
        else:
            silent.append(claim)
    words = ledger.words
    for claim in silent:
        told = reported.get((claim.quantity, claim.case, claim.condition))
        if told:
            message = words.say("not-stated.message", what=words.subject(claim), figure=words.stated(told))
            yield find("not-stated", UNSUPPORTED, [claim, told], message, words.say("not-stated.assumption"))


def _compatible(a: Claim, b: Claim) -> bool:
    """Whether one is the other within rounding or hedge."""
    pairs = [(a, b), (b, a)]
    bounds = [(x, y) for x, y in pairs if x.hedge in BOUNDS]
    fits = (verdict(x, y.nominal, y.stands_for) != DISAGREES for x, y in bounds or pairs)
    return all(fits) if bounds else any(fits)


def _ranges(claims: Iterable[Claim]) -> Iterator[Claim]:
    return (claim for claim in claims if claim.is_stated and not claim.nominal.is_point and not claim.stance)


def _width(figure: Interval) -> float:
    return inf if figure.low is None or figure.high is None else float(figure.high - figure.low)
