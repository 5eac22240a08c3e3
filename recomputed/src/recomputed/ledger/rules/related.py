"""Rule 8: a relation claimed from so few cases that no outcome could show it, or from no data at all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from recomputed.language.terms import both, figure
from recomputed.ledger.claims import Ledger, Relation
from recomputed.ledger.findings import UNSUPPORTED, UNTESTABLE, Finding, Text, find
from recomputed.quantity.intervals import Interval
from recomputed.quantity.statistics import correlation, p_value, smallest_p

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

LEVEL = Fraction(1, 20)
"""The one-sided p [-] above which a relation counts as not shown: the customary 5 %."""
MOST_CASES = 7
"""With more cases, orders are too many to list one by one and this rule asks no further than for data."""


def cannot_be_shown(ledger: Ledger, numbers: Mapping[str, "Number"]) -> Iterator[Finding]:
    """Relations with a term that nothing measures, and those whose n cases cannot, or do not, show them.

    The exact one-sided p of a rank correlation is the share of all n! orders at least as strong; its smallest
    possible value is 1/n!. Relations of the same terms make one finding.
    """
    alike: dict[tuple[str, str, str, bool], list[Relation]] = defaultdict(list)
    for relation in ledger.relations:
        measured = all((relation.x, relation.y, relation.via or relation.relation != "mediates"))
        key = (
            (relation.x, relation.y, relation.via, measured) if measured else (relation.id, "", "", measured)
        )
        alike[key].append(relation)
    for (*_, measured), relations in alike.items():
        if measured:
            yield from _tested(relations, ledger.cases, numbers)
        else:
            yield _unmeasured(relations)


def _unmeasured(relations: list[Relation]) -> Finding:
    said = _said(relations)
    return find(
        "relation",
        UNTESTABLE,
        relations,
        Text(
            f"It is claimed that {said.en}, but nothing reported measures one of its terms.",
            f"Dinyatakan bahwa {said.id}, tetapi salah satu unsurnya tidak diukur oleh data apa pun.",
        ),
        Text(
            "It can be tested once that term is observed in enough cases.",
            "Dapat diuji jika unsur itu diamati pada cukup banyak kasus.",
        ),
    )


def _tested(
    relations: list[Relation], cases: tuple[str, ...], numbers: Mapping[str, "Number"]
) -> Iterator[Finding]:
    terms = [prefix for prefix in (relations[0].x, relations[0].y) if prefix]
    both_known = [case for case in cases if all(f"{prefix}.{case}" in numbers for prefix in terms)]
    n = len(both_known)
    if n > MOST_CASES:
        return
    least = smallest_p(Interval.point(n)) if n > 1 else Interval.point(1)
    values = [numbers[f"{prefix}.{case}"].value for prefix in terms for case in both_known]
    observed = (correlation(*values), p_value(*values)) if n > 1 else None
    untestable = least.value > LEVEL
    shown = observed is not None and observed[1].high is not None and observed[1].high <= LEVEL
    if not shown:
        yield _too_few(relations, n, least, observed, untestable)


def _too_few(
    relations: list[Relation],
    n: int,
    least: Interval,
    observed: tuple[Interval, Interval] | None,
    untestable: bool,
) -> Finding:
    said, smallest = _said(relations), figure(least, "", digits=3)
    if observed is None:
        found = Text("no correlation can be computed", "korelasi tidak dapat dihitung")
    else:
        rho, p = (figure(value, "", digits=2) for value in observed)
        found = Text(
            f"the rank correlation is {rho.en}, p {p.en}", f"korelasi peringkatnya {rho.id}, p {p.id}"
        )
    return find(
        "relation",
        UNTESTABLE if untestable else UNSUPPORTED,
        relations,
        Text(
            f"It is claimed that {said.en}; with figures of {n} case{'s' * (n != 1)} the smallest possible "
            f"one-sided p is {smallest.en}, and {found.en}.",
            f"Dinyatakan bahwa {said.id}; dengan angka dari {n} kasus, p satu sisi terkecil yang mungkin adalah "
            f"{smallest.id}, dan {found.id}.",
        ),
        Text(
            "It can be tested with four cases or more, and holds if their two orders agree entirely or nearly so.",
            "Dapat diuji dengan empat kasus atau lebih, dan berlaku jika kedua urutannya sama atau hampir sama.",
        ),
    )


def _said(relations: list[Relation]) -> Text:
    return both([Text(relation.statement, relation.statement_id) for relation in relations])
