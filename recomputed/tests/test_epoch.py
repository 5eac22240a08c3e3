"""SOURCE_DATE_EPOCH is read in one place."""

import os

import pytest

from recomputed.epoch import read_epoch


@pytest.mark.parametrize("text", [None, "", " "])
def test_an_empty_one_is_none_and_goes(text: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if text is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    assert read_epoch() is None
    assert "SOURCE_DATE_EPOCH" not in os.environ


@pytest.mark.parametrize("seconds", [315532800, 1748694896, 4102444800, 4354819199])
def test_any_moment_that_a_zip_file_can_say(seconds: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
    assert seconds == read_epoch()
