"""What is kept of an edition's cells: an execution of them that gave the same twice, given again while it stands.

It stands while the cells and their inline expressions are the same, in the same order, and all that they read is: an
edit of the prose executes nothing.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed.atomic import path_key
from recomputed.faults import InputError
from recomputed.kept import keep, recorded, stands
from recomputed.manuscript.figure_files import faults_of, keys_in
from recomputed.manuscript.fingerprint import fingerprint, hashes, reads, stamp
from recomputed.manuscript.kernel import Asked

if TYPE_CHECKING:  # a run that finds nothing changed imports none of them
    from nbformat import NotebookNode

    from recomputed.judgement import Edition, Executed


class Cells:
    """The record of an edition's cells in a folder of records."""

    def __init__(self, edition: "Edition", cache: Path) -> None:
        self._edition = edition
        profile = (edition.profile or "").replace(",", "-")
        self._file = cache / "executions" / f"{path_key(edition.data)}{profile}.json"

    @cached_property
    def last(self) -> dict[str, Any]:
        """The last execution that was kept; nothing where there is none."""
        return recorded(self._file)

    @cached_property
    def found(self) -> str:
        """What stood, when first asked, for the code, the data, the environment, and what the cells are told."""
        told = {name: value for name, value in self._edition.settings().items() if name != "PAPER_FIGURES"}
        return fingerprint(self._edition.root, self._edition.data, told, ())

    def recalled(self) -> "Executed | None":
        """The last execution with the prose as it is now, if it stands for what would be executed, and drawn."""
        from recomputed.judgement import read, woven

        edition, last = self._edition, self.last
        if not stands(last, {"key": self.found}, edition.root, edition.environment()):
            return None
        try:
            manuscript, defaults = read(edition)
        except InputError:  # told in its turn: faults of the data come first
            return None
        if [_cells(manuscript.notebook), defaults] != [last["cells"], last["defaults"]]:
            return None
        _fill(manuscript.notebook, last["results"], last["counts"])
        asked = [
            Asked(kind, name, line, stamp(Path(name)) if kind == "file" else None)
            for kind, name, line in last["asked"]
        ]
        executed = woven(edition, manuscript, defaults, asked, self.found, recalled=True)
        return executed if not edition.draws or self._are_drawn(executed) else None

    def of(self, executed: "Executed") -> list[Any]:
        """The cells that were executed, and all that they rest on, as data for JSON."""
        read = reads(self._edition.root, executed.asked, self._edition.environment())
        return [{"key": executed.found}, read, _cells(executed.notebook)]

    def key(self, executed: "Executed") -> str:
        """The SHA-256 of that."""
        return hashlib.sha256(json.dumps(self.of(executed), sort_keys=True).encode()).hexdigest()

    def before(self, executed: "Executed") -> Sequence[Sequence[Any]] | None:
        """The results of the last execution, if that was of the same."""
        same = self.last and self.of(executed) == [self.last[name] for name in ("found", "reads", "cells")]
        return self.last["results"] if same else None

    def keep(self, executed: "Executed") -> None:
        """Remember an execution that gave the same twice, unless what was there before it has changed since."""
        found, read, cells = self.of(executed)
        if self.found != executed.found:
            return
        keep(
            self._file,
            found,
            read,
            cells=cells,
            defaults=executed.defaults,
            results=list(results_of(executed.notebook)),
            counts=[cell.get("execution_count") for cell in executed.notebook.cells],
            asked=[[one.kind, one.name, one.line] for one in executed.asked],
            figures=hashes(self._edition.figures),
        )

    def _are_drawn(self, executed: "Executed") -> bool:
        """Whether its figures are there, those that a cell wrote as they were left."""
        folder, shown = self._edition.figures, keys_in(executed.woven.markdown)
        return self.last["figures"] == hashes(folder) and not any(faults_of(folder, *one) for one in shown)


def results_of(notebook: "NotebookNode") -> Iterator[list[Any]]:
    """The outputs of each code cell, the results of each other one's expressions."""
    from recomputed.manuscript.source import EXPRESSIONS

    for cell in notebook.cells:
        yield cell.outputs if cell.cell_type == "code" else cell.metadata.get(EXPRESSIONS, [])


def _fill(notebook: "NotebookNode", results: Sequence[list[Any]], counts: Sequence[int | None]) -> None:
    """Put results where `results_of` found them, and the counts of the code cells."""
    import nbformat

    from recomputed.manuscript.source import EXPRESSIONS

    for cell, found, count in zip(notebook.cells, results, counts, strict=True):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = nbformat.from_dict(found), count  # type: ignore[no-untyped-call]
        elif found:
            cell.metadata[EXPRESSIONS] = nbformat.from_dict(found)  # type: ignore[no-untyped-call]


def _cells(notebook: "NotebookNode") -> list[Any]:
    """What of each cell is executed: its code, or its inline expressions."""
    from recomputed.manuscript.source import inline_expressions

    return [
        cell.source if cell.cell_type == "code" else [code for code, _ in inline_expressions(cell.source)]
        for cell in notebook.cells
    ]
