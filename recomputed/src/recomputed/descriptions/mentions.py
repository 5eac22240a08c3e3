"""Where the paper states each number: in the executed text for `numbers.json`, in the source for `trace`."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recomputed.language.catalogue import known
from recomputed.manuscript.inline import unescape
from recomputed.manuscript.paper import SPAN

if TYPE_CHECKING:  # what reads notebooks is slow to import, and cells import this
    from recomputed.manuscript.weave import Woven

APPENDIX = "sec-numbers"
"""The section of the table of all numbers; a place there says nothing about the paper."""

_SUPPLEMENT = re.compile(r"#+\s.*\{[^}]*\.supplement\b")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*(?:\{([^{}]*)\})?\s*$")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_DIV = re.compile(r"\s*(:{3,})\s*(.*?)\s*$")
_ID = re.compile(r"#([^\s}]+)")
_ABSTRACT = re.compile(r"\.abstract\b.*?\blang=\"?(\w+)")
_SOURCE = re.compile(r"""\b(?:n|en|paper\.inlines\(["']\w+["']\))\[["']([^"'\]]+)["']\]""")
_TABLE = re.compile(r"""\bpaper\.table\(\s*["']([^"']+)["']""")


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the paper: its label (empty where it has none) and its title as plain text."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One number in the text: its id, its occurrence's id in a document, line of `paper.qmd`, section."""

    number: str
    occurrence: str
    line: int
    section: Section


def mentions(woven: "Woven") -> Iterator[Mention]:
    """Every inline number of the executed text in its order, the appendix' table left out.

    The occurrence's id is the one that `numbers.lua` gives it in HTML and JATS: the supplement counts anew.
    """
    count: Counter[str] = Counter()
    lines = woven.markdown.split("\n")
    for section, index in _sections(lines):
        if _SUPPLEMENT.match(lines[index]):
            count.clear()
        for match in SPAN.finditer(lines[index]):
            if 'data-number="' not in match[0]:
                continue
            count[match[2]] += 1
            if section.label != APPENDIX:
                yield Mention(match[2], f"num-{match[2]}-{count[match[2]]}", woven.line(index + 1), section)


def source_lines(source: str, id_: str, table: Callable[[str], str]) -> list[int]:
    """The lines of a manuscript's source, from 1, that state the number `id_`, itself or in a table.

    `table(name)` gives a table's Markdown.
    """
    return lines_of_numbers(source, table).get(id_, [])


def lines_of_numbers(source: str, table: Callable[[str], str]) -> dict[str, list[int]]:
    """As `source_lines`, of each number that is stated."""
    found: dict[str, list[int]] = {}
    for number, line in enumerate(source.split("\n"), start=1):
        stated = _SOURCE.findall(line)
        for name in _TABLE.findall(line):
            stated += [match[2] for match in SPAN.finditer(table(name)) if 'data-number="' in match[0]]
        for id_ in dict.fromkeys(stated):
            found.setdefault(id_, []).append(number)
    return found


def _sections(lines: Iterable[str]) -> Iterator[tuple[Section, int]]:
    """Each line outside code, by its index, with the section it stands in.

    An abstract is a section of its own; a heading inside another div is that div's title, not a section.
    """
    section = outer = Section("", "")
    fence, depth = "", 0
    for index, line in enumerate(lines):
        if mark := _FENCE.match(line):
            if not fence:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = ""
            continue
        if fence:
            continue
        if div := _DIV.match(line):
            depth += 1 if div[2] else -1
            if abstract := _ABSTRACT.search(div[2]):
                title = next((one["labels.abstract"] for one in known([abstract[1]])), "")
                outer, section = section, Section(f"abstract-{abstract[1]}", title)
            elif depth == 0 and section.label.startswith("abstract-"):
                section = outer
            continue
        if depth == 0 and (heading := _HEADING.match(line)):
            label = _ID.search(heading[3] or "")
            section = Section(label[1] if label else "", _plain(heading[2]))
        yield section, index


def _plain(markdown: str) -> str:
    return unescape(SPAN.sub(lambda match: match[1], markdown))
