"""Pieces whose controls a program lost, found again by what they said and by the words beside them."""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from recomputed.exchange.marks import CLOSE, MARK, OPEN, mark, number_of
from recomputed.exchange.tokens import Token, plain, tokens

_CUT = re.compile(
    rf"(?:\w{OPEN}|\d[.,]{OPEN}(?=[^\ue0ff]*\ue0ff\d))[^\ue0ff]*\ue0ff(?=\w)"
    rf"|\w{CLOSE}[^\ue0ff]*\ue0ff(?=\w)|\d{CLOSE}[^\ue0ff]*\ue0ff(?=[.,–]\d|%)"
)


def pieces_in(found: Collection[Sequence[Token]]) -> set[int]:
    """The pieces, spans too, that blocks have."""
    keys = (token.key for one in found for token in one if isinstance(token.key, tuple))
    return {nth for kind, nth in keys if kind in ("piece", OPEN)}


def cut_in(text: str) -> set[int]:
    """The pieces of marked text that have an end within a word or a figure."""
    return {number_of(one) for found in _CUT.finditer(text) if (one := MARK.search(found[0]))}


def undamaged(text: str, whole: Collection[int], said: Mapping[int, str]) -> str:
    """Marked text without the marks that some programs leave around a part of what was typed over: those that cut a
    word, but for the pieces that do in the `whole` text, and for what is `said` as it was.
    """
    for nth in cut_in(text).difference(whole):
        opens, closes = mark(OPEN, nth), mark(CLOSE, nth)
        if plain(text.partition(opens)[2].partition(closes)[0]) != said.get(nth):
            text = text.replace(opens, "").replace(closes, "")
    return text


def spoken(token: Token, lost: Collection[int | None]) -> list[Hashable]:
    """What a token is compared by: a piece that lost its control by its words, a span by nothing."""
    if token.piece in lost:
        return [_key(one) for one in tokens(token.said, ())]
    if isinstance(token.key, tuple) and token.key[0] in (OPEN, CLOSE) and token.key[1] in lost:
        return []
    return [_key(token)]


def recovered(base: Sequence[Token], now: Sequence[Token], lost: Collection[int]) -> list[Token]:
    """`now` with those of the `lost` pieces whose words stand where they stood in `base`, and with lost spans around
    what is left of theirs.
    """
    if pieces_in([base]).isdisjoint(lost):
        return list(now)
    return _Recovery(base, now, lost).tokens()


def cited_again(base: Sequence[Token], now: Sequence[Token], citations: Collection[Token]) -> list[Token]:
    """`now` with a citation wherever its words stand and did not in `base`: a copy that lost its control."""
    found, there = list(now), list(map(_key, base))
    for citation in citations:
        words = spoken(citation, {citation.piece})
        while not _in(there, words) and (at := _in(list(map(_key, found)), words)):
            found[at.start : at.stop] = [citation]
    return found


def _in(keys: Sequence[Hashable], words: Sequence[Hashable]) -> range | None:
    """Where the words stand in a row."""
    starts = (at for at, key in enumerate(keys) if key == words[0] and keys[at : at + len(words)] == words)
    first = next(starts, None)
    return None if first is None else range(first, first + len(words))


def _key(token: Token) -> Hashable:
    if isinstance(token.key, str) and token.key.isspace():
        return " "
    escaped = isinstance(token.key, str) and len(token.key) == 2 and token.key[0] == "\\"
    return token.key[1:] if escaped else token.key  # type: ignore[index]


class _Recovery:
    def __init__(self, base: Sequence[Token], now: Sequence[Token], lost: Collection[int]) -> None:
        self.base, self.now, self.lost = base, now, lost
        said = [spoken(token, lost) for token in base]
        starts = [sum(map(len, said[:nth])) for nth in range(len(base) + 1)]
        self.places = [range(*pair) for pair in pairwise(starts)]
        self.match: dict[int, int] = {}
        flat = [key for one in said for key in one]
        for one in SequenceMatcher(None, flat, list(map(_key, now)), False).get_matching_blocks():
            self.match.update({one.a + step: one.b + step for step in range(one.size)})

    def tokens(self) -> list[Token]:
        out = [[token] for token in self.now]
        before: list[list[Token]] = [[] for _ in range(len(self.now) + 1)]
        for nth, token in enumerate(self.base):
            if token.piece in self.lost and (there := self._there(nth)):
                for at in there:
                    out[at] = []
                out[there[0]] = [token]
        for nth, at in sorted(self._ends()):
            before[at].append(self.base[nth])
        return [token for ahead, own in zip(before, [*out, []], strict=True) for token in (*ahead, *own)]

    def _there(self, nth: int) -> range | None:
        """Where the words of a piece stand, all of them, and as no part of a longer figure."""
        place = self.places[nth]
        found = [self.match[at] for at in place if at in self.match]
        if not place or len(found) < len(place):
            return None
        there = self._with_emphasis(range(found[0], found[-1] + 1))
        if any(self.now[at].key != "*" for at in there if at not in found):
            return None
        ahead = "".join(token.text for token in self.now[max(0, there.start - 2) : there.start])
        behind = "".join(token.text for token in self.now[there.stop : there.stop + 2])
        apart = (
            self.match.get(place.start - 1) == there.start - 1 or not re.search(r"\d[.,–-]?$", ahead),
            self.match.get(place.stop) == there.stop or not re.match(r"[.,–-]?\d|\s?%", behind),
        )
        return there if all(apart) else None

    def _with_emphasis(self, there: range) -> range:
        """A range with the star that opens or closes the emphasis of some of its words, as of a citation's."""
        if sum(self.now[at].key == "*" for at in there) % 2 == 0:
            return there
        if there.stop < len(self.now) and self.now[there.stop].key == "*":
            return range(there.start, there.stop + 1)
        return range(max(0, there.start - 1), there.stop)

    def _ends(self) -> Iterator[tuple[int, int]]:
        """The ends of lost spans of which words are left: each a token of the base, and what it stands before."""
        opened: list[int] = []
        for nth, token in enumerate(self.base):
            if not isinstance(token.key, tuple) or token.key[-1] not in self.lost:
                continue
            if token.key[0] == OPEN:
                opened.append(nth)
            elif token.key[0] == CLOSE and opened:
                start = opened.pop()
                within = range(self.places[start].stop, self.places[nth].start)
                words = [at for at in within if at in self.match and self._is_word(self.match[at])]
                if words:
                    yield start, self._first(within, words)
                    yield nth, self._last(within, words) + 1

    def _is_word(self, at: int) -> bool:
        key = self.now[at].key
        return not isinstance(key, str) or key.isalnum()

    def _first(self, within: range, words: Sequence[int]) -> int:
        """Where a span begins: at its first word; where that was rewritten, behind the word before the span."""
        ahead = [at for at in range(within.start) if at in self.match]
        if words[0] == within.start or not ahead:
            return self.match[words[0]]
        at = self.match[ahead[-1]] + 1
        return at + (self.now[at].key == " ")

    def _last(self, within: range, words: Sequence[int]) -> int:
        """Where a span ends: at its last word; where that was rewritten, before what follows the span."""
        behind = [at for at in range(within.stop, self.places[-1].stop) if at in self.match]
        if words[-1] == within.stop - 1 or not behind:
            return self.match[words[-1]]
        at = self.match[behind[0]] - 1
        return at - (self.now[at].key == " ")
