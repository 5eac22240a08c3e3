"""The woven Markdown as pandoc's syntax tree, and the way back from it to the manuscript's line and column.

Pandoc does not say where it read a word. So the author's own text is read once more, with the letters that are
asked for replaced, each by a rare one of its own: where that one comes out is what stood there. This holds in
footnotes, tables, lists and captions alike, wherever they are written.
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple
from unicodedata import east_asian_width

from recomputed.faults import CheckFailed, Fault, InputError, PaperError
from recomputed.guards.passages import PRINTED, Passage, read_text
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import parse, read
from recomputed.manuscript.source import EXPRESSIONS, LINE, inline_code
from recomputed.manuscript.weave import inline_text

_DIGITS, _BEGINNINGS = r"(?<!\d)\d", r"(?<![^\W_])[^\W\d_]"
_WORD = re.compile(r"\w+")
_FEW = 8  # readings for one word each; from then on all words are looked for, in not many more
#: Where a letter more or less would change what pandoc reads: attributes, labels, entities, a list's numbers, keys.
_KEPT = re.compile(
    r"""\{(?:[^{}"']|"[^"]*"|'[^']*')*\} | (?<=\])\[[^\]]+\] | \[\^[^\]]+\] | ^[ ]{0,3}\[[^\]]+\](?=:) | &\#?\w+;
    | ^[ \t>]*(?:[-*+:~][ \t]+)*\(?\w{1,9}[.)](?=\s) | @[\w:.-]+""",
    re.MULTILINE | re.VERBOSE,
)
_AT = r" at line (\d+) column \d+"
_WARNED = re.compile(rf"\[WARNING\] (.*?){_AT}(.*)")


def tree_of(markdown: str) -> dict[str, Any]:
    """The document in pandoc's JSON. Raises CheckFailed with pandoc's own message if it cannot read it, or warns."""
    tree: dict[str, Any] = json.loads(read(markdown))
    return tree


def explained(executed: Executed, error: CheckFailed) -> PaperError:
    """What `tree_of` raised of an execution: if pandoc warns, that is bad input at its lines in the manuscript."""
    warned = [_warning(executed, found) for found in _WARNED.finditer(str(error))]
    return InputError(warned) if warned else error


def _warning(executed: Executed, found: re.Match[str]) -> Fault:
    """What pandoc warns of, at the line that defines it: pandoc gives one on which a block has ended."""
    said, last = found[1] + re.sub(_AT, "", found[3]), min(int(found[2]), len(executed.woven.lines))
    named = re.search(r"'\[?(.+?)\]?'", said)
    name = re.escape(named[1]) if named else ""
    defined = re.compile(rf"\{{[^}}]*#{name}[\s}}]|\[\^?{name}\]:")
    lines = executed.woven.markdown.split("\n")[:last]
    at = next((nth for nth in range(last, 0, -1) if defined.search(lines[nth - 1])), last)
    expected = "Markdown that pandoc reads without a warning"
    return Fault(executed.manuscript.name, expected, said, executed.woven.line(at))


class _Seen(NamedTuple):
    """A passage as it was read with some letters replaced: what it is, and the Markdown's offset behind those."""

    kind: str
    text: str
    offsets: dict[int, int]


class Origin:
    """Where in the manuscript a place of the woven Markdown comes from."""

    def __init__(self, executed: Executed) -> None:
        woven = executed.woven
        self._woven, self._lines = woven.markdown.split("\n"), woven.lines
        self._starts = [0, *accumulate(len(line) + 1 for line in self._woven)][:-1]
        self._cells = executed.notebook.cells
        self._firsts = [cell.metadata.get("fence", cell.metadata[LINE]) for cell in self._cells]
        self._seen: dict[str, list[_Seen]] = {}

    def place(self, passage: Passage, position: int, text: str = "") -> tuple[int, int] | None:
        """The manuscript's line and column, both from 1, of the character at `position` of a passage.

        What a code cell printed has the place of `text` in the cell's source, else of the cell's beginning; None
        for what stands nowhere.
        """
        offset = self._written(passage, position)
        if offset is None:  # what pandoc itself put there has the place of the word before
            found = (passage.offset(at) for at in range(position, -1, -1))
            offset = next((one for one in found if one is not None), None)
        return None if offset is None else self.place_at(offset, text)

    def printed(self, woven_line: int) -> bool:
        """Whether a line of the Markdown, from 0, is what a code cell printed."""
        return bool(self._cell(self._lines[woven_line]).cell_type == "code")

    def place_in(self, woven_line: int, column: int, text: str) -> tuple[int, int]:
        """The manuscript's line and column, both from 1, of a place of the Markdown, both from 0."""
        return self.place_at(self._starts[woven_line] + column, text)

    def place_at(self, offset: int, text: str) -> tuple[int, int]:
        """The manuscript's line and column, both from 1, of an offset in the Markdown."""
        woven_line = bisect_right(self._starts, offset) - 1
        line, column = self._lines[woven_line], offset - self._starts[woven_line]
        cell = self._cell(line)
        if cell.cell_type == "code":
            return _in_source(cell, text) or (line, 1)
        start = sum(len(one) + 1 for one in cell.source.split("\n")[: line - cell.metadata[LINE]])
        results = {one["expression"]: one["result"]["data"] for one in cell.metadata.get(EXPRESSIONS, [])}
        shift = 0  # how much longer the woven line is than the manuscript's, so far
        for match in inline_code(cell.source):
            begin = match.start() - start
            if begin < 0:
                continue
            if column < begin + shift:
                break
            result = inline_text(results[match[1]])
            if column < begin + shift + len(result):
                return line, begin + 1
            shift += len(result) - len(match[0])
        return line, column - shift + 1

    def _cell(self, line: int) -> Any:
        return self._cells[max(0, bisect_right(self._firsts, line) - 1)]

    def _written(self, passage: Passage, position: int) -> int | None:
        """The offset of what the author wrote there; None for what a cell printed, or cannot be told so."""
        near = passage.offset(position)
        if passage.of in PRINTED and near is not None and self.printed(bisect_right(self._starts, near) - 1):
            return None
        start, piece = passage.piece(position)
        word = _WORD.search(piece.text, position - start)
        if word is None:
            return None
        pattern = self._pattern(piece.text, word)
        if pattern not in self._seen:
            self._seen[pattern] = list(self._read_again(pattern))
        at = start + word.start()
        found = [
            one.offsets[at] - (at - position)
            for one in self._seen[pattern]
            if at in one.offsets and (one.kind, one.text) == (passage.kind, passage.text)
        ]
        return min(found, key=lambda offset: abs(offset - (near or 0)), default=None)

    def _pattern(self, text: str, word: re.Match[str]) -> str:
        """What is looked for to find a word of a piece's text: it, or all words once many have been asked for."""
        first = word.start()
        if word[0][0].isdecimal():
            return _DIGITS
        begins = word[0][0].isalpha() and not text[max(0, first - 1) : first].isalnum()
        return _BEGINNINGS if begins and len(self._seen) > _FEW else re.escape(word[0])

    def _read_again(self, pattern: str) -> Iterator[_Seen]:
        """The passages of the author's own text, with the offset of the first letter of each match in them."""
        own = [nth for nth, line in enumerate(self._lines) if self._cell(line).cell_type != "code"]
        text = "\n".join(self._woven[nth] for nth in own)
        offsets = [self._starts[nth] + column for nth in own for column in range(len(self._woven[nth]) + 1)]
        kept = {at for match in _KEPT.finditer(text) for at in range(*match.span())}
        places = [match.start() for match in re.finditer(pattern, text) if match.start() not in kept]
        rare = [letter for letter in _rare_letters() if letter not in text]
        for first in range(0, len(places), len(rare)):
            marks = dict(zip(rare, places[first : first + len(rare)], strict=False))
            for passage in _marked(text, marks):
                yield passage._replace(offsets={nth: offsets[at] for nth, at in passage.offsets.items()})


def _marked(text: str, marks: Mapping[str, int]) -> Iterator[_Seen]:
    """The passages of Markdown in which each of `marks` is put at its place, read, and put back."""
    letters = list(text)
    for mark, at in marks.items():
        letters[at] = mark
    markdown = "".join(letters)
    try:
        passages = read_text(json.loads(parse(markdown)), markdown).passages
    except CheckFailed:  # without what the cells print, a note may be defined nowhere
        return
    back = str.maketrans({mark: text[at] for mark, at in marks.items()})
    for passage in passages:
        found = {nth: marks[letter] for nth, letter in enumerate(passage.text) if letter in marks}
        yield _Seen(passage.kind, passage.text.translate(back), found)


@cache
def _rare_letters() -> str:
    """Letters of scripts that no paper here is in, as narrow as a digit, so that tables keep their columns."""
    scripts = (
        range(0x12000, 0x12400),
        range(0x13000, 0x13430),
        range(0x14400, 0x14647),
        range(0x1400, 0x1680),
    )
    letters = (chr(code) for script in scripts for code in script)
    return "".join(one for one in letters if one.isalpha() and east_asian_width(one) == "N")


def _in_source(cell: Any, text: str) -> tuple[int, int] | None:
    at = cell.source.find(text) if text else -1
    if at < 0:
        return None
    before = cell.source[:at]
    return cell.metadata[LINE] + before.count("\n"), at - before.rfind("\n")
