"""The whole build: execute once, judge that execution, typeset it, and change the output whole or not at
all.
"""

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.deposit.fingerprint import fingerprint, hashes
from recomputed.faults import CheckFailed, Fault, InputError
from recomputed.typeset.engines import FILES, Engine
from recomputed.typeset.recompute import Edition, Judge, recompute
from recomputed.typeset.swap import only_one, path_key, recover, whole
from recomputed.typeset.verdict import Executed, Verdict

Beside = Callable[[Executed, Verdict, Path], None]
"""Writes one more thing beside the paper: `beside(executed, verdict, out)`."""

Proof = Callable[[Executed, Path, Sequence[str]], Sequence[str]]
"""Reads the formats back: `proof(executed, out, formats)` gives a sentence for each thing that is wrong."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, with what, and where to. `cache` keeps the locks and the records of what was built.

    `proof` is what every format must pass once it is typeset.
    """

    edition: Edition
    engine: Engine
    formats: Sequence[str]
    out: Path
    cache: Path
    beside: Sequence[Beside] = ()
    proof: Proof = lambda executed, out, formats: ()


@dataclass(frozen=True, slots=True)
class Built:
    """A build's outcome: the verdict on it, its formats, and whether it was there already."""

    verdict: Verdict
    formats: tuple[str, ...]
    engine: str
    unchanged: bool


def build(
    order: Order, prepare: Callable[[Path], Judge], tell: Callable[[str], None] = lambda _: None
) -> Built:
    """Build `order`, or find that it is built: nothing it depends on, and nothing of what it made, has
    changed.

    `tell` hears, in plain words, what is being done. Raises CheckFailed when the verdict does not hold, and
    whatever the data, the manuscript or the engine are at fault with; the output then stays as it was.
    """
    waiting = "another build of the same output is running: waiting for it"
    with only_one(order.out, order.cache / "locks", lambda: tell(waiting)):
        recover(order.out)
        _refuse_to_replace(order)
        key = _key(order)
        stored = _stored(order, key)
        if stored and set(order.formats) <= set(stored["formats"]):
            verdict = Verdict.from_json(stored["verdict"])
            return Built(verdict, tuple(stored["formats"]), order.engine.name, unchanged=True)
        formats = _wanted(order, stored)
        with order.edition.kernel() as kernel:
            tell("executing paper.qmd")
            executed, judge = recompute(order.edition, kernel, prepare)
        tell(f"typesetting {', '.join(formats)} with {order.engine.name}")
        with whole(order.out) as new:
            verdict = _make(order, executed, judge, formats, new)
        _record(order, key, formats, verdict)
    return Built(verdict, formats, order.engine.name, unchanged=False)


def _make(order: Order, executed: Executed, judge: Judge, formats: Sequence[str], new: Path) -> Verdict:
    """Typeset into `new` while the execution is judged; CheckFailed if the verdict does not hold."""
    with ThreadPoolExecutor(1) as pool:
        typesetting = pool.submit(order.engine.typeset, executed, order.edition.root, new, formats)
        verdict = judge(executed)
        if not verdict.holds:
            raise CheckFailed("\n".join(verdict.failures))
        for write in order.beside:
            write(executed, verdict, new)
        typesetting.result()
    if faults := order.proof(executed, new, formats):
        raise CheckFailed("\n".join(faults))
    return verdict


def _refuse_to_replace(order: Order) -> None:
    """InputError if the output directory holds anything that no build of it made."""
    if order.out == paths.MANUSCRIPT or not order.out.is_dir():
        return
    try:
        recorded = json.loads(_record_file(order).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        recorded = {}
    made = {name.split("/")[0] for name in recorded} | set(FILES.values())
    foreign = sorted(path.name for path in order.out.iterdir() if path.name not in made)
    if foreign:
        expected = "a new or an empty directory, or one that this command made: it is replaced whole"
        raise InputError(Fault("--out", expected, f"{order.out} with {', '.join(foreign[:3])} in it"))


def _wanted(order: Order, stored: dict[str, Any] | None) -> tuple[str, ...]:
    """The formats ordered, and those that are there from the same inputs and would otherwise go."""
    kept = set(stored["formats"]) if stored else set()
    return tuple(name for name in FILES if name in kept | set(order.formats))


def _key(order: Order) -> str:
    engine = [order.engine.name, order.engine.identity]
    settings = {"engine": engine, "profile": order.edition.profile, "beside": len(order.beside)}
    return fingerprint(order.edition.root, order.edition.data, settings)


def _record_file(order: Order) -> Path:
    return order.cache / "builds" / f"{path_key(order.out)}.json"


def _stored(order: Order, key: str) -> dict[str, Any] | None:
    """The record of an output that was built from the same inputs and is still as it was built."""
    try:
        record: dict[str, Any] = json.loads(_record_file(order).read_text(encoding="utf-8"))
        same = record["key"] == key and record["files"] == hashes(order.out)
        return record if same and record["figures"] == hashes(order.edition.root / "figures") else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _record(order: Order, key: str, formats: Sequence[str], verdict: Verdict) -> None:
    """Remember what was built. Last of all: without it the next run only builds again."""
    record = {
        "key": key,
        "formats": list(formats),
        "files": hashes(order.out),
        "figures": hashes(order.edition.root / "figures"),
        "verdict": verdict.as_json(),
    }
    file = _record_file(order)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    new.replace(file)
