"""The paper says with each number what it said when someone last looked."""

import difflib

from recomputed.guards.all_guards import text_of
from synthetic.variants import execute_here
from tests.golden import FILE, record


def test_the_paper_says_with_each_number_what_it_said() -> None:
    expected, actual = FILE.read_text(encoding="utf-8"), record(text_of(execute_here()))
    changed = list(
        difflib.unified_diff(expected.splitlines(), actual.splitlines(), "recorded", "now", lineterm="", n=0)
    )
    assert not changed, "\n".join([*changed, "If this is meant: python -m tests.golden"])
