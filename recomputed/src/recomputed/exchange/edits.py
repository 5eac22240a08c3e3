"""What co-authors did to each block, as edits of the manuscript's text."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from recomputed.exchange.answer import Answer
from recomputed.exchange.captions import in_cell
from recomputed.exchange.marks import PICTURE, Chunk
from recomputed.exchange.pairing import Pairing
from recomputed.exchange.reading import Block
from recomputed.exchange.restoring import Restorer
from recomputed.exchange.tokens import (
    Token,
    carried,
    comments_as_text,
    comments_of,
    is_comment,
    keys,
    plain,
    said_by,
    tokens,
    written,
)  # fmt: skip
from recomputed.exchange.typed import typed_in

_CAPTIONS = ("image caption", "table caption", "caption")
_CONTAINED = {"callout": "callout", "callout title": "callout", "abstract": "abstract"}
_EMPTY = re.compile(r"^:{3,}[^\n]*\w[^\n]*\n\s*:{3,}[ \t]*\n+", re.MULTILINE)
_FENCE_ENDS = re.compile(r"\s*\n:{3,}[ \t]*(?=\n|$)")


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def edited(pairing: Pairing, answer: Answer) -> str:
    """The manuscript that was sent with what was changed; what could not be carried over goes to the answer."""
    return _Editing(pairing, answer).edited()


class _Editing:
    """The changes of one file, block by block: `of` is a block's place when sent, `nth` when it came back."""

    def __init__(self, pairing: Pairing, answer: Answer) -> None:
        self.pairing, self.original, self.answer = pairing, pairing.original, answer
        self.text, self.base, self.pieces = self.original.text, self.original.blocks, self.original.pieces
        self.restorer = Restorer(pairing, answer)
        self.edits: list[_Edit] = []

    def edited(self) -> str:
        for one in self.pairing.gone:
            self._gone(one)
        for nth in range(len(self.pairing.now)):
            of = self.pairing.pairs.get(nth)
            if of is None:
                self._new(nth)
            elif of in self.pairing.stay:
                self._kept(of, nth)
            else:
                self._moved(of, nth)
        placed = {id_ for found in self.pairing.of_now for id_ in comments_of(found)}
        self.answer.tell(1, self.answer.comments.keys() - placed)
        return self._applied()

    def _is_made(self, of: int) -> bool:
        return self.original.own(of) is None or self.base[of].style in _CAPTIONS

    def _refuse_block(self, of: int, did: str) -> None:
        what = plain(self.base[of].text)[:60] or "a picture"
        line = f"the co-author {did} {what!r}, which {self.original.maker(of)}"
        self.answer.refuse(self.original.row(of), line)

    def _gone(self, of: int) -> None:
        chunk = self.original.own(of)
        if chunk is None or self._is_made(of):
            self._refuse_block(of, "deleted")
        else:
            self.edits.append(_Edit(*self.original.lines(chunk), ""))

    def _kept(self, of: int, nth: int) -> None:
        base, now = self.pairing.of_base[of], self.pairing.of_now[nth]
        chunk, row = self.original.own(of), self.original.row(of)
        ids = list(comments_of(now))
        self.answer.tell(row, ids)
        inline = chunk is not None and not self.base[of].text.startswith(("#", "|", "```")) and (
            self.base[of].style not in (*_CAPTIONS, "callout title"))  # fmt: skip
        if not inline:
            now = [token for token in now if not is_comment(token)]
            self._comment_behind(of, ids)
        as_it_was = _form(self.base[of]) == _form(self.pairing.now[nth])
        if _same(base, now) and (as_it_was or chunk is None):
            return
        if chunk is None:
            self._made_changed(of, base, now)
            return
        text = self._rewritten(of, chunk, now)
        if as_it_was:
            self.edits.append(_Edit(chunk.start, chunk.end, text))
            return
        if self.base[of].text[:1] == "#":
            text = re.sub(r"^#+ ", "", text)
        start, end = self.original.lines(chunk)[0], self.original.line_end(chunk.end)
        self.edits.append(_Edit(start, end, _with_bullet(self.pairing.now[nth], text)))

    def _rewritten(self, of: int, chunk: Chunk, now: Sequence[Token]) -> str:
        """The Markdown of a chunk whose block says `now`."""
        base = self.pairing.of_base[of]
        new = self.restorer.restored(chunk.row, base, now)
        new = carried(base, tokens(chunk.marked, self.pieces), new)
        return self._markdown(new, chunk.row, base)

    def _comment_behind(self, of: int, ids: Sequence[int]) -> None:
        chunk = self.original.chunk(of)
        if chunk is not None and ids:
            at, told = self.original.line_end(chunk.end), self.answer.in_html()
            self.edits.append(_Edit(at, at, "".join(f"\n\n{told[id_]}" for id_ in ids if id_ in told)))

    def _markdown(self, found: Sequence[Token], row: int, base: Sequence[Token] = ()) -> str:
        """The Markdown of a block that stood as `base`."""
        said = [(self.pieces[nth], said) for nth, said in self.pairing.said.items()]
        self.answer.type(row, typed_in(found, base, said))
        kept = [token for token in found if not (isinstance(token.key, tuple) and token.key[0] == PICTURE)]
        if len(kept) < len(found):
            self.answer.refuse(0, "the co-author put in a picture: make it a figure of the paper")
        return comments_as_text(written(kept), self.answer.in_html())

    def _made_changed(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> None:
        """What was written in a block that is from no text: a caption and a title have their place all the same."""
        row, said = self.original.row(of), self.pairing.said
        wrote = [
            token for token in now if token.piece is not None and token.said != said.get(token.piece or 0)
        ]
        for token in wrote:
            self.restorer.refuse(row, token, said.get(token.piece or 0, ""))
        if keys(base) == keys(now) and wrote:
            return
        edit = self._of_caption(of, base, now) or self._of_title(of, now)
        if edit:
            self.edits.append(edit)
            return
        codes = SequenceMatcher(None, keys(base), keys(now), autojunk=False).get_opcodes()
        for _, i1, i2, j1, j2 in (code for code in codes if code[0] != "equal"):
            old, new = plain(said_by(base[i1:i2])), plain(said_by(now[j1:j2]))
            names = ", ".join(
                f"`{self.pieces[one.piece].name}`" for one in base[i1:i2] if one.piece is not None
            )
            what = names or (repr(old) if old else "nothing")
            line = f"the co-author wrote {new or 'nothing'} for {what}, which {self.original.maker(of)}"
            self.answer.refuse(row, line)

    def _of_caption(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> _Edit | None:
        """The edit of a caption in its cell, where it stands there."""
        made = self.original.chunk(of)
        if made is None or self.base[of].style not in _CAPTIONS:
            return None
        begin = self.text.index("\n", made.start) + 1
        found = in_cell(self.text[begin : self.text.rfind("\n", 0, made.end) + 1], base, now)
        return _Edit(begin + found[0], begin + found[1], found[2]) if found else None

    def _of_title(self, of: int, now: Sequence[Token]) -> _Edit | None:
        """The edit of the title or subtitle in the front matter, where it stands there."""
        style = self.base[of].style
        if style not in ("title", "subtitle"):
            return None
        old, new = plain(self.base[of].text), plain(written(now))
        line = re.search(rf"^{style}:.*{re.escape(old)}.*$", self.text, re.MULTILINE)
        if line and '"' not in new and "\\" not in new:
            return _Edit(*line.span(), line[0].replace(old, new))
        return None

    def _moved(self, of: int, nth: int) -> None:
        chunk = self.original.own(of)
        if chunk is None or self._is_made(of):
            self._refuse_block(of, "moved")
        elif self.base[of].style == "note":
            self._kept(of, nth)
        else:
            text = self._rewritten(of, chunk, self.pairing.of_now[nth])
            self.answer.tell(chunk.row, comments_of(self.pairing.of_now[nth]))
            self.edits.append(_Edit(*self.original.lines(chunk), ""))
            tail = self.text[chunk.end : self.original.line_end(chunk.end)]
            self._put(nth, *self._place(nth), text + tail)

    def _new(self, nth: int) -> None:
        if self.pairing.now[nth].style == "note":
            return  # it is in the text
        at, before = self._place(nth)
        row, found = self.text.count("\n", 0, at) + 1, self.pairing.of_now[nth]
        for token in found:
            if token.piece is not None and self.pairing.is_rewritten(token):
                self.restorer.refuse(row, token, self.pairing.said[token.piece])
        self.answer.tell(row, comments_of(found))
        self._put(nth, at, before, self._markdown([token._replace(said="") for token in found], row))

    def _put(self, nth: int, at: int, before: bool, text: str) -> None:
        """Put a block where the base has none: behind the one before it, or `before` the one behind it."""
        block, now = self.pairing.now[nth], self.pairing.now
        if not text.strip() or block.style == "note":
            return
        text = _with_bullet(block, text)
        if block.style == "callout title":
            text = f"::: {{.callout-note}}\n## {text}\n:::"
        gap = "\n" if block.item and nth and now[nth - 1].item else "\n\n"
        if (
            block.item
            and gap == "\n\n"
            and (chunk := self.original.own(self.pairing.pairs.get(nth + 1, -1)))
            and now[nth + 1].item
        ):
            at, before, gap = self.original.lines(chunk)[0], True, "\n"  # the first of its list
        self.edits.append(_Edit(at, at, f"{text}{gap}" if before else f"{gap}{text}"))

    def _place(self, nth: int) -> tuple[int, bool]:
        pairs = self.pairing.pairs
        for before in range(nth - 1, -1, -1):
            of = pairs.get(before)
            if of is None or of not in self.pairing.stay or self.base[of].style == "note":
                continue
            chunk = self.original.chunk(of)
            if chunk is None:
                continue
            at = self.original.line_end(chunk.end)
            held = _CONTAINED.get(self.base[of].style)
            if (
                held
                and _CONTAINED.get(self.pairing.now[nth].style) != held
                and (end := _FENCE_ENDS.match(self.text, at))
            ):
                at = end.end()
            return at, False
        after = (
            self.original.chunk(pairs[one]) for one in range(nth + 1, len(self.pairing.now)) if one in pairs
        )
        first = next((one.start for one in after if one is not None), len(self.text))
        return self.text.rfind("\n", 0, first) + 1, True

    def _applied(self) -> str:
        """The text with the edits, without the containers that they left empty."""
        text, empty = self.text, {_opening(found) for found in _EMPTY.finditer(self.text)}
        order = sorted(
            enumerate(self.edits), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True
        )
        for _, edit in order:
            text = text[: edit.start] + edit.text + text[edit.end :]
        return _EMPTY.sub(lambda found: found[0] if _opening(found) in empty else "", text)


def _opening(container: re.Match[str]) -> str:
    return container[0].split("\n")[0]


def _form(block: Block) -> tuple[int, bool]:
    """What kind of item a block is, and whether it is a heading."""
    return block.item, block.text[:1] == "#"


def _with_bullet(block: Block, text: str) -> str:
    if not block.item:
        return text
    level, more = block.item % 100 // 2, block.item >= 100
    bullet = "  " if more else "1. " if block.item % 2 else "- "
    return "  " * (level - 1) + bullet + text


def _same(base: Sequence[Token], now: Sequence[Token]) -> bool:
    return [(token.key, token.said) for token in base] == [(token.key, token.said) for token in now]
