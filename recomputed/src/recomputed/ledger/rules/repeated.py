"""Rule 1: the same quantity in two places, with different figures or under different labels."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING

from recomputed.language.terms import both, condition, stated, subject, term
from recomputed.ledger.claims import BOUNDS, Claim, Ledger
from recomputed.ledger.findings import CONTRADICTION, TIGHTER, UNSUPPORTED, Finding, Text, find
from recomputed.ledger.verdicts import DISAGREES, verdict
from recomputed.quantity.intervals import Interval

if TYPE_CHECKING:
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
            yield from _differences(claims)
    yield from _not_stated(ledger.claims)


def one_figure_two_quantities(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """One range of one case under one condition, given for two quantities. Single figures coincide too easily."""
    groups: dict[tuple[str, str, Interval], dict[str, Claim]] = defaultdict(dict)
    for claim in _ranges(ledger.claims):
        if claim.case and claim.condition:
            groups[claim.case, claim.condition, claim.nominal].setdefault(claim.quantity, claim)
    for (case, _, _), by_quantity in groups.items():
        if len(by_quantity) > 1:
            claims = list(by_quantity.values())
            names, figure = both([term(claim.quantity) for claim in claims]), stated(claims[-1])
            when = condition(claims[0].condition)
            yield find(
                "one-figure-two-quantities",
                UNSUPPORTED,
                claims,
                Text(
                    f"One and the same figure, {figure.en}, is given for {names.en} of {case} {when.en}.",
                    f"Angka yang sama, {figure.id}, disebut untuk {names.id} {case} {when.id}.",
                ),
                Text(
                    f"It holds if {names.en} were counted apart and happened to have the same range.",
                    f"Berlaku jika {names.id} dihitung terpisah dan kebetulan berkisaran sama.",
                ),
            )


def figure_of_another_case(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """A range that a case has in one place only, among other figures, and that is another case's only figure."""
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
        for case, of_case in figures.items():
            for figure, (claim, *again) in of_case.items():
                owners = settled.get(figure)
                if owners and not again and len(of_case) > 1 and not figure.is_point:
                    yield _borrowed(claim, owners, case)


def _borrowed(claim: Claim, owners: Sequence[Claim], case: str) -> Finding:
    owner, what, figure = owners[0].case, term(claim.quantity), stated(claim)
    return find(
        "figure-of-another-case",
        UNSUPPORTED,
        [claim, *owners],
        Text(
            f"The {what.en} of {case} are given as {figure.en}, which is everywhere else the figure of {owner} "
            f"and nowhere else that of {case}.",
            f"Angka {what.id} {case}, {figure.id}, di semua tempat lain adalah angka {owner} "
            f"dan tidak disebut lagi untuk {case}.",
        ),
        Text(
            f"It holds if {case} and {owner} happen to have the same range.",
            f"Berlaku jika {case} dan {owner} kebetulan berkisaran sama.",
        ),
    )


def _differences(claims: Sequence[Claim]) -> Iterator[Finding]:
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
            yield _difference(first, other, about)


def _difference(usual: Claim, odd: Claim, about: Sequence[Claim]) -> Finding:
    what, here, there = subject(usual), stated(usual), stated(odd)
    nominal, other = usual.nominal, odd.nominal
    if usual.stands_for.intersection(odd.stands_for) is None:
        severity, how = CONTRADICTION, Text("no value is in both", "tidak ada nilai yang memenuhi keduanya")
    elif nominal.contains(other) or other.contains(nominal):
        narrow, wide = (other, nominal) if nominal.contains(other) else (nominal, other)
        severity = TIGHTER
        at_end = narrow.is_point and narrow.low in (wide.low, wide.high)
        how = (
            Text("one is an end of the other", "yang satu adalah ujung yang lain")
            if at_end
            else Text("one lies within the other", "yang satu berada di dalam yang lain")
        )
    else:
        severity, how = UNSUPPORTED, Text("they overlap in part", "keduanya bertumpang tindih sebagian")
    return find(
        "values-differ",
        severity,
        about,
        Text(
            f"For {what.en} one place gives {here.en} and another {there.en}: {how.en}.",
            f"Untuk {what.id}, satu tempat menyebut {here.id} dan tempat lain {there.id}: {how.id}.",
        ),
        Text(
            "Both hold if they speak of different times or were counted differently.",
            "Keduanya berlaku jika menyangkut waktu atau cara hitung yang berbeda.",
        ),
        named=odd,
    )


def _not_stated(claims: Iterable[Claim]) -> Iterator[Finding]:
    """A place that says that a quantity is not stated, where another states it."""
    reported: dict[tuple[str, str, str], Claim] = {}
    silent: list[Claim] = []
    for claim in claims:
        if claim.is_stated:
            reported.setdefault((claim.quantity, claim.case, claim.condition), claim)
        else:
            silent.append(claim)
    for claim in silent:
        told = reported.get((claim.quantity, claim.case, claim.condition))
        if told:
            what, figure = subject(claim), stated(told)
            yield find(
                "not-stated",
                UNSUPPORTED,
                [claim, told],
                Text(
                    f"One place says that {what.en} are not stated, another gives {figure.en}.",
                    f"Satu tempat menyatakan bahwa {what.id} tidak disebutkan, tempat lain memberi {figure.id}.",
                ),
                Text(
                    "Both hold if the first means that the owner did not state it and the second was observed.",
                    "Keduanya berlaku jika yang pertama berarti tidak disebutkan pemilik dan yang kedua teramati.",
                ),
            )


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
