"""The order for the paper itself, one for all commands, so that what one has built another finds built."""

from collections.abc import Sequence
from pathlib import Path

from analysis import paths
from analysis.press.build import Order
from analysis.press.engines import FORMATS, engine_named
from analysis.press.recompute import Edition
from analysis.press.record import record
from analysis.press.verdict import Executed

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
        cache=paths.CACHE,
        beside=BESIDE,
        proof=_proof,
    )


def _proof(executed: Executed, out: Path, formats: Sequence[str]) -> Sequence[str]:
    """The formats read back; imported when there is something to read."""
    from analysis.press.guarding import proof_formats

    return proof_formats(executed, out, formats)
