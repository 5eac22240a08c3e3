"""What co-authors did to each block, as edits of the manuscript's text."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from recomputed.exchange.answer import Answer
from recomputed.exchange.grid import in_grid
from recomputed.exchange.labels import tell_lost
from recomputed.exchange.made import Made
from recomputed.exchange.marks import Chunk
from recomputed.exchange.merge import Edit, with_edits
from recomputed.exchange.pairing import CAPTIONS, Pairing
from recomputed.exchange.placing import Placing
from recomputed.exchange.readable import ALTERNATIVE, NOTES, WITH_MORE
from recomputed.exchange.restoring import Restorer
from recomputed.exchange.returned import Block
from recomputed.exchange.tokens import (
    Token,
    carried,
    comments_as_text,
    comments_of,
    is_comment,
    is_picture,
    plain,
    quoted,
    said_by,
    stripped,
    tokens,
    written,
)  # fmt: skip
from recomputed.exchange.typed import typed_in

_APART = ("Header", "Table", "CodeBlock")
"""Kinds of block that cannot have a comment within."""
_EMPTY = re.compile(r"^:{3,}[^\n]*\w[^\n]*\n\s*:{3,}[ \t]*\n+", re.MULTILINE)


def edited(pairing: Pairing, answer: Answer) -> str:
    """The manuscript that was sent with what was changed; what could not be carried over goes to the answer."""
    return _Editing(pairing, answer).edited()


class _Editing:
    """The changes of one file, block by block: `of` is a block's place when sent, `nth` when it came back."""

    def __init__(self, pairing: Pairing, answer: Answer) -> None:
        self.pairing, self.original, self.answer = pairing, pairing.original, answer
        self.text, self.base = self.original.text, self.original.blocks
        self.restorer, self.placing = Restorer(pairing, answer), Placing(pairing)
        self.made = Made(pairing, self.restorer, answer)
        self.came = {of: nth for nth, of in pairing.pairs.items()}
        self.edits: list[Edit] = []

    def edited(self) -> str:
        for one in self.pairing.gone:
            self._gone(one)
        for nth in range(len(self.pairing.now)):
            of = self.pairing.pairs.get(nth)
            self._tell_label(of, nth)
            if of is None:
                self._new(nth)
            elif of in self.pairing.stay:
                self._kept(of, nth)
            else:
                self._moved(of, nth)
        placed = {id_ for found in self.pairing.of_now for id_ in comments_of(found)}
        self.answer.tell(1, self.answer.comments.keys() - placed)
        text = self._applied()
        tell_lost(self.text, text, self.answer)
        return text

    def _tell_label(self, of: int | None, nth: int) -> None:
        """Tell what was written for the label of a caption, to which words may have been added."""
        was, now = "" if of is None else self.base[of].label, self.pairing.now[nth].label
        if was == now or (now.endswith(WITH_MORE) and was.startswith(now.removesuffix(WITH_MORE))):
            return
        did = (
            f"wrote {now!r} for {was!r}" if was and now else f"deleted {was!r}" if was else f"put in {now!r}"
        )
        row = self.placing.row(nth) if of is None else self.original.row(of)
        told = "which the language and the order of figures and tables give: it is made anew"
        self.answer.refuse(row, f"the co-author {did}, {told}")

    def _tell_style(self, of: int, nth: int) -> None:
        """Tell that a block is an abstract, say, or is none any more."""
        was, now = self.base[of], self.pairing.now[nth]
        if was.style != now.style:
            own = self.original.own(of) is not None
            self._refuse_block(of, "set in another style", ": move it in the manuscript" if own else "")

    def _is_made(self, of: int) -> bool:
        of_figure = self.base[of].style in CAPTIONS and of not in self.original.captions
        return self.original.own(of) is None or of_figure

    def _refuse_block(self, of: int, did: str, where: str = "") -> None:
        what = quoted(self.base[of].text) or "a picture"
        line = f"the co-author {did} {what!r}{where or f', which {self.original.maker(of)}'}"
        self.answer.refuse(self.original.row(of), line)

    def _gone(self, of: int) -> None:
        chunk = self.original.own(of)
        if self.base[of].style == ALTERNATIVE and self.original.holder(of) in self.pairing.gone:
            return  # as its picture is, which is told
        if chunk is None or self._is_made(of):
            self._refuse_block(of, "deleted")
        elif of not in self.original.captions:
            self._delete(*self.original.whole(chunk))
        elif (table := self.came.get(self.original.captions[of])) is not None and (
            self.pairing.pairs[table] in self.pairing.stay
        ):
            self._delete(*self.original.lines(chunk))

    def _delete(self, start: int, end: int) -> None:
        self.edits.append(Edit(*self.original.with_gap(start, end), ""))

    def _kept(self, of: int, nth: int) -> None:
        table = self.original.captions.get(of)
        if table in self.pairing.gone:
            self._refuse_block(of, "left the caption", ", whose table they deleted: it went with it")
            self.answer.tell(self.original.row(of), comments_of(self.pairing.of_now[nth]))
        if table is not None and table not in self.pairing.stay:
            return  # a caption goes with its table
        (now, told), chunk = self._without_comments(of, nth), self.original.own(of)
        if told:
            self.edits.append(Edit(self.original.end(of), self.original.end(of), told))
        self._tell_style(of, nth)
        if chunk is not None:
            self.edits += self._changed(of, nth, chunk, now)
        elif not _same(self.pairing.of_base[of], now):
            edits = list(self.made.changed(of, self.pairing.of_base[of], now))
            if edits:
                self._tell_typed(self.original.row(of), now, self.pairing.of_base[of])
            self.edits += edits

    def _changed(self, of: int, nth: int, chunk: Chunk, now: Sequence[Token]) -> Iterator[Edit]:
        """The edit of a chunk whose block says `now`, and may have become another item, or text, if it was changed."""
        block, was = self.pairing.now[nth], self.base[of]
        if _form(was) != _form(block):
            text = self._rewritten(of, chunk, now)
            text = re.sub(r"^#+ ", "", text) if was.kind == "Header" else text
            lines = self.original.lines(chunk)
            if was.item and not block.item:  # which would go on with the item before it
                text = (
                    "\n" * self.original.tight(lines[0] - 1) + text + "\n" * self.original.tight(lines[1] + 1)
                )
            yield Edit(*lines, self.placing.bullet(nth) + text)
        elif not _same(self.pairing.of_base[of], now):
            yield Edit(chunk.start, chunk.end, self._rewritten(of, chunk, now))

    def _without_comments(self, of: int, nth: int) -> tuple[list[Token], str]:
        """What came, its comments told; and those that cannot stand in it, to be put behind it."""
        now, block, chunk = self.pairing.of_now[nth], self.base[of], self.original.own(of)
        ids = list(comments_of(now))
        self.answer.tell(self.original.row(of) or self.text.count("\n", 0, self.original.end(of)) + 1, ids)
        within = chunk and block.kind not in _APART and block.style not in (*CAPTIONS, "callout title")
        if within or not ids:
            return now, ""
        told = self.answer.in_html()
        behind = "".join(f"\n\n{told[id_]}" for id_ in ids if id_ in told)
        return stripped([token for token in now if not is_comment(token)]), behind

    def _rewritten(self, of: int, chunk: Chunk, now: Sequence[Token]) -> str:
        """The Markdown of a chunk whose block says `now`."""
        base, came = self.pairing.of_base[of], list[Token]()

        def changed(base: Sequence[Token], source: Sequence[Token], now: Sequence[Token]) -> list[Token]:
            restored = self.restorer.restored(chunk.row, base, now)
            came.extend(restored)
            return carried(base, source, restored)

        head = re.match(r"#+ ", chunk.marked) if self.base[of].style == "callout title" else None
        begins = head[0] if head else ""
        source = tokens(chunk.marked[len(begins) :], self.original.pieces)
        change = partial(in_grid, change=changed) if self.base[of].kind == "Table" else changed
        new = change(base, source, now)
        self._tell_typed(chunk.row, came, base)
        return begins + self._markdown(new, chunk.row)

    def _tell_typed(self, row: int, found: Sequence[Token], base: Sequence[Token] = ()) -> None:
        said = [(self.original.pieces[nth], said) for nth, said in self.pairing.said.items()]
        self.answer.type(row, typed_in(found, base, said))

    def _markdown(self, found: Sequence[Token], row: int) -> str:
        kept = [token for token in found if not is_picture(token)]
        if len(kept) < len(found):
            self.answer.refuse(row, "the co-author put in a picture: make it a figure of the paper")
        return comments_as_text(written(kept), self.answer.in_html())

    def _moved(self, of: int, nth: int) -> None:
        chunk, giver, table = self.original.own(of), self.placing.giver(nth), self.original.captions.get(of)
        if table in self.pairing.stay:
            self._refuse_block(of, "moved", " without its table, beside which it stays")
        if self.base[of].style in NOTES or table is not None:
            self._kept(of, nth)
        elif chunk is None or self._is_made(of) or giver:
            self._refuse_block(of, "moved", f" among what {giver}" if chunk and giver else "")
            self._kept(of, nth)
        else:
            start, end = self.original.whole(chunk)
            self._delete(start, end)
            edits, behind = list[Edit](), ""
            for one in (of, *(one for one, table in self.original.captions.items() if table == of)):
                if (own := self.original.own(one)) and one in self.came:
                    now, told = self._without_comments(one, self.came[one])
                    edits += self._changed(one, self.came[one], own, now)
                    behind += told
                elif own:
                    edits.append(Edit(chunk.end, self.original.line_end(own.end), ""))
            self._put(nth, with_edits(self.text[:end], edits)[start:] + behind)

    def _new(self, nth: int) -> None:
        block, found = self.pairing.now[nth], self.pairing.of_now[nth]
        of_picture = block.style == ALTERNATIVE and nth - 1 not in self.pairing.pairs
        if block.style in NOTES or of_picture:
            self._put_in_note(nth)
            return  # else it is in the text, or what it is of is told
        if giver := self.placing.giver(nth):
            said = plain(said_by(found))
            self.answer.refuse(0, f"the co-author put in {said!r} among what {giver}")
            self.answer.tell(1, comments_of(found))
            return
        row = self.placing.row(nth)
        for token in found:
            if token.piece is not None and self.pairing.is_rewritten(token):
                self.restorer.refuse(row, token, self.pairing.said[token.piece])
        self.answer.tell(row, comments_of(found))
        self._tell_typed(row, found)
        self._put(nth, self._markdown([token._replace(said="") for token in found], row))

    def _put_in_note(self, nth: int) -> None:
        """Put a further paragraph behind those of a note that has lines of its own."""
        block, found = self.pairing.now[nth], self.pairing.of_now[nth]
        head = next((one for one in range(nth, -1, -1) if self.pairing.now[one].style == NOTES[0]), -1)
        note = self.original.own(self.pairing.pairs.get(head, -1))
        if block.style == NOTES[1] and note:
            end = self.original.lines(note)[1]
            self._tell_typed(note.row, found)
            self.answer.tell(note.row, comments_of(found))
            self.edits.append(Edit(end, end, f"\n\n    {self._markdown(found, note.row)}"))

    def _put(self, nth: int, text: str) -> None:
        """Put a block where the base has none."""
        block = self.pairing.now[nth]
        if not text.strip():
            return
        if self.pairing.pairs.get(nth) is None:
            text = _fenced(block, self.placing.bullet(nth) + text)
        at, before = self.placing.place(nth)
        begins_item = 0 < block.item < 100  # what goes on with one would else go on with its paragraph
        gap = "\n" if begins_item and self.placing.is_item(nth + 1 if before else nth - 1) else "\n\n"
        tight = len(gap) > 1 and re.match(r"\n(?!\s*\n|:::|$)", self.text[at:]) is not None
        self.edits.append(Edit(at, at, f"{text}{gap}" if before else gap + text + "\n" * tight))

    def _applied(self) -> str:
        """The text with the edits, without the containers that they left empty."""
        empty = {_opening(found) for found in _EMPTY.finditer(self.text)}
        text = with_edits(self.text, self.edits)
        return _EMPTY.sub(lambda found: found[0] if _opening(found) in empty else "", text)


def _opening(container: re.Match[str]) -> str:
    return container[0].split("\n")[0]


def _form(block: Block) -> tuple[int, bool]:
    """What kind of item a block is, and whether it is a heading."""
    return block.item, block.kind == "Header"


def _fenced(block: Block, text: str) -> str:
    """A new block with what it stands between."""
    if block.style == "callout title":
        return f"::: {{.callout-note}}\n## {text}\n:::"
    return f"```\n{text}\n```" if block.kind == "CodeBlock" else text


def _same(base: Sequence[Token], now: Sequence[Token]) -> bool:
    return [(token.key, token.said) for token in base] == [(token.key, token.said) for token in now]
