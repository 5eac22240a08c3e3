"""What pandoc leaves to do in a format is done once, whoever asks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.typeset.finish import finished

WRAPPED = "<table-wrap id='a'><caption/></caption>\n<table-wrap><table/></table-wrap>\n</table-wrap>"
UNWRAPPED = "<table-wrap id='a'><caption/></caption><table/></table-wrap>"


def test_a_table_in_jats_has_one_wrapper(tmp_path: Path) -> None:
    (tmp_path / "paper.xml").write_text(WRAPPED)
    assert finished(tmp_path / "paper.xml") == UNWRAPPED.encode()


@pytest.mark.parametrize("name", ["index.html", "paper.pdf", "paper.docx", "paper.xml"])
def test_what_is_finished_stays_as_it_is(built_paper: Path, name: str) -> None:
    assert (built_paper / name).read_bytes() == finished(built_paper / name)


def test_quarto_has_it_done_to_each_file_that_it_made(tmp_path: Path) -> None:
    for name in ("paper.xml", "index.html"):
        (tmp_path / name).write_text(WRAPPED)
    names = {"QUARTO_PROJECT_OUTPUT_FILES": "index.html\npaper.xml"}
    subprocess.run(
        [sys.executable, str(paths.ASSETS / "finish.py")],
        cwd=tmp_path,
        env={**os.environ, **names},
        check=True,
    )
    assert (tmp_path / "paper.xml").read_text() == UNWRAPPED
    assert (tmp_path / "index.html").read_text() == WRAPPED
