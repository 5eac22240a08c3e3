"""Mutants are noticed. A seeded sample here; all of them with `python -m tests.mutation`."""

from collections import defaultdict
from random import Random

import pytest

from recomputed import paths
from synthetic.variants import examined
from tests.mutation.__main__ import expected_survivors
from tests.mutation.harness import noticed_by
from tests.mutation.mutants import SEED, Mutant, all_mutants

pytestmark = pytest.mark.slow

EACH = 5  # of each kind


def sample() -> list[Mutant]:
    by_kind: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in all_mutants(examined()):
        by_kind[mutant.kind].append(mutant)
    random = Random(SEED)
    return [one for kind in by_kind.values() for one in random.sample(kind, EACH)]


@pytest.mark.parametrize("mutant", sample(), ids=lambda mutant: mutant.name)
def test_a_mutant_is_noticed(mutant: Mutant) -> None:
    if mutant.name in expected_survivors():
        pytest.skip(expected_survivors()[mutant.name])
    assert noticed_by(mutant)


def test_the_paper_itself_is_no_mutant() -> None:
    assert "" == noticed_by(Mutant("data cell", "nothing", {}))
    assert "" == noticed_by(Mutant("figure", "nothing", {}))
    turnover = "analysis/turnover.py"
    unchanged = {turnover: (paths.ROOT / turnover).read_bytes()}
    assert "" == noticed_by(Mutant("formula constant", "nothing", unchanged))


def test_every_survivor_has_a_reason_and_is_a_mutant() -> None:
    names = {mutant.name for mutant in all_mutants(examined())}
    for name, reason in expected_survivors().items():
        assert reason
        assert name in names
