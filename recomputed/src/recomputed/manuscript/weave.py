"""An executed notebook as Markdown with nothing left to run: what Quarto hands pandoc, and we hand both
engines.

The rules are those of Quarto's `jupyterToMarkdown` (src/core/jupyter/jupyter.ts) with a manuscript
project's defaults, `echo: false` and `warning: false`. One Markdown serves every format, so that a result's
Markdown form is taken before its HTML one. What would need files beside the text, an image as a cell's
result, is refused: a cell writes its figure to `figures/` and prints `![caption](figures/x.svg){#fig-x
fig-alt="…"}` with `output: asis`.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from recomputed.faults import Fault, InputError
from recomputed.manuscript.inline import PRINTED, escape
from recomputed.manuscript.source import EXPRESSIONS, LINE, Manuscript, cell_options, inline_code
from recomputed.streams import ANSI

MANUSCRIPT_DEFAULTS: Mapping[str, Any] = {"include": True, "echo": False, "output": True, "warning": False}

_REFUSED = re.compile(r"(fig|tbl|lst)-(cap|subcap|scap|link|label|column)|layout(-\w+)?|panel|column")
_KNOWN = re.compile(  # Quarto reads these itself; any other option becomes an attribute of the cell
    r"eval|echo|warning|error|output|include|label|id|classes|tags|code-\w+|out-(width|height)"
    r"|fig-(alt|align|pos|env)|((fig|tbl)-)?cap-location"
)


@dataclass(frozen=True, slots=True)
class Woven:
    """Resolved Markdown, without front matter, and for each of its lines the manuscript's line it came
    from.
    """

    markdown: str
    lines: tuple[int, ...]

    def line(self, woven_line: int) -> int:
        """The manuscript's line, from 1, behind line `woven_line`, from 1, of the Markdown."""
        return self.lines[woven_line - 1]


def weave(manuscript: Manuscript, notebook: NotebookNode, defaults: Mapping[str, Any] | None = None) -> Woven:
    """The Markdown of an executed notebook. `defaults` are the document's `execute:` options.

    Raises InputError, with every fault, for what cannot be one Markdown for all formats.
    """
    settings = {**MANUSCRIPT_DEFAULTS, **(defaults or {})}
    pieces: list[tuple[str, int]] = []
    faults: list[Fault] = []
    for cell in notebook.cells:
        try:
            if cell.cell_type == "markdown":
                pieces.extend(_resolve(cell, manuscript.name))
            elif cell.cell_type == "raw":
                pieces.extend(_numbered(cell.source, cell.metadata[LINE]))
            else:
                pieces.extend(_code(cell, settings, manuscript.name))
        except InputError as error:
            faults.extend(error.faults)
        pieces.append(("", pieces[-1][1] if pieces else 1))
    if faults:
        raise InputError(faults)
    text = "\n".join(line for line, _ in pieces)
    return Woven(text, tuple(line for _, line in pieces))


def _numbered(source: str, first: int) -> Iterator[tuple[str, int]]:
    for offset, line in enumerate(source.split("\n")):
        yield line, first + offset


def _resolve(cell: NotebookNode, name: str) -> Iterator[tuple[str, int]]:
    """A markdown cell's lines with its inline results in place."""
    results = {
        answer["expression"]: answer["result"]["data"] for answer in cell.metadata.get(EXPRESSIONS, [])
    }
    done = 0  # of the source
    line, number = "", cell.metadata[LINE]
    for match in inline_code(cell.source):
        *whole, begun = cell.source[done : match.start()].split("\n")
        for one in whole:
            yield line + one, number
            line, number = "", number + 1
        result = results[match[1]]
        text = inline_text(result)
        if not text or is_left_over(result):
            expected = f"`{match[1]}` to give something to print"
            found = text or "an empty text, which Quarto would leave as code"
            column = match.start() - cell.source.rfind("\n", 0, match.start())
            raise InputError(Fault(name, expected, found, number, str(column)))
        line, done = f"{line}{begun}{text}", match.end()
    for one in (line + cell.source[done:]).split("\n"):
        yield one, number
        number += 1


def inline_text(data: Mapping[str, Any]) -> str:
    """An inline result as Markdown: its own Markdown verbatim, its LaTeX as TeX, a string as the text that it is."""
    if "text/markdown" in data:
        return str(data["text/markdown"])
    if "text/latex" in data:
        return f"`{data['text/latex']}`{{=tex}}"
    text = str(data.get("text/plain", ""))
    value = _literal(text)
    return escape(re.sub(r"[ \t\r\n]+", " ", value)) if isinstance(value, str) else text


def is_left_over(data: Mapping[str, Any]) -> bool:
    """Whether an inline result is no text and no number, but what Python prints of something else, as of a failure."""
    if "text/markdown" in data or "text/latex" in data:
        return PRINTED.search(str(data.get("text/markdown", ""))) is not None
    return _literal(str(data.get("text/plain", ""))) is None


def _literal(text: str) -> Any:
    """The text, number or list that Python writes so; None for all else."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _code(cell: NotebookNode, settings: Mapping[str, Any], name: str) -> Iterator[tuple[str, int]]:
    """A code cell's lines: its code if it is echoed, then its outputs."""
    options, taken = cell_options(cell.source)
    line = cell.metadata["fence"]
    _refuse(options, line, name)
    if not options.get("include", settings["include"]):
        return
    output = options.get("output", settings["output"])
    asis = output == "asis"
    shown = [one for one in cell.outputs if _is_shown(one, options, settings)]
    source = cell.source.split("\n")[taken:]
    if not any(source) and not shown:
        return
    parts: list[str] = []
    if options.get("echo", settings["echo"]):
        parts.append(_echo("\n".join(source), options, settings))
    if output:
        parts.extend(_output(one, asis, line, name) for one in shown)
    attributes = _attributes(cell, options)
    text = "".join(parts)
    if text and (attributes or not asis):
        text = (
            f"::: {{{' '.join(sorted([*attributes, '.cell'], key=_order))}}}\n{text.rstrip(chr(10))}\n:::\n"
        )
    indent = cell.metadata.get("md-indent", "")
    for one in text.rstrip("\n").split("\n") if text else ():
        yield indent + one, line


def _refuse(options: Mapping[str, Any], line: int, name: str) -> None:
    faults = [
        Fault(name, "captions and layout in Markdown, not as a cell option", f"`#| {option}`", row=line)
        for option in options
        if _REFUSED.fullmatch(option)
    ]
    if faults:
        raise InputError(faults)


def _is_shown(output: NotebookNode, options: Mapping[str, Any], settings: Mapping[str, Any]) -> bool:
    if output.output_type == "stream" and output.name == "stderr":
        return bool(options.get("warning", settings["warning"]))
    return True


def _attributes(cell: NotebookNode, options: Mapping[str, Any]) -> list[str]:
    """What gives the cell a div around it even when its output is as is: an id, classes, unknown options."""
    classes = options.get("classes", [])
    classes = classes.split() if isinstance(classes, str) else list(classes)
    found = [f".{str(one).lstrip('.')}" for one in classes]
    for option, value in options.items():
        if not _KNOWN.fullmatch(option):
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            found.append("{}='{}'".format(option, text.replace("'", "\\'")))
    label = options.get("label")
    displays = any(one.output_type in ("display_data", "execute_result") for one in cell.outputs)
    if label and ":" not in str(label) and str(label).startswith(("fig-", "tbl-")) and not displays:
        found.append(f"#{label}")
    return found


def _order(attribute: str) -> tuple[int, str]:
    """Identifier, the class `cell`, other classes, then named attributes."""
    rank = {"#": 0, ".": 2}.get(attribute[0], 3)
    return (1 if attribute == ".cell" else rank), attribute


def _echo(source: str, options: Mapping[str, Any], settings: Mapping[str, Any]) -> str:
    fenced = options.get("echo", settings["echo"]) == "fenced"
    ticks = _ticks(source, 4 if fenced else 3)
    if fenced:
        return f"{ticks} {{ .cell-code}}\n```{{{{python}}}}\n{source}\n```\n{ticks}\n"
    return f"{ticks} {{.python .cell-code}}\n{source.strip(chr(10))}\n{ticks}\n"


def _output(output: NotebookNode, asis: bool, line: int, name: str) -> str:
    if output.output_type == "stream":
        text, kind = str(output.text), output.name
        body = text if asis and kind == "stdout" else _verbatim(text)
    elif output.output_type == "error":
        kind = "error"
        trace = "\n".join(output.traceback)
        body = _verbatim(f"{output.ename}: {output.evalue}\n{trace}".rstrip("\n"))
    else:
        body, kind = _display(output.data, line, name)
    if asis:
        return body
    return f"\n::: {{.cell-output .cell-output-{kind}}}\n{body}:::\n"


def _display(data: Mapping[str, Any], line: int, name: str) -> tuple[str, str]:
    """A displayed object's Markdown and its class."""
    if "text/markdown" in data:
        return f"{data['text/markdown']}\n", "display .cell-output-markdown"
    pictures = [kind for kind in data if kind.startswith("image/") or kind == "application/pdf"]
    if pictures:
        expected = "a figure written to `figures/` and printed as `![caption](figures/…)` with `output: asis`"
        raise InputError(Fault(name, expected, f"an image as the cell's result ({pictures[0]})", row=line))
    if "text/html" in data and "<table" in data["text/html"].lower():
        return _raw("html", str(data["text/html"])), "display"
    if "text/latex" in data:
        return _raw("tex", str(data["text/latex"])), "display"
    if "text/plain" in data:
        return _verbatim(str(data["text/plain"])), "display"
    expected = "a result that is Markdown, a table or plain text"
    raise InputError(Fault(name, expected, ", ".join(sorted(data)) or "nothing", row=line))


def _raw(form: str, text: str) -> str:
    ticks = _ticks(text, 3)
    return f"{ticks}{{={form}}}\n{text.rstrip(chr(10))}\n{ticks}\n"


def _verbatim(text: str) -> str:
    clean = ANSI.sub("", text)
    ticks = _ticks(clean, 3)
    return f"{ticks}\n{clean.rstrip(chr(10))}\n{ticks}\n"


def _ticks(text: str, least: int) -> str:
    """A fence longer than any that begins a line of `text`."""
    longest = max((len(run) for run in re.findall(r"^\s*(`+)", text, re.MULTILINE)), default=0)
    return "`" * max(least, longest + 1)
