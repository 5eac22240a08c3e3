"""What was written in a block that is from no text: captions and titles have their place all the same."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recomputed.exchange.answer import Answer
from recomputed.exchange.captions import in_cell
from recomputed.exchange.grid import Grid
from recomputed.exchange.merge import Edit
from recomputed.exchange.pairing import CAPTIONS, Pairing
from recomputed.exchange.readable import ALTERNATIVE
from recomputed.exchange.restoring import Restorer
from recomputed.exchange.tokens import Token, keys, plain, quoted, said_by, written

_STRINGS = (*CAPTIONS, ALTERNATIVE)
"""Styles of what a string of a cell's code says."""


_MARKUP = "`^~*#"  # which sets words otherwise, and says nothing


class Made:
    """The edits, or refusals, of what was written in the blocks of one file that are from no text."""

    def __init__(self, pairing: Pairing, restorer: Restorer, answer: Answer) -> None:
        self.pairing, self.original, self.restorer, self.answer = pairing, pairing.original, restorer, answer

    def changed(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> Iterator[Edit]:
        """The edit of a block that says `now`, where it has a place; else it is refused."""
        row, said = self.original.row(of), self.pairing.said
        wrote = [token for token in now if token.piece is not None and self.pairing.is_rewritten(token)]
        for token in wrote:
            self.restorer.refuse(row, token, said.get(token.piece or 0, ""))
        if keys(base) == keys(now) and wrote:
            return
        if edit := self._of_string(of, base, now) or self._of_title(of, now):
            yield edit
        elif self.original.blocks[of].kind == "Table":
            grid = Grid(base, now)
            for did in grid.told():
                self.answer.refuse(row, f"the co-author {did}, which {self.original.maker(of)}")
            for was, cell in grid.pairs():
                self._refuse(of, was, cell)
        else:
            self._refuse(of, base, now)

    def _refuse(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> None:
        codes = SequenceMatcher(None, keys(base), keys(now), autojunk=False).get_opcodes()
        for _, i1, i2, j1, j2 in (code for code in codes if code[0] != "equal"):
            old, new = (plain(said_by(one)).strip(_MARKUP) for one in (base[i1:i2], now[j1:j2]))
            names = ", ".join(
                f"`{self.original.pieces[one.piece].name}`" for one in base[i1:i2] if one.piece is not None
            )
            what, whole = names or repr(old), quoted(said_by(base))
            did = f"wrote {new} for {what}"
            if not old:
                did = f"added {new!r} to {whole!r}" if whole else f"wrote {new!r} where nothing stood"
            if not new:
                did = f"deleted {what} in {whole!r}" if old else f"set words otherwise in {whole!r}"
            line = f"the co-author {did}, which {self.original.maker(of)}"
            self.answer.refuse(self.original.row(of), line)

    def _of_string(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> Edit | None:
        """The edit of a string in the cell that makes the block, where it stands there."""
        made = self.original.chunk(of)
        if made is None or self.original.blocks[of].style not in _STRINGS:
            return None
        text = self.original.text
        begin = text.index("\n", made.start) + 1
        found = in_cell(text[begin : text.rfind("\n", 0, made.end) + 1], base, now)
        return Edit(begin + found[0], begin + found[1], found[2]) if found else None

    def _of_title(self, of: int, now: Sequence[Token]) -> Edit | None:
        """The edit of the title or subtitle in the front matter, where it stands there."""
        block = self.original.blocks[of]
        if block.style not in ("title", "subtitle"):
            return None
        old, new = plain(block.text), plain(written(now))
        line = re.search(rf"^{block.style}:.*{re.escape(old)}.*$", self.original.text, re.MULTILINE)
        if line and old != new and '"' not in new and "\\" not in new:
            return Edit(*line.span(), line[0].replace(old, new))
        return None
