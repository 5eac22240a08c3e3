"""SYNTHETIC ledgers for the tests of the checks: claims made up for one rule each, and edited copies of `data/`."""

import csv
import shutil
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths
from recomputed.ledger.claims import Claim, Comparison, Ledger, Relation
from recomputed.ledger.read import load_ledger
from recomputed.quantity.intervals import Interval
from recomputed.study import study
from recomputed.tables.load import load


@dataclass(frozen=True)
class FakeNumber:
    """As much of a number as the checks look at."""

    value: Interval
    stands_for: Interval
    unit: str = "item"
    kind: str = "derived"
    digits: int = 0


def number(low, high=None, *, kind="derived", unit="item"):
    """A number that stands for what it nominally is."""
    interval = Interval.closed(str(low), str(low if high is None else high))
    return FakeNumber(interval, interval, unit, kind)


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
        "quantity": "units",
        "number": "synthetic",
        "expected": "agrees",
    }
    return Claim(**(cells | {name: str(cell) for name, cell in columns.items()}))


def comparison(id_, expression, *, kind="order", expected="agrees"):
    return Comparison(id_, "synthetic.p2", kind, "one is more", "yang satu lebih", expression, expected, "")


def relation(id_, x="", y="", via="", kind="correlates"):
    return Relation(id_, "synthetic.p3", kind, "x goes with y", "x sejalan dengan y", x, y, via)


def ledger(*claims, comparisons=(), relations=(), cases=("K1", "K2", "K3")):
    return Ledger(tuple(claims), tuple(comparisons), tuple(relations), (), tuple(cases))


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
