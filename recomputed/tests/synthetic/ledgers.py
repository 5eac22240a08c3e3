"""SYNTHETIC ledgers for the tests of the checks: claims made up for one rule each, and edited copies of `data/`."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths
from recomputed.language.catalogue import Text
from recomputed.ledger.claims import Claim, Comparison, Ledger, Relation
from recomputed.ledger.read import load_ledger
from recomputed.ledger.terms import Words
from recomputed.paper_toml import settings_from
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Coding
from recomputed.study import study
from recomputed.tables.load import load

LIMIT = {
    "quantity": "income",
    "unit": "crown",
    "over": "sales",
    "above": 10_000_000,
    "reason": {
        "en": "no plant is dearer",
        "id": "tidak ada tanaman yang lebih mahal",
        "de": "keine Pflanze kostet mehr",
    },
}
SETTINGS = settings_from(
    {
        "paper": {"languages": ["id", "de"]},
        "quantities": {
            "visitors": {"en": "visitors", "id": "pengunjung", "de": "Besucher"},
            "sales": {"en": "items sold", "id": "barang terjual", "de": "Verkäufe"},
            "growth.evidence": {
                "en": "kinds of evidence for growth",
                "id": "jenis bukti pertumbuhan",
                "de": "Arten von Belegen für Wachstum",
            },
        },
        "conditions": {
            "literature": {"en": "in the literature", "id": "dalam pustaka", "de": "in der Literatur"},
            "round": {"en": "in a round", "id": "dalam satu putaran", "de": "in einem Rundgang"},
        },
        "subjects": {"literature": {"en": "the literature", "id": "pustaka", "de": "die Literatur"}},
        "units": {"crown": {"after": " crowns"}},
        "limits": [LIMIT],
        "success": {"quantity": "growth"},
    }
)
"""SYNTHETIC: the settings of a paper on gardens, whose languages are Indonesian and German."""
WORDS = Words(SETTINGS)


@dataclass(frozen=True)
class FakeNumber:
    """As much of a number as the checks look at."""

    value: Interval
    stands_for: Interval
    unit: str = "item"
    kind: str = "derived"
    digits: int = 0
    id: str = ""
    coded: tuple[Coding, ...] = ()

    def codings(self) -> tuple[Coding, ...]:
        return self.coded


def number(low, high=None, *, kind="derived", unit="item", codings=()):
    """A number that stands for what it nominally is."""
    interval = Interval.closed(str(low), str(low if high is None else high))
    return FakeNumber(interval, interval, unit, kind, coded=tuple(codings))


def claim(id_, low="", high="", **columns):
    """A claim with only the given columns filled in; its hedge is `range` where it has two ends, else `none`."""
    hedge = columns.pop("hedge", "" if low == "" else "range" if high else "none")
    cells = dict.fromkeys(Claim._fields, "") | {
        "id": id_,
        "locator": "synthetic.p1",
        "printed": f"{low}–{high}" if high else str(low),
        "low": str(low),
        "high": str(high),
        "unit": "item",
        "hedge": hedge,
        "quantity": "sales",
        "number": "synthetic",
        "expected": "agrees",
    }
    return Claim(**(cells | {name: str(cell) for name, cell in columns.items()}))


def comparison(id_, expression, *, kind="order", expected="agrees"):
    statement = Text(en="one is more", id="yang satu lebih", de="eines ist mehr")
    return Comparison(id_, "synthetic.p2", kind, statement, expression, expected, "")


def relation(id_, x="", y="", via="", kind="correlates", sign=""):
    statement = Text(en="x goes with y", id="x sejalan dengan y", de="x geht mit y einher")
    return Relation(id_, "synthetic.p3", kind, statement, x, y, via, sign)


def ledger(*claims, comparisons=(), relations=(), cases=("A", "B", "C"), words=WORDS):
    return Ledger(tuple(claims), tuple(comparisons), tuple(relations), (), tuple(cases), words)


def article(folder: Path = paths.DATA):
    """The ledger and the numbers of a data directory."""
    tables = load(folder)
    numbers = study().compute(tables)
    return load_ledger(tables, numbers), numbers


def edited(folder: Path, table: str, row: int, **cells: str) -> Path:
    """A copy of `data/` in `folder` in which one row (as a spreadsheet counts) of one table has other cells."""
    copy = folder / "data"
    if not copy.exists():
        shutil.copytree(paths.DATA, copy)
    file = copy / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    records[row - 2].update(cells)
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    return copy


def row_of(table: str, id_: str) -> int:
    """Where a spreadsheet shows the row with this id in `data/`."""
    with (paths.DATA / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    return next(row for row, record in enumerate(records, start=2) if record["id"] == id_)
