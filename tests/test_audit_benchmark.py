"""The benchmark of the audit plants what it says it plants, and the same each time."""

from random import Random

import pytest

from benchmarks.plants import HARMLESS, PLANTS
from recomputed.ledger.audit import audit
from synthetic.ledgers import article

LEDGER, NUMBERS = article()
BASE = {finding.id for finding in audit(LEDGER, NUMBERS)}


def new(edited):
    return {one.rule for one in audit(edited.ledger, {**NUMBERS, **edited.numbers}) if one.id not in BASE}


@pytest.mark.parametrize("kind", PLANTS)
def test_a_planted_contradiction_is_found_by_its_rule_and_is_the_same_each_time(kind):
    first, again = (PLANTS[kind](LEDGER, Random(3), 0) for _ in range(2))
    assert first == again
    assert first.ledger != LEDGER
    assert kind.partition(":")[0] in new(first)


@pytest.mark.parametrize("kind", HARMLESS)
def test_a_harmless_edit_edits_and_raises_nothing(kind):
    edited = HARMLESS[kind](LEDGER, Random(3), 0)
    assert edited.ledger != LEDGER
    assert new(edited) == set()
