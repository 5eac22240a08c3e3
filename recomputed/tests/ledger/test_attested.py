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
        ("stalls", "sold.hill,hill,sold,day,,60,70", "sold.hill,hill,sold,day,,63,70"),
        ("published", "guests.north,days.p1,40–60,40,60", "guests.north,days.p1,40–60,40,65"),
        ("stated", "hosts.all,,10", "hosts.all,,11"),
    ],
)
def test_an_entry_that_differs_from_the_other_is_told(file: str, old: str, new: str, tmp_path: Path) -> None:
    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    table = data / f"{file}.csv"
    table.write_text(change(table.read_text(encoding="utf-8"), old, new), encoding="utf-8")
    assert list(unattested(load(data)))
