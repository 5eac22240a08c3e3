"""A new paper, made once; a test that changes it takes a copy."""

from pathlib import Path

import pytest

from recomputed.authoring.starter import new_paper as make


@pytest.fixture(scope="session")
def new_paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new paper in English, as `new` lays it down. What changes it takes a copy."""
    folder = tmp_path_factory.mktemp("papers") / "paper"
    make(folder, "en")
    return folder
