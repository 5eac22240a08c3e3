"""The benchmark of loading and computing measures what it says, on synthetic rows."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks.scaling import CASES, Measured, growth, measure_loading, summarise, write_package
from recomputed.quantity.intervals import Interval
from recomputed.tables.load import load


def test_the_summary_of_each_case_is_exact(tmp_path: Path) -> None:
    write_package(tmp_path, 1000)
    table = load(tmp_path)["synthetic"]
    summary = summarise(table)
    for case in CASES:
        lows = [int(row["low"]) for row in table.rows if row["case"] == case]
        highs = [int(row["high"]) for row in table.rows if row["case"] == case]
        hull, mean = summary[case]
        assert hull == Interval.closed(min(lows), max(highs))
        assert mean == Interval.closed(Fraction(sum(lows), len(lows)), Fraction(sum(highs), len(highs)))


def test_growth_is_from_each_size_to_the_next() -> None:
    measured = [Measured(10, 1.0, 1.0, 100), Measured(100, 8.0, 2.0, 500)]
    assert growth(measured) == [(10.0, 5.0, 5.0)]
    assert measured[1].seconds_per_row == 0.1
    assert measured[1].bytes_per_row == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module to read peak memory from")
def test_memory_for_a_row_is_steady() -> None:
    """Time is left to the benchmark: a test of it would fail on a busy machine."""
    small, large = measure_loading([20_000, 5_000])
    assert (small.rows, large.rows) == (5_000, 20_000)
    assert small.load_seconds > 0 < small.compute_seconds
    assert 1_000_000 < large.peak_bytes < 20_000 * 1000
    assert large.bytes_per_row <= 1.5 * small.bytes_per_row
