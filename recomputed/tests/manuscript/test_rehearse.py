"""What is evaluated in this process is what a kernel executes."""

import pytest

from recomputed import paths
from recomputed.judgement import Edition, prepare, recompute
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from synthetic.variants import PAPER


@pytest.mark.slow
def test_a_rehearsal_weaves_the_same_markdown_as_the_kernel() -> None:
    edition = Edition(paths.ROOT, paths.DATA, draws=False)
    executed, _ = recompute(edition, prepare)
    manuscript = parse_manuscript(PAPER)
    rehearsed = weave(manuscript, rehearse(manuscript, paths.DATA))
    assert executed.woven == rehearsed
