"""The manuscript as it was sent, and where in it each block of its Word file is from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from recomputed.exchange.marks import Chunk, Piece
from recomputed.exchange.reading import Block


@dataclass(frozen=True, slots=True)
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

    def row(self, of: int) -> int:
        """The row of a block: its own, or that of the last before it that has one."""
        known = (self.chunk(nth) for nth in range(of, -1, -1))
        return next((one.row for one in known if one is not None), 1)

    def maker(self, of: int) -> str:
        """What makes a block that is from no text, and what to change instead, to go on a sentence."""
        if self.chunk(of) is None:
            return "the front matter or the bibliography gives: change it there"
        return "code makes: change the data, or the code"

    def lines(self, chunk: Chunk) -> tuple[int, int]:
        """A chunk's lines, with the blank ones behind it."""
        start = self.text.rfind("\n", 0, chunk.start) + 1
        end = self.line_end(chunk.end)
        behind = re.match(r"\n\s*\n|\n|$", self.text[end:])
        return start, end + (len(behind[0]) if behind else 0)

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
