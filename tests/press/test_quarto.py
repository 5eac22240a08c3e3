"""Quarto, where it is installed, gives the reader the same paper as the embedded engine."""

from pathlib import Path

import pytest

from recomputed.outputs import FORMATS
from synthetic.checkouts import clone
from synthetic.shown import QUARTO, differing, needs_quarto, rendered_by_quarto


@pytest.mark.slow
@needs_quarto
def test_quarto_render_gives_the_same_paper_and_leaves_nothing_else(
    built_paper: Path, tmp_path: Path
) -> None:
    assert QUARTO is not None
    formats = FORMATS if QUARTO.tags else ("html", "docx", "jats")
    made = rendered_by_quarto(clone(tmp_path / "paper"))
    assert differing(built_paper, made, formats, ("html", "docx")) == []  # its PDF has a row on another page
