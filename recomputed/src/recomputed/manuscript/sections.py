"""Markdown read section by section, and paragraph by paragraph, so that of texts which share some only what differs
is read.

That is what pandoc gives of the whole but where text has to do with text far away; whoever reads so compares.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from recomputed.manuscript.source import uncommented

_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_DIV = re.compile(r"^:{3,}\s*(.*)$")
_PARAGRAPH = re.compile(r"(?!(?i:table):|(?:[A-Za-z]|[ivxlcdmIVXLCDM]+)[.)](?:\s|$))[^\W\d_]")
#: In a section with these paragraphs may be parts of one thing: notes, tables without bars, lists of definitions.
_TIED = re.compile(r"\[\^|^\s*[-=]{3}|^(?![|+ ]).+\n\n? {0,3}[:~]\s", re.MULTILINE)
_HEADING = re.compile("#{1,6} ")
_LINK_DEFINED = re.compile(r"^ {0,3}\[[^^\]][^\]]*\]:", re.MULTILINE)
_EXAMPLE = re.compile(r"^ *\(?@[\w-]*\)", re.MULTILINE)  # of a list that is numbered through the whole text
_HEADER = re.compile(rb'"t":"Header","c":\[\d,\["([^"]*)"')

Sections = dict[str, bytes]
"""Sections by their Markdown, as pandoc's JSON."""

Parse = Callable[[Sequence[str]], Iterable[bytes]]
"""`parse(texts)` reads each text by itself."""


def read_sections(markdown: str, known: Sections, parse: Parse) -> tuple[bytes | None, Sections]:
    """`markdown` as pandoc's JSON, None where that may not be what it is as a whole; and its sections. `parse` reads
    those that are not `known`, each by itself.
    """
    sections = list(split(uncommented(markdown)))
    if any(_LINK_DEFINED.search(one) or _EXAMPLE.search(one) or _notes_elsewhere(one) for one in sections):
        return None, known
    new = [text for text in dict.fromkeys(sections) if text not in known]
    read = known | dict(zip(new, parse(new), strict=True))
    head, blocks = b"", []
    for section in sections:
        head, _, rest = read[section].rstrip().partition(b'"blocks":[')
        blocks.append(rest.removesuffix(b"]}"))
    document = head + b'"blocks":[' + b",".join(filter(None, blocks)) + b"]}"
    ids = _HEADER.findall(document)
    return document if len(ids) == len(set(ids)) else None, {text: read[text] for text in sections}


def _notes_elsewhere(section: str) -> bool:
    used = set(re.findall(r"\[\^([^\]]+)\](?!:)", section))
    return not used <= set(re.findall(r"^\[\^([^\]]+)\]:", section, re.MULTILINE))


def split(markdown: str) -> Iterator[str]:
    """The text cut before each heading and paragraph that stands in nothing else."""
    for section in _cut(markdown, _HEADING):
        yield from [section] if _TIED.search(section) else _cut(section, _PARAGRAPH)


def _cut(markdown: str, begins: re.Pattern[str]) -> Iterator[str]:
    """The text cut behind empty lines, where a line `begins` so, and not within a div or a fence."""
    part: list[str] = []
    fence, depth = "", 0
    for line in markdown.split("\n"):
        if fence:
            fence = "" if line.strip().startswith(fence) else fence
        elif opened := _FENCE.match(line):
            fence = opened[1]
        elif div := _DIV.match(line):
            depth += 1 if div[1] else -1
        elif begins.match(line) and depth == 0 and part and not part[-1].strip():
            yield "\n".join(part)
            part = []
        part.append(line)
    yield "\n".join(part)
