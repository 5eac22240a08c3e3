"""Numbers that a co-author typed or pasted as mere text: they stay words, told with what the paper has alike."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from recomputed.exchange.marks import MADE, NUMBER, VALUE, Piece
from recomputed.exchange.tokens import Token

FIGURE = r"\d+(?:[.,–-]\d+)*(?:\s?%)?"
"""A number in figures, or a range, with its percent sign."""
_NUMBER = re.compile(rf"(?<![\w@.-]){FIGURE}(?!\w)")
_CITED = re.compile(r"\[[^\[\]]*@[^\[\]]*\]|@[\w:.-]*\w|\]\([^)]*\)")
_ESCAPED = re.compile(r"\\(.)")
_APART = "\ue0fe"  # neither a letter nor a figure


def typed_in(
    found: Sequence[Token], base: Sequence[Token], said: Iterable[tuple[Piece, str]]
) -> Iterator[str]:
    """A sentence for each number in the words of a block that those of its `base` have not, or not as often.

    `said` is what each piece of the paper says.
    """
    new = Counter(_numbers(found)) - Counter(_numbers(base))
    for number in new:
        known = dict.fromkeys(
            f"`{piece.name}`"
            for piece, text in said
            if piece.kind in (NUMBER, VALUE, MADE) and _bare(text) == _bare(number)
        )
        same = f"; the paper has it as {', '.join(list(known)[:3])}" if known else ""
        yield f"the co-author typed {number}, which is no control{same}"


def _numbers(found: Sequence[Token]) -> list[str]:
    """The numbers in figures that stand in the words, not those of pieces, citations, links or comments."""
    words = "".join(_APART if isinstance(one.key, tuple) else _ESCAPED.sub(r"\1", one.text) for one in found)
    return _NUMBER.findall(_CITED.sub(_APART, words))


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
