"""A comparing word of the paper that is turned into its opposite is told by `check`."""

from recomputed.guards.all_guards import text_for_guards
from recomputed.judgement import Executed, Verdict
from synthetic.reversals import reversals


def test_each_comparing_word_of_the_paper_reversed_is_told(judged_paper: tuple[Executed, Verdict]) -> None:
    executed, verdict = judged_paper
    examination = verdict.examination
    assert examination is not None
    found = list(reversals(text_for_guards(executed, examination), examination))
    assert len(found) >= 20
    assert [] == [(said, other) for said, other, told in found if not told]
