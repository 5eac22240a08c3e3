"""Marks in a text that Markdown, pandoc and Word carry along unread, and the manuscript with such marks in it.

A mark is a letter of the private-use area that says of what kind it is, a number in letters of that area, and an end.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from recomputed.faults import Fault, InputError
from recomputed.judgement import Executed
from recomputed.manuscript.source import EXPRESSIONS, LINE
from recomputed.manuscript.weave import weave

OPEN, CLOSE, BLOCK, STYLE, COMMENT, PICTURE, NOTE, ITEM, NUMBERED, BREAK = (
    chr(0xE000 + nth) for nth in range(10)
)
_ZERO, _END = 0xE100, "\ue0ff"
LETTERS = re.compile("[\ue000-\ue1ff]")
"""Those that marks are made of: no text has them."""
MARK = re.compile(f"([{OPEN}-{BREAK}])([{chr(_ZERO)}-{chr(_ZERO + 9)}]+){_END}")

#: Kinds of piece. A number, another inline value, a citation or reference, a formula and a note's mark are whole;
#: a span, or a link within the paper, is what stands around other text.
NUMBER, VALUE, CITATION, FORMULA, FOOTNOTE, SPAN, MADE, LABEL = (
    "number", "value", "citation", "formula", "note", "span", "made", "label",
)  # fmt: skip

_PIECES = re.compile(
    r"""(?P<skip> <!--.*?--> | (?P<ticks>(?<!`)`+(?!`))(?!\{python\}).+?(?<!`)(?P=ticks)(?!`) | \\. )
    | (?P<value> (?<!`)`\{python\}[ \t](?P<code>[^`]+)` )
    | (?P<formula> \$\$.+?\$\$(?:\s*\{\#eq-[^}]+\})? | \$(?=\S)[^$\n]*?(?<=\S)\$(?!\d) )
    | (?P<note> \[\^[^\]\s]+\](?!:) )
    | (?P<citation> \[[^\[\]]*(?<![\w\\])@\w[^\[\]]*\](?![({])
        | (?<![\w@])-?@\w(?:[\w:.\#$%&+?<>~/-]*\w)?(?:[ ]\[[^\[\]@]*\](?![({]))? )
    | (?P<open> !?\[ ) | (?P<close> \](?P<rest>\{[^{}]*\} | \([^()\s]*(?:\s"[^"]*")?\) )? )""",
    re.VERBOSE | re.DOTALL,
)
_BEGINS = re.compile(r"[ \t]*(?:(?:[-*+>]|\d+[.)]|#+|\(@\w*\)|\[\^[^\]\s]+\]:|:)[ \t]+|!\[|\|[ \t]*)*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d+[.)]|\(@\w*\))[ \t]+\S")
_PRINTED = re.compile(r'\[((?:\\.|[^\]\\])*)\](\{\.num data-number="([^"]*)"\})')
_FENCE = re.compile(r"[ \t]*:{3,}")
_CODE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_RAW = re.compile(r"[ \t]*[`~]{3,}[ \t]*\{[=\w]")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}[ \t]*$")


def mark(kind: str, nth: int) -> str:
    """The mark of a kind with a number."""
    return kind + "".join(chr(_ZERO + int(digit)) for digit in str(nth)) + _END


def number_of(found: re.Match[str]) -> int:
    """The number that MARK found."""
    return int("".join(str(ord(letter) - _ZERO) for letter in found[2]))


@dataclass(frozen=True, slots=True)
class Piece:
    """What a content control stands for: its Markdown (of a span what opens and what closes it), the name by which it
    is told, and its row in the manuscript.
    """

    kind: str
    source: str
    closing: str
    name: str
    row: int


@dataclass(frozen=True, slots=True)
class Chunk:
    """A paragraph, heading, item, table, caption or block of code of the manuscript, from `start` to `end`: `marked` is
    its text with marks around its pieces, of `code` that between its fences. `made` is a code cell, which has no
    text of its own.
    """

    start: int
    end: int
    row: int
    marked: str
    made: bool = False
    code: bool = False


@dataclass(slots=True)
class Marked:
    """The woven manuscript with marks in it, and what they stand for."""

    markdown: str
    chunks: list[Chunk]
    pieces: list[Piece]


def marked(executed: Executed, text: str) -> Marked:
    """The manuscript `text`, executed, with a mark at each block and around each piece."""
    if found := LETTERS.search(text):
        row = text.count("\n", 0, found.start()) + 1
        raise InputError(Fault(executed.manuscript.name, "no private-use letter", ascii(found[0]), row))
    notebook = deepcopy(executed.notebook)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    out = Marked("", [], [])
    for cell in notebook.cells:
        first = cell.metadata[LINE]
        if cell.cell_type == "markdown":
            ids = dict(_numbers(cell))
            cell.source = _marked_cell(cell.source, starts[first - 1], first, ids, out)
        elif cell.cell_type == "code":
            fence = cell.metadata["fence"]
            end = text.index("```", starts[first + cell.source.count("\n")])
            end = (text + "\n").index("\n", end)
            out.chunks.append(Chunk(starts[fence - 1], end, fence, "", made=True))
            _mark_outputs(cell, out, fence)
    out.markdown = weave(executed.manuscript, notebook).markdown
    return out


def _numbers(cell: Any) -> Iterator[tuple[str, str]]:
    """The number's id that each inline expression of a cell prints, if it prints one."""
    for one in cell.metadata.get(EXPRESSIONS, []):
        found = _PRINTED.fullmatch(str(one["result"].get("data", {}).get("text/markdown", "")))
        if found:
            yield one["expression"], found[3]


def _mark_outputs(cell: Any, out: Marked, row: int) -> None:
    """A paragraph that is a mark before what a cell prints, and marks around the numbers in it."""

    def around(found: re.Match[str]) -> str:
        out.pieces.append(Piece(MADE, "", "", found[3], row))
        nth = len(out.pieces) - 1
        return f"[{mark(OPEN, nth)}{found[1]}{mark(CLOSE, nth)}]{found[2]}"

    first = f"{mark(BLOCK, len(out.chunks) - 1)}\n\n"
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            text = str(output.text)
            output.text = first + (text if "```" in text else _PRINTED.sub(around, text))
            first = ""


def _marked_cell(source: str, offset: int, row: int, ids: dict[str, str], out: Marked) -> str:
    done, text = 0, ""
    for start, end, code in _chunks(source):
        begin = None if code else _BEGINS.match(source, start)
        within = min(begin.end() if begin else start, end)
        at = row + source.count("\n", 0, start)
        own = source[start:end]
        if own.startswith("![") and not code:
            end = _matching(source, start + 1, end)
            start = within
        elif _ITEM.match(own) or own.startswith((": ", "[^")) or own[:1] in " \t":
            start = within  # without its bullet or label
        own = source[start:end]
        whole = own if code else _marked_pieces(own, at, ids, out)
        bare = _without_brackets(whole, out.pieces)
        out.chunks.append(Chunk(offset + start, offset + end, at, bare, code=code))
        head = whole[: within - start]
        text += source[done:start] + head + mark(BLOCK, len(out.chunks) - 1) + whole[len(head) :]
        done = end
    return text + source[done:]


def _without_brackets(text: str, pieces: list[Piece]) -> str:
    """A marked chunk in which the marks of a span stand for its brackets and attributes."""
    for nth in {number_of(found) for found in MARK.finditer(text)}:
        if pieces[nth].kind == SPAN:
            text = text.replace(f"[{mark(OPEN, nth)}", mark(OPEN, nth))
            text = text.replace(f"{mark(CLOSE, nth)}{pieces[nth].closing}", mark(CLOSE, nth))
    return text


def _matching(source: str, opening: int, end: int) -> int:
    depth = 0
    for at in range(opening, end):
        depth += {"[": 1, "]": -1}.get(source[at], 0)
        if depth == 0:
            return at
    return end


def _chunks(source: str) -> Iterator[tuple[int, int, bool]]:
    """Where each block of Markdown begins and ends, and whether it is code; a heading without its attributes, code
    without its fences; fences of divs apart.
    """
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    at = 0
    while at < len(lines):
        line, first = lines[at], at
        at += 1
        if not line.strip() or _FENCE.match(line):
            continue
        if code := _CODE.match(line):
            while at < len(lines) and not lines[at].strip().startswith(code[1]):
                at += 1
            if not _RAW.match(line) and "".join(lines[first + 1 : at]).strip():
                yield starts[first + 1], starts[at] - 1, True
            at += 1
            continue
        in_list = line[:1] in " \t" or _ITEM.match(line) is not None
        while at < len(lines) and line[:1] != "#" and not _ends(lines[at], in_list, line[:1] == "|"):
            at += 1
        end = starts[at] - 1
        attributes = _ATTRIBUTES.search(line) if re.match("#+ |: ", line) else None
        yield starts[first], end - (len(attributes[0]) if attributes else 0), False


def _ends(line: str, in_list: bool, table: bool) -> bool:
    """Whether a block is over before this line."""
    over = not line.strip() or _FENCE.match(line) or _CODE.match(line)
    return bool(over or (in_list and _ITEM.match(line)) or (table and line[:1] == ":"))


def _marked_pieces(source: str, row: int, ids: dict[str, str], out: Marked) -> str:
    """A chunk's text with a mark before and behind each piece."""
    marks: list[tuple[int, bool, int, str]] = []  # where, and in which order there
    opened: list[tuple[int, int]] = []

    def put(kind: str, start: int, end: int, closing: str = "", name: str = "") -> None:
        at = row + source.count("\n", 0, start)
        nth = len(out.pieces)
        text = source[start:end] if kind != SPAN else "["
        out.pieces.append(Piece(kind, text, closing, name or text, at))
        marks.extend([(start, True, -nth, mark(OPEN, nth)), (end, False, nth, mark(CLOSE, nth))])

    for found in _PIECES.finditer(source):
        kind = found.lastgroup if found.lastgroup not in ("code", "ticks", "rest") else None
        kind = kind or ("value" if found["value"] else "skip" if found["skip"] else "close")
        if kind == "value":
            id_ = ids.get(found["code"])
            put(NUMBER if id_ else VALUE, *found.span(), name=id_ or found[0])
        elif kind in (CITATION, FORMULA, FOOTNOTE):
            put(kind, *found.span())
        elif kind == "open":
            opened.append((found.end(), found.end() - found.start()))
        elif kind == "close" and opened:
            start, length = opened.pop()
            rest = found["rest"] or ""
            if length == 1 and (rest.startswith(("{", "(#"))):
                claim = re.search('data-claim="([^"]+)"', rest)
                put(SPAN, start, found.start(), found[0], claim[1] if claim else rest)
    text = source
    for at, _, _, letters in sorted(marks, reverse=True):
        text = text[:at] + letters + text[at:]
    return text
