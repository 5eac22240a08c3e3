"""An edited paragraph put into the page at once, before all is typeset again.

It is typeset in a small document, which has of the rest what numbers, links and citations rest on, and beside it what
stood there before: where that is not found once in the page as it comes out, the page is not patched.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain, count, takewhile
from typing import Any

from recomputed.typeset.engines import by_kind

Block = dict[str, Any]

_PROSE = {"Para", "BulletList", "OrderedList", "DefinitionList", "BlockQuote", "LineBlock"}
_COUNTED = ("Note", "Image", "Figure", "Table", "Header")  # what edits elsewhere may number anew
_LABELLED = ("Span", "Div", "Code", "CodeBlock", "Link")
_MARKS = "xqzbeforexqz", "xqzafterxqz", "xqzendxqz"
_NO_ROWS: list[Any] = [["", [], []], []]
_OCCURRENCE = re.compile(r'(id="num-[^"]*-)\d+"')


def difference(before: Sequence[Block], after: Sequence[Block]) -> tuple[int, int, int] | None:
    """Where the blocks differ, `before[at:end]` and `after[at:new_end]`; an insertion takes a neighbour along.

    None where they are the same, or where that is more than prose.
    """
    same = zip(before, after, strict=False)
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], same))
    rest = zip(reversed(before[at:]), reversed(after[at:]), strict=False)
    behind = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    end, new_end = len(before) - behind, len(after) - behind
    if at == end and at and _is_prose(before[at - 1]):
        at -= 1
    elif at == end:
        end, new_end = end + 1, new_end + 1
    prose = end <= len(before) and all(map(_is_prose, (*before[at:end], *after[at:new_end])))
    return (at, end, new_end) if prose and before[at:end] != after[at:new_end] else None


def small(before: Sequence[Block], after: Sequence[Block], at: int, end: int, new_end: int) -> list[Block]:
    """The document with the changed blocks, before and after, between marks."""
    marks = [_paragraph([{"t": "Str", "c": mark}]) for mark in _MARKS]
    changed = [marks[0], *before[at:end], marks[1], *after[at:new_end], marks[2]]
    above, below = after[:at], after[new_end:]
    cited = [cite for block in (*above, *below) for cite in by_kind(block)["Cite"]]
    stubs = (list(chain.from_iterable(map(_stub, blocks))) for blocks in (above, below))
    return [*next(stubs), *changed, *next(stubs), _paragraph(cited)]


def put_in(page: str, typeset: str) -> str | None:
    """`page` with the changed blocks of the small document as that is typeset; None where it does not have them."""
    first, second, third = (f"<p>{mark}</p>" for mark in _MARKS)
    old, _, rest = typeset.partition(first)[2].partition(second)
    new = rest.partition(third)[0].strip()
    parts = _OCCURRENCE.split(old.strip())
    pattern = "".join(re.escape(part) + (r'(\d+)"' if nth % 2 else "") for nth, part in enumerate(parts))
    found = list(re.finditer(pattern, page)) if old.strip() else []
    if len(found) != 1:
        return None
    numbers, unused = defaultdict[str, list[str]](list), count()
    for prefix, number in zip(parts[1::2], found[0].groups(), strict=True):
        numbers[prefix].append(number)

    def occurrence(match: re.Match[str]) -> str:
        there = numbers[match[1]]
        return f'{match[1]}{there.pop(0) if there else f"new{next(unused)}"}"'

    return page[: found[0].start()] + _OCCURRENCE.sub(occurrence, new) + page[found[0].end() :]


def _is_prose(block: Block) -> bool:
    return block["t"] in _PROSE and not _is_counted(by_kind(block))


def _is_counted(inside: Mapping[str, Sequence[Block]]) -> bool:
    formulas = (math["c"][0]["t"] for math in inside.get("Math", ()))
    return "DisplayMath" in formulas or any(kind in inside for kind in _COUNTED)


def _stub(block: Block) -> list[Block]:
    """What is numbered or linked to in a block."""
    kind, inside = block["t"], by_kind(block)
    stub = []
    if kind == "Figure":
        stub = [{"t": kind, "c": [block["c"][0], [None, []], []]}]
    elif kind == "Table":
        stub = [{"t": kind, "c": [block["c"][0], [None, []], block["c"][2], _NO_ROWS, [], _NO_ROWS]}]
    elif _is_counted(inside):
        return [block]
    labels = [one["c"][0][0] for kind in _LABELLED for one in inside[kind]]
    named = [{"t": "Span", "c": [[label, [], []], []]} for label in labels if label]
    return [*stub, _paragraph(named)] if named else stub


def _paragraph(inlines: Sequence[Block]) -> Block:
    return {"t": "Para", "c": list(inlines)}
