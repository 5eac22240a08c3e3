"""This paper as it goes to co-authors and comes back: without edits it is itself."""

import pytest

from recomputed import paths
from recomputed.exchange.back import read_back
from recomputed.exchange.out import coauthors_docx
from recomputed.judgement import Executed, Verdict


@pytest.mark.slow
def test_a_round_trip_of_this_paper_changes_nothing(judged_paper: tuple[Executed, Verdict]) -> None:
    executed, verdict = judged_paper
    assert verdict.examination is not None
    text = paths.PAPER.read_text(encoding="utf-8")
    docx = coauthors_docx(executed, text, paths.ROOT, verdict.examination)
    back = read_back(docx, "out.docx", text, set())
    assert (back.text, back.refused, back.typed, back.conflicts) == (text, [], [], [])
