"""The manuscript as it was sent, and where in it each block of its Word file is from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from recomputed.exchange.marks import Chunk, Piece
from recomputed.exchange.readable import ALTERNATIVE
from recomputed.exchange.returned import Block
from recomputed.exchange.tokens import plain

_FRONT_MATTER = re.compile(r"---\n.*?\n---[ \t]*$", re.DOTALL | re.MULTILINE)
_SOURCES = re.compile(r"^(:{3,})[^\n]*#refs.*?^\1[ \t]*$", re.DOTALL | re.MULTILINE)
GIVERS = {
    "bibliography": "the bibliography gives: change it there",
    ALTERNATIVE: "a picture has: change it where the picture is put in",
    "header or footer": "the pages of the Word file alone have: change it in their template",
}


@dataclass(frozen=True)
class Original:
    """The manuscript's text, the chunks and pieces that were marked in it, and the blocks of the Word file."""

    text: str
    chunks: Sequence[Chunk]
    pieces: Sequence[Piece]
    blocks: Sequence[Block]

    def chunk(self, of: int) -> Chunk | None:
        """The chunk that a block is from, if it is from any: text, or a code cell."""
        chunk = self.blocks[of].chunk if of >= 0 else None
        return None if chunk is None else self.chunks[chunk]

    def own(self, of: int) -> Chunk | None:
        """The chunk of text that a block is from, if it is from any."""
        chunk = self.chunk(of)
        return None if chunk is None or chunk.made else chunk

    @cached_property
    def captions(self) -> dict[int, int]:
        """The tables that are written in the manuscript, by their captions."""
        return {
            of: of + 1
            for of, block in enumerate(self.blocks[:-1])
            if block.style == "table caption" and self.own(of) and self.own(of + 1)
        }

    def row(self, of: int) -> int:
        """The row of a block; of one that the front matter gives the row there, 0 where that cannot be told."""
        chunk, block = self.chunk(of), self.blocks[of]
        if chunk is not None:
            return chunk.row
        if block.style == ALTERNATIVE and of:
            return self.row(self.holder(of))
        if block.style in GIVERS:
            return 0
        said = set(_words(plain(block.text)))
        alike = [len(said.intersection(_words(line))) for line in self.text[: self.front_end].split("\n")]
        return alike.index(max(alike)) + 1 if max(alike) else 0

    def holder(self, of: int) -> int:
        """The block with the picture of an alternative text."""
        return next((one for one in range(of, 0, -1) if self.blocks[one].style != ALTERNATIVE), 0)

    def maker(self, of: int) -> str:
        """What makes a block that is from no text, and what to change instead, to go on a sentence."""
        if self.chunk(of) is None:
            return GIVERS.get(self.blocks[of].style, "the front matter gives: change it there")
        return "code makes: change the data, or the code"

    @cached_property
    def front_end(self) -> int:
        """Where the front matter ends."""
        found = _FRONT_MATTER.match(self.text)
        return found.end() if found else 0

    def end(self, of: int) -> int:
        """Behind what a block is from: its lines, its code cell, the list of sources or the front matter."""
        chunk = self.chunk(of)
        if chunk is not None:
            return self.whole(chunk)[1]
        sources = _SOURCES.search(self.text) if self.blocks[of].style == "bibliography" else None
        return sources.end() if sources else self.front_end

    def whole(self, chunk: Chunk) -> tuple[int, int]:
        """A chunk's lines, with the fences of code, and of a table with its caption."""
        start, end = self.lines(chunk)
        if chunk.code:
            return self.text.rfind("\n", 0, start - 1) + 1, self.line_end(end + 1)
        for pair in self.captions.items():
            both = [one for one in map(self.own, pair) if one]
            if chunk in both:
                starts, ends = zip(*map(self.lines, both), strict=True)
                return min(starts), max(ends)
        return start, end

    def with_gap(self, start: int, end: int) -> tuple[int, int]:
        """Lines, with the blank ones behind them, unless they are all that part what is around them."""
        before = self.text[:start].split("\n")[-2:-1]
        tight = any(line.strip() and not line.lstrip().startswith(":::") for line in before)
        behind = re.match(r"\n" if tight else r"\n\s*\n|\n|$", self.text[end:])
        return start, end + (len(behind[0]) if behind else 0)

    def lines(self, chunk: Chunk) -> tuple[int, int]:
        """The lines that a chunk itself stands on."""
        return self.text.rfind("\n", 0, chunk.start) + 1, self.line_end(chunk.end)

    def tight(self, at: int) -> bool:
        """Whether the line of a place has words."""
        start = self.text.rfind("\n", 0, max(at, 0)) + 1
        return bool(self.text[start : self.line_end(start)].strip())

    def line_end(self, at: int) -> int:
        """Where the line of a place ends."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def reference(self, chunk: int | None) -> int | None:
        """The piece that refers to the note of a chunk."""
        if chunk is None:
            return None
        start = self.chunks[chunk].start
        label = re.search(r"\[\^[^\]]+\](?=:\s*$)", self.text[self.text.rfind("\n", 0, start) + 1 : start])
        own = (nth for nth, one in enumerate(self.pieces) if label and one.source == label[0])
        return next(own, None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
