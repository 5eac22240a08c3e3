"""The paper says with each number, in each edition, what it said when someone last looked."""

import difflib

import pytest

from recomputed.editions import profiles
from recomputed.guards.all_guards import text_of
from synthetic.variants import execute_edition
from tests.golden import file_of, record


@pytest.mark.parametrize("profile", profiles())
def test_the_paper_says_with_each_number_what_it_said(profile: str | None) -> None:
    expected = file_of(profile).read_text(encoding="utf-8")
    with execute_edition(profile) as executed:
        actual = record(text_of(executed))
    changed = list(
        difflib.unified_diff(expected.splitlines(), actual.splitlines(), "recorded", "now", lineterm="", n=0)
    )
    assert not changed, "\n".join([*changed, "If this is meant: python -m tests.golden"])
