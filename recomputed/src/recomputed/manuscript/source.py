"""`paper.qmd` as a notebook: the cells that Quarto's Jupyter engine would make of it, each with its line.

The rules are those of Quarto's `quartoMdToJupyter` (src/core/jupyter/jupyter.ts). Three things differ, on
purpose: the front matter is always a cell of its own; a code cell keeps its `#|` lines where they are, so
that a line of the cell stays a line of the manuscript; and what Quarto would silently leave as literal text
is a fault here.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from recomputed.faults import Fault, InputError
from recomputed.text_files import read_text
from recomputed.yaml_text import YAML_MARK, inline_in_yaml, read_front_matter, read_yaml

if TYPE_CHECKING:  # slow to import, and cells import this
    from nbformat import NotebookNode

LINE = "line"  # the cell metadata's key for its first line in the manuscript, from 1
EXPRESSIONS = "user_expressions"  # that for the results of its inline expressions
INLINE = re.compile(r"(?<!`)`{python}[ \t]([^`]+)`")

_CELL_START = re.compile(r"^(\s*)(```+)\s*\{python([ ,].*)?\}\s*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})(.*)$")
_OPTION = re.compile(r"^#\s*\| ?")
_INCLUDE = re.compile(r"\{\{<\s*include\b")

_COMMENT_OR_CODE = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|(`+)[^`].*?(?<!`)\2(?!`)|<!--.*?-->", re.DOTALL | re.MULTILINE
)
_TOKEN = re.compile(r"xqz(\d+)zqx")
#: Markdown in which inline code may stand where nothing evaluates it; only then pandoc is asked.
_DOUBTFUL = re.compile(
    r"""\{[^{}]*xqz\d | \]\([^)]*xqz\d | ^[ ]{0,3}\[[^\]]+\]:.*(?:\n.*)?xqz\d | <[^>]*xqz\d | ^(?:[ ]{4}|\t).*xqz\d
    | ^[ \t>]*(?:```|~~~)[\s\S]*xqz\d | `[^`\n]*xqz\d""",
    re.MULTILINE | re.VERBOSE,
)
_PLACES = {
    "CodeBlock": "a code block", "Code": "code", "RawBlock": "a raw block", "RawInline": "raw text",
    "Link": "a link's address, title or attributes", "Image": "an image's address, title or attributes",
}  # fmt: skip

CellType = Literal["markdown", "code", "raw"]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A manuscript, read: its name in messages, its front matter, and its body as an unexecuted notebook.

    `front_matter` is the text, from the first line on, that `metadata` was read from.
    """

    name: str
    metadata: dict[str, Any]
    notebook: "NotebookNode"
    front_matter: str = ""


def read_manuscript(path: Path) -> Manuscript:
    """The manuscript at `path`; InputError if it is missing, not UTF-8, or not well formed."""
    return parse_manuscript(read_text(path), path.name)


def parse_manuscript(text: str, name: str = "paper.qmd") -> Manuscript:
    """The manuscript that `text` is. InputError carries every fault, each with its line."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front, first = read_front_matter(lines, name)
    parser = _Parser(lines, first, name)
    parser.run()
    faults = [*parser.faults, *_text_faults(parser.cells, name), *_duplicate_labels(parser.cells, name)]
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    import nbformat

    notebook: NotebookNode = nbformat.v4.new_notebook(cells=parser.cells)  # type: ignore[no-untyped-call]
    notebook.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return Manuscript(name, front.value, notebook, "\n".join(lines[:first]))


def cell_options(source: str, name: str = "paper.qmd", first: int = 1) -> tuple[dict[str, Any], int]:
    """The options that a code cell's `#|` lines give, and how many lines they take.

    The cell begins in row `first` of the manuscript `name`. Raises InputError if they are no options in YAML.
    """
    lines = []
    for line in source.split("\n"):
        match = _OPTION.match(line)
        if match is None:
            break
        lines.append(line[match.end() :])
    expected = "cell options in YAML, `#| name: value`"
    options = read_yaml("\n".join(lines), name, first, expected).value or {}
    if not isinstance(options, dict):
        raise InputError(Fault(name, expected, "not `name: value`", first))
    return options, len(lines)


def inline_expressions(source: str) -> Iterator[tuple[str, int]]:
    """Each inline expression of a markdown cell, with its line in the cell, from 0."""
    for match in inline_code(source):
        yield match.group(1), source.count("\n", 0, match.start(1))


def inline_code(source: str) -> Iterator[re.Match[str]]:
    """Where the inline code of a markdown cell stands; comments are left alone."""
    return INLINE.finditer(uncommented(source, " "))


def uncommented(markdown: str, blank: str = "") -> str:
    """`markdown` without its `<!-- -->` comments, `blank` for each of their characters but line ends.

    Code blocks and inline code keep theirs.
    """

    def replace(found: re.Match[str]) -> str:
        if not found[0].startswith("<!--"):
            return found[0]
        return re.sub(r"[^\n]", blank, found[0]) if blank else ""

    return _COMMENT_OR_CODE.sub(replace, markdown) if "<!--" in markdown else markdown


@dataclass(slots=True)
class _Parser:
    """Quarto's line-by-line state machine."""

    lines: list[str]
    first: int
    name: str
    cells: list["NotebookNode"] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    buffer: list[tuple[int, str]] = field(default_factory=list)

    def run(self) -> None:
        in_yaml = in_code = False
        cell: tuple[int, str, re.Pattern[str]] | None = None  # its fence's line, its indent, what ends it
        for index in range(self.first, len(self.lines)):
            line = self.lines[index]
            start = None if cell else _CELL_START.match(line)
            if YAML_MARK.match(line) and not cell and not in_code and self._followed_by_text(index):
                if not in_yaml:
                    self._flush("markdown")
                self.buffer.append((index, line))
                if in_yaml:
                    self._flush("raw")
                in_yaml = not in_yaml
            elif start:
                self._flush("markdown")
                indent, ticks = start.group(1), len(start.group(2))
                cell = (index, indent, re.compile(f"^{indent}`{{{ticks}}}\\s*$"))
            elif cell and cell[2].match(line):
                self._flush("code", fence=cell[0], indent=cell[1])
                cell = None
            else:
                in_code = in_code or (not cell and line.lstrip().startswith("```"))
                self.buffer.append((index, line))
        if cell:
            expected = f"`{self.lines[cell[0]].strip()}` to be closed by the same backticks"
            self.faults.append(
                Fault(self.name, expected, "no such line to the end of the file", row=cell[0] + 1)
            )
        self._flush("markdown")

    def _followed_by_text(self, index: int) -> bool:
        return index + 1 >= len(self.lines) or self.lines[index + 1].strip() != ""

    def _flush(self, kind: CellType, fence: int = 0, indent: str = "") -> None:
        """Make the buffered lines a cell, without the blank lines around them; no cell of blank lines
        alone.
        """
        filled = [i for i, (_, line) in enumerate(self.buffer) if line.strip()]
        if filled:
            kept = self.buffer[filled[0] : filled[-1] + 1]
            source = "\n".join(line.removeprefix(indent) for _, line in kept)
            first = kept[0][0] + 1
            self.cells.append(self._cell(kind, source, first, indent, fence + 1))
        self.buffer.clear()

    def _cell(self, kind: CellType, source: str, first: int, indent: str, fence: int) -> "NotebookNode":
        metadata: dict[str, Any] = {LINE: first}
        identifier = f"cell-{len(self.cells) + 1}"
        if kind == "code":
            metadata["fence"] = fence
            if indent:
                metadata["md-indent"] = indent
            try:
                options, _ = cell_options(source, self.name, first)
            except InputError as error:
                self.faults += error.faults
                options = {}
            if "label" in options:
                identifier = f"cell-{options['label']}"
                metadata["label"] = str(options["label"])
        clean = re.sub(r"[^a-zA-Z0-9_-]", "", identifier)[:64]
        from nbformat import from_dict

        cell: dict[str, Any] = {"id": clean, "cell_type": kind, "metadata": metadata, "source": source}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        return from_dict(cell)  # type: ignore[no-any-return, no-untyped-call]


def _text_faults(cells: list["NotebookNode"], name: str) -> Iterator[Fault]:
    """What Quarto would leave unevaluated or pandoc unclosed, in markdown cells."""
    for cell in cells:
        first = cell.metadata[LINE]
        if cell.cell_type == "raw":
            yield from inline_in_yaml(cell.source, name, first)
        if cell.cell_type == "code":
            options = (line for line in cell.source.split("\n") if _OPTION.match(line))
            yield from inline_in_yaml("\n".join(line.replace("#", " ", 1) for line in options), name, first)
        if cell.cell_type != "markdown":
            continue
        yield from _inline_faults(cell.source, first, name)
        yield from _misplaced_faults(cell.source, first, name)
        opened: tuple[int, str] | None = None
        for index, line in enumerate(cell.source.split("\n")):
            if _INCLUDE.search(line):
                yield Fault(name, "one file: `include` is not supported", line.strip(), row=first + index)
            fence = _FENCE.match(line)
            if fence is None:
                continue
            if opened is None:
                if "`" not in fence.group(2) or fence.group(1)[0] == "~":
                    opened = (index, fence.group(1))
            elif fence.group(1).startswith(opened[1]) and not fence.group(2).strip():
                opened = None
        if opened:
            expected = f"`{opened[1]}` to be closed by the same characters"
            yield Fault(name, expected, "no such line before the next cell", row=first + opened[0])


def _misplaced_faults(source: str, first: int, name: str) -> Iterator[Fault]:
    """Inline code where its value would be no text of the paper: in an attribute, an address, a title, code."""
    found = list(inline_code(source))
    tokens = iter(range(len(found)))
    marked = INLINE.sub(lambda _: f"xqz{next(tokens)}zqx", uncommented(source))
    if not _DOUBTFUL.search(marked):
        return
    import json

    from recomputed.manuscript.markdown import parse

    for nth, kind in sorted(_misplaced(json.loads(parse(marked, warn=False))["blocks"], "")):
        at = found[nth].start()
        expected = f"inline code in the text, not in {kind}, where it is not evaluated"
        column = str(at - source.rfind("\n", 0, at))
        yield Fault(name, expected, found[nth][0], first + source.count("\n", 0, at), column)


def _misplaced(node: Any, kind: str) -> Iterator[tuple[int, str]]:
    """The tokens in a piece of pandoc's tree that stand neither in text nor in a formula, and what they stand in."""
    if isinstance(node, str):
        yield from ((int(token[1]), _PLACES.get(kind, "an attribute")) for token in _TOKEN.finditer(node))
    elif isinstance(node, list):
        for one in node:
            yield from _misplaced(one, kind)
    elif isinstance(node, dict) and node.get("t") not in ("Str", "Math"):
        for one in node.values():
            yield from _misplaced(one, node.get("t", kind))


def _inline_faults(source: str, first: int, name: str) -> Iterator[Fault]:
    source = uncommented(source, " ")
    evaluated = list(inline_expressions(source))
    for expression, offset in evaluated:
        if expression != expression.strip() or "\n" in expression:
            expected = "an inline expression on one line, one space after `{python}` and none at its end"
            yield Fault(name, expected, repr(expression), row=first + offset)
    if source.count("`{python}") > len(evaluated):
        known = Counter(offset for _, offset in evaluated)
        for offset, line in enumerate(source.split("\n")):
            if line.count("`{python}") > known[offset]:
                expected = "`{python} expression` with no backtick right before it, as Quarto reads it"
                yield Fault(name, expected, line.strip(), row=first + offset)


def _duplicate_labels(cells: list["NotebookNode"], name: str) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for cell in cells:
        label = cell.metadata.get("label")
        if label in seen:
            expected = f"a label of its own (`{label}` is the cell's on line {seen[label]})"
            yield Fault(name, expected, f"`{label}` again", row=cell.metadata[LINE])
        elif label:
            seen[label] = cell.metadata[LINE]
