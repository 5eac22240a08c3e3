"""The paper is executed while what judges it is made ready; the data's faults come first."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed.faults import Fault, InputError
from recomputed.judgement import Edition, Executed, Judge, Verdict, recompute
from recomputed.manuscript.execute import ExecutionError


def judge(executed: Executed) -> Verdict:
    return Verdict({"text": executed.woven.markdown}, (), ())


def test_the_cells_know_the_data_the_figures_and_the_profile(project: Callable[[str], Path]) -> None:
    asked = "PAPER_DATA", "PAPER_FIGURES", "QUARTO_PROFILE"
    root = project("\n".join(f"`{{python}} __import__('os').environ['{name}']`" for name in asked))
    (root / "_quarto-blind.yml").write_text("lang: id\n")
    edition = Edition(root, root / "data", "blind", draws=False)
    executed, found = recompute(edition, lambda data: judge)
    told = executed.woven.markdown.replace("\\", "").split("\n")
    assert told[:3] == [str(root / "data"), "none", "blind"]
    assert found is judge


def test_the_judge_is_made_ready_meanwhile(project: Callable[[str], Path]) -> None:
    root = project("```{python}\nimport time\nended = time.time()\n```\n\n`{python} ended`")
    started: list[float] = []

    def prepare(data: Path) -> Judge:
        started.append(time.time())
        return judge

    edition = Edition(root, root / "data")
    executed, _ = recompute(edition, prepare)
    assert started[0] < float(executed.woven.markdown)


def test_faults_of_the_data_end_the_execution_at_once(project: Callable[[str], Path]) -> None:
    root = project("```{python}\nimport time\ntime.sleep(60)\n```")

    def prepare(data: Path) -> Judge:
        raise InputError(Fault("data/a.csv", "x", "y"))

    edition = Edition(root, root / "data")
    before = time.monotonic()
    with pytest.raises(InputError, match="expected x, found y"):
        recompute(edition, prepare)
    assert time.monotonic() - before < 30


def test_a_failing_cell_is_told(project: Callable[[str], Path]) -> None:
    root = project("```{python}\n1 / 0\n```")
    edition = Edition(root, root / "data")
    with pytest.raises(ExecutionError, match="line 7: ZeroDivisionError"):
        recompute(edition, lambda data: judge)
