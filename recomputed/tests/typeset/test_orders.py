"""The order for the paper itself."""

import errno
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.kept import writable_cache
from recomputed.typeset.build import paper_order


def test_locks_and_records_are_kept_in_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    assert tmp_path / "cache" == writable_cache() == paper_order().cache


def test_a_project_that_may_not_be_written_to_has_them_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(paths, "CACHE", tmp_path / "cache")
    monkeypatch.setattr(Path, "mkdir", refuse)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    elsewhere = writable_cache()
    assert tmp_path / "temporary" == elsewhere.parent
    assert elsewhere == writable_cache()
