"""Each reported figure is entered twice, as data and as a claim: one entry that is changed alone is told."""

import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.ledger.attested import unattested
from recomputed.tables.load import load
from synthetic.variants import change


def test_every_figure_of_the_data_is_a_claim_of_the_article_in_its_place() -> None:
    assert [] == list(unattested(load()))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (
            "audience",
            "viewers.K2.mean,K2,viewers,session,mean,10,50",
            "viewers.K2.mean,K2,viewers,session,mean,13,50",
        ),
        ("published", "8,14,percent-share", "8,17,percent-share"),
        ("context", "rank.indonesia.reported,rank,indonesia,,2", "rank.indonesia.reported,rank,indonesia,,5"),
    ],
)
def test_an_entry_that_differs_from_the_other_is_told(file: str, old: str, new: str, tmp_path: Path) -> None:
    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    table = data / f"{file}.csv"
    table.write_text(change(table.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    assert list(unattested(load(data)))
