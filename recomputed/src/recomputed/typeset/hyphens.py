"""Soft hyphens of a typst source: those that no line ends with are taken out again, as the PDF's text would have them.

Fewer places to break at, those that were used among them, leave all but a few lines as they were. A word is found again
by the words beside it, and not by its turn: tables and notes stand elsewhere in the PDF than in the source.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from recomputed.guards.pdf_text import read_pdf

SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:\u00ad[^\W\d_]+)+")
_JOINT = re.compile(r"\u00ad+\s*|-\s*")  # in the PDF: one soft hyphen alone where the line goes on


def used(source: str, pdf: bytes) -> str:
    """`source` with the soft hyphens alone that end a line in the `pdf` made from it.

    A word that the PDF has nowhere beside either of its neighbours keeps all of its own.
    """
    text, ends = _with_ends("\n".join(read_pdf(pdf)))
    breaks: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for word, places in _beside(text):
        for place in places:
            breaks[place] |= {nth for nth in range(len(word[0])) if word.start() + nth in ends}
    parts, at = [], 0
    for word, places in _beside(source):
        kept = next((breaks[place] for place in places if place in breaks), None)
        parts += [source[at : word.start()], _only(word[0], kept) if kept is not None else word[0]]
        at = word.end()
    return "".join([*parts, source[at:]])


def _beside(text: str) -> Iterator[tuple[re.Match[str], tuple[tuple[str, ...], ...]]]:
    """Each word with soft hyphens, and by what it is known: both neighbours, the one before, the one after."""
    found = list(_WORD.finditer(text))
    words = ["", *(match[0] for match in found), ""]
    for nth, match in enumerate(found):
        before, word, after = words[nth : nth + 3]
        yield match, ((before, word, after), ("before", before, word, ""), ("after", "", word, after))


def _only(word: str, kept: set[int]) -> str:
    return "".join(letter for nth, letter in enumerate(word) if letter != SOFT or nth in kept)


def _with_ends(shown: str) -> tuple[str, set[int]]:
    """The text of a PDF with a soft hyphen for each joint of a word, and where those stand that end a line."""
    parts, ends, length, start = [], set(), 0, 0
    for joint in _JOINT.finditer(shown):
        parts += [shown[start : joint.start()], SOFT]
        length += joint.start() - start + 1
        start = joint.end()
        if joint[0] != SOFT:
            ends.add(length - 1)
    return "".join([*parts, shown[start:]]), ends
