"""`test` runs the paper's tests, and the engine's where the paper carries them: each in a process of its own."""

from pathlib import Path

import pytest

from recomputed import paths
from recomputed.commands.starting import suites


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A paper that carries the engine with its tests."""
    for folder in ("tests", "recomputed/tests/quantity"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    return tmp_path


def run(paper: Path, *arguments: str) -> list[tuple[str, list[str]]]:
    """In which folder pytest is run, with what."""
    return [(folder.relative_to(paper).as_posix(), given) for folder, given in suites(arguments)]


@pytest.mark.parametrize("options", [["-m", "slow"], ["-m", ""], ["-k", "tests"], ["-x"]])
def test_both_are_run_with_the_same_options(options: list[str], paper: Path) -> None:
    """Of `-m ""`, which runs slow tests too, the value is no path, though the paper's folder is one of that name."""
    assert [("recomputed", options), (".", options)] == run(paper, *options)


def test_a_path_is_run_where_it_belongs(paper: Path) -> None:
    assert [(".", ["tests", "-x"])] == run(paper, "tests", "-x")
    engine = "recomputed/tests/quantity"
    assert [("recomputed", [str(paper / engine)])] == run(paper, engine)


def test_a_paper_without_the_engine_s_tests_runs_its_own(paper: Path) -> None:
    (paper / "recomputed" / "tests" / "quantity").rmdir()
    (paper / "recomputed" / "tests").rmdir()
    assert [(".", [])] == run(paper)
