"""This paper as it goes to co-authors and comes back: without edits it is itself."""

from pathlib import Path

import pytest

from recomputed import paths
from recomputed.exchange.back import read_back
from synthetic.papers import recomputed


@pytest.mark.slow
def test_a_round_trip_of_this_paper_changes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "out.docx"
    done = recomputed(paths.ROOT, "word", "out", str(file))
    assert done.returncode == 0, done.stderr
    text = paths.PAPER.read_text(encoding="utf-8")
    back = read_back(file.read_bytes(), file.name, text, set())
    assert (back.text, back.refused, back.conflicts) == (text, [], [])
