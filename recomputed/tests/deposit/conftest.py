"""The toy with the engine beside it, as a repository of its own, and its deposit: made once."""

import shutil
from pathlib import Path

import pytest

from synthetic import checkouts
from synthetic.checkouts import Made
from synthetic.deposits import FILE
from synthetic.papers import CHECKOUT, MADE, copy_toy, once


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The deposit of the toy, made in a repository by two commands at once."""

    def make(folder: Path) -> None:
        root = copy_toy(folder / "paper")
        source = "recomputed/src"
        shutil.copytree(CHECKOUT / source, root / source, ignore=MADE)
        for name in ("reproduce.py", "requirements.lock"):
            shutil.copy2(CHECKOUT / name, root / name)
        checkouts.commit(root)
        environment = {"TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "one"}
        both = [checkouts.start(root, "archive", environment=environment, umask=0o022) for _ in range(2)]
        for process in both:
            out, err = process.communicate(timeout=300)
            assert (0, True) == (process.returncode, FILE in out), err

    root = once(tmp_path_factory, "deposit", make) / "paper"
    return checkouts.read(root, root / "dist" / FILE)
