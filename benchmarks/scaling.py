"""Loading and computing over many rows: does time or memory grow faster than the rows?

    python -m benchmarks.scaling            # 100,000 and 1,000,000 rows

The rows are synthetic, made by arithmetic in a temporary folder for this benchmark alone. They have the form
of the project's tables (`id, case, …, low, high, unit, …`) and say nothing about any business. Each size is
loaded in a process of its own, so that its peak memory is its own. Seconds are the processor's, so that another
program that runs meanwhile counts little.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from recomputed.quantity.intervals import Interval
from recomputed.quantity.reported import stands_for
from recomputed.tables.load import Table, load

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100_000, 1_000_000)
CASES = ("K1", "K2", "K3")


@dataclass(frozen=True, slots=True)
class Measured:
    """One size: `rows`, processor seconds to load and compute, peak bytes beyond an idle process."""

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
    return [_measured_apart(size) for size in sorted(sizes)]


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


def summarise(table: Table) -> dict[str, tuple[Interval, Interval]]:
    """Per case, as the study computes: the hull of what its rows stand for, and their exact mean."""
    hulls: dict[str, Interval] = {}
    sums: dict[str, Interval] = {}
    counts = dict.fromkeys(CASES, 0)
    for row in table.rows:
        case = row["case"]
        value = stands_for(row.decimal("low"), row.decimal("high"), row["hedge"], None)
        hulls[case] = hulls[case].hull(value) if case in hulls else value
        sums[case] = sums[case] + value if case in sums else value
        counts[case] += 1
    return {case: (hulls[case], sums[case] / counts[case]) for case in CASES}


def _measured_apart(rows: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        write_package(Path(folder), rows)
        command = [sys.executable, "-m", "benchmarks.scaling", "--measure", folder]
        finished = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return Measured(**json.loads(finished.stdout))


def _measure_here(folder: Path) -> dict[str, float]:
    idle = _peak_bytes()
    start = time.process_time()
    table = load(folder)["synthetic"]
    loaded = time.process_time()
    summarise(table)
    done = time.process_time()
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
    measured = measure_loading()
    for size in measured:
        print(
            f"{size.rows:>9,} rows: load {size.load_seconds:.2f} s, compute {size.compute_seconds:.2f} s, "
            f"{size.seconds_per_row * 1e6:.2f} µs and {size.bytes_per_row:.0f} bytes a row"
        )
    for rows, seconds, memory in growth(measured):
        print(f"{rows:.1f} × the rows: {seconds:.2f} × the time, {memory:.2f} × the memory")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print(json.dumps(_measure_here(Path(sys.argv[2]))))
    else:
        main()
