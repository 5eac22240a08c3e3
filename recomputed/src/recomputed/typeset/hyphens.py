"""Soft hyphens of a typst source: those that no line ends with are taken out again, as the PDF's text would have them.

Fewer places to break at, those that were used among them, leave every line as it was.
"""

import re

from recomputed.guards.pdf_text import read_pdf

SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:\u00ad[^\W\d_]+)+")
_JOINT = re.compile(r"\u00ad+\s*|-\s*")  # in the PDF: one soft hyphen alone where the line goes on
_NEAR = 4000  # characters to the next word, a table at the top of a page between


def used(source: str, pdf: bytes) -> str:
    """`source` with the soft hyphens alone that end a line in the `pdf` made from it."""
    (text, ends), at = _with_ends("".join(read_pdf(pdf))), 0

    def kept(match: re.Match[str]) -> str:
        nonlocal at
        found = text.find(match[0], at, at + _NEAR)
        if found < 0:
            return match[0].replace(SOFT, "")
        at = found + len(match[0])
        return "".join(letter for nth, letter in enumerate(match[0]) if letter != SOFT or found + nth in ends)

    return _WORD.sub(kept, source)


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
