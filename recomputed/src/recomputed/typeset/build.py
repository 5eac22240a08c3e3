"""The whole build: execute once, judge that execution, typeset it, and change the output whole or not at
all.
"""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.atomic import alone, path_key, whole
from recomputed.editions import code_of, output_of, profiles, settings_files, taking
from recomputed.faults import CheckFailed, Fault, InputError
from recomputed.judgement import Edition, Executed, Judge, Verdict, proof, recompute, record, review
from recomputed.kept import keep, recorded, stands, writable_cache
from recomputed.manuscript.figure_files import edited
from recomputed.manuscript.fingerprint import SOURCES, fingerprint, hashes, reads, state
from recomputed.manuscript.kernel import Kernel
from recomputed.outputs import FILES, FORMATS
from recomputed.typeset.engines import Engine, engine_named, outputs


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, with what, and where to. `cache` keeps the locks and the records of what was built."""

    edition: Edition
    engine: Engine
    formats: Sequence[str]
    out: Path
    cache: Path


def paper_order(
    engine: str = "auto",
    formats: Sequence[str] = FORMATS,
    profile: str | None = None,
    out: Path | None = None,
    reference: bytes | None = None,
) -> Order:
    """The paper from its own data: one order for all commands, so that what one has built another finds built.

    Each edition has a folder of its own for `out`. InputError where there is no such engine.
    """
    out = out or output_of(profile)
    edition = Edition(paths.ROOT, paths.DATA, profile)
    return Order(edition, engine_named(engine, reference), formats, out, writable_cache())


@dataclass(frozen=True, slots=True)
class Built:
    """A build's outcome: the verdict on it, its formats, and whether it was there already.

    `outdated` are formats that were not ordered, and stay as an earlier state of the paper left them.
    `reads` are what its cells and its engine read, `file:NAME`, `folder:NAME` or `variable:NAME`, and its state.
    """

    verdict: Verdict
    formats: tuple[str, ...]
    engine: str
    unchanged: bool
    outdated: tuple[str, ...] = ()
    reads: Mapping[str, str] = field(default_factory=dict)


def build(
    order: Order, prepare: Callable[[Path], Judge], tell: Callable[[str], None] = lambda _: None
) -> Built:
    """Build `order`, or find that it is built: nothing it depends on, and nothing of what it made, has
    changed.

    `tell` hears, in plain words, what is being done. Raises CheckFailed when the verdict does not hold, and
    whatever the data, the manuscript or the engine are at fault with; the output then stays as it was.
    """
    waiting = "another build of the same output is running: waiting for it"
    with alone(order.out, order.cache / "locks", lambda: tell(waiting)):
        last = recorded(_record_file(order))
        _refuse_to_replace(order, last)
        key = _key(order)
        current = stands(last, _found(order, key), order.edition.root, order.edition.environment())
        if current and set(order.formats) <= set(last["formats"]):
            verdict = Verdict.from_json(last["verdict"])
            kept = tuple(last["formats"]), order.engine.name, True, tuple(last["outdated"])
            return Built(verdict, *kept, last["reads"])
        formats = _wanted(order, last if current else {})
        with taking(order.edition.profile, order.edition.lang):
            built = _build(order, formats, last, prepare, tell)
        _record(order, key, built)
    return built


def _build(
    order: Order,
    formats: tuple[str, ...],
    last: Mapping[str, Any],
    prepare: Callable[[Path], Judge],
    tell: Callable[[str], None],
) -> Built:
    outdated = tuple(name for name in FILES if name not in formats and (order.out / FILES[name]).is_file())
    if outdated and last.get("profile") != order.edition.profile:  # names stand in one, not in the other
        tell(f"removing {', '.join(FILES[name] for name in outdated)}: of another edition")
        outdated = ()
    _tell_replaced("figures", edited(order.edition.figures) if order.edition.draws else (), tell)
    from recomputed.guards.chance import second_kernel

    with ExitStack() as stack:
        tell(f"executing {order.edition.manuscript}")
        second = stack.enter_context(second_kernel(order.edition, order.cache))
        executed, judge = recompute(order.edition, prepare, order.cache)
        tell(f"typesetting {', '.join(formats)} with {order.engine.name}")
        new = stack.enter_context(whole(order.out))
        verdict, read = _make(order, executed, judge, formats, new, second)
        _tell_replaced(order.out.name, _edited_outputs(order, last, outdated), tell)
        for file in (order.out / name for name in outputs(outdated)):
            if file.is_file():
                shutil.copy2(file, new / file.name)
    return Built(verdict, formats, order.engine.name, False, outdated, read)


def _tell_replaced(folder: str, names: Iterable[str], tell: Callable[[str], None]) -> None:
    for name in names:
        tell(f"{folder}/{name}: not as the last build left it, edited by hand perhaps; it is replaced")


def _edited_outputs(order: Order, last: Mapping[str, Any], kept: Sequence[str]) -> list[str]:
    """The files of the output that are not as the last build left them, without those of the formats kept."""
    was = _files(last)
    stay = set(outputs(kept))
    here = hashes(order.out) if was else {}
    return [name for name, found in here.items() if name not in stay and found != was.get(name)]


def _make(
    order: Order, executed: Executed, judge: Judge, formats: Sequence[str], new: Path, second: Kernel | None
) -> tuple[Verdict, dict[str, str]]:
    """Typeset into `new` while the execution is judged and repeated; the verdict, and what was read.

    CheckFailed if the verdict does not hold or the execution gives something else each time.
    """
    from concurrent.futures import ThreadPoolExecutor

    from recomputed.guards.chance import require_same, writes_figures

    root, environment = order.edition.root, order.edition.environment()

    def typeset() -> dict[str, str]:
        opened = [f"file:{path.relative_to(root).as_posix()}" for path in order.engine.opened(executed, root)]
        before = {
            read: state(root, read, environment) for read in opened if not read.startswith("file:figures/")
        }
        order.engine.typeset(executed, root, new, formats)
        return before

    with ThreadPoolExecutor(2) as pool:
        repeating = pool.submit(require_same, order.edition, executed, order.cache, second)
        if writes_figures(order.edition, executed):
            repeating.result()  # and the figures are as they will be
        typesetting = pool.submit(typeset)
        verdict = judge(executed)
        if not verdict.holds:
            raise CheckFailed("\n".join(verdict.failures))
        record(executed, verdict, new)
        reviewed = review(order.edition, executed, verdict, order.cache) if "html" in formats else None
        read = typesetting.result()
        if reviewed:
            reviewed(new)
        repeating.result()
    if faults := proof(executed, new, formats):
        raise CheckFailed("\n".join(faults))
    return verdict, {**reads(root, executed.asked, environment), **read}


def _files(last: Mapping[str, Any]) -> Mapping[str, str]:
    """The files of the output as the last build left them."""
    files: Mapping[str, str] = last.get("found", {}).get("files", {})
    return files


def _refuse_to_replace(order: Order, last: Mapping[str, Any]) -> None:
    """InputError if the output directory holds anything that no build of it made."""
    if order.out == output_of(order.edition.profile) or not order.out.is_dir():
        return
    made = {name.split("/")[0] for name in _files(last)} | set(outputs())
    foreign = sorted(path.name for path in order.out.iterdir() if path.name not in made)
    if foreign:
        expected = "a new or an empty directory, or one that this command made: it is replaced whole"
        raise InputError(Fault("--out", expected, f"{order.out} with {', '.join(foreign[:3])} in it"))


def _wanted(order: Order, stored: Mapping[str, Any]) -> tuple[str, ...]:
    """The formats ordered, and those that are there from the same inputs."""
    return tuple(name for name in FILES if name in {*stored.get("formats", ()), *order.formats})


def _key(order: Order) -> str:
    engine = [order.engine.name, order.engine.identity]
    edition = order.edition
    settings = {"engine": engine, "profile": edition.profile, "editions": profiles(edition.root)}
    files = (edition.manuscript, *settings_files(edition.profile), *SOURCES)
    return fingerprint(edition.root, edition.data, settings, files)


def _record_file(order: Order) -> Path:
    return order.cache / "builds" / f"{path_key(order.out)}.json"


def drawn(edition: Edition) -> dict[str, str]:
    """The hash of each of an edition's figure files: other languages' are in folders of their own."""
    others = () if code_of(edition.profile) else profiles(edition.root)[1:]
    return {name: of for name, of in hashes(edition.figures).items() if name.split("/")[0] not in others}


def _found(order: Order, key: str) -> dict[str, Any]:
    """What stands for the inputs, the output and the figures."""
    return {"key": key, "files": hashes(order.out), "figures": drawn(order.edition)}


def _record(order: Order, key: str, built: Built) -> None:
    keep(
        _record_file(order),
        _found(order, key),
        built.reads,
        profile=order.edition.profile,
        formats=built.formats,
        outdated=built.outdated,
        verdict=built.verdict.as_json(),
    )
