"""The paper's own files need no correction: of each edition its PDF, Word file and JATS."""

from pathlib import Path

import pytest

from recomputed.paths import ROOT
from synthetic.papers import recomputed
from synthetic.typed import run_each


@pytest.mark.slow
@pytest.mark.parametrize("profile", [(), ("--profile", "en")], ids=["id", "en"])
def test_an_edition_s_own_files_need_no_correction(
    profile: tuple[str, ...], built_paper: Path, tmp_path: Path
):
    out = built_paper
    if profile:
        out = tmp_path / "out"
        built = recomputed(ROOT, "render", "--to", "pdf,docx,jats", "--out", str(out), *profile)
        assert 0 == built.returncode, built.stderr
    proofs = [("proof", str(out / name), *profile) for name in ("paper.pdf", "paper.docx", "paper.xml")]
    for code, said, told in run_each(ROOT, proofs):
        assert 0 == code, said + told
