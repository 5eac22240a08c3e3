"""Marked text as tokens: words, spaces, letters, and pieces, which are one token each whatever they say."""

import re
import textwrap
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from recomputed.exchange.marks import CLOSE, COMMENT, MADE, MARK, NOTE, OPEN, PICTURE, SPAN, Piece, number_of
from recomputed.exchange.merge import regions

_IMAGE = r"!\[(?:\\.|[^\]\\])*\]\([^()\s]*\)(?:\{[^{}]*\})?"  # of the manuscript: a picture's mark in a file
_PARTS = re.compile(
    rf"[{OPEN}{CLOSE}{COMMENT}{PICTURE}{NOTE}][^\ue0ff]*\ue0ff|{_IMAGE}|\s+|\w+|\\.|.", re.DOTALL
)


class Token(NamedTuple):
    """What it is compared by, the Markdown that it is, and of a piece what it says."""

    key: Hashable
    text: str
    said: str = ""

    @property
    def piece(self) -> int | None:
        """The piece that it is, if it is a whole one."""
        return self.key[1] if isinstance(self.key, tuple) and self.key[0] == "piece" else None


def tokens(text: str, pieces: Sequence[Piece]) -> list[Token]:
    """The tokens of marked text. A piece that says nothing any more is none, nor is a span with one end."""
    return [token for token in _balanced(list(_read(text, pieces))) if token is not None]


def _read(text: str, pieces: Sequence[Piece]) -> Iterator[Token]:
    at = 0
    while at < len(text):
        found = _PARTS.match(text, at)
        assert found is not None
        at = found.end()
        marked = MARK.fullmatch(found[0])
        if marked is None:
            yield Token(found[0].strip(" \t\n") or " ", found[0])  # but for spaces that do not break
            continue
        kind, nth = marked[1], number_of(marked)
        if kind not in (OPEN, CLOSE):
            yield Token((kind, nth), found[0])
        elif pieces[nth].kind == SPAN:
            yield Token((kind, nth), pieces[nth].source if kind == OPEN else pieces[nth].closing)
        elif kind == OPEN:
            closing = text.find(CLOSE + found[0][1:], at)
            within = text[at:closing] if closing >= 0 else ""
            at = closing + len(found[0]) if closing >= 0 else at
            said = plain(within)
            outside = "".join(one[0] for one in MARK.finditer(within) if one[1] == COMMENT)
            if said or NOTE in within:
                yield Token(("piece", nth), pieces[nth].source or _made(pieces, nth) or said, said)
            for one in MARK.finditer(outside):
                yield Token((COMMENT, number_of(one)), one[0])


def _made(pieces: Sequence[Piece], nth: int) -> str:
    """What a number that code printed is in the text."""
    if pieces[nth].kind != MADE:
        return ""
    return next((one.source for one in pieces if one.source and one.name == pieces[nth].name), "")


def _balanced(found: list[Token]) -> list[Token | None]:
    """Spans have both ends, in order, and something within."""
    out: list[Token | None] = list(found)
    opened: list[int] = []
    for at, token in enumerate(found):
        if not isinstance(token.key, tuple):
            continue
        if token.key[0] == OPEN:
            opened.append(at)
        elif token.key[0] == CLOSE:
            start = next((one for one in reversed(opened) if found[one].key == (OPEN, *token.key[1:])), None)
            if start is None:
                out[at] = None
                continue
            for lost in opened[opened.index(start) + 1 :]:
                out[lost] = None
            del opened[opened.index(start) :]
            if not "".join(one.text for one in out[start + 1 : at] if one).strip():
                out[start] = out[at] = None
    for lost in opened:
        out[lost] = None
    return out


def mended(found: Sequence[Token], said: Mapping[int, str]) -> list[Token]:
    """Tokens with each piece whole whose end stands right behind it: beside a comment LibreOffice shifts bookmarks."""
    out: list[Token] = []
    over = ""  # what the piece before lacks
    for at, token in enumerate(found):
        if over and token.piece is None and token.text and isinstance(token.key, str):
            if over.startswith(token.text):
                over = over[len(token.text) :]
                continue
            if token.text.startswith(over):
                token = Token(token.text[len(over) :], token.text[len(over) :])
        over = "" if isinstance(token.key, str) else over
        whole = said.get(token.piece, "") if token.piece is not None else ""
        if whole.startswith(token.said) and whole != token.said and token.said:
            over = _behind(found, at + 1, whole[len(token.said) :])
            token = token._replace(said=whole) if over else token
        out.append(token)
    return out


def _behind(found: Sequence[Token], at: int, over: str) -> str:
    """What is `over`, if the words from a token on begin with it."""
    text = "".join(one.text for one in found[at : at + len(over) + 1] if isinstance(one.key, str))
    return over if text.startswith(over) else ""


def plain(text: str) -> str:
    """The words of marked Markdown."""
    return " ".join(re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*]", "", MARK.sub("", text))).split())


def quoted(text: str) -> str:
    """The words of marked Markdown as a message quotes them, the first of many."""
    return textwrap.shorten(plain(text), 64, placeholder=" …")


def written(found: Sequence[Token]) -> str:
    """The Markdown of tokens."""
    return "".join(token.text for token in found)


def said_by(found: Sequence[Token]) -> str:
    """What tokens say, as text."""
    return "".join("a picture" if is_picture(token) else token.said or token.text for token in found)


def comments_of(found: Sequence[Token]) -> Iterator[int]:
    """The comments that stand among tokens."""
    yield from (token.key[1] for token in found if isinstance(token.key, tuple) and is_comment(token))


def is_comment(token: Token) -> bool:
    """Whether it is the mark of a comment."""
    return isinstance(token.key, tuple) and token.key[0] == COMMENT


def is_picture(token: Token) -> bool:
    """Whether it is the mark of a picture."""
    return isinstance(token.key, tuple) and token.key[0] == PICTURE


def stripped(found: Sequence[Token]) -> list[Token]:
    """Tokens without the spaces around them."""
    words = [nth for nth, token in enumerate(found) if token.key != " "]
    return list(found[words[0] : words[-1] + 1]) if words else []


def keys(found: Sequence[Token]) -> list[Hashable]:
    """What tokens are compared by."""
    return [token.key for token in found]


def carried(base: Sequence[Token], source: Sequence[Token], edited: Sequence[Token]) -> list[Token]:
    """The `source` with what `edited` has otherwise than `base`; all that is unchanged stays as it is there."""
    out: list[Token] = []
    for region in regions(keys(base), keys(source), keys(edited)):
        own, other = source[slice(*region.one)], edited[slice(*region.other)]
        pictures = any(is_picture(token) for token in other)  # which are told, and take the place of none
        if region.kind == "conflict" and (pictures or region.base[0] == region.base[1]):
            out += [*own, *other]
        else:
            out += other if region.kind in ("other", "conflict") else own
    return out


def comments_as_text(text: str, told: Mapping[int, str]) -> str:
    """Text with each mark of a comment as the comment, apart from the words beside it."""

    def comment(found: re.Match[str]) -> str:
        said = told.get(int(number_of(found)), "")
        if not said:
            return ""
        behind = text[found.end() : found.end() + 1]
        return f"{' ' if found.start() else ''}{said}{' ' if not found.start() and behind.strip() else ''}"

    return re.sub(f" ?({COMMENT})([^\ue0ff]*)\ue0ff", comment, text)
