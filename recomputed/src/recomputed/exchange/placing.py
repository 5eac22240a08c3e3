"""Where in the manuscript a block goes that was not there: behind what it stands behind, in its list or container."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from recomputed.exchange.original import GIVERS
from recomputed.exchange.pairing import Pairing
from recomputed.exchange.readable import NOTES

_CONTAINED = {"callout": "callout", "callout title": "callout", "abstract": "abstract"}
_FENCE_ENDS = re.compile(r"\s*\n:{3,}[ \t]*(?=\n|$)")


class Place(NamedTuple):
    """A place in the text, `before` or behind what stands there."""

    at: int
    before: bool


class Placing:
    """The places of the blocks of one file that are new or moved."""

    def __init__(self, pairing: Pairing) -> None:
        self.pairing, self.original, self.now = pairing, pairing.original, pairing.now
        self._placed: dict[int, Place] = {}
        self._bullets: dict[int, str] = {}

    def giver(self, nth: int) -> str | None:
        """What gives that among which a block stands, as the front matter a heading, if it is no text."""
        block = self.now[nth]
        if block.style in GIVERS:
            return GIVERS[block.style]
        for before in range(nth - 1, -1, -1):
            of = self.pairing.pairs.get(before)
            if of is None and self.now[before].kind != "Header":
                continue
            if of is None or self.original.chunk(of) is not None:
                return None
            given = self.original.blocks[of]
            if block.style == given.style != "" or "Header" == given.kind != block.kind:
                return self.original.maker(of)
        return None

    def place(self, nth: int) -> Place:
        """Where a block goes: those in a row that are new or moved go to one place, in their order."""
        self._placed[nth] = self._first_of_list(nth) or self._behind(nth)
        return self._placed[nth]

    def row(self, nth: int) -> int:
        """The row of the manuscript at which a block goes."""
        return self.original.text.count("\n", 0, self.place(nth).at) + 1

    def _behind(self, nth: int) -> Place:
        pairs, blocks = self.pairing.pairs, self.original.blocks
        container = _CONTAINED.get(self.now[nth].style)
        for before in range(nth - 1, -1, -1):
            if before in self._placed and _CONTAINED.get(self.now[before].style) == container:
                return self._placed[before]
            of = pairs.get(before)
            if of is None or of not in self.pairing.stay or blocks[of].style in NOTES:
                continue
            if self.original.chunk(of) is None:
                if blocks[of].kind == "Header":
                    break
                if blocks[of].style != "bibliography":
                    continue
            at = self.original.end(of)
            held = _CONTAINED.get(blocks[of].style)
            if held and held != container and (end := _FENCE_ENDS.match(self.original.text, at)):
                at = end.end()
            return Place(at, before=False)
        after = (pairs[one] for one in range(nth + 1, len(self.now)) if one in pairs)
        first = next(
            (one for of in after if of in self.pairing.stay and (one := self.original.chunk(of))), None
        )
        return Place(self.original.whole(first)[0] if first else len(self.original.text), before=True)

    def _first_of_list(self, nth: int) -> Place | None:
        """Before the item behind it, where a list begins with a new one."""
        if not self.now[nth].item or (nth and self.now[nth - 1].item) or nth + 1 == len(self.now):
            return None
        of = self.pairing.pairs.get(nth + 1, -1)
        chunk = self.original.own(of) if of in self.pairing.stay and self.now[nth + 1].item else None
        return Place(self.original.lines(chunk)[0], before=True) if chunk else None

    def bullet(self, nth: int) -> str:
        """What an item begins with, as those of its level in its list do, within the one that it is under."""
        block = self.now[nth]
        if not block.item:
            return ""
        level, default = block.item % 100 // 2, "1. " if block.item % 2 else "- "
        like = next((one for one in self._items(nth, -1) if one[0] <= level), None)
        like = like or next((one for one in self._items(nth, 1) if one[0] == level), (0, "  " * (level - 1)))
        of, theirs = like
        indent = theirs if of == 0 else " " * len(theirs) if of < level else _indent(theirs)
        if block.item >= 100:
            bullet = " " * len(theirs)
        elif of == level and (block.item % 2) == (re.search(r"[\d#@]", theirs) is not None):
            bullet = re.sub(r"\d+", "1", theirs)
        else:
            bullet = indent + default
        self._bullets[nth] = bullet
        return bullet

    def is_item(self, nth: int) -> bool:
        """Whether a block is an item that the manuscript has, which one that code makes is not."""
        pairs = self.pairing.pairs
        written = nth not in pairs or self.original.own(pairs[nth]) is not None
        return 0 <= nth < len(self.now) and self.now[nth].item > 0 and written

    def _items(self, nth: int, step: int) -> Iterator[tuple[int, str]]:
        """The levels of the items before or behind one in its list, and what they begin with."""
        one = nth + step
        while 0 <= one < len(self.now) and self.now[one].item:
            chunk = self.original.own(self.pairing.pairs.get(one, -1))
            begins = self.original.text[self.original.lines(chunk)[0] : chunk.start] if chunk else ""
            begins = self._bullets.get(one, begins)
            if begins.strip():
                yield self.now[one].item % 100 // 2, begins
            one += step


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]
