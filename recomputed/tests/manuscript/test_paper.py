"""What a manuscript asks of its paper, and what it is told where that is not there."""

from dataclasses import replace
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.manuscript import paper as paper_module
from recomputed.manuscript.paper import open_paper
from recomputed.manuscript.pipe_tables import MadeTable
from recomputed.paper_language import stated_language
from recomputed.study import study


def nothing(paper: object) -> None:
    """What a function gives that prints its table."""


def test_a_table_whose_function_returns_nothing_is_told_with_its_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = replace(study(), tables={"lost": MadeTable("lost", nothing)})  # type: ignore[arg-type]
    monkeypatch.setattr(paper_module, "study", lambda: made)
    line = nothing.__code__.co_firstlineno
    expected = rf"test_paper\.py, row {line}: expected Markdown that the table 'lost' returns, found None$"
    with pytest.raises(InputError, match=expected):
        open_paper().make_table("lost")


@pytest.mark.parametrize(
    ("front", "row"), [("---\nlang: dutch\n---\n", 2), ("---\ntitle: A\nlang: dutch\n---\n", 3)]
)
def test_a_language_that_has_no_file_is_told_with_its_line(front: str, row: int, tmp_path: Path) -> None:
    (tmp_path / "paper.qmd").write_text(front, encoding="utf-8")
    expected = rf"^paper\.qmd, row {row}: expected `lang:` with one of .*, found 'dutch'"
    with pytest.raises(InputError, match=expected):
        stated_language(tmp_path, "paper.qmd")
