"""`word back`: what co-authors changed in the Word file, as a change of the manuscript."""

import re
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from lxml import etree

from recomputed.exchange.answer import Answer, Told
from recomputed.exchange.controls import LOCKED, NOT_UNZIPPED, TEXTS, WHY_LOCKED, base_in, parts_of, tagged
from recomputed.exchange.edits import edited
from recomputed.exchange.marks import LETTERS, Chunk, Piece
from recomputed.exchange.merge import Conflict, merged
from recomputed.exchange.original import Original
from recomputed.exchange.out import FORMAT
from recomputed.exchange.pairing import Pairing
from recomputed.exchange.readable import readable
from recomputed.exchange.returned import blocks_in, comments_in, tracked_in
from recomputed.faults import CheckFailed, Fault, InputError

_FEWEST = 0.1  # of the base's runs of words that its paper still has
_BROKEN = (CheckFailed, KeyError, ValueError, TypeError, etree.XMLSyntaxError, *NOT_UNZIPPED)


@dataclass(slots=True)
class Back:
    """What came back: the manuscript with it, what could not be carried over, the numbers that were typed and are no
    controls, the labels that went with what was deleted, the comments, the conflicts.
    """

    text: str
    refused: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    comments: list[Told] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    tracked: int = 0


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
        blocks = blocks_in(base_parts), blocks_in(now)
    except _BROKEN as error:
        raise InputError(Fault(shown, expected, f"one that cannot be read: {error}")) from None
    if _in_common(base["text"], current) < _FEWEST:
        raise InputError(Fault(shown, "a DOCX of this paper", f"one of another paper's {base['manuscript']}"))
    chunks = [Chunk(**one) for one in base["chunks"]]
    answer = Answer(base["manuscript"], comments)
    pairing = Pairing(Original(base["text"], chunks, pieces, blocks[0]), blocks[1], known, answer)
    text, conflicts = merged(base["text"], current, edited(pairing, answer))
    told = sorted(answer.told, key=attrgetter("row"))
    return Back(text, answer.refused, answer.typed, answer.lost, told, conflicts, tracked)


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
