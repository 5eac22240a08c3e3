"""The data of the paper under test held to its claims, and a copy of them to change."""

import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.ledger.attested import unattested
from recomputed.tables.load import load
from synthetic.variants import studied

NOT_NAMED = "the id of the claim of published.csv that has this figure in this place"


def told(data: Path = paths.DATA) -> list[str]:
    """The faults of a data directory, held to the numbers of the paper's own."""
    return [str(fault) for fault in unattested(load(data), studied()[1])]


@pytest.fixture(name="data")
def copied_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data that messages and places name as the paper's own."""
    monkeypatch.setattr("recomputed.tables.load.shown_as", lambda folder: "data")
    return Path(shutil.copytree(paths.DATA, tmp_path / "data"))
