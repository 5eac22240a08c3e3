"""The page of an execution, typeset from what changed: of an edited paragraph nothing else (`patch.py`). Else pandoc
reads a section at a time; the table of all numbers, which an edit of the text leaves as it is, stays as it was set, and
so does the paper or its supplement if the edit is of the other.

All are what a whole typesetting gives but where text has to do with text far away, as a note that is defined in
another section; `typeset` with `whole` tells.
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import CheckFailed, PaperError
from recomputed.guards.all_guards import text_of
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import keep, parse_all, read
from recomputed.manuscript.sections import Sections, read_sections
from recomputed.manuscript.weave import Woven
from recomputed.outputs import PARTS
from recomputed.preview.patch import Block, difference, put_in, small
from recomputed.typeset.engines import typeset_by_pandoc

Pages = Mapping[str, str]
"""The page's HTML files by their names."""

Known = tuple[Sections, dict[str, str]]

_BEGIN, _END = "xqzbeginxqz", "xqzendxqz"
_TABLE = [{"t": "Para", "c": [{"t": "Str", "c": mark}]} for mark in (_BEGIN, _END)]
_COUNTED = re.compile(rb'("citationNoteNum":)\d+')  # through the text that was read, whole or not
_SUPPLEMENT = re.compile(r"^#+ .*\{[^}]*\.supplement\b", re.MULTILINE)
_NUMBERS = re.compile(r"^::: \{\.numbers.*?^:::$", re.DOTALL | re.MULTILINE)


class Typesetter:
    """Typesets one execution after another, and keeps what may serve again."""

    def __init__(self) -> None:
        self._sections: Sections = {}
        self._numbers: dict[str, str] = {}  # as they were set, by their Markdown
        #: The parts' Markdown, what it was read as, and the pages, last.
        self._set: tuple[tuple[str, ...], list[Block], Pages] = ((), [], {})

    @property
    def known(self) -> Known:
        """What may serve another typesetter, by the Markdown that it was made from."""
        return self._sections, self._numbers

    def learn(self, known: Known) -> None:
        """Take what another one knows."""
        self._sections, self._numbers = known

    def typeset(self, executed: Executed, whole: bool = False) -> Pages:
        """The pages; if `whole`, nothing is taken from before. Raises what typesetting raises."""
        markdown = executed.woven.markdown
        found = _NUMBERS.search(markdown)
        table = found[0] if found else ""
        kept = "" if whole else self._numbers.get(table, "")
        text = f"{_BEGIN}\n\n{'' if kept else table}\n\n{_END}"
        marked = markdown.replace(table, text, 1) if table else markdown
        if not whole:
            try:
                document, self._sections = read_sections(marked, self._sections, parse_all)
            except CheckFailed:
                text_of(executed)  # which tells it at its line in the manuscript
                raise
            if document:
                keep(marked, document)
        marked_up = replace(executed, woven=Woven(marked, executed.woven.lines))
        texts, tree = _parts(markdown), json.loads(_COUNTED.sub(rb"\g<1>1", read(marked)))
        made = None if whole else self._patched(marked_up, tree)
        if not made:
            (before, _, pages_before), there = self._set, PARTS if texts[1] else PARTS[:1]
            changed = [part for part, old, new in zip(PARTS, before, texts, strict=False) if old != new]
            parts = changed if not whole and len(changed) == 1 else there
            pages = _set_pages(marked_up, [parts] if whole else [[part] for part in parts])
            made = {name: self._filled(page, table, kept) for name, page in pages.items()}
            if len(parts) < len(there):
                made = {**pages_before, **made}
        self._set = texts, _blocks(tree), made
        return made

    def _patched(self, executed: Executed, tree: Any) -> Pages | None:
        """The last pages with what changed put in; None where that cannot be."""
        (_, before, pages), after = self._set, _blocks(tree)
        where = difference(before, after)
        if not where:
            return None
        document = {**tree, "blocks": small(before, after, *where)}
        keep(_BEGIN, json.dumps(document, separators=(",", ":")).encode())
        part = PARTS[any(map(_begins_supplement, after[: where[0]]))]
        try:
            [(name, page)] = _set_pages(replace(executed, woven=Woven(_BEGIN, ())), [[part]]).items()
        except PaperError:  # told of the whole
            return None
        patched = put_in(pages[name], page)
        return {**pages, name: patched} if patched else None

    def _filled(self, page: str, table: str, kept: str) -> str:
        before, begun, rest = page.partition(f"<p>{_BEGIN}</p>\n")
        if not begun:
            return page
        set_, _, after = rest.partition(f"<p>{_END}</p>\n")
        self._numbers = {table: kept or set_}
        return before + (kept or set_) + after


def _parts(markdown: str) -> tuple[str, str]:
    """The paper's Markdown and its supplement's, about."""
    found = _SUPPLEMENT.search(markdown)
    at = found.start() if found else len(markdown)
    return markdown[:at], markdown[at:]


def _blocks(tree: Any) -> list[Block]:
    """The blocks of a document without the table of all numbers, which may be set already."""
    blocks: list[Block] = tree["blocks"]
    marks = [nth for nth, block in enumerate(blocks) if block in _TABLE]
    return blocks[: marks[0]] + blocks[marks[-1] :] if marks else blocks


def _begins_supplement(block: Block) -> bool:
    return block["t"] == "Header" and "supplement" in block["c"][1][1]


def _set_pages(executed: Executed, parts: Sequence[Sequence[str]]) -> Pages:
    """The pages of these parts, those apart at once."""
    with tempfile.TemporaryDirectory(prefix="preview-") as folder:
        out = Path(folder)
        set_ = partial(typeset_by_pandoc, executed, paths.ROOT, out, ["html"])
        with ThreadPoolExecutor(len(PARTS)) as pool:  # a part takes as long as both
            list(pool.map(lambda one: set_(parts=one), parts))
        return {file.name: file.read_text(encoding="utf-8") for file in out.glob("*.html")}
