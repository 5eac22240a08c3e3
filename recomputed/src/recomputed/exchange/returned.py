"""A readable Word file as blocks of Markdown: pandoc reads it and writes them. And its comments."""

import io
import itertools
import json
import re
import subprocess
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from recomputed.exchange.controls import TEXTS, W
from recomputed.exchange.marks import BLOCK, BREAK, ITEM, MARK, NOTE, NUMBERED, STYLE, mark, number_of
from recomputed.exchange.readable import NOTES, STYLES, text_in
from recomputed.faults import failed
from recomputed.manuscript.markdown import pandoc_path

#: What no text of a paper's own needs; without them pandoc writes as an author does.
_WRITER = (
    "markdown-smart-header_attributes-auto_identifiers-simple_tables-multiline_tables-grid_tables-fenced_divs"
    "-raw_attribute-native_spans-native_divs-raw_html-implicit_figures-link_attributes"
)
_BEGINS_OTHERWISE = re.compile(r"^(?=:|-{3}|\+-|={3})", re.MULTILINE)
"""What Quarto and pandoc take for no text at the start of a line, and the writer does not escape."""
_OF_BLOCKS = (BLOCK, STYLE, ITEM, NUMBERED)
_W14, _W15 = (f"{{http://schemas.microsoft.com/office/word/{year}/wordml}}" for year in (2010, 2012))
_PROPERTIES_BEFORE = {"rPrChange": "rPr", "pPrChange": "pPr"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its Markdown with marks in it, its style where it is told apart, the chunk that it is the text of, and
    what pandoc calls it: a Header, a Table, a CodeBlock …

    `item` is, of a list, twice its level, one more if it is numbered, a hundred if it goes on with an item; `label` is
    what a caption is numbered by.
    """

    text: str
    style: str = ""
    item: int = 0
    chunk: int | None = None
    kind: str = "Para"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its id in the file, who made it (and answered whom, or had it resolved), what it says."""

    id: int
    author: str
    text: str


def comments_in(parts: Mapping[str, bytes]) -> list[Comment]:
    """The comments of a file in their order."""
    if "word/comments.xml" not in parts:
        return []
    found = list(_tree(parts["word/comments.xml"]).iter(f"{W}comment"))
    threads = _tree(parts.get("word/commentsExtended.xml", b"<none/>")).iter(f"{_W15}commentEx")
    by_paragraph = {one.get(f"{_W15}paraId"): one for one in threads}
    entries = [next((by_paragraph[id_] for p in one.iter(f"{W}p") if (id_ := p.get(f"{_W14}paraId")) in by_paragraph),
                    None) for one in found]  # fmt: skip
    authors = {
        entry.get(f"{_W15}paraId"): one.get(f"{W}author", "")
        for one, entry in zip(found, entries, strict=True)
        if entry is not None
    }
    return [
        Comment(int(one.get(f"{W}id", "0")), one.get(f"{W}author", "") + _said_of(entry, authors),
                " ".join("".join(p.itertext(f"{W}t")) for p in one.iter(f"{W}p")).strip())
        for one, entry in zip(found, entries, strict=True)
    ]  # fmt: skip


def _said_of(entry: Any, authors: Mapping[str, str]) -> str:
    """Whom a comment answers, and whether it was resolved."""
    if entry is None:
        return ""
    answered = authors.get(entry.get(f"{_W15}paraIdParent"), "")
    resolved = entry.get(f"{_W15}done") in ("1", "true")
    return f"{' to ' if answered else ''}{answered}{' (resolved)' if resolved else ''}"


def _tree(part: bytes) -> Any:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False))


def tracked_in(parts: Mapping[str, bytes]) -> int:
    """How many tracked changes a file has."""
    kinds = ("ins", "del", "moveFrom", "moveTo", *_PROPERTIES_BEFORE)
    return sum(
        len(re.findall(rf"<w:{kind}[ >]".encode(), parts.get(name, b""))) for kind in kinds for name in TEXTS
    )


def blocks_in(parts: Mapping[str, bytes]) -> list[Block]:
    """The blocks of parts made `readable`."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    tree = json.loads(_pandoc(buffer.getvalue(), "--from=docx", "--to=json"))
    flat = list(_flat(tree["blocks"]))
    tree["blocks"] = [block for one in flat for block in (_verbatim(one), _para(BREAK))]
    tree["meta"] = {}
    written = _pandoc(json.dumps(tree).encode(), "--from=json", f"--to={_WRITER}", "--wrap=none").decode()
    return list(_blocks(written, [one["t"] for one in flat]))


def _pandoc(content: bytes, *arguments: str) -> bytes:
    done = subprocess.run([pandoc_path(), *arguments], input=content, capture_output=True, check=False)
    if done.returncode:
        raise failed("pandoc", done.stderr)
    return done.stdout


def _para(kind: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": mark(kind, 0)}]}


def _verbatim(block: dict[str, Any]) -> dict[str, Any]:
    """A block of code as its lines alone, as they stand between fences."""
    if block["t"] != "CodeBlock":
        return block
    return {"t": "Para", "c": [{"t": "RawInline", "c": ["markdown", block["c"][1]]}]}


def _flat(blocks: Sequence[Any], level: int = 0, bullet: str = "") -> Iterator[dict[str, Any]]:
    """Blocks that stand in no div, figure, list or note; an item begins with a mark of its level and bullet, and notes
    follow the block that they are in.
    """
    for nth, block in enumerate(blocks):
        kind, content = block["t"], block.get("c")
        if kind == "Div":
            yield from _flat(content[1], level, bullet if nth == 0 else "")
        elif kind == "Figure":
            yield from _flat(content[2])
            yield from _flat(content[1][1])
        elif kind in ("BulletList", "OrderedList"):
            for item in content[1] if kind == "OrderedList" else content:
                yield from _flat(item, level + 1, kind[:1])
        else:
            notes: list[Any] = []
            tidy = _tidied(block, notes)
            if level and kind in ("Para", "Plain"):
                sort = 2 * level + (bullet == "O") + (0 if bullet and nth == 0 else 100)
                tidy = {"t": "Para", "c": [{"t": "Str", "c": mark(ITEM, sort)}, *tidy["c"]]}
            yield tidy
            for note in notes:
                for at, one in enumerate(_flat(note)):
                    style = mark(STYLE, STYLES.index(NOTES[at > 0]))
                    within = one["t"] in ("Para", "Plain")
                    yield {**one, "c": [{"t": "Str", "c": style}, *one["c"]]} if within else one


def _tidied(node: Any, notes: list[Any]) -> Any:
    """A node without attributes, its notes moved to `notes`."""
    if isinstance(node, list):
        out: list[Any] = []
        for one in _with_whole_code(node):
            kind = one.get("t") if isinstance(one, dict) else None
            if kind == "Span" and not set(one["c"][0][1]) & {"underline", "mark", "smallcaps"}:
                out.extend(_tidied(one["c"][1], notes))
            elif kind == "Note":
                notes.append(one["c"])
                out.append({"t": "Str", "c": mark(NOTE, 0)})
            else:
                out.append(_tidied(one, notes))
        return out
    if isinstance(node, dict):
        if node.get("t") == "Header":
            return {"t": "Header", "c": [node["c"][0], ["", [], []], _tidied(node["c"][2], notes)]}
        if node.get("t") == "Link":  # LibreOffice ends an address that is a host's alone with a stroke
            address = node["c"][2][0].rstrip("/")
            return {"t": "Link", "c": [["", [], []], _tidied(node["c"][1], notes), [address, ""]]}
        if node.get("t") == "Code" and node["c"][1].startswith("{"):  # which nobody is to run
            return {"t": "RawInline", "c": ["markdown", f"`` {node['c'][1]} ``"]}
        if node.get("t") == "SmallCaps":  # which the writer would spell in capitals
            return {"t": "Span", "c": [["", ["smallcaps"], []], _tidied(node["c"], notes)]}
        if node.get("t") == "Table":
            return {"t": "Table", "c": _table(_tidied(node["c"], notes))}
        return {key: _tidied(one, notes) for key, one in node.items()}
    return node


def _with_whole_code(nodes: Sequence[Any]) -> Iterator[Any]:
    """Nodes with code in one where a program cut it, as Word does at a word that it looks up."""
    for is_code, run in itertools.groupby(
        nodes, lambda one: isinstance(one, dict) and one.get("t") == "Code"
    ):
        if is_code:
            yield {"t": "Code", "c": [["", [], []], "".join(one["c"][1] for one in run)]}
        else:
            yield from run


def _table(content: Any) -> Any:
    """A table without caption, which is a paragraph of its own, alignment, and strong words in its head; each cell is
    of one column and one line, as Markdown has them.
    """
    _, _, columns, head, bodies, foot = content
    rows = list(_rows(content))
    _in_own_columns(rows, len(columns))
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidthDefault"}] for _ in columns]
    for row in head[1]:
        for cell in row[1]:
            for block in cell[4]:
                if block["t"] in ("Para", "Plain"):
                    block["c"] = [one for inline in block["c"]
                                  for one in (inline["c"] if inline["t"] == "Strong" else [inline])]  # fmt: skip
    for row in rows:
        for cell in row[1]:
            lines = list(_lines(cell[4]))
            joined = [one for line in lines for one in ({"t": "Space"}, *line)][1:]
            cell[4] = [{"t": "Plain", "c": joined}] if joined else []
    return [["", [], []], [None, []], columns, head, bodies, foot]


def _rows(content: Any) -> Iterator[Any]:
    *_, head, bodies, foot = content
    yield from (*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1])


def _in_own_columns(rows: Sequence[Any], width: int) -> None:
    """Cells that span others with empty ones in the place of those."""
    below: dict[int, int] = {}  # rows that a cell further up or to the left still spans, by the column
    for row in rows:
        cells: list[Any] = []
        given = iter(row[1])
        while len(cells) < width:
            at = len(cells)
            if below.get(at):
                below[at] -= 1
                cells.append([["", [], []], {"t": "AlignDefault"}, 1, 1, []])
            elif (cell := next(given, None)) is None:
                break
            else:
                _, _, down, across, blocks = cell
                below |= {at: down - 1, **dict.fromkeys(range(at + 1, at + across), down)}
                cells.append([*cell[:2], 1, 1, blocks])
        row[1] = cells


def _lines(blocks: Sequence[Any]) -> Iterator[list[Any]]:
    """The paragraphs of blocks, also those of lists in them, each without breaks of its lines."""
    for block in _flat(blocks):
        if block["t"] in ("Para", "Plain", "Header"):
            content = block["c"][2] if block["t"] == "Header" else block["c"]
            yield [{"t": "Space"} if one["t"] == "LineBreak" else one for one in content
                   if not (one["t"] == "Str" and one["c"].startswith(ITEM))]  # fmt: skip
        elif block["t"] == "BlockQuote":
            yield from _lines(block["c"])
        elif block["t"] == "Table":
            yield from (line for row in _rows(block["c"]) for cell in row[1] for line in _lines(cell[4]))
        elif block["t"] == "CodeBlock":
            yield [{"t": "Code", "c": [["", [], []], " ".join(block["c"][1].split())]}]


def _blocks(written: str, kinds: Sequence[str]) -> Iterator[Block]:
    cell = None
    texts = re.split(f"\n*{BREAK}[^\ue0ff]*\ue0ff\n*", written)[:-1]
    for text, kind in zip(texts, kinds, strict=True):
        found = {one[1]: number_of(one) for one in MARK.finditer(text) if one[1] in _OF_BLOCKS}
        own = re.sub(f"[{''.join(_OF_BLOCKS)}][^\ue0ff]*\ue0ff", "", text).strip("\n")
        if BLOCK in found and not own.strip():
            cell = found[BLOCK]  # whose blocks follow
            continue
        style = STYLES[found.get(STYLE, 0)].replace("body after table", "")
        cell = None if BLOCK in found or style in ("bibliography", "header or footer") else cell
        label = text_in(found.get(NUMBERED, 0))
        yield Block(_tidy(own, kind), style, found.get(ITEM, 0), found.get(BLOCK, cell), kind, label)


def _tidy(text: str, kind: str) -> str:
    """The text of a block without what the writer fills up with; what it does not know to begin a block is escaped."""
    if kind == "CodeBlock":
        return text
    if kind == "Table":
        return re.sub(r"[ ]+\|", " |", re.sub(r"-{3,}", "---", text))
    text = text.strip(" ")
    return _BEGINS_OTHERWISE.sub("\\\\", text) if kind in ("Para", "Plain") else text
