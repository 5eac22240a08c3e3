"""The page of an execution, typeset from what changed: pandoc reads a section at a time, and the table of all
numbers, which an edit of the text leaves as it is, stays as it was set.

Both are what a whole typesetting gives but where text has to do with text far away, as a note that is defined in
another section; `typeset` with `whole` tells.
"""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from recomputed import paths
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import keep, parse
from recomputed.manuscript.source import uncommented
from recomputed.manuscript.weave import Woven
from recomputed.typeset.engines import engine_named

Pages = Mapping[str, str]
"""The page's HTML files by their names."""

Known = tuple[dict[str, bytes], dict[str, str]]

_BEGIN, _END = "xqzbeginxqz", "xqzendxqz"
_NUMBERS = re.compile(r"^::: \{\.numbers.*?^:::$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_DIV = re.compile(r"^:{3,}\s*(.*)$")
_LINK_DEFINED = re.compile(r"^ {0,3}\[[^^\]][^\]]*\]:", re.MULTILINE)
_HEADER = re.compile(rb'"t":"Header","c":\[\d,\["([^"]*)"')


class Typesetter:
    """Typesets one execution after another, and keeps what may serve again."""

    def __init__(self) -> None:
        self._sections: dict[str, bytes] = {}
        self._numbers: dict[str, str] = {}  # as they were set, by their Markdown

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
        if not whole and (document := self._read(marked)):
            keep(marked, document)
        with tempfile.TemporaryDirectory(prefix="preview-") as folder:
            out, lines = Path(folder), executed.woven.lines
            engine_named("pandoc").typeset(
                replace(executed, woven=Woven(marked, lines)), paths.ROOT, out, ["html"]
            )
            pages = {file.name: file.read_text(encoding="utf-8") for file in out.glob("*.html")}
        return {name: self._filled(page, table, kept) for name, page in pages.items()}

    def _filled(self, page: str, table: str, kept: str) -> str:
        before, begun, rest = page.partition(f"<p>{_BEGIN}</p>\n")
        if not begun:
            return page
        set_, _, after = rest.partition(f"<p>{_END}</p>\n")
        self._numbers = {table: kept or set_}
        return before + (kept or set_) + after

    def _read(self, markdown: str) -> bytes | None:
        """`markdown` as pandoc's JSON, section by section; None where that may not be what it is as a whole."""
        sections = list(_sections(uncommented(markdown)))
        if any(map(_LINK_DEFINED.search, sections)) or any(map(_notes_elsewhere, sections)):
            return None
        new = [text for text in dict.fromkeys(sections) if text not in self._sections]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            read = self._sections | dict(zip(new, pool.map(parse, new), strict=True))
        self._sections = {text: read[text] for text in sections}
        head, blocks = b"", []
        for section in self._sections.values():
            head, _, rest = section.rstrip().partition(b'"blocks":[')
            blocks.append(rest.removesuffix(b"]}"))
        document = head + b'"blocks":[' + b",".join(filter(None, blocks)) + b"]}"
        ids = _HEADER.findall(document)
        same = len(sections) == len(self._sections) and len(ids) == len(set(ids))
        return document if same else None


def _notes_elsewhere(section: str) -> bool:
    used = set(re.findall(r"\[\^([^\]]+)\](?!:)", section))
    return not used <= set(re.findall(r"^\[\^([^\]]+)\]:", section, re.MULTILINE))


def _sections(markdown: str) -> Iterator[str]:
    """The text cut before each heading that stands in nothing else."""
    part: list[str] = []
    fence, depth = "", 0
    for line in markdown.split("\n"):
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif opened := _FENCE.match(line):
            fence = opened[1]
        elif div := _DIV.match(line):
            depth += 1 if div[1] else -1
        elif re.match(r"#{1,6} ", line) and depth == 0 and part and not part[-1].strip():
            yield "\n".join(part)
            part = []
        part.append(line)
    yield "\n".join(part)
