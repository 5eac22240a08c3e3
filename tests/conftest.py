"""The real paper, executed once for all tests, and typeset once by the embedded engine."""

from pathlib import Path

import pytest

from recomputed import paths
from recomputed.judgement import Edition, Executed, Verdict, prepare, recompute
from recomputed.reading.numbers_json import write_numbers_json
from recomputed.typeset.engines import FORMATS, engine_named


@pytest.fixture(scope="session")
def judged_paper() -> tuple[Executed, Verdict]:
    """The one execution of the paper, and the verdict on it."""
    edition = Edition(paths.ROOT, paths.DATA, draws=False)
    with edition.kernel() as kernel:
        executed, judge = recompute(edition, kernel, prepare)
    return executed, judge(executed)


@pytest.fixture(scope="session")
def executed_paper(judged_paper: tuple[Executed, Verdict]) -> Executed:
    """The one execution of the paper."""
    return judged_paper[0]


@pytest.fixture(scope="session")
def built_paper(judged_paper: tuple[Executed, Verdict], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with the paper in every format, and `numbers.json`."""
    executed, verdict = judged_paper
    out = tmp_path_factory.mktemp("manuscript")
    engine_named("pandoc").typeset(executed, paths.ROOT, out, FORMATS)
    write_numbers_json(executed, verdict, out)
    return out
