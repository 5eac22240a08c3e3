"""A caption or an alternative text that a code cell holds: the string of the cell that it is, changed."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from recomputed.exchange.align import likeness
from recomputed.exchange.tokens import Token, carried, keys, tokens

_LITERAL = re.compile(r"""([fF]?)(["'])(?!\2\2)[^\n]*\2""")


def in_cell(cell: str, base: Sequence[Token], edited: Sequence[Token]) -> tuple[int, int, str] | None:
    """Where in a cell's code the string of a caption stands, and what it has to be. None where it cannot be told."""
    best: tuple[float, int, int, list[Token], str, str] | None = None
    for start, end, text, pieces in _strings(cell):
        like = _likeness(base, pieces)
        literal = _LITERAL.fullmatch(text)
        if like > 0.5 and literal and (best is None or like > best[0]):
            best = (like, start, end, pieces, literal[1], literal[2])
    if best is None:
        return None
    _, start, end, pieces, prefix, quote = best
    new = carried(base, pieces, edited)
    if any(token.piece is not None for token in new) or _computed(new) != _computed(pieces):
        return None
    text = "".join(_written(token, quote, bool(prefix)) for token in new)
    return start, end, f"{prefix}{quote}{text}{quote}"


def _likeness(base: Sequence[Token], pieces: Sequence[Token]) -> float:
    """How much a string says what `base` does; of one with something computed in it how many of its words are there."""
    said, own = (
        [key for key in keys(one) if isinstance(key, str) and key.isalnum()] for one in (base, pieces)
    )
    if not _computed(pieces):
        return likeness(said, own)
    return sum((Counter(said) & Counter(own)).values()) / len(own) if own else 0.0


def _computed(found: Sequence[Token]) -> list[Token]:
    return [token for token in found if isinstance(token.key, tuple) and token.key[0] == "code"]


def _written(token: Token, quote: str, formatted: bool) -> str:
    if isinstance(token.key, tuple):
        return token.text
    text = token.text.replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", " ")
    return text.replace("{", "{{").replace("}", "}}") if formatted else text


def _strings(cell: str) -> Iterator[tuple[int, int, str, list[Token]]]:
    """Each string of a cell: where it stands, its source, its tokens; what is computed in it is one token."""
    try:
        tree = ast.parse(cell)
    except SyntaxError:
        return
    starts = [0]
    for line in cell.encode().split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    whole = cell.encode()

    def at(row: int | None, column: int | None) -> int:
        return len(whole[: starts[(row or 1) - 1] + (column or 0)].decode())

    inner = {id(one) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for one in ast.walk(node)
             if one is not node}  # fmt: skip
    for node in ast.walk(tree):
        parts = node.values if isinstance(node, ast.JoinedStr) else [node]
        if id(node) in inner or not all(
            isinstance(one, ast.FormattedValue)
            or (isinstance(one, ast.Constant) and isinstance(one.value, str))
            for one in parts
        ):
            continue
        start, end = at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]
        found: list[Token] = []
        for one in parts:
            if isinstance(one, ast.Constant):
                found += tokens(str(one.value), ())
            else:
                code = ast.get_source_segment(cell, one.value) or ""  # type: ignore[attr-defined]
                found.append(Token(("code", code), f"{{{code}}}"))
        yield start, end, cell[start:end], found
