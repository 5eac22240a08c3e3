"""Of a seeded sample of the toy's mutants, those that a guard is there for are noticed by `check` alone."""

import pytest

from mutation.__main__ import matches, of_no_mutant, sample
from mutation.mutants import Mutant, all_mutants
from mutation.notice import CHECK, NOTHING, copied
from recomputed import paths
from synthetic.variants import examined

GUARDED = {"inline id", "unit", "subject", "comparing word", "typed number", "figure file", "generated file"}
KINDS = GUARDED | {"data cell", "constant", "operator", "chart text"}


@pytest.fixture(scope="module")
def mutants() -> list[Mutant]:
    return all_mutants(examined())


def test_there_are_mutants_of_each_kind_and_each_changes_its_file(mutants: list[Mutant]) -> None:
    assert KINDS == {one.kind for one in mutants}
    for one in mutants:
        for name, content in one.files.items():
            assert content != (paths.ROOT / name).read_bytes(), one.name


def test_a_sample_is_the_same_each_time_and_has_each_kind(mutants: list[Mutant]) -> None:
    chosen = sample(mutants, 1)
    assert chosen == sample(all_mutants(examined()), 1)
    assert sorted(KINDS) == sorted(one.kind for one in chosen)


def test_a_pattern_matches_a_name_with_brackets() -> None:
    assert matches('n["a.b"] -> n["a.c"]', 'n["a.*"] -> *')
    assert not matches('n["a.b"]', 'n["b.*"]')


def test_a_row_of_survivors_that_is_of_no_mutant_is_named(mutants: list[Mutant]) -> None:
    assert ["gone*"] == of_no_mutant([mutants[0].name, "gone*"], mutants)


@pytest.mark.slow
def test_what_a_guard_is_there_for_is_noticed_by_check(mutants: list[Mutant]) -> None:
    with copied() as copy:
        for one in sample([one for one in mutants if one.kind in GUARDED], 1):
            assert (one.name, CHECK) == (one.name, copy.noticed_by(one)[0])


@pytest.mark.slow
def test_an_unchanged_paper_is_no_mutant_and_a_text_typed_in_a_chart_is_told(mutants: list[Mutant]) -> None:
    drawn = next(one for one in mutants if one.kind == "chart text")
    with copied() as copy:
        assert (NOTHING, "") == copy.noticed_by(Mutant("none", "", {}))
        assert CHECK == copy.noticed_by(drawn)[0]
        assert (copy.root / "analysis" / "figures.py").read_bytes() == (
            paths.ROOT / "analysis" / "figures.py"
        ).read_bytes()
