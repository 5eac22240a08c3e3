"""Pieces that were written over: each as it was, and what was written in its place refused by its name."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recomputed.exchange import marks
from recomputed.exchange.answer import Answer
from recomputed.exchange.marks import Piece
from recomputed.exchange.pairing import Pairing
from recomputed.exchange.tokens import Token, is_comment, keys, plain, said_by, tokens, written
from recomputed.exchange.typed import FIGURE
from recomputed.manuscript.inline import escape

_NUMBER = re.compile(FIGURE)
_LABEL = re.compile(r"\s*\([\d.]+\)")  # of a formula on its own
_INSTEAD = {
    marks.CITATION: "cite another source, or refer to another place, as [@key]",
    marks.FORMULA: "change the formula in the manuscript",
}


class Restorer:
    """Puts back the pieces of a manuscript that was paired with what came back."""

    def __init__(self, pairing: Pairing, answer: Answer) -> None:
        self.pieces, self.pairing, self.answer = pairing.original.pieces, pairing, answer
        self.left = {token.piece for found in pairing.of_now for token in found}

    def refuse(self, row: int, token: Token, said: str) -> None:
        """Tell what was written for a piece that said something else."""
        assert token.piece is not None
        piece = self.pieces[token.piece]
        do = _INSTEAD.get(piece.kind, "change the data, or the sentence")
        self.answer.refuse(row, f"the co-author wrote {token.said} for `{_name(piece)}` ({said}): {do}")

    def _refuse(self, row: int, token: Token, said: str) -> None:
        """Tell what was written for a piece, or that it is a formula of which its label alone is left."""
        piece = self.pieces[token.piece or 0]
        if piece.kind == marks.FORMULA and _LABEL.fullmatch(token.said) and said.endswith(token.said):
            self._refuse_loss(row, piece)
        else:
            self.refuse(row, token, said)

    def _refuse_loss(self, row: int, piece: Piece) -> None:
        told = "its formula is gone, which some programs lose: delete it in the manuscript"
        self.answer.refuse(row, f"`{_name(piece)}`: {told}")

    def restored(self, row: int, base: Sequence[Token], now: Sequence[Token]) -> list[Token]:
        """`now` with each piece as it was, where another text stands in its place: that is refused by name."""
        now = [one for token in now for one in self._as_it_was(row, token)]
        for i1, i2, j1, j2 in reversed(list(_rewritten(base, now))):
            lost = [
                token for token in base[i1:i2] if token.piece is not None and token.piece not in self.left
            ]
            if lost and not any(_is_word(token) for token in now[j1:j2]) and self._only_formulas(base[i1:i2]):
                for token in lost:
                    self._refuse_loss(row, self.pieces[token.piece or 0])
                now[j1:j2] = base[i1:i2]
            elif lost and j1 < j2:
                now[j1:j2] = self._retyped(row, base[i1:i2], now[j1:j2], lost)
        return now

    def _as_it_was(self, row: int, token: Token) -> list[Token]:
        """A piece that says what it said; what was written beside it is text."""
        if token.piece is None or not self.pairing.is_rewritten(token):
            return [token]
        said = self.pairing.said[token.piece]
        before, here, after = token.said.partition(said)
        if said and here and not re.search(r"\d|\w$", before) and not re.search(r"\d|^\w|^[.,]\d", after):
            return [*tokens(escape(before), ()), token._replace(said=said), *tokens(escape(after), ())]
        self._refuse(row, token, said)
        return [token._replace(said=said)]

    def _only_formulas(self, found: Sequence[Token]) -> bool:
        words = [token for token in found if _is_word(token)]
        return all(one.piece is not None and self.pieces[one.piece].kind == marks.FORMULA for one in words)

    def _retyped(
        self, row: int, was: Sequence[Token], now: list[Token], lost: Sequence[Token]
    ) -> list[Token]:
        """What was written in the place of controls that are gone: a figure in it is told of the piece it was."""
        text = written(now)
        if not any(_is_word(token) and token.piece is None for token in was):
            said = plain(written([one for one in now if not is_comment(one)]))
            if not re.search(r"\w", said):
                return now
            if _bare(said) not in (_bare(plain(said_by(was))), _bare(plain(written(was)))):
                for token in lost:
                    self._refuse(row, token._replace(said=said), token.said)
            return [*was, *(token for token in now if is_comment(token))]
        for token in lost:
            found = text.find(token.said) if token.said else -1
            if found >= 0:
                text = text[:found] + f"\ue0fe{token.piece}\ue0fe" + text[found + len(token.said) :]
            elif self.pieces[token.piece or 0].kind in (marks.NUMBER, marks.VALUE) and (
                typed := _NUMBER.search(text)
            ):
                self.refuse(row, token._replace(said=typed[0]), token.said)
                text = text[: typed.start()] + f"\ue0fe{token.piece}\ue0fe" + text[typed.end() :]
        by = {str(token.piece): token for token in lost}
        cut = re.split("\ue0fe(\\d+)\ue0fe", text)
        return [token for nth, one in enumerate(cut)
                for token in ([by[one]] if nth % 2 else tokens(one, self.pieces))]  # fmt: skip


def _rewritten(base: Sequence[Token], now: Sequence[Token]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches that differ; two between which no word stays are one."""
    last: tuple[int, int, int, int] | None = None
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, keys(base), keys(now), autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if last and not any(_is_word(token) for token in base[last[1] : i1]):
            last = (last[0], i2, last[2], j2)
        else:
            if last:
                yield last
            last = (i1, i2, j1, j2)
    if last:
        yield last


def _bare(said: str) -> str:
    """What is said, but for how TeX builds a formula, and for the label behind it."""
    return re.sub(r"\{#eq-[^}]*\}|(?<=\$)\s*\([\d.]+\)$|[\s{}$]", "", said)


def _name(piece: Piece) -> str:
    return " ".join(piece.name.strip("`").split())


def _is_word(token: Token) -> bool:
    return not isinstance(token.key, str) or token.key.isalnum()
