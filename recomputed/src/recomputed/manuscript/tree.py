"""The woven Markdown as pandoc's syntax tree, and the way back from it to the manuscript's line and column."""

import json
from bisect import bisect_right
from itertools import accumulate
from typing import Any

from recomputed.manuscript.execute import EXPRESSIONS
from recomputed.manuscript.source import INLINE, LINE
from recomputed.manuscript.weave import inline_text
from recomputed.typeset.pandoc import read
from recomputed.typeset.verdict import Executed


def tree_of(markdown: str) -> dict[str, Any]:
    """The document in pandoc's JSON. Raises CheckFailed with pandoc's own message if it cannot read it."""
    tree: dict[str, Any] = json.loads(read(markdown))
    return tree


class Origin:
    """Where in the manuscript a place of the woven Markdown comes from."""

    def __init__(self, executed: Executed) -> None:
        woven = executed.woven
        self._name = executed.manuscript.name
        self._lines = woven.lines
        self._starts = [0, *accumulate(len(line) + 1 for line in woven.markdown.split("\n"))][:-1]
        self._cells = [cell for cell in executed.notebook.cells if cell.cell_type in ("markdown", "code")]
        self._firsts = [cell.metadata.get("fence", cell.metadata[LINE]) for cell in self._cells]

    def place(self, offset: int, text: str = "") -> tuple[int, int]:
        """The manuscript's line and column, both from 1.

        A place in a code cell's output is that of `text` in the cell's source, else of the cell's beginning.
        """
        woven_line = bisect_right(self._starts, offset) - 1
        line, column = self._lines[woven_line], offset - self._starts[woven_line]
        cell = self._cells[max(0, bisect_right(self._firsts, line) - 1)]
        if cell.cell_type == "code":
            return _in_source(cell, text) or (line, 1)
        source = cell.source.split("\n")[line - cell.metadata[LINE]]
        results = {one["expression"]: one["result"]["data"] for one in cell.metadata.get(EXPRESSIONS, [])}
        shift = 0  # how much longer the woven line is than the manuscript's, so far
        for match in INLINE.finditer(source):
            begin = match.start() + (0 if match[0].startswith("`") else 1)
            if column < begin + shift:
                break
            result = inline_text(results[match[1]])
            if column < begin + shift + len(result):
                return line, begin + 1
            shift += len(result) - (match.end() - begin)
        return line, column - shift + 1


def _in_source(cell: Any, text: str) -> tuple[int, int] | None:
    at = cell.source.find(text) if text else -1
    if at < 0:
        return None
    before = cell.source[:at]
    return cell.metadata[LINE] + before.count("\n"), at - before.rfind("\n")
