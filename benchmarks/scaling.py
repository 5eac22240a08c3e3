"""Loading and measuring over many rows: against pandas, and does time or memory grow faster than the rows?

    python -m benchmarks.scaling            # 100,000 and 1,000,000 rows

The rows are synthetic, made by arithmetic in a temporary folder for this benchmark alone. They have the form
of the project's tables (`id, case, …, low, high, unit, …`) and say nothing about any business. Each size is loaded and
twenty numbers are measured over it, in a process of its own, so that its peak memory is its own; then the same by a
plain pandas read and the same aggregations, which neither validate nor are exact. Seconds are the processor's, so that
another program that runs meanwhile counts little; of several rounds, the median.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from statistics import median as middle
from typing import TYPE_CHECKING, Any

from recomputed import measure
from recomputed.quantity.numbers import Number
from recomputed.quantity.summaries import correlation, mean, median, number_of, quantile, sd, total
from recomputed.tables.load import Table, load
from recomputed.tables.records import Rows

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100_000, 1_000_000)
CASES = ("K1", "K2", "K3")
ROUNDS = 3
MOST = {"time": 3, "memory": 2}  # times that of pandas


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: `rows`, processor seconds to load and compute, peak bytes beyond a process that has only imported."""

    rows: int
    load_seconds: float
    compute_seconds: float
    peak_bytes: int

    @property
    def seconds_per_row(self) -> float:
        return (self.load_seconds + self.compute_seconds) / self.rows

    @property
    def bytes_per_row(self) -> float:
        return self.peak_bytes / self.rows


def measure_loading(sizes: Sequence[int] = SIZES) -> list[Measured]:
    """Load and compute each of `sizes` synthetic tables, the smallest first."""
    with tempfile.TemporaryDirectory() as folder:
        measured = []
        for size in sorted(sizes):
            write_package(Path(folder), size)
            measured.append(_measured_apart("engine", folder))
    return measured


def against_pandas(rows: int, rounds: int = ROUNDS) -> tuple[Measured, Measured]:
    """The medians of several rounds over one synthetic table: the engine's and plain pandas'."""
    with tempfile.TemporaryDirectory() as folder:
        write_package(Path(folder), rows)
        runs = [(_measured_apart("engine", folder), _measured_apart("pandas", folder)) for _ in range(rounds)]
    engine, pandas = (_median(own) for own in zip(*runs, strict=True))
    return engine, pandas


def _median(runs: Sequence[Measured]) -> Measured:
    load_seconds = middle(run.load_seconds for run in runs)
    compute_seconds = middle(run.compute_seconds for run in runs)
    return Measured(runs[0].rows, load_seconds, compute_seconds, int(middle(run.peak_bytes for run in runs)))


def growth(measured: Sequence[Measured]) -> list[tuple[float, float, float]]:
    """From each size to the next: how many times the rows, the seconds and the bytes grew."""
    return [
        (
            after.rows / before.rows,
            (after.load_seconds + after.compute_seconds) / (before.load_seconds + before.compute_seconds),
            after.peak_bytes / before.peak_bytes,
        )
        for before, after in pairwise(measured)
    ]


def write_package(folder: Path, rows: int) -> None:
    """A synthetic package of one table with `rows` rows of made-up viewers per minute."""
    text, number = {"type": "string"}, {"type": "number"}
    required = {"constraints": {"required": True}}
    fields = [
        {"name": "id", "role": "key", **text, "constraints": {"required": True}},
        {"name": "case", "role": "qualifier", **text, "constraints": {"required": True, "enum": list(CASES)}},
        {
            "name": "hour",
            "role": "qualifier",
            "type": "integer",
            "constraints": {"minimum": 0, "maximum": 23},
        },
        {"name": "low", "role": "value", **number, **required},
        {"name": "high", "role": "value", **number},
        {"name": "unit", "role": "qualifier", **text, "constraints": {"enum": ["viewer"]}},
        {"name": "hedge", "role": "qualifier", **text, "constraints": {"enum": ["range", "none"]}},
        {"name": "note", "role": "documentation", **text},
    ]
    resource = {
        "name": "synthetic",
        "path": "synthetic.csv",
        "ordered": [["low", "high"]],
        "schema": {"fields": fields, "primaryKey": "id"},
    }
    package = {
        "name": "synthetic",
        "units": {"viewer": {"minimum": 0, "integer": True}},
        "resources": [resource],
    }
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    with (folder / "synthetic.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("id,case,hour,low,high,unit,hedge,note\n")
        for index in range(rows):
            low = index * 7919 % 997
            high = low + index * 104729 % 499
            file.write(f"s{index},{CASES[index % 3]},{index // 3 % 24},{low},{high},viewer,range,synthetic\n")


def measured_numbers(table: Table) -> dict[str, Number]:
    """Twenty numbers: six of each case, a correlation, and how many sessions are in the second half of a day."""
    statistics = {"sum": total, "mean": mean, "median": median, "sd": sd, "quartile": quantile("1/4")}
    made = [
        _number("all.correlation", correlation, table, "low", "high"),
        _number("all.late", number_of, table.rows.between("hour", low=12)),
    ]
    for case in CASES:
        rows = table.where(case=case)
        made.append(_number(f"{case}.count", number_of, rows))
        made += [_number(f"{case}.{name}", statistic, rows, "low") for name, statistic in statistics.items()]
    return {number.id: number for number in made}


def _number(id_: str, statistic: Callable[..., Any], rows: Rows | Table, *columns: str) -> Number:
    return measure(id_, statistic, rows, *columns, unit="viewer", words="synthetic")


def read_plainly(folder: Path) -> "pd.DataFrame":
    """The table as pandas reads it."""
    import pandas as pd

    return pd.read_csv(folder / "synthetic.csv")


def by_pandas(frame: "pd.DataFrame") -> dict[str, Any]:
    """The same twenty numbers as whoever knows pandas would have them."""
    made: dict[str, Any] = {
        "all.correlation": frame["low"].corr(frame["high"]),
        "all.late": int((frame["hour"] >= 12).sum()),
    }
    for case in CASES:
        low = frame.loc[frame["case"] == case, "low"]
        made |= {f"{case}.count": len(low), f"{case}.sum": low.sum(), f"{case}.mean": low.mean()}
        made |= {
            f"{case}.median": low.median(),
            f"{case}.sd": low.std(),
            f"{case}.quartile": low.quantile(0.25),
        }
    return made


def _measured_apart(by: str, folder: str) -> Measured:
    command = [sys.executable, "-m", "benchmarks.scaling", by, folder]
    finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Measured(**json.loads(finished.stdout))


def _measure_here(by: str, folder: Path) -> dict[str, float]:
    import_module("pandas")  # which both load: no matter of rows
    idle = _peak_bytes()
    start = time.process_time()
    table: Any = read_plainly(folder) if by == "pandas" else load(folder)["synthetic"]
    loaded = time.process_time()
    made = by_pandas(table) if by == "pandas" else measured_numbers(table)
    done = time.process_time()
    assert len(made) == 20
    return {
        "rows": len(table),
        "load_seconds": loaded - start,
        "compute_seconds": done - loaded,
        "peak_bytes": _peak_bytes() - idle,
    }


def _peak_bytes() -> int:
    """Peak resident memory of this process. Linux's `ru_maxrss` would count the parent's before `exec` too."""
    if sys.platform == "linux":
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS; Windows has no such module


def main() -> None:
    """Print time and memory of each size, beside pandas', and how they grow."""
    measured = []
    for size in SIZES:
        engine, pandas = against_pandas(size)
        measured.append(engine)
        for name, own in (("engine", engine), ("pandas", pandas)):
            print(
                f"{own.rows:>9,} rows, {name}: load {own.load_seconds:.2f} s, twenty numbers "
                f"{own.compute_seconds:.2f} s, {own.seconds_per_row * 1e6:.2f} µs and "
                f"{own.bytes_per_row:.0f} bytes a row"
            )
        ratios = {
            "time": engine.seconds_per_row / pandas.seconds_per_row,
            "memory": engine.peak_bytes / pandas.peak_bytes,
        }
        print("; ".join(f"{ratio:.2f} × pandas' {of} (≤ {MOST[of]})" for of, ratio in ratios.items()))
    for rows, seconds, memory in growth(measured):
        print(f"{rows:.1f} × the rows: {seconds:.2f} × the time, {memory:.2f} × the memory")


if __name__ == "__main__":
    if sys.argv[1:]:
        print(json.dumps(_measure_here(sys.argv[1], Path(sys.argv[2]))))
    else:
        main()
