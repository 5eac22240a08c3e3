"""The engine's own tests have a paper of their own, the toy, which is synthetic; and they know the penguins."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from synthetic.cells import CELLS
from synthetic.papers import PENGUINS, TOY, copy_toy, once, recomputed, small_paper

os.environ["RECOMPUTED_PAPER"] = str(TOY)  # read where the engine is imported, which is next
sys.path.insert(0, str(TOY))  # before another paper's `analysis`

from recomputed.judgement import Executed
from recomputed.manuscript.execute import execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import Tables, load
from synthetic.browser import browser, opened, server
from synthetic.built import built_paper, executed_paper, judged_paper

__all__ = ["browser", "built_paper", "executed_paper", "judged_paper", "opened", "server"]  # fixtures


@pytest.fixture(scope="session")
def tables() -> Tables:
    """The toy's tables."""
    return load()


@pytest.fixture(scope="session")
def numbers(tables: Tables) -> Numbers:
    """The toy's numbers."""
    return study().compute(tables)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A copy of the toy, to be changed and broken."""
    return copy_toy(tmp_path / "toy")


@pytest.fixture(scope="session")
def penguins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the second paper in its four formats, and what the build said in `said.txt`."""

    def build(folder: Path) -> None:
        done = recomputed(PENGUINS, "render", "--out", str(folder))
        assert done.returncode == 0, done.stderr
        (folder / "said.txt").write_text(done.stdout, encoding="utf-8")

    return once(tmp_path_factory, "penguins", build)


@pytest.fixture
def project(tmp_path: Path) -> Callable[[str], Path]:
    """Make a small project whose manuscript has this body."""
    return lambda body: small_paper(tmp_path, body)


@pytest.fixture(scope="session")
def executed(tmp_path_factory: pytest.TempPathFactory) -> Executed:
    """CELLS, executed in a directory of its own."""
    root = tmp_path_factory.mktemp("executed")
    manuscript = parse_manuscript(CELLS)
    with Kernel(root) as kernel:
        notebook = execute(manuscript, kernel)
    return Executed(manuscript, notebook, weave(manuscript, notebook), root, None)
