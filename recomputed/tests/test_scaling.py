"""The benchmark of loading and computing measures what it says, on synthetic rows."""

import sys
from pathlib import Path

import pytest

from benchmarks.scaling import (
    Measured,
    by_pandas,
    growth,
    measure_loading,
    measured_numbers,
    read_plainly,
    write_package,
)
from recomputed.tables.load import load

pytestmark = pytest.mark.slow


def test_the_twenty_numbers_are_those_of_pandas(tmp_path: Path) -> None:
    write_package(tmp_path, 1000)
    measured = measured_numbers(load(tmp_path)["synthetic"])
    known = by_pandas(read_plainly(tmp_path))
    assert len(known) == 20
    assert known == pytest.approx({id_: float(number.value.value) for id_, number in measured.items()})


def test_growth_is_from_each_size_to_the_next() -> None:
    measured = [Measured(10, 1.0, 1.0, 100), Measured(100, 8.0, 2.0, 500)]
    assert growth(measured) == [(10.0, 5.0, 5.0)]
    assert measured[1].seconds_per_row == 0.1
    assert measured[1].bytes_per_row == 5


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no resource module to read peak memory from")
def test_memory_for_a_row_is_steady() -> None:
    """Time is left to the benchmark: a test of it would fail on a busy machine."""
    small, large = measure_loading([80_000, 40_000])
    assert (small.rows, large.rows) == (40_000, 80_000)
    assert small.load_seconds > 0 < small.compute_seconds
    assert 1_000_000 < large.peak_bytes < 80_000 * 500
    assert large.bytes_per_row <= 1.5 * small.bytes_per_row
