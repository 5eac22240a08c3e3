"""The deposit of the paper, made once for all tests."""

from pathlib import Path

import pytest

from synthetic import checkouts
from synthetic.checkouts import Made
from synthetic.papers import once

FILE = "batik-live-1.0.0.zip"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The deposit of the real paper, made in a clone."""

    def make(folder: Path) -> None:
        root = checkouts.clone(folder / "paper")
        done = checkouts.run(root, "archive")
        assert (0, True) == (done.returncode, FILE in done.stdout), done.stderr

    root = once(tmp_path_factory, "deposit", make) / "paper"
    return checkouts.read(root, root / "dist" / FILE)
