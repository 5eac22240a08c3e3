"""Copies of the project to set up."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from synthetic.copies import Copy, write_wheel


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A folder of wheels, and the lock lines of its two versions of `tiny`."""
    folder = tmp_path_factory.mktemp("wheels")
    return SimpleNamespace(folder=folder, one=write_wheel(folder, "1.0"), two=write_wheel(folder, "2.0"))


@pytest.fixture
def copy(tmp_path: Path, wheels: SimpleNamespace) -> Copy:
    return Copy(tmp_path / "paper", wheels)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, wheels: SimpleNamespace) -> Copy:
    """A copy that is set up, and that each test leaves so. Its path has spaces, marks and letters beyond ASCII."""
    copy = Copy(tmp_path_factory.mktemp("made") / "Makalah – kaïn é 論文 50% 'x' #1", wheels)
    copy.environ |= {"LC_ALL": "C", "HOME": ""}
    del copy.environ["HOME"]
    copy.made = copy.run("7", "x y", "--flag")
    return copy
