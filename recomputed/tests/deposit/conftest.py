"""The toy with the engine beside it, as a repository of its own, and its deposit: made once."""

import shutil
from pathlib import Path

import pytest

from synthetic import checkouts
from synthetic.checkouts import Made
from synthetic.papers import CHECKOUT, MADE, copy_toy, once

FILE = "toy-stalls-1.0.0.zip"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The deposit of the toy, made in a repository."""

    def make(folder: Path) -> None:
        root = copy_toy(folder / "paper")
        source = "recomputed/src"
        shutil.copytree(CHECKOUT / source, root / source, ignore=MADE)
        for name in ("reproduce.py", "requirements.lock"):
            shutil.copy2(CHECKOUT / name, root / name)
        done = checkouts.run(checkouts.commit(root), "archive")
        assert (0, True) == (done.returncode, FILE in done.stdout), done.stderr

    root = once(tmp_path_factory, "deposit", make) / "paper"
    return checkouts.read(root, root / "dist" / FILE)
