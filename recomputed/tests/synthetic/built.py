"""The paper that a session of tests is about, the toy or the checkout's own: executed once, typeset once."""

import pickle
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.descriptions.numbers_json import write_numbers_json
from recomputed.judgement import Edition, Executed, Verdict, prepare, recompute
from recomputed.outputs import FORMATS
from recomputed.typeset.engines import engine_named
from synthetic.papers import once


@pytest.fixture(scope="session")
def judged_paper(tmp_path_factory: pytest.TempPathFactory) -> tuple[Executed, Verdict]:
    """The paper's one execution, and the verdict on it. Not to be changed."""

    def execute(folder: Path) -> None:
        edition = Edition(paths.ROOT, paths.DATA, draws=False)
        executed, judge = recompute(edition, prepare)
        (folder / "judged.pickle").write_bytes(pickle.dumps((executed, judge(executed))))

    found = once(tmp_path_factory, "judged", execute) / "judged.pickle"
    both: tuple[Executed, Verdict] = pickle.loads(found.read_bytes())
    return both


@pytest.fixture(scope="session")
def executed_paper(judged_paper: tuple[Executed, Verdict]) -> Executed:
    """The paper's one execution. Not to be changed."""
    return judged_paper[0]


@pytest.fixture(scope="session")
def built_paper(judged_paper: tuple[Executed, Verdict], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the paper in its four formats, and `numbers.json`. Not to be changed."""

    def build(folder: Path) -> None:
        executed, verdict = judged_paper
        engine_named("pandoc").typeset(executed, paths.ROOT, folder, FORMATS)
        write_numbers_json(executed, verdict, folder)

    return once(tmp_path_factory, "built", build)
