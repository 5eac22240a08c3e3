"""A Word file as blocks of Markdown: pandoc reads it and writes them, with marks for what pandoc would not tell."""

import hashlib
import io
import json
import posixpath
import re
import subprocess
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from recomputed.exchange.controls import BOOKMARK, NAMES, TEXTS, W
from recomputed.exchange.marks import (
    BLOCK,
    BREAK,
    CLOSE,
    COMMENT,
    ITEM,
    MARK,
    NOTE,
    OPEN,
    PICTURE,
    STYLE,
    mark,
    number_of,
)
from recomputed.faults import failed
from recomputed.manuscript.markdown import pandoc_path

#: Styles whose paragraphs are told apart, by their names in Word.
STYLES = (
    "", "title", "subtitle", "author", "affiliation", "date", "abstract title", "abstract", "keywords", "callout",
    "callout title", "image caption", "table caption", "caption", "bibliography", "body after table", "note",
)  # fmt: skip
#: What no text of a paper's own needs; without them pandoc writes as an author does.
_WRITER = (
    "markdown-smart-header_attributes-auto_identifiers-simple_tables-multiline_tables-grid_tables-fenced_divs"
    "-raw_attribute-native_spans-native_divs-raw_html-implicit_figures-link_attributes"
)
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KEPT = re.compile(
    r"word/(document|footnotes|endnotes|styles|numbering|settings)\.xml|word/_rels/.*|\[Content.*|_rels/.*"
)
_PROPERTIES_BEFORE = {"rPrChange": "rPr", "pPrChange": "pPr"}


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its Markdown with marks in it, its style where it is told apart, the chunk that it is the text of."""

    text: str
    style: str = ""
    item: int = (
        0  # of a list: twice its level, one more if it is numbered, a hundred if it goes on with an item
    )
    chunk: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment: its id in the file, who made it, what it says."""

    id: int
    author: str
    text: str


def readable(parts: Mapping[str, bytes], tags: Mapping[str, int], tracked: bool = True) -> dict[str, bytes]:
    """The parts that pandoc needs, with marks around controls, at comments, pictures and styled paragraphs."""
    kept = {name: content for name, content in parts.items() if _KEPT.fullmatch(name)}
    styles = etree.fromstring(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    for name in TEXTS:
        if name in parts:
            tree = etree.fromstring(parts[name], etree.XMLParser(huge_tree=True, resolve_entities=False))
            _mark(tree, tags, _names(styles), _pictures(parts, name), tracked)
            kept[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    for name in kept:
        if name.endswith(".rels"):
            kept[name] = _fewer(kept[name], posixpath.dirname(posixpath.dirname(name)), kept)
    return kept


def _fewer(rels: bytes, folder: str, kept: Mapping[str, bytes]) -> bytes:
    """Relations without those to parts that are left out."""
    tree = etree.fromstring(rels)
    for one in list(tree):
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        if one.get("TargetMode") != "External" and target not in kept:
            tree.remove(one)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _names(styles: Any) -> dict[str, str]:
    if styles is None:
        return {}
    return {
        style.get(f"{W}styleId", ""): style.find(f"{W}name").get(f"{W}val", "").lower()
        for style in styles.iterfind(f"{W}style[{W}name]")
    }


def _pictures(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """What each picture is, by the id of its relation: a hash of it."""
    folder, file = posixpath.split(name)
    rels = parts.get(f"{folder}/_rels/{file}.rels")
    found = {}
    for one in etree.fromstring(rels) if rels else ():
        target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
        if target in parts:
            found[one.get("Id")] = hashlib.sha256(parts[target]).hexdigest()
    return found


def _mark(tree: Any, tags: Mapping[str, int], styles: Mapping[str, str], pictures: Mapping[str, str],
          tracked: bool) -> None:  # fmt: skip
    if tracked:
        for row in tree.xpath("//w:tr[w:trPr/w:del]", namespaces=NAMES):  # which pandoc does not know
            row.getparent().remove(row)
    else:
        _as_it_was(tree)
    _unpack(tree)
    labels = {id_ for id_, name in styles.items() if name == "caption label"}
    for paragraph in list(tree.iter(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = styles.get(style.get(f"{W}val"), "") if style is not None else ""
        if name.startswith("toc"):
            paragraph.getparent().remove(paragraph)
            continue
        if style is not None and name not in STYLES[1:] and _is_labelled(paragraph, labels):
            following = paragraph.getnext()
            of_table = following is not None and following.tag == f"{W}tbl"
            name = "table caption" if of_table else "image caption"
        if name in STYLES[1:]:
            style.set(f"{W}val", "BodyText")
            at = 1 if paragraph.find(f"{W}pPr") is not None else 0
            paragraph.insert(at, _run(mark(STYLE, STYLES.index(name))))
    for end in list(tree.iter(f"{W}commentReference")):
        end.getparent().addnext(_run(mark(COMMENT, int(end.get(f"{W}id", "0")))))
        end.getparent().remove(end)
    for picture in list(tree.iter(f"{W}drawing", f"{W}pict", f"{W}object")):
        ids = [value for one in picture.iter() for key, value in one.attrib.items()
               if key in (f"{_R}embed", f"{_R}link", f"{_R}id")]  # fmt: skip
        known = next((pictures[id_] for id_ in ids if id_ in pictures), "0")
        picture.tag = f"{W}t"
        etree.strip_elements(picture, "*")
        picture.attrib.clear()
        picture.text = mark(PICTURE, int(known[:8], 16))
    _open_controls(tree, tags)
    for run in tree.xpath("//w:r[w:rPr/w:rStyle]", namespaces=NAMES):
        if (
            run.find(f"{W}rPr/{W}rStyle").get(f"{W}val") in labels
            and MARK.search("".join(run.itertext())) is None
        ):
            run.getparent().remove(run)


def _unpack(tree: Any) -> None:
    """What pandoc would leave out: the choices of newer programs, fields in one piece, and the paragraphs of a box,
    which come behind the one that it is in.
    """
    for fallback in list(tree.iter(f"{_CHOICES}Fallback")):
        fallback.getparent().remove(fallback)
    for wrapper in list(tree.iter(f"{_CHOICES}Choice", f"{_CHOICES}AlternateContent", f"{W}fldSimple")):
        for child in list(wrapper):
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)
    for box in list(tree.iter(f"{W}txbxContent")):
        if (holder := next(box.iterancestors(f"{W}p"), None)) is not None:
            for paragraph in reversed(box):
                holder.addnext(paragraph)
        drawing = next(box.iterancestors(f"{W}drawing", f"{W}pict", f"{W}object"), None)
        if drawing is not None:
            drawing.getparent().remove(drawing)


def _is_labelled(paragraph: Any, labels: Collection[str]) -> bool:
    """Whether it begins as a caption does: beside a deleted paragraph LibreOffice gives one that paragraph's style."""
    first = next(paragraph.iter(f"{W}r"), None)
    style = first.find(f"{W}rPr/{W}rStyle") if first is not None else None
    return style is not None and style.get(f"{W}val") in labels


def _run(text: str, like: Any = None) -> Any:
    run = etree.Element(f"{W}r")
    if like is not None and like.find(f"{W}rPr") is not None:
        run.append(etree.fromstring(etree.tostring(like.find(f"{W}rPr"))))
    etree.SubElement(run, f"{W}t").text = text
    return run


def _open_controls(tree: Any, tags: Mapping[str, int]) -> None:
    """Marks in the place of our controls, or of the bookmarks in them where a program kept only those."""
    done = set()
    for control in reversed(list(tree.iter(f"{W}sdt"))):
        tag, content = control.find(f"{W}sdtPr/{W}tag"), control.find(f"{W}sdtContent")
        nth = tags.get(tag.get(f"{W}val")) if tag is not None else None
        if nth is not None and content is not None:
            done.add(nth)
            _surround(list(content), nth)
        for one in list(content) if content is not None else ():
            control.addprevious(one)
        control.getparent().remove(control)
    for start in reversed(list(tree.iter(f"{W}bookmarkStart"))):
        name = start.get(f"{W}name", "")
        if found := re.fullmatch(rf"{BOOKMARK}(\d+)", name):
            nth = int(found[1])
            within: list[Any] = []
            for sibling in start.itersiblings():
                if sibling.tag == f"{W}bookmarkEnd" and sibling.get(f"{W}id") == start.get(f"{W}id"):
                    if nth not in done and nth in tags.values():
                        _surround(within, nth)
                        done.add(nth)
                    break
                within.append(sibling)
    for one in list(
        tree.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}commentRangeStart", f"{W}commentRangeEnd")
    ):
        one.getparent().remove(one)


def _surround(within: Sequence[Any], nth: int) -> None:
    stand = []
    for one in within:
        formulas = list(one.iter(f"{_M}oMath"))
        for formula in formulas:
            formula.addprevious(said := _run("".join(formula.itertext())))
            formula.getparent().remove(formula)
        one = said if one in formulas else one
        stand += [one] if next(one.iter(f"{W}r"), None) is not None else []
    texts = [run for one in stand for run in one.iter(f"{W}r") if run.find(f"{W}t") is not None]
    if stand:
        stand[0].addprevious(_run(mark(OPEN, nth), texts[0] if texts else None))
        stand[-1].addnext(_run(mark(CLOSE, nth), texts[-1] if texts else None))


def _as_it_was(tree: Any) -> None:
    """Formatting and rows as they were before tracked changes of them, which pandoc does not know."""
    for change in list(tree.iter(f"{W}rPrChange", f"{W}pPrChange")):
        now, was = change.getparent(), change[0] if len(change) else None
        for child in list(now):
            now.remove(child)
        now.extend(list(was) if was is not None else [])
    for row in tree.xpath("//w:tr[w:trPr/w:ins]", namespaces=NAMES):
        row.getparent().remove(row)


def comments_in(parts: Mapping[str, bytes]) -> list[Comment]:
    """The comments of a file in their order."""
    if "word/comments.xml" not in parts:
        return []
    tree = etree.fromstring(parts["word/comments.xml"], etree.XMLParser(resolve_entities=False))
    return [
        Comment(int(one.get(f"{W}id", "0")), one.get(f"{W}author", ""),
                " ".join("".join(p.itertext(f"{W}t")) for p in one.iter(f"{W}p")).strip())
        for one in tree.iter(f"{W}comment")
    ]  # fmt: skip


def tracked_in(parts: Mapping[str, bytes]) -> int:
    """How many tracked changes a file has."""
    kinds = ("ins", "del", "moveFrom", "moveTo", *_PROPERTIES_BEFORE)
    return sum(
        len(re.findall(rf"<w:{kind}[ >]".encode(), parts.get(name, b""))) for kind in kinds for name in TEXTS
    )


def blocks_in(parts: Mapping[str, bytes], tracked: bool = True) -> list[Block]:
    """The blocks of parts made `readable`, with tracked changes taken or left."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    choice = "accept" if tracked else "reject"
    tree = json.loads(_pandoc(buffer.getvalue(), "--from=docx", "--to=json", f"--track-changes={choice}"))
    flat = list(_flat(tree["blocks"]))
    tree["blocks"] = [block for one in flat for block in (one, _para(BREAK))]
    tree["meta"] = {}
    written = _pandoc(json.dumps(tree).encode(), "--from=json", f"--to={_WRITER}", "--wrap=none").decode()
    return list(_blocks(written))


def _pandoc(content: bytes, *arguments: str) -> bytes:
    done = subprocess.run([pandoc_path(), *arguments], input=content, capture_output=True, check=False)
    if done.returncode:
        raise failed("pandoc", done.stderr)
    return done.stdout


def _para(kind: str) -> dict[str, Any]:
    return {"t": "Para", "c": [{"t": "Str", "c": mark(kind, 0)}]}


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
                yield from ({**one, "c": [{"t": "Str", "c": mark(STYLE, STYLES.index("note"))}, *one["c"]]}
                            if one["t"] in ("Para", "Plain") else one for one in _flat(note))  # fmt: skip


def _tidied(node: Any, notes: list[Any]) -> Any:
    """A node without attributes, its notes moved to `notes`."""
    if isinstance(node, list):
        out: list[Any] = []
        for one in node:
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
        if node.get("t") == "SmallCaps":  # which the writer would spell in capitals
            return {"t": "Span", "c": [["", ["smallcaps"], []], _tidied(node["c"], notes)]}
        if node.get("t") == "Table":
            return {"t": "Table", "c": _table(_tidied(node["c"], notes))}
        return {key: _tidied(one, notes) for key, one in node.items()}
    return node


def _table(content: Any) -> Any:
    """A table without caption, which is a paragraph of its own, alignment, and strong words in its head; each cell is
    of one column and one line, as Markdown has them.
    """
    _, _, columns, head, bodies, foot = content
    rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
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
        elif block["t"] == "CodeBlock":
            yield [{"t": "Code", "c": [["", [], []], " ".join(block["c"][1].split())]}]


def _blocks(written: str) -> Iterator[Block]:
    cell = None
    for text in re.split(f"\n*{BREAK}[^\ue0ff]*\ue0ff\n*", written)[:-1]:
        found = {one[1]: number_of(one) for one in MARK.finditer(text) if one[1] in (BLOCK, STYLE, ITEM)}
        own = re.sub(f"[{BLOCK}{STYLE}{ITEM}][^\ue0ff]*\ue0ff", "", text).strip("\n")
        if BLOCK in found and not own.strip():
            cell = found[BLOCK]  # whose blocks follow
            continue
        cell = None if BLOCK in found or STYLES[found.get(STYLE, 0)] == "bibliography" else cell
        own = (
            re.sub(r"[ ]+\|", " |", re.sub(r"-{3,}", "---", own))
            if own.lstrip().startswith("|")
            else own.strip(" ")
        )
        style = STYLES[found.get(STYLE, 0)].replace("body after table", "")
        yield Block(own, style, found.get(ITEM, 0), found.get(BLOCK, cell))
