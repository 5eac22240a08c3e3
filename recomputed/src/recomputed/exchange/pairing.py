"""Which block that came back is which of those that were sent, with the pieces that a program lost found again."""

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from recomputed.exchange import marks
from recomputed.exchange.align import aligned, likeness
from recomputed.exchange.answer import Answer
from recomputed.exchange.marks import NOTE
from recomputed.exchange.original import Original
from recomputed.exchange.readable import ALTERNATIVE, NOTES
from recomputed.exchange.recovering import cited_again, cut_in, pieces_in, recovered, spoken, undamaged
from recomputed.exchange.returned import Block
from recomputed.exchange.tokens import Token, is_comment, mended, plain, tokens

_TYPED = re.compile(
    r"""\\?\[ (?P<within> (?:\\[^\[\]]|[^\[\]\\])*? \\?@\w (?:\\[^\[\]]|[^\[\]\\])* ) \\?\]
    | (?<![\w\\]) \\?@(?P<key>\w[\w:.-]*\w)""",
    re.VERBOSE,
)
_TITLE = "callout title"
CAPTIONS = ("image caption", "table caption", "caption")
_SPLIT = ("title", "subtitle", _TITLE, *CAPTIONS)
_ONE_EACH = (*_SPLIT, "abstract title", "keywords", "date", ALTERNATIVE)
_COPY = 0.9  # of the words of two blocks of which one is the other's copy


class Pairing:
    """The blocks that were sent and those that came back, as tokens: `of_base`, `of_now`.

    `pairs` has for those of `now` that were sent their place then; `stay` are the places of those still in their order;
    `said` is what each piece said.
    """

    def __init__(self, original: Original, now: Sequence[Block], known: set[str], answer: Answer) -> None:
        self.original, self.known, self.answer = original, known, answer
        base = original.blocks
        notes = {nth: block.chunk for nth, block in enumerate(base) if block.style == "note"}
        self.of_base = self._tokens(base, notes)
        self.said = {
            token.piece: token.said for found in self.of_base for token in found if token.piece is not None
        }
        cut = set().union(*(cut_in(one.text) for one in base))
        labels = {one.label for one in base}
        self.now = [_labelled(replace(one, text=undamaged(one.text, cut, self.said)), labels) for one in now]
        for nth in [nth for nth in range(1, len(now)) if now[nth - 1].style == now[nth].style == _TITLE]:
            self.now[nth] = replace(self.now[nth], style="callout")  # of a title made two the rest is text
        came = self._tokens(self.now, {})
        self.lost = pieces_in(self.of_base) - pieces_in(came)
        self.pairs = aligned(_identities(base, self.of_base, self.lost), _identities(self.now, came))
        _of_one_kind(base, self.now, self.pairs)
        self.stay = _in_place(self.pairs)
        self.gone = [nth for nth in range(len(base)) if nth not in self.pairs.values()]
        self.of_now = self._recovered()

    def is_rewritten(self, token: Token) -> bool:
        """Whether it is a piece that says something else than it did."""
        return token.piece is not None and token.said != self.said.get(token.piece, token.said)

    def _tokens(self, blocks: Sequence[Block], notes: dict[int, int | None]) -> list[list[Token]]:
        """The tokens of each block; a note's mark is the piece that refers to it, or a note in the text."""
        out = []
        for nth, block in enumerate(blocks):
            text = block.text
            following = [one for one in range(nth + 1, len(blocks)) if blocks[one].style == "note"]
            for note in following[: text.count(NOTE)]:
                piece = self.original.reference(notes.get(note))
                inline = f"^[{_note(blocks, note)}]" if piece is None else (
                    f"{marks.mark(marks.OPEN, piece)}\ue0fe{marks.mark(marks.CLOSE, piece)}")  # fmt: skip
                within = rf"{marks.OPEN}[^\ue0ff]*\ue0ff{NOTE}[^\ue0ff]*\ue0ff{marks.CLOSE}[^\ue0ff]*\ue0ff"
                mark_of_it = re.search(rf"{within}|{NOTE}[^\ue0ff]*\ue0ff", text)
                if mark_of_it:
                    text = text[: mark_of_it.start()] + inline + text[mark_of_it.end() :]
            text = text if block.kind == "CodeBlock" else _TYPED.sub(self._cited, text)
            out.append(tokens(text, self.original.pieces))
        return out

    def _cited(self, found: re.Match[str]) -> str:
        """A citation that was typed, where there is what it cites; else its sign is one of text."""
        if found["key"]:
            return f"@{found['key']}" if found["key"] in self.known else f"\\@{found['key']}"
        within = found["within"].replace("\\@", "@")
        cited = re.findall(r"(?<!\w)@([\w:.-]*\w)", within)
        unknown = [key for key in cited if key not in self.known]
        for key in unknown:
            line = f"the text cites @{key}, which is no source of this paper: add it to the bibliography"
            self.answer.refuse(0, line)
        if cited and not unknown:
            return f"[{within}]"
        return re.sub(r"(?<![\w\\])@", r"\\@", found[0])

    def _recovered(self) -> list[list[Token]]:
        """The tokens of what came back, its notes as they were sent, with the pieces that were lost."""
        base, pairs = self.original.blocks, self.pairs
        notes = {nth: base[of].chunk for nth, of in pairs.items() if base[of].style == "note"}
        citations = [token for found in self.of_base for token in found if self._is_citation(token)]
        out = []
        for nth, found in enumerate(self._tokens(self.now, notes)):
            found = mended(found, self.said)
            was = self.of_base[pairs[nth]] if nth in pairs else []
            found = recovered(was, found, self.lost) if was else self._found_again(found)
            out.append(cited_again(was, found, citations))
        return out

    def _is_citation(self, token: Token) -> bool:
        """Whether it cites a source with its year, which other words are not."""
        return token.piece is not None and self.original.pieces[token.piece].kind == marks.CITATION and (
            re.search(r"\d{4}", token.said) is not None)  # fmt: skip

    def _found_again(self, found: list[Token]) -> list[Token]:
        """A new block with the pieces of those that are gone, else with those of the one that it is a copy of."""
        found = recovered([token for of in self.gone for token in self.of_base[of]], found, self.lost)
        words = [key for token in found for key in spoken(token, ())]
        copied = next((one for one in self.of_base if likeness(_flat(one), words) > _COPY), [])
        return recovered(copied, found, pieces_in([copied]) - pieces_in([found]))


def _note(blocks: Sequence[Block], nth: int) -> str:
    """The text of a note, with that of its further paragraphs."""
    further = takewhile(lambda block: block.style == NOTES[1], blocks[nth + 1 :])
    return " ".join(block.text for block in (blocks[nth], *further))


def _labelled(block: Block, labels: Collection[str]) -> Block:
    """A caption with its label where that has lost its look and stands in its words."""
    for label in labels if block.style in CAPTIONS and not block.label else ():
        if found := re.match(re.escape(f"{label} ").replace(r"\ ", r"\s+"), block.text):
            return replace(block, label=label, text=block.text[found.end() :])
    return block


def _identities(
    blocks: Sequence[Block], of: Sequence[Sequence[Token]], lost: Collection[int] = ()
) -> list[list[Any]]:
    """What each block is paired by: its words, or where it has none its style."""
    said = ([key for token in found if not is_comment(token) for key in spoken(token, lost)] for found in of)
    return [words or [("empty", block.style)] for block, words in zip(blocks, said, strict=True)]


def _of_one_kind(base: Sequence[Block], now: Sequence[Block], pairs: dict[int, int]) -> None:
    """Pair titles, captions and tables that were written anew: they are beside a block that they were beside."""
    for nth, block in enumerate(now):
        if nth not in pairs and nth + 1 in pairs and _made_two(base[pairs[nth + 1]], block, now[nth + 1]):
            pairs[nth] = pairs.pop(nth + 1)  # what was made two, of which the rest is more like it
        for of in (pairs.get(nth - 1, -2) + 1, pairs.get(nth + 1, 0) - 1):
            free = nth not in pairs and 0 <= of < len(base) and of not in pairs.values()
            if free and (block.style in _ONE_EACH or block.kind == "Table") and (
                (block.style, block.kind) == (base[of].style, base[of].kind)
            ):  # fmt: skip
                pairs[nth] = of


def _made_two(base: Block, first: Block, rest: Block) -> bool:
    """Whether a title, caption or heading was made two; a heading of other words may be a new one."""
    if first.kind == rest.kind == base.kind == "Header":
        return _words(base.text) == [*_words(first.text), *_words(rest.text)]
    alike = base.style in _SPLIT and first.style == base.style and rest.style in (base.style, "callout")
    return alike and rest.text != base.text


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text))


def _flat(found: Sequence[Token]) -> list[Any]:
    """All words of a block, those of its pieces too."""
    return [key for token in found for key in spoken(token, pieces_in([found]))]


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
