"""Soft hyphens of a typst source: those that no line ends with are taken out again, as the PDF's text would have them.

Fewer places to break at, those that were used among them, leave every line as it was.
"""

import re

from recomputed.guards.pdf_text import read_pdf

SOFT = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:\u00ad[^\W\d_]+)+")
_JOINT = r"(\u00ad+\s*|-\s*)"  # in the PDF: one soft hyphen alone where the line goes on
_NEAR = 4000  # characters to the next word, a table at the top of a page between


def used(source: str, pdf: bytes) -> str:
    """`source` with the soft hyphens alone that end a line in the `pdf` made from it."""
    text, at = "".join(read_pdf(pdf)), 0

    def kept(match: re.Match[str]) -> str:
        nonlocal at
        parts = match[0].split(SOFT)
        found = re.compile(_JOINT.join(parts)).search(text, at, at + _NEAR)
        if found is None:
            return "".join(parts)
        at = found.end()
        joints = [SOFT if joint != SOFT else "" for joint in found.groups()]
        return "".join(part + joint for part, joint in zip(parts, [*joints, ""], strict=True))

    return _WORD.sub(kept, source)
