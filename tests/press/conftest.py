"""The deposit of the paper, made once for all tests."""

from pathlib import Path

import pytest

from synthetic import checkouts
from synthetic.checkouts import Made
from synthetic.papers import once

FILE = "batik-live-1.0.0.zip"


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The deposit of the real paper, made in a clone by two commands at once. Slow: once for all tests."""

    def make(folder: Path) -> None:
        root = checkouts.clone(folder / "paper")
        environment = {"TZ": "Asia/Jakarta", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1", "USER": "one"}
        both = [checkouts.start(root, "archive", environment=environment, umask=0o022) for _ in range(2)]
        for process in both:
            out, err = process.communicate(timeout=300)
            assert process.returncode == 0, err
            assert FILE in out

    root = once(tmp_path_factory, "deposit", make) / "paper"
    return checkouts.read(root, root / "dist" / FILE)
