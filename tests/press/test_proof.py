"""The paper's own files need no correction: of each edition its PDF, Word file and JATS."""

import subprocess
import sys
from pathlib import Path

import pytest

from recomputed.paths import ROOT


@pytest.mark.slow
@pytest.mark.parametrize("profile", [(), ("--profile", "en")], ids=["id", "en"])
def test_an_edition_s_own_files_need_no_correction(profile: tuple[str, ...], tmp_path: Path):
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "recomputed", *arguments, *profile]
        return subprocess.run(
            command, cwd=ROOT, check=False, capture_output=True, text=True, encoding="utf-8", timeout=300
        )

    out = tmp_path / "out"
    built = run("render", "--to", "pdf,docx,jats", "--out", str(out))
    assert 0 == built.returncode, built.stderr
    for name in ("paper.pdf", "paper.docx", "paper.xml"):
        held = run("proof", str(out / name))
        assert 0 == held.returncode, held.stdout + held.stderr
