"""Whether the cells give the same result each time: what random numbers, clocks and sets decide is no result.

Each execution is compared with the last one of the same cells that read the same; where there is none, the cells
are executed once more, with sets in another order and on another day. An edit of the prose costs nothing.
"""

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.faults import CheckFailed
from recomputed.judgement import Edition, Executed
from recomputed.kept_cells import Cells, results_of
from recomputed.manuscript.figure_files import MANIFEST, SUFFIXES, read_manifest
from recomputed.manuscript.fingerprint import hashes
from recomputed.manuscript.kernel import Kernel
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
    return nullcontext() if Cells(edition, cache).last else edition.kernel(again=True)


def require_same(edition: Edition, executed: Executed, cache: Path, second: Kernel | None = None) -> None:
    """CheckFailed, with the line of each cell whose result or figure is another one than before.

    `second` is a kernel for a second execution, if one has been started.
    """
    if executed.recalled:
        return
    cells = Cells(edition, cache)
    before, others = cells.before(executed), list[str]()
    if before is None:
        figures = hashes(edition.figures)
        before = list(results_of(_again(edition, executed, second)))
        others = list(_other_figures(edition, executed, figures))
    if faults := [*others, *_other_results(executed, before)]:
        raise CheckFailed("\n".join([*faults, HINT]))
    cells.keep(executed)


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


def _other_results(executed: Executed, before: Sequence[Sequence[Any]]) -> Iterator[str]:
    """A sentence for each cell whose results differ, with the line of the expression that does."""
    after = results_of(executed.notebook)
    for cell, *both in zip(executed.notebook.cells, before, after, strict=True):
        old, new = (list(map(_one_form, results)) for results in both)
        if old != new:
            nth = next((nth for nth, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), 0)
            expressions = list(inline_expressions(cell.source)) if cell.cell_type == "markdown" else []
            line = cell.metadata[LINE] + (expressions[nth][1] if expressions else 0)
            was, found = _excerpts("".join(old[nth:]), "".join(new[nth:]))
            where = f"{executed.manuscript.name}, line {line}"
            yield f"{where}: expected the same result each time the cell is executed, found …{was}… and …{found}…"


def _again(edition: Edition, executed: Executed, started: Kernel | None) -> "NotebookNode":
    from recomputed.manuscript.execute import execute  # seldom needed, and slow to import

    first = executed.manuscript
    second = Manuscript(first.name, first.metadata, copy.deepcopy(first.notebook))
    with started or edition.kernel(again=True) as kernel:
        return execute(second, kernel, executed.defaults)


def _one_form(result: Mapping[str, Any]) -> str:
    """A result, or an expression with its, in one form."""
    found = {**result.get("result", result), "execution_count": None}
    return json.dumps(found, sort_keys=True, ensure_ascii=False)


def _excerpts(old: str, new: str) -> tuple[str, str]:
    """Both where they begin to differ."""
    at = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), 0)
    start = max(0, at - _SHOWN)
    return old[start : at + _SHOWN], new[start : at + _SHOWN]
