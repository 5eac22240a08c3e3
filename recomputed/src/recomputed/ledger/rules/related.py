"""Rule 8: a relation claimed from so few cases that no outcome could show it, or from no data at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Ledger, Relation
from recomputed.ledger.findings import CODING, CONTRADICTION, UNSUPPORTED, UNTESTABLE, Finding, find
from recomputed.quantity.intervals import Interval
from recomputed.quantity.statistics import correlation, p_value, smallest_p

if TYPE_CHECKING:
    from recomputed.language.catalogue import Text
    from recomputed.ledger.terms import Words
    from recomputed.quantity.numbers import Number

LEVEL = Fraction(1, 20)
"""The one-sided p [-] above which a relation counts as not shown: the customary 5 %."""
FALLS = "falls"
"""The sign of a relation that claims more of y for less of x."""
MOST_CASES = 7
"""With more cases, orders are too many to list one by one and this rule asks no further than for data."""


def cannot_be_shown(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Relations with a term that nothing measures, and those whose n cases cannot, or do not, show them.

    A relation is tested in the direction in which it is claimed. The exact one-sided p of a rank correlation is
    the share of all n! orders at least as strong; its smallest possible value is 1/n!. Relations of the same terms
    make one finding.
    """
    alike: dict[tuple[str, str, str, str, bool], list[Relation]] = defaultdict(list)
    for relation in ledger.relations:
        measured = all((relation.x, relation.y, relation.via or relation.relation != "mediates"))
        key = (
            (relation.x, relation.y, relation.via, relation.sign, measured)
            if measured
            else (relation.id, "", "", "", measured)
        )
        alike[key].append(relation)
    for (*_, measured), relations in alike.items():
        if measured:
            yield from _tested(ledger, relations, numbers)
        else:
            yield _unmeasured(ledger.words, relations)


def cause_both_ways(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """One thing said to drive another, and the other the one."""
    drives = {
        (one.x, one.y): one
        for one in reversed(ledger.relations)
        if one.relation == "drives" and one.x and one.y
    }
    words = ledger.words
    for (x, y), first in reversed(drives.items()):
        second = drives.get((y, x))
        if second and ledger.relations.index(first) < ledger.relations.index(second):
            message = words.say("cause.message", first=first.statement, second=second.statement)
            assumption = words.say("cause.assumption")
            yield find("cause", CONTRADICTION, [first, second], message, assumption, follows=CODING)


def _unmeasured(words: "Words", relations: list[Relation]) -> Finding:
    message = words.say("relation-unmeasured.message", said=_said(words, relations))
    assumption = words.say("relation-unmeasured.assumption")
    return find("relation", UNTESTABLE, relations, message, assumption, follows=CODING)


def _tested(ledger: Ledger, relations: list[Relation], numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    terms = [prefix for prefix in (relations[0].x, relations[0].y) if prefix]
    both_known = [case for case in ledger.cases if all(f"{prefix}.{case}" in numbers for prefix in terms)]
    n = len(both_known)
    if n > MOST_CASES:
        return
    least = smallest_p(Interval.point(n)) if n > 1 else Interval.point(1)
    values = [numbers[f"{prefix}.{case}"].value for prefix in terms for case in both_known]
    if relations[0].sign == FALLS:
        values[:n] = [-value for value in values[:n]]
    observed = (correlation(*values), p_value(*values)) if n > 1 else None
    shown = observed is not None and observed[1].high is not None and observed[1].high <= LEVEL
    if not shown:
        yield _too_few(ledger.words, relations, n, least, observed)


def _too_few(
    words: "Words",
    relations: list[Relation],
    n: int,
    least: Interval,
    observed: tuple[Interval, Interval] | None,
) -> Finding:
    if observed is None:
        found = words.say("relation.none")
    else:
        rho, p = (words.figure(value, "", digits=2) for value in observed)
        agrees = observed[0].low == 1
        found = words.say(f"relation.{'as-claimed' if agrees else 'rank-correlation'}", rho=rho, p=p)
    return find(
        "relation",
        UNTESTABLE if least.value > LEVEL else UNSUPPORTED,
        relations,
        words.say(
            "relation.message",
            said=_said(words, relations),
            cases=words.counted("relation.cases", n),
            smallest=words.figure(least, "", digits=3),
            found=found,
        ),
        words.say("relation.assumption"),
    )


def _said(words: "Words", relations: list[Relation]) -> "Text":
    return words.listed([relation.statement for relation in relations])
