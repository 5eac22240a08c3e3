"""A table whose description states its hash is held to it."""

import hashlib
import json
from pathlib import Path

import pytest

from recomputed.guards.hashes import changed_records

CELLS = b"a,b\n1,2\n"


def described(folder: Path, stated: str | None, content: bytes = CELLS) -> list[str]:
    """What is told of a folder whose only table is described with this hash."""
    resource = {"path": "cells.csv", **({"hash": stated} if stated else {})}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    (folder / "cells.csv").write_bytes(content)
    return [str(fault) for fault in changed_records(folder)]


@pytest.mark.parametrize(
    "stated",
    [
        None,
        f"sha256:{hashlib.sha256(CELLS).hexdigest()}",
        hashlib.md5(CELLS, usedforsecurity=False).hexdigest(),
    ],
)
def test_nothing_is_told_of_the_file_that_was_described(stated: str | None, tmp_path: Path) -> None:
    assert [] == described(tmp_path, stated)


def test_a_changed_byte_is_told_with_both_hashes(tmp_path: Path) -> None:
    stated, other = (f"sha256:{hashlib.sha256(one).hexdigest()}" for one in (CELLS, b"a,b\n1,3\n"))
    (told,) = described(tmp_path, stated, b"a,b\n1,3\n")
    assert [True] * 3 == [part in told for part in ("data/cells.csv", stated, other)]


@pytest.mark.parametrize("algorithm", ["sha0", "shake_128"])
def test_an_algorithm_that_gives_no_hash_is_told(algorithm: str, tmp_path: Path) -> None:
    (told,) = described(tmp_path, f"{algorithm}:00")
    assert repr(algorithm) in told
