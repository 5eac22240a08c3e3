"""The order for the paper itself, one for all commands, so that what one has built another finds built."""

import contextlib
import getpass
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from recomputed import paths
from recomputed.typeset.atomic import path_key
from recomputed.typeset.build import Order
from recomputed.typeset.engines import FORMATS, engine_named
from recomputed.typeset.recompute import Edition
from recomputed.typeset.record import record
from recomputed.typeset.verdict import Executed

BESIDE = (record,)


def paper_order(
    engine: str = "auto",
    formats: Sequence[str] = FORMATS,
    profile: str | None = None,
    out: Path = paths.MANUSCRIPT,
) -> Order:
    """The paper from its own data, with what is left beside it. InputError where there is no such engine."""
    return Order(
        edition=Edition(paths.ROOT, paths.DATA, profile),
        engine=engine_named(engine),
        formats=formats,
        out=out,
        cache=writable_cache(),
        beside=BESIDE,
        proof=_proof,
    )


def writable_cache() -> Path:
    """Where builds keep their locks and records: in the project, or for one that may not be written to, a
    temporary directory of the user's for that project.
    """
    with contextlib.suppress(OSError):
        paths.CACHE.mkdir(exist_ok=True)
        if os.access(paths.CACHE, os.W_OK):
            return paths.CACHE
    user = getpass.getuser() if os.name == "nt" else os.getuid()
    return Path(tempfile.gettempdir()) / f"recomputed-{user}-{path_key(paths.ROOT)}"


def _proof(executed: Executed, out: Path, formats: Sequence[str]) -> Sequence[str]:
    """The formats read back; imported when there is something to read."""
    from recomputed.guards.ask import proof_formats

    return proof_formats(executed, out, formats)
