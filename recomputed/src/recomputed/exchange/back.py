"""`word back`: what co-authors changed in the Word file, as a change of the manuscript."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from lxml import etree

from recomputed.exchange import marks
from recomputed.exchange.align import aligned, likeness
from recomputed.exchange.captions import in_cell
from recomputed.exchange.controls import LOCKED, NOT_UNZIPPED, TEXTS, WHY_LOCKED, base_in, parts_of, tagged
from recomputed.exchange.marks import COMMENT, LETTERS, NOTE, PICTURE, Chunk, Piece
from recomputed.exchange.merge import Conflict, merged
from recomputed.exchange.out import FORMAT
from recomputed.exchange.reading import Block, Comment, blocks_in, comments_in, readable, tracked_in
from recomputed.exchange.recovering import cited_again, cut_in, pieces_in, recovered, spoken, undamaged
from recomputed.exchange.tokens import Token, carried, comments_as_text, keys, mended, plain, tokens, written
from recomputed.exchange.typed import FIGURE, typed_in
from recomputed.faults import CheckFailed, Fault, InputError

_NUMBER = re.compile(FIGURE)
_TYPED = re.compile(r"\\?\[(-?@[^\[\]\\]+)\\?\]")
_CAPTIONS = ("image caption", "table caption", "caption")
_CONTAINED = {"callout": "callout", "callout title": "callout", "abstract": "abstract"}
_EMPTY = re.compile(r"^:{3,}[^\n]*\w[^\n]*\n\s*:{3,}[ \t]*\n+", re.MULTILINE)
_COPY = 0.9  # of the words of two blocks of which one is the other's copy
_FEWEST = 0.1  # of the base's runs of words that its paper still has
_FENCE_ENDS = re.compile(r"\s*\n:{3,}[ \t]*(?=\n|$)")


_BROKEN = (
    CheckFailed, KeyError, ValueError, TypeError, etree.XMLSyntaxError, *NOT_UNZIPPED,
)  # fmt: skip


class Told(NamedTuple):
    """A comment, and the row of the manuscript that it stands at."""

    row: int
    author: str
    text: str


@dataclass(slots=True)
class Back:
    """What came back: the manuscript with it, what could not be carried over, the numbers that were typed and are no
    controls, the comments, the conflicts.
    """

    text: str
    refused: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    comments: list[Told] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    tracked: int = 0


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def read_back(docx: bytes, shown: str, current: str, known: set[str], take: bool = True) -> Back:
    """The manuscript `current` with what was changed in `docx`, tracked changes taken or left.

    `known` are the keys that may be cited. InputError, calling the file `shown`, where it is none of ours.
    """
    expected = "a DOCX that `word out` wrote"
    try:
        parts, base, base_parts = _opened(docx, shown, expected)
        pieces = [Piece(**one) for one in base["pieces"]]
        tags = {tag: nth for nth, tag in enumerate(tagged(pieces))}
        typed = {name: LETTERS.sub("", parts[name].decode()).encode() for name in TEXTS if name in parts}
        now = readable({**parts, **typed}, tags, take)
        comments, tracked = comments_in(parts), tracked_in(parts)
        blocks = blocks_in(base_parts), blocks_in(now, take)
    except _BROKEN as error:  # fmt: skip
        raise InputError(Fault(shown, expected, f"one that cannot be read: {error}")) from None
    if _in_common(base["text"], current) < _FEWEST:
        raise InputError(Fault(shown, "a DOCX of this paper", f"one of another paper's {base['manuscript']}"))
    chunks = [Chunk(**one) for one in base["chunks"]]
    work = _Work(base["text"], base["manuscript"], chunks, pieces, comments, known)
    there = work.changed(*blocks)
    text, conflicts = merged(base["text"], current, there)
    return Back(text, work.refused, work.typed, sorted(work.told), conflicts, tracked)


def _in_common(base: str, current: str) -> float:
    """How much of a text another has of it: of each five words in a row, however lines are broken."""
    first, second = (
        set(zip(*(words[nth:] for nth in range(5)), strict=False))
        for words in (base.split(), current.split())
    )
    return len(first & second) / (len(first) or 1)


def manuscript_in(docx: bytes, shown: str) -> str:
    """The file name of the manuscript that `docx` was made from. InputError where it is none of ours."""
    expected = "a DOCX that `word out` wrote"
    try:
        name = str(_opened(docx, shown, expected)[1]["manuscript"])
    except _BROKEN as error:
        raise InputError(Fault(shown, expected, f"one that cannot be read: {error}")) from None
    if not re.fullmatch(r"paper(\.[\w-]+)?\.qmd", name):
        raise InputError(Fault(shown, expected, f"one of {name!r}"))
    return name


def _opened(
    docx: bytes, shown: str, expected: str
) -> tuple[dict[str, bytes], dict[str, Any], dict[str, bytes]]:
    """The parts of a file, what is told of its base, and the base's own parts."""
    if docx.startswith(LOCKED):
        raise InputError(Fault(shown, expected, WHY_LOCKED))
    parts = parts_of(docx)
    found = base_in(parts)
    if found is None:
        raise InputError(Fault(shown, expected, "none of the version that it was made from is inside"))
    if found[0].get("format") != FORMAT:
        raise InputError(Fault(shown, expected, f"one of format {found[0].get('format')!r}, not {FORMAT}"))
    return parts, *found


class _Work:
    """The changes of one file, block by block."""

    def __init__(self, text: str, name: str, chunks: Sequence[Chunk], pieces: Sequence[Piece],
                 comments: Sequence[Comment], known: set[str]) -> None:  # fmt: skip
        self.text, self.name, self.chunks, self.pieces = text, name, chunks, pieces
        self.known = known
        self.comments = {one.id: one for one in comments}
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.typed: list[str] = []
        self.edits: list[_Edit] = []
        self.said: dict[int, str] = {}

    def changed(self, base: Sequence[Block], now: Sequence[Block]) -> str:
        """The base manuscript with the changes from the blocks `base` to the blocks `now`."""
        self.base = base
        notes = {nth: block.chunk for nth, block in enumerate(base) if block.style == "note"}
        self.of_base = self._tokens(base, notes)
        for found in self.of_base:
            self.said.update({token.piece: token.said for token in found if token.piece is not None})
        cut = set().union(*(cut_in(one.text) for one in base))
        self.now = now = [replace(one, text=undamaged(one.text, cut, self.said)) for one in now]
        came = self._tokens(now, {})
        lost = pieces_in(self.of_base) - pieces_in(came)
        flat = [_identity(block, found, lost) for block, found in zip(base, self.of_base, strict=True)]
        pairs = aligned(flat, [_identity(block, found) for block, found in zip(now, came, strict=True)])
        self.of_now = self._tokens(
            now, {nth: base[of].chunk for nth, of in pairs.items() if base[of].style == "note"}
        )
        citations = [token for found in self.of_base for token in found if self._is_citation(token)]
        gone = [of for of in range(len(base)) if of not in pairs.values()]
        for nth, found in enumerate(self.of_now):
            found = mended(found, self.said)
            was = self.of_base[pairs[nth]] if nth in pairs else []
            found = recovered(was, found, lost) if was else self._found_again(found, gone, lost)
            self.of_now[nth] = cited_again(was, found, citations)
        self.left = {token.piece for found in self.of_now for token in found}
        stay = _in_place(pairs)
        for nth in set(range(len(base))) - set(pairs.values()):
            self._gone(nth)
        for nth in range(len(now)):
            of = pairs.get(nth)
            if of is None:
                self._new(nth, pairs, None)
            elif of in stay:
                self._edited(of, nth)
            else:
                self._moved(of, nth, pairs)
        for id_ in self.comments.keys() - {one for found in self.of_now for one in _comments(found)}:
            self.told.append(Told(1, self.comments[id_].author, self.comments[id_].text))
        return self._applied()

    def _tokens(self, blocks: Sequence[Block], notes: dict[int, int | None]) -> list[list[Token]]:
        """The tokens of each block; a note's mark is the piece that refers to it, or a note in the text."""
        out = []
        for nth, block in enumerate(blocks):
            text = block.text
            following = [one for one in range(nth + 1, len(blocks)) if blocks[one].style == "note"]
            for note in following[: text.count(NOTE)]:
                piece = self._reference(notes.get(note))
                inline = f"^[{blocks[note].text}]" if piece is None else (
                    f"{marks.mark(marks.OPEN, piece)}\ue0fe{marks.mark(marks.CLOSE, piece)}")  # fmt: skip
                within = rf"{marks.OPEN}[^\ue0ff]*\ue0ff{NOTE}[^\ue0ff]*\ue0ff{marks.CLOSE}[^\ue0ff]*\ue0ff"
                mark_of_it = re.search(rf"{within}|{NOTE}[^\ue0ff]*\ue0ff", text)
                if mark_of_it:
                    text = text[: mark_of_it.start()] + inline + text[mark_of_it.end() :]
            out.append(tokens(_TYPED.sub(self._cited, text), self.pieces))
        return out

    def _is_citation(self, token: Token) -> bool:
        """Whether it cites a source with its year, which other words are not."""
        return token.piece is not None and self.pieces[token.piece].kind == marks.CITATION and (
            re.search(r"\d{4}", token.said) is not None)  # fmt: skip

    def _found_again(self, found: list[Token], gone: Sequence[int], lost: set[int]) -> list[Token]:
        """A new block with the pieces of those that are gone, else with those of the one that it is a copy of."""
        found = recovered([token for of in gone for token in self.of_base[of]], found, lost)
        words = [key for token in found for key in spoken(token, ())]
        copied = next((one for one in self.of_base if likeness(_flat(one), words) > _COPY), [])
        return recovered(copied, found, pieces_in([copied]) - pieces_in([found]))

    def _reference(self, chunk: int | None) -> int | None:
        if chunk is None:
            return None
        start = self.chunks[chunk].start
        label = re.search(r"\[\^[^\]]+\](?=:\s*$)", self.text[self.text.rfind("\n", 0, start) + 1 : start])
        own = (nth for nth, one in enumerate(self.pieces) if label and one.source == label[0])
        return next(own, None)

    def _cited(self, found: re.Match[str]) -> str:
        """A citation that was typed, where there is what it cites."""
        cited = re.findall(r"@([\w:.-]*\w)", found[1])
        unknown = [key for key in cited if key not in self.known]
        for key in unknown:
            line = f"the text cites @{key}, which is no source of this paper: add it to the bibliography"
            self._refuse(0, line)
        return found[0] if unknown else f"[{found[1]}]"

    def _refuse(self, row: int, text: str) -> None:
        line = f"{self.name}, row {row}: {text}" if row else f"{self.name}: {text}"
        if line not in self.refused:
            self.refused.append(line)

    def _row(self, of: int) -> int:
        """The row of a block of the base: its own, or that of the last before it that has one."""
        known = (self.base[nth].chunk for nth in range(of, -1, -1))
        return next((self.chunks[one].row for one in known if one is not None), 1)

    def _own(self, of: int) -> Chunk | None:
        chunk = self.base[of].chunk if of >= 0 else None
        return None if chunk is None or self.chunks[chunk].made else self.chunks[chunk]

    def _gone(self, of: int) -> None:
        chunk, style = self._own(of), self.base[of].style
        if chunk is None or style in _CAPTIONS:
            what = plain(self.base[of].text)[:60] or "a picture"
            self._refuse(self._row(of), f"the co-author deleted {what!r}, which {self._maker(of)}")
        else:
            self.edits.append(_Edit(*self._lines(chunk), ""))

    def _maker(self, of: int) -> str:
        if self.base[of].chunk is None:
            return "the front matter or the bibliography gives: change it there"
        return "code makes: change the data, or the code"

    def _lines(self, chunk: Chunk) -> tuple[int, int]:
        """A block's lines, with the blank ones behind it."""
        start = self.text.rfind("\n", 0, chunk.start) + 1
        end = self._line_end(chunk.end)
        behind = re.match(r"\n\s*\n|\n|$", self.text[end:])
        return start, end + (len(behind[0]) if behind else 0)

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _edited(self, of: int, nth: int) -> None:
        base, now = self.of_base[of], self.of_now[nth]
        chunk = self._own(of)
        ids = list(_comments(now))
        row = chunk.row if chunk else self._row(of)
        self.told += [Told(row, self.comments[id_].author, self.comments[id_].text) for id_ in ids
                      if id_ in self.comments]  # fmt: skip
        inline = chunk is not None and not self.base[of].text.startswith(("#", "|", "```")) and (
            self.base[of].style not in (*_CAPTIONS, "callout title"))  # fmt: skip
        if not inline:
            now = [token for token in now if not _is_comment(token)]
            self._comment_behind(of, ids)
        if _same(base, now):
            return
        if chunk is None:
            self._made_changed(of, base, now)
            return
        new = self._restored(row, base, now)
        if (self.base[of].item, self.base[of].text[:1] == "#") != (
            self.now[nth].item,
            self.now[nth].text[:1] == "#",
        ):
            new = carried(base, tokens(chunk.marked, self.pieces), new)
            text, (start, end) = self._text(new, row, base), self._lines(chunk)
            end = self._line_end(chunk.end)
            if self.base[of].text[:1] == "#":
                text = re.sub(r"^#+ ", "", text)
            self.edits.append(_Edit(start, end, self._with_bullet(self.now[nth], text)))
            return
        new = carried(base, tokens(chunk.marked, self.pieces), new)
        self.edits.append(_Edit(chunk.start, chunk.end, self._text(new, row, base)))

    def _comment_behind(self, of: int, ids: Sequence[int]) -> None:
        chunk = self.base[of].chunk
        if chunk is not None and ids:
            at = self._line_end(self.chunks[chunk].end)
            texts = [f"\n\n{_html(self.comments[id_])}" for id_ in ids if id_ in self.comments]
            self.edits.append(_Edit(at, at, "".join(texts)))

    def _text(self, found: Sequence[Token], row: int, base: Sequence[Token] = ()) -> str:
        """The Markdown of a block that stood as `base`."""
        said = [(self.pieces[nth], said) for nth, said in self.said.items()]
        self.typed += [f"{self.name}, row {row}: {one}" for one in typed_in(found, base, said)]
        for token in found:
            if isinstance(token.key, tuple) and token.key[0] == PICTURE:
                self._refuse(0, "the co-author put in a picture: make it a figure of the paper")
        kept = [token for token in found if not (isinstance(token.key, tuple) and token.key[0] == PICTURE)]
        told = {id_: _html(one) for id_, one in self.comments.items()}
        return comments_as_text(written(kept), told)

    def _made_changed(self, of: int, base: Sequence[Token], now: Sequence[Token]) -> None:
        row, chunk = self._row(of), self.base[of].chunk
        wrote = [
            token
            for token in now
            if token.said != self.said.get(token.piece or 0) and token.piece is not None
        ]
        for token in wrote:
            self._wrote(row, token, self.said.get(token.piece or 0, ""))
        if keys(base) == keys(now) and wrote:
            return
        if chunk is not None and self.base[of].style in _CAPTIONS:
            made = self.chunks[chunk]
            begin = self.text.index("\n", made.start) + 1
            code = self.text[begin : self.text.rfind("\n", 0, made.end) + 1]
            if found := in_cell(code, base, now):
                self.edits.append(_Edit(begin + found[0], begin + found[1], found[2]))
                return
        if self.base[of].style in ("title", "subtitle"):
            old, new = plain(self.base[of].text), plain(written(now))
            line = re.search(rf"^{self.base[of].style}:.*{re.escape(old)}.*$", self.text, re.MULTILINE)
            if line and '"' not in new and "\\" not in new:
                self.edits.append(_Edit(*line.span(), line[0].replace(old, new)))
                return
        for kind, i1, i2, j1, j2 in SequenceMatcher(
            None, keys(base), keys(now), autojunk=False
        ).get_opcodes():
            if kind != "equal":
                old, new = plain(_said(base[i1:i2])), plain(_said(now[j1:j2]))
                names = ", ".join(
                    f"`{self.pieces[one.piece].name}`" for one in base[i1:i2] if one.piece is not None
                )
                what = names or (repr(old) if old else "nothing")
                what = f"for {what}, which {self._maker(of)}"
                self._refuse(row, f"the co-author wrote {new or 'nothing'} {what}")

    def _wrote(self, row: int, token: Token, said: str) -> None:
        assert token.piece is not None
        piece = self.pieces[token.piece]
        do = {
            marks.CITATION: "cite another source, or refer to another place, as [@key]",
            marks.FORMULA: "change the formula in the manuscript",
        }.get(piece.kind, "change the data, or the sentence")
        self._refuse(row, f"the co-author wrote {token.said} for `{piece.name.strip('`')}` ({said}): {do}")

    def _restored(self, row: int, base: Sequence[Token], now: Sequence[Token]) -> list[Token]:
        """`now` with each piece as it was, where another text stands in its place: that is refused by name."""
        now = list(now)
        for at, token in enumerate(now):
            if token.piece is None or token.said == (said := self.said.get(token.piece, token.said)):
                continue
            before, here, after = token.said.partition(said)
            if said and here and not re.search(r"\d|\w$", before) and not re.search(r"\d|^\w|^[.,]\d", after):
                now[at] = token._replace(text=before + token.text + after, said=said)
            else:
                self._wrote(row, token, said)
                now[at] = token._replace(said=said)
        for i1, i2, j1, j2 in reversed(list(_rewritten(base, now))):
            lost = [
                token for token in base[i1:i2] if token.piece is not None and token.piece not in self.left
            ]
            if lost and not any(_is_word(token) for token in now[j1:j2]) and self._only_formulas(base[i1:i2]):
                for token in lost:
                    told = "its formula is gone, which some programs lose: delete it in the manuscript"
                    self._refuse(row, f"`{self.pieces[token.piece or 0].name}`: {told}")
                now[j1:j2] = base[i1:i2]
            elif lost and j1 < j2:
                now[j1:j2] = self._retyped(row, base[i1:i2], now[j1:j2], lost)
        return now

    def _only_formulas(self, found: Sequence[Token]) -> bool:
        words = [token for token in found if _is_word(token)]
        return all(one.piece is not None and self.pieces[one.piece].kind == marks.FORMULA for one in words)

    def _retyped(
        self, row: int, was: Sequence[Token], now: list[Token], lost: Sequence[Token]
    ) -> list[Token]:
        """What was written in the place of controls that are gone: a figure in it is told of the piece it was."""
        text = written(now)
        if not any(_is_word(token) and token.piece is None for token in was):
            said = plain(written([one for one in now if not _is_comment(one)]))
            if not re.search(r"\w", said):
                return now
            if said not in (plain(_said(was)), plain(written(was))):
                for token in lost:
                    self._wrote(row, token._replace(said=said), token.said)
            return [*was, *(token for token in now if _is_comment(token))]
        for token in lost:
            found = text.find(token.said) if token.said else -1
            if found >= 0:
                text = text[:found] + f"\ue0fe{token.piece}\ue0fe" + text[found + len(token.said) :]
            elif self.pieces[token.piece or 0].kind in (marks.NUMBER, marks.VALUE) and (
                typed := _NUMBER.search(text)
            ):
                self._wrote(row, token._replace(said=typed[0]), token.said)
                text = text[: typed.start()] + f"\ue0fe{token.piece}\ue0fe" + text[typed.end() :]
        by = {str(token.piece): token for token in lost}
        cut = re.split("\ue0fe(\\d+)\ue0fe", text)
        return [token for nth, one in enumerate(cut)
                for token in ([by[one]] if nth % 2 else tokens(one, self.pieces))]  # fmt: skip

    def _moved(self, of: int, nth: int, pairs: dict[int, int]) -> None:
        chunk = self._own(of)
        if chunk is None or self.base[of].style in _CAPTIONS:
            what = plain(self.base[of].text)[:60] or "a picture"
            self._refuse(self._row(of), f"the co-author moved {what!r}, which {self._maker(of)}")
            return
        if self.base[of].style == "note":
            self._edited(of, nth)
            return
        start, end = self._lines(chunk)
        tail = self.text[chunk.end : self._line_end(chunk.end)]
        new = self._restored(chunk.row, self.of_base[of], self.of_now[nth])
        self.told += [
            Told(chunk.row, self.comments[id_].author, self.comments[id_].text) for id_ in _comments(new)
        ]
        new = carried(self.of_base[of], tokens(chunk.marked, self.pieces), new)
        text = self._text(new, chunk.row, self.of_base[of]) + tail
        self.edits.append(_Edit(start, end, ""))
        self._new(nth, pairs, text)

    def _new(self, nth: int, pairs: dict[int, int], text: str | None) -> None:
        """A block that stands where the base has none: behind the one before it, or before the one behind it."""
        block = self.now[nth]
        if block.style == "note":
            return  # it is in the text
        at, before = self._place(nth, pairs)
        if text is None:
            found = [token._replace(said="") for token in self.of_now[nth]]
            for token in self.of_now[nth]:
                if token.piece is not None and token.said != self.said.get(token.piece, token.said):
                    self._wrote(self.text.count("\n", 0, at) + 1, token, self.said[token.piece])
            row = self.text.count("\n", 0, at) + 1
            self.told += [
                Told(row, self.comments[id_].author, self.comments[id_].text) for id_ in _comments(found)
            ]
            text = self._text(found, row)
        if not text.strip():
            return
        text = self._with_bullet(block, text)
        if block.style == "callout title":
            text = f"::: {{.callout-note}}\n## {text}\n:::"
        gap = "\n" if block.item and nth and self.now[nth - 1].item else "\n\n"
        if (
            block.item
            and gap == "\n\n"
            and (chunk := self._own(pairs.get(nth + 1, -1)))
            and self.now[nth + 1].item
        ):
            at, before, gap = self._lines(chunk)[0], True, "\n"  # the first of its list
        self.edits.append(_Edit(at, at, f"{text}{gap}" if before else f"{gap}{text}"))

    @staticmethod
    def _with_bullet(block: Block, text: str) -> str:
        if not block.item:
            return text
        level, more = block.item % 100 // 2, block.item >= 100
        bullet = "  " if more else "1. " if block.item % 2 else "- "
        return "  " * (level - 1) + bullet + text

    def _place(self, nth: int, pairs: dict[int, int]) -> tuple[int, bool]:
        for before in range(nth - 1, -1, -1):
            of = pairs.get(before)
            if of is None or of not in _in_place(pairs) or self.base[of].style == "note":
                continue
            chunk = self.base[of].chunk
            if chunk is None:
                continue
            at = self._line_end(self.chunks[chunk].end)
            held = _CONTAINED.get(self.base[of].style)
            if (
                held
                and _CONTAINED.get(self.now[nth].style) != held
                and (end := _FENCE_ENDS.match(self.text, at))
            ):
                at = end.end()
            return at, False
        after = (self.base[pairs[one]].chunk for one in range(nth + 1, len(self.now)) if one in pairs)
        first = next((self.chunks[one].start for one in after if one is not None), len(self.text))
        return self.text.rfind("\n", 0, first) + 1, True

    def _applied(self) -> str:
        text = self.text
        order = sorted(
            enumerate(self.edits), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True
        )
        for _, edit in order:
            text = text[: edit.start] + edit.text + text[edit.end :]
        return _EMPTY.sub(
            lambda found: found[0] if found[0].split("\n")[0] in _empty(self.text) else "", text
        )


def _empty(text: str) -> set[str]:
    return {found[0].split("\n")[0] for found in _EMPTY.finditer(text)}


def _in_place(pairs: dict[int, int]) -> set[int]:
    """The blocks of the base that are still in their order: the longest row of them."""
    ends: list[tuple[int, Any]] = []
    for nth in sorted(pairs):
        of = pairs[nth]
        at = bisect_left([end for end, _ in ends], of)
        ends[at : at + 1] = [(of, ends[at - 1] if at else None)]
    found, chain = set(), ends[-1] if ends else None
    while chain:
        found.add(chain[0])
        chain = chain[1]
    return found


def _identity(block: Block, found: Sequence[Token], lost: Collection[int] = ()) -> list[Any]:
    own = [key for token in found if not _is_comment(token) for key in spoken(token, lost)]
    return own if own else [("empty", block.style)]


def _flat(found: Sequence[Token]) -> list[Any]:
    """All words of a block, those of its pieces too."""
    return [key for token in found for key in spoken(token, pieces_in([found]))]


def _same(base: Sequence[Token], now: Sequence[Token]) -> bool:
    return [(token.key, token.said) for token in base] == [(token.key, token.said) for token in now]


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


def _is_word(token: Token) -> bool:
    return not isinstance(token.key, str) or token.key.isalnum()


def _said(found: Sequence[Token]) -> str:
    return "".join(token.said or token.text for token in found)


def _is_comment(token: Token) -> bool:
    return isinstance(token.key, tuple) and token.key[0] == COMMENT


def _comments(found: Sequence[Token]) -> Iterator[int]:
    yield from (token.key[1] for token in found if isinstance(token.key, tuple) and token.key[0] == COMMENT)


def _html(comment: Comment) -> str:
    text = f"{comment.author}: {comment.text}" if comment.author else comment.text
    return f"<!-- {re.sub('-{2,}', '–', text).replace('`', chr(39)).strip('->')} -->"
