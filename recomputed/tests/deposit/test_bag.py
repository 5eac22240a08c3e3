"""A deposit's zip file has one date, whatever the clock of the commit said."""

import io
import zipfile

import pytest

from recomputed.deposit.bag import zipped
from recomputed.deposit.verify import dos_time


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("1970-01-01T00:00:00Z", 1980),
        ("2025-05-31T12:34:56Z", 2025),
        ("2100-01-01T00:00:00Z", 2100),
        ("2150-01-01T00:00:00Z", 2107),
    ],
)
def test_what_a_zip_file_cannot_say_is_the_nearest_that_it_can(date: str, year: int) -> None:
    clock, day = dos_time(date)
    assert (year - 1980, 0 <= clock) == (day >> 9, True)
    with zipfile.ZipFile(io.BytesIO(zipped({"a": b""}, {}, date))) as archive:
        assert [year] == [member.date_time[0] for member in archive.infolist()]
