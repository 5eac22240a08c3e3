"""A Word file made readable to pandoc: marks for what it would not tell, and what it would leave out in its text."""

import hashlib
import posixpath
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lxml import etree

from recomputed.exchange.controls import BOOKMARK, NAMES, TEXTS, W
from recomputed.exchange.formulas import M, said_in
from recomputed.exchange.marks import CLOSE, COMMENT, MARK, NUMBERED, OPEN, PICTURE, STYLE, mark

_OFF = ("0", "false", "off", "none")
_LABEL = re.compile(r"(\D*\d[\d.]*)\W*|\D*$")
WITH_MORE = "…"
"""What a caption's label ends with into which something was typed."""
_EDGE = re.compile(r"word/(header|footer)\d*\.xml")
ALTERNATIVE = "alternative text"
"""The style that a picture's alternative text is told in."""
#: Styles whose paragraphs are told apart, by their names in Word.
STYLES = (
    "", "title", "subtitle", "author", "affiliation", "date", "abstract title", "abstract", "keywords", "callout",
    "callout title", "image caption", "table caption", "caption", "bibliography", "body after table", "note",
    ALTERNATIVE, "header or footer", "further note",
)  # fmt: skip
NOTES = ("note", "further note")
"""The styles of a note's first paragraph, and of its others."""
_GONE = {True: (f"{W}del", f"{W}moveFrom"), False: (f"{W}ins", f"{W}moveTo")}
"""What is there no more where tracked changes are taken, or left."""
_GONE_OF_TABLES = {
    True: "//w:tr[w:trPr/w:del] | //w:tc[w:tcPr/w:cellDel]",
    False: "//w:tr[w:trPr/w:ins] | //w:tc[w:tcPr/w:cellIns]",
}
_WRAPPERS = (f"{W}fldSimple", f"{W}customXml", f"{W}bdo", f"{W}dir")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_PICTURES = (f"{W}drawing", f"{W}pict", f"{W}object")
_CHOICES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_KEPT = re.compile(
    r"word/(document|footnotes|endnotes|styles|numbering|settings)\.xml|word/_rels/.*|\[Content.*|_rels/.*"
)


def readable(parts: Mapping[str, bytes], tags: Mapping[str, int], tracked: bool = True) -> dict[str, bytes]:
    """The parts that pandoc needs, with marks around controls, at comments, pictures and styled paragraphs."""
    kept = {name: content for name, content in parts.items() if _KEPT.fullmatch(name)}
    styles = etree.fromstring(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    for name in TEXTS:
        if name in parts:
            tree = etree.fromstring(parts[name], _parser())
            _mark(tree, tags, _names(styles), _pictures(parts, name), tracked)
            if name == TEXTS[0]:
                body = tree.find(f"{W}body")
                body.extend(_styled(text, "header or footer") for text in _edges(parts))
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
    for gone in tree.xpath(_GONE_OF_TABLES[tracked], namespaces=NAMES):
        gone.getparent().remove(gone)
    _resolve(tree, _GONE[tracked])
    if not tracked:
        _as_it_was(tree)
    _unpack(tree)
    _write_out(tree)
    _unnumber(tree, {id_ for id_, name in styles.items() if name.startswith("heading")})
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
    for picture in list(tree.iter(*_PICTURES)):
        _tell_alternative(picture)
        known = _picture(picture, pictures)
        picture.tag = f"{W}t"
        etree.strip_elements(picture, "*")
        picture.attrib.clear()
        picture.text = known
    _open_controls(tree, tags)
    for paragraph in tree.iter(f"{W}p"):
        _unlabel([run for run in paragraph.iter(f"{W}r") if _style_of(run) in labels])


def _picture(picture: Any, pictures: Mapping[str, str]) -> str:
    ids = [value for one in picture.iter() for key, value in one.attrib.items()
           if key in (f"{_R}embed", f"{_R}link", f"{_R}id")]  # fmt: skip
    return mark(PICTURE, int(next((pictures[id_] for id_ in ids if id_ in pictures), "0")[:8], 16))


def _alternative(picture: Any) -> str:
    return " ".join(one.get("descr", "") for one in picture.iter(f"{_DRAWING}docPr")).strip()


def _style_of(run: Any) -> str | None:
    return _style_in(run, "rPr/rStyle")


def _style_in(node: Any, path: str) -> str | None:
    style = node.find("/".join(W + part for part in path.split("/")))
    return None if style is None else str(style.get(f"{W}val"))


def _unlabel(runs: Sequence[Any]) -> None:
    """A mark in the place of a caption's label, and behind it what was typed into that."""
    own = [run for run in runs if MARK.search("".join(run.itertext())) is None]
    whole = "".join("".join(run.itertext(f"{W}t")) for run in own)
    label = _LABEL.match(whole)
    typed = whole[label.end() :] if label else ""
    if label and label[0].strip():
        said = label[1] + WITH_MORE if re.search(r"\w", typed) else label[0]
        own[0].addprevious(_run(mark(NUMBERED, _in_figures(" ".join(said.split())))))
    if re.search(r"\w", typed):
        own[0].addprevious(_run(typed))
    for run in own:
        run.getparent().remove(run)


def _in_figures(text: str) -> int:
    return int.from_bytes(text[:80].encode(), "big")


def text_in(figures: int) -> str:
    """The text that a mark has as its number."""
    return figures.to_bytes((figures.bit_length() + 7) // 8, "big").decode()


def _unpack(tree: Any) -> None:
    """What pandoc would leave out: the choices of newer programs, fields in one piece, and the paragraphs of a box,
    which come behind the one that it is in, and columns that a table's grid lacks.
    """
    for fallback in list(tree.iter(f"{_CHOICES}Fallback")):
        fallback.getparent().remove(fallback)
    for wrapper in list(tree.iter(f"{_CHOICES}Choice", f"{_CHOICES}AlternateContent", *_WRAPPERS)):
        for child in list(wrapper):
            wrapper.addprevious(child)
        wrapper.getparent().remove(wrapper)
    for ruby in list(tree.iter(f"{W}ruby")):
        run = ruby.getparent()
        for one in (*ruby.iterfind(f"{W}rubyBase/{W}r"), *ruby.iterfind(f"{W}rt/{W}r")):
            run.addprevious(one)
        ruby.getparent().remove(ruby)
    for box in list(tree.iter(f"{W}txbxContent")):
        if (holder := next(box.iterancestors(f"{W}p"), None)) is not None:
            for paragraph in reversed(box):
                holder.addnext(paragraph)
        drawing = next(box.iterancestors(f"{W}drawing", f"{W}pict", f"{W}object"), None)
        if drawing is not None:
            drawing.getparent().remove(drawing)

    for table in tree.iter(f"{W}tbl"):
        if (grid := table.find(f"{W}tblGrid")) is not None:
            spans = (
                row.xpath("w:tc/w:tcPr/w:gridSpan/@w:val", namespaces=NAMES)
                for row in table.iterfind(f"{W}tr")
            )
            cells = (len(row.findall(f"{W}tc")) for row in table.iterfind(f"{W}tr"))
            widths = (own + sum(map(int, span)) - len(span) for own, span in zip(cells, spans, strict=True))
            for _ in range(max(widths, default=0) - len(grid)):
                etree.SubElement(grid, f"{W}gridCol", {f"{W}w": "1000"})


def _unnumber(tree: Any, headings: Collection[str]) -> None:
    """Take the numbers of headings from what is a heading no more, which else would be an item of a list."""
    numbered: dict[str, list[Any]] = {}
    for number in tree.xpath("//w:p/w:pPr/w:numPr/w:numId[@w:val != '0']", namespaces=NAMES):
        numbered.setdefault(number.get(f"{W}val"), []).append(number.getparent())
    for all_ in numbered.values():
        others = [one for one in all_ if _style_in(one.getparent(), "pStyle") not in headings]
        for one in others if len(others) < len(all_) else ():
            one.getparent().remove(one)


def _write_out(tree: Any) -> None:
    """Formatting that pandoc does not know in the form that Markdown has: capitals, words struck out, shading. Hidden
    words are none.
    """
    for hidden in tree.xpath("//w:r/w:rPr/w:vanish", namespaces=NAMES):
        if hidden.get(f"{W}val") not in _OFF:
            run = hidden.getparent().getparent()
            run.getparent().remove(run)
    for shade in tree.xpath("//w:r/w:rPr[not(w:highlight)]/w:shd", namespaces=NAMES):
        if shade.get(f"{W}fill", "auto") not in ("auto", "FFFFFF"):  # as LibreOffice highlights
            shade.tag = f"{W}highlight"
            shade.set(f"{W}val", "yellow")
    for look in [one for one in tree.iter(f"{W}caps", f"{W}dstrike") if one.get(f"{W}val") not in _OFF]:
        run = look.getparent().getparent()
        if look.tag == f"{W}caps":
            for text in run.iterchildren(f"{W}t"):
                text.text = (text.text or "").upper()
        else:
            for other in look.getparent().findall(f"{W}strike"):
                look.getparent().remove(other)
            look.tag = f"{W}strike"


def _tell_alternative(picture: Any) -> None:
    """The alternative text of a picture as a paragraph behind it, or behind the table that it is in."""
    holder = [next(picture.iterancestors(f"{W}p")), *picture.iterancestors(f"{W}tbl")][-1]
    if text := _alternative(picture):
        holder.addnext(_styled(text, ALTERNATIVE))


def _styled(text: str, style: str) -> Any:
    paragraph = etree.Element(f"{W}p")
    paragraph.extend([_run(mark(STYLE, STYLES.index(style))), _run(text)])
    return paragraph


def _edges(parts: Mapping[str, bytes]) -> list[str]:
    """What stands in the headers and footers of pages: words, fields by their names, such as PAGE, and pictures."""
    found: dict[str, None] = {}
    for name, content in sorted(parts.items()):
        if _EDGE.fullmatch(name):
            pictures = _pictures(parts, name)
            for paragraph in etree.fromstring(content, _parser()).iter(f"{W}p"):
                text, fields = _with_fields(paragraph)
                drawn = (
                    f"{_picture(one, pictures)} {_alternative(one)}" for one in paragraph.iter(*_PICTURES)
                )
                found |= dict.fromkeys(one.strip() for one in (text, *fields, *drawn) if one.strip())
    return list(found)


def _with_fields(paragraph: Any) -> tuple[str, list[str]]:
    """The words of a paragraph, and the names of the fields in it, whose own words change by themselves."""
    text, codes, within = "", list[str](), 0
    for one in paragraph.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple", f"{W}t"):
        kind = one.get(f"{W}fldCharType")
        if kind == "begin" or one.tag == f"{W}fldSimple":
            codes.append(one.get(f"{W}instr", ""))
        if one.tag == f"{W}instrText" and codes:
            codes[-1] += one.text or ""
        within += {"begin": 1, "end": -1}.get(kind, 0)
        if one.tag == f"{W}t" and not within and next(one.iterancestors(f"{W}fldSimple"), None) is None:
            text += one.text or ""
    return text, [f"a field ({code.split()[0]})" for code in codes if code.strip()]


def _parser() -> Any:
    return etree.XMLParser(huge_tree=True, resolve_entities=False)


def _is_labelled(paragraph: Any, labels: Collection[str]) -> bool:
    """Whether it begins as a caption does: beside a deleted paragraph LibreOffice gives one that paragraph's style."""
    first = next(paragraph.iter(f"{W}r"), None)
    return first is not None and _style_of(first) in labels


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
        formulas = [one] if one.tag == f"{M}oMathPara" else list(one.iter(f"{M}oMath"))
        for formula in formulas:
            formula.addprevious(said := _run(said_in(formula)))
            formula.getparent().remove(formula)
        one = said if one in formulas else one
        stand += [one] if next(one.iter(f"{W}r"), None) is not None else []
    texts = [run for one in stand for run in one.iter(f"{W}r") if run.find(f"{W}t") is not None]
    if stand:
        stand[0].addprevious(_run(mark(OPEN, nth), texts[0] if texts else None))
        stand[-1].addnext(_run(mark(CLOSE, nth), texts[-1] if texts else None))


def _as_it_was(tree: Any) -> None:
    """Formatting as it was before tracked changes of it, which pandoc does not know."""
    for change in list(tree.iter(f"{W}rPrChange", f"{W}pPrChange")):
        now, was = change.getparent(), change[0] if len(change) else None
        for child in list(now):
            now.remove(child)
        now.extend(list(was) if was is not None else [])


def _resolve(tree: Any, gone: Sequence[str]) -> None:
    """Tracked words and ends of paragraphs taken or left here: in code pandoc drops all that is tracked. What was noted
    on words that are gone stays.
    """
    ends: dict[Any, bool] = {}  # of paragraphs that were tracked, and whether they are gone
    for one in list(tree.iter(*_GONE[True], *_GONE[False])):
        holder = one.getparent()
        if holder.tag == f"{W}rPr" and holder.getparent().tag == f"{W}pPr":
            paragraph = holder.getparent().getparent()
            ends[paragraph] = ends.get(paragraph, False) or one.tag in gone
        elif not holder.tag.endswith("Pr"):
            noted = (note.getparent() for note in one.iter(f"{W}commentReference"))
            for child in list(noted if one.tag in gone else one):
                one.addprevious(child)
        holder.remove(one)
    for text in tree.iter(f"{W}delText"):
        text.tag = f"{W}t"
    for paragraph, is_gone in ends.items():
        if is_gone:
            _join(paragraph)


def _join(paragraph: Any) -> None:
    """What is left of a paragraph whose end is gone, at the beginning of the one behind; before a table it stays, but
    for what was noted on it where no word is left.
    """
    left = [one for one in paragraph if one.tag != f"{W}pPr"]
    following = next(paragraph.itersiblings(f"{W}p", f"{W}tbl", f"{W}sdt"), None)
    before = next(paragraph.itersiblings(f"{W}p", f"{W}tbl", f"{W}sdt", preceding=True), None)
    if following is not None and following.tag == f"{W}p":
        at = 0 if following.find(f"{W}pPr") is None else 1
        following[at:at] = left
    elif before is not None and before.tag == f"{W}p" and not _has_content(paragraph):
        before.extend(left)
    else:
        return
    paragraph.getparent().remove(paragraph)


def _has_content(paragraph: Any) -> bool:
    """Whether there is more in it than marks of places."""
    return next(paragraph.iter(f"{W}t", *_PICTURES, f"{M}oMath"), None) is not None
