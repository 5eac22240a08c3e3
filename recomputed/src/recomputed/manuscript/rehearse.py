"""Evaluate the manuscript in this process: its cells and inline expressions, without a kernel.

For what needs the woven Markdown of many variants of a paper that a kernel has executed, under watch, already: the
reviewer's page and tests. Tests hold the two to the same Markdown, and the page does so for each paper.
"""

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from recomputed.editions import LANGUAGE, PROFILE
from recomputed.manuscript.execute import ExecutionError
from recomputed.manuscript.paper import REGISTRY
from recomputed.manuscript.source import EXPRESSIONS, LINE, Manuscript, inline_expressions
from recomputed.paper_language import stated_language
from recomputed.variables import giving


def rehearse(
    manuscript: Manuscript,
    data: Path,
    profile: str | None = None,
    draw: bool = True,
    registry: bool = True,
) -> NotebookNode:
    """The manuscript's notebook, evaluated on `data`, no figure's file written. Changes it and returns it.

    With `draw` false nothing is computed for the figures, and they have no key; with `registry` false what the
    registry prints by itself, the table of all numbers and the cards' data, is left out.

    Raises what a cell or an expression raises if it is this project's error, else ExecutionError.
    """
    figures = "none" if draw else "blank"
    settings = {"PAPER_DATA": str(data), "PAPER_FIGURES": figures, PROFILE: profile or ""}
    settings[LANGUAGE] = str(manuscript.metadata.get("lang") or stated_language())
    settings[REGISTRY] = "" if registry else "none"
    names: dict[str, Any] = {"__name__": "__main__"}
    with giving(settings):
        for cell in manuscript.notebook.cells:
            first = cell.metadata[LINE]
            if cell.cell_type == "code":
                cell.outputs = _run(cell.source, names, manuscript.name, first)
            elif cell.cell_type == "markdown":
                _evaluate(cell, names, manuscript.name)
    return manuscript.notebook


def _run(source: str, names: dict[str, Any], name: str, line: int) -> list[NotebookNode]:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), _told(name, line):
        exec(compile(source, name, "exec"), names)
    text = printed.getvalue()
    stream: list[NotebookNode] = [
        nbformat.v4.new_output("stream", name="stdout", text=text)  # type: ignore[no-untyped-call]
    ]
    return stream if text else []


def _evaluate(cell: NotebookNode, names: dict[str, Any], name: str) -> None:
    results = []
    for expression, offset in inline_expressions(cell.source):
        with _told(name, cell.metadata[LINE] + offset):
            value = eval(expression, names)
        own = getattr(value, "_repr_markdown_", None)
        data = {"text/markdown": own()} if own else {"text/plain": repr(value)}
        results.append({"expression": expression, "result": {"status": "ok", "data": data}})
    if results:
        cell.metadata[EXPRESSIONS] = results


@contextlib.contextmanager
def _told(name: str, line: int) -> Iterator[None]:
    """An error of a cell as an error at its line; the data's own faults pass as they are."""
    try:
        yield
    except Exception as error:
        if getattr(error, "exit_code", None) == 2:
            raise
        raise ExecutionError(name, line, f"{type(error).__name__}: {error}") from error
