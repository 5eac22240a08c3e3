"""Whether the cells give the same result each time: what random numbers, clocks and sets decide is no result.

Each execution is compared with the last one of the same cells that read the same; where there is none, the cells
are executed once more, with sets in another order and on another day. An edit of the prose costs nothing.
"""

import copy
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.atomic import path_key, write_whole
from recomputed.faults import CheckFailed, InputError
from recomputed.judgement import Edition, Executed
from recomputed.manuscript.execute import EXPRESSIONS, execute
from recomputed.manuscript.figure_files import MANIFEST, SUFFIXES, read_manifest
from recomputed.manuscript.fingerprint import hashes, packages, reads
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.settings import execute_defaults, project_settings
from recomputed.manuscript.source import LINE, Manuscript, inline_expressions

if TYPE_CHECKING:
    from nbformat import NotebookNode

_SHOWN = 24  # characters of a result around where it differs
HINT = "Hint: seed what is random, sort what has no order, and write a date down instead of asking a clock"


def writes_figures(edition: Edition, executed: Executed) -> bool:
    """Whether its cells wrote figures themselves, so that to execute them again writes these anew; what the engine
    draws for them it draws once.
    """
    drawn = {f"{name}{suffix}" for name in read_manifest(edition.figures) for suffix in SUFFIXES} | {MANIFEST}
    written = {Path(one.name).name for one in executed.asked if one.kind == "written"}
    return any(name not in drawn and name.strip(".").rpartition(".")[0] not in drawn for name in written)


def second_kernel(edition: Edition, cache: Path) -> AbstractContextManager[Kernel | None]:
    """The kernel of a second execution, which starts while the first one runs, where it is sure to be needed."""
    return nullcontext() if _file(edition, cache).is_file() else edition.kernel(again=True)


def require_same(edition: Edition, executed: Executed, cache: Path, second: Kernel | None = None) -> None:
    """CheckFailed, with the line of each cell whose result or figure is another one than before.

    `second` is a kernel for a second execution, if one has been started.
    """
    file = _file(edition, cache)
    key, results = cells_key(edition, executed), list(_results(executed.notebook))
    stored = _stored(file)
    others: list[str] = []
    if stored.get("key") != key:
        before = hashes(edition.figures)
        stored = {"results": list(_results(_again(edition, executed.manuscript, second)))}
        others = list(_other_figures(edition, executed, before))
    if faults := [*others, *_other_results(executed, stored["results"], results)]:
        raise CheckFailed("\n".join([*faults, HINT]))
    with suppress(OSError, InputError):  # without it the next run only executes once more
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps({"key": key, "results": results}))


def _other_figures(edition: Edition, executed: Executed, before: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each figure that a cell wrote and that was another one `before` it was written again."""
    figures = edition.figures
    after = hashes(figures)
    for one in executed.asked:
        if one.kind == "written":
            name = Path(one.name).relative_to(figures).as_posix()
            if before.get(name) != after.get(name):
                where = f"{executed.manuscript.name}, line {one.line}"
                yield f"{where}: expected the same figure each time, found another {name}"


def _other_results(
    executed: Executed, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]
) -> Iterator[str]:
    """A sentence for each cell whose results differ, with the line of the expression that does."""
    for cell, old, new in zip(executed.notebook.cells, before, after, strict=True):
        if old != new:
            nth = next((nth for nth, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
            expressions = list(inline_expressions(cell.source)) if cell.cell_type == "markdown" else []
            line = cell.metadata[LINE] + (expressions[nth][1] if expressions else 0)
            was, found = _excerpts("".join(old[nth:]), "".join(new[nth:]))
            where = f"{executed.manuscript.name}, line {line}"
            yield f"{where}: expected the same result each time the cell is executed, found …{was}… and …{found}…"


def _file(edition: Edition, cache: Path) -> Path:
    return cache / "executions" / f"{path_key(edition.data)}{(edition.profile or '').replace(',', '-')}.json"


def _again(edition: Edition, manuscript: Manuscript, started: Kernel | None) -> "NotebookNode":
    second = Manuscript(manuscript.name, manuscript.metadata, copy.deepcopy(manuscript.notebook))
    defaults = execute_defaults(project_settings(edition.root, edition.profile), manuscript.metadata)
    with started or edition.kernel(again=True) as kernel:
        return execute(second, kernel, defaults)


def cells_key(edition: Edition, executed: Executed) -> str:
    """What stands for the cells and all that they read."""
    cells = [
        cell.source if cell.cell_type == "code" else [code for code, _ in inline_expressions(cell.source)]
        for cell in executed.notebook.cells
    ]
    read = reads(edition.root, executed.asked, edition.environment())
    parts = [cells, read, sys.version, packages(), edition.profile]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _results(notebook: "NotebookNode") -> Iterator[list[str]]:
    """The results of each cell or of its expressions, in one form."""
    for cell in notebook.cells:
        results = cell.get("outputs") or [one["result"] for one in cell.metadata.get(EXPRESSIONS, [])]
        yield [
            json.dumps({**one, "execution_count": None}, sort_keys=True, ensure_ascii=False)
            for one in results
        ]


def _stored(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Both where they begin to differ."""
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max(0, at - _SHOWN)
    return old[start : at + _SHOWN], new[start : at + _SHOWN]
