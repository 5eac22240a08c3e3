"""The page of an execution, typeset from what changed: pandoc reads a section at a time; the table of all numbers,
which an edit of the text leaves as it is, stays as it was set, and so does the paper or its supplement if the edit is
of the other.

All are what a whole typesetting gives but where text has to do with text far away, as a note that is defined in
another section; `typeset` with `whole` tells.
"""

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from recomputed import paths
from recomputed.faults import CheckFailed
from recomputed.guards.all_guards import text_of
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import keep, parse
from recomputed.manuscript.sections import Sections, read_sections
from recomputed.manuscript.weave import Woven
from recomputed.outputs import PARTS
from recomputed.typeset.engines import typeset_by_pandoc

Pages = Mapping[str, str]
"""The page's HTML files by their names."""

Known = tuple[Sections, dict[str, str]]

_BEGIN, _END = "xqzbeginxqz", "xqzendxqz"
_SUPPLEMENT = re.compile(r"^#+ .*\{[^}]*\.supplement\b", re.MULTILINE)
_NUMBERS = re.compile(r"^::: \{\.numbers.*?^:::$", re.DOTALL | re.MULTILINE)


class Typesetter:
    """Typesets one execution after another, and keeps what may serve again."""

    def __init__(self) -> None:
        self._sections: Sections = {}
        self._numbers: dict[str, str] = {}  # as they were set, by their Markdown
        self._set: tuple[tuple[str, ...], Pages] = ((), {})  # the parts' Markdown and the pages, last

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
                document, self._sections = read_sections(marked, self._sections, _parse_each)
            except CheckFailed:
                text_of(executed)  # which tells it at its line in the manuscript
                raise
            if document:
                keep(marked, document)
        texts, (before, pages_before) = _parts(markdown), self._set
        changed = [part for part, old, new in zip(PARTS, before, texts, strict=False) if old != new]
        there = PARTS if texts[1] else PARTS[:1]
        parts = changed if not whole and len(changed) == 1 else there
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            out, marked_up = Path(folder), replace(executed, woven=Woven(marked, executed.woven.lines))
            set_ = partial(typeset_by_pandoc, marked_up, paths.ROOT, out, ["html"])
            with ThreadPoolExecutor(len(PARTS)) as pool:  # a part takes as long as both
                list(pool.map(lambda one: set_(parts=one), [parts] if whole else [[part] for part in parts]))
            pages = {file.name: file.read_text(encoding="utf-8") for file in out.glob("*.html")}
        made = {name: self._filled(page, table, kept) for name, page in pages.items()}
        if len(parts) < len(there):
            made = {**pages_before, **made}
        self._set = texts, made
        return made

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


def _parse_each(texts: Sequence[str]) -> list[bytes]:
    """Each text as `parse` reads it, by itself, as a warning is told of the section that it is in."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(parse, texts))
