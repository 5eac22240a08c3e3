"""The audit: every general rule run over the ledger and the numbers. No finding is written down by hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from recomputed.ledger.claims import Ledger
from recomputed.ledger.findings import SEVERITIES, Finding
from recomputed.ledger.rules import (
    advised,
    bounds,
    cited,
    compared,
    derived,
    means,
    parts,
    products,
    related,
    repeated,
    said,
    tested,
    windows,
)

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number

Rule = Callable[[Ledger, Mapping[str, "Number"]], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    repeated.values_differ,
    repeated.one_figure_two_quantities,
    repeated.figure_of_another_case,
    derived.differs_from_derived,
    means.mean_against_range,
    products.ratio_above_limit,
    compared.not_borne_out,
    parts.parts_and_total,
    parts.part_above_whole,
    bounds.extreme_against_values,
    bounds.bound_of_nothing,
    said.out_of_order,
    said.direction_against_figures,
    said.opposite_words,
    said.units_differ,
    tested.impossible_for_n,
    tested.statistic_against_p,
    cited.figure_after_source,
    cited.missing_citation,
    windows.unlike_changes,
    related.cannot_be_shown,
    related.cause_both_ways,
    advised.advice_against_cases,
)


def audit(
    ledger: Ledger, numbers: Mapping[str, "Number"], rules: Sequence[Rule] = RULES
) -> tuple[Finding, ...]:
    """What the rules find, the gravest first, then in the order of rules and claims."""
    grave = list(SEVERITIES)
    found = chain.from_iterable(rule(ledger, numbers) for rule in rules)
    return tuple(sorted(found, key=lambda finding: grave.index(finding.severity)))
