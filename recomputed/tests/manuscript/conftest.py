"""A synthetic manuscript, executed once for all tests of this room."""

import pytest

from recomputed.manuscript.execute import execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.typeset.verdict import Executed
from synthetic.cells import CELLS


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Executed:
    """CELLS, executed in a directory of its own."""
    root = tmp_path_factory.mktemp("executed")
    manuscript = parse_manuscript(CELLS)
    with Kernel(root) as kernel:
        notebook = execute(manuscript, kernel)
    return Executed(manuscript, notebook, weave(manuscript, notebook), root, None)
