"""A DOCX before and after pandoc: the reference document that gives it its look, what Word counts itself, and bytes
that repeat.

`python -m recomputed.typeset.word` makes `assets/reference.docx` anew from the text parts in `assets/docx/`.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from recomputed import paths

PARTS = paths.ASSETS / "docx"
REFERENCE = paths.ASSETS / "reference.docx"
EPOCH = (1980, 1, 1, 0, 0, 0)

_NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
_W = "{" + _NS["w"] + "}"
_ASKED_OF_A_TEMPLATE = {"word/document.xml": "document", "word/styles.xml": "styles"}
_LIST = 990  # the headings' own; pandoc's begin at 1000
_DEEPEST = 3  # level of the contents, as of the page's
_NUMBERED = f'<w:numPr xmlns:w="{_NS["w"]}"><w:ilvl w:val="{{level}}"/><w:numId w:val="{{list}}"/></w:numPr>'
_OUTLINE = (
    f'<w:abstractNum xmlns:w="{_NS["w"]}" w:abstractNumId="{_LIST + 9}"><w:multiLevelType w:val="multilevel"/>'
    + "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{".".join(f"%{nth + 1}" for nth in range(level + 1))}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>'
        for level in range(9)
    )
    + "</w:abstractNum>"
)
_OUTLINE_USED = (
    f'<w:num xmlns:w="{_NS["w"]}" w:numId="{_LIST}"><w:abstractNumId w:val="{_LIST + 9}"/></w:num>'
)
_FIELD_OPENS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{_DEEPEST}" \\h \\z \\u </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_FIELD_CLOSES = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_BELOW_CONTENTS = 240  # twentieths of a point
_WHOLE = 25  # rows, the head among them, of a table that is not to be broken over two pages
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
JOINED = "–\N{WORD JOINER}"  # no line ends with such a dash
_IN_FORMULA = re.compile("(<m:r>(?:(?!</m:r>).)*?)⟦(num_\\w+)⟧(.*?</m:r>)", re.DOTALL)
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def reference_document() -> bytes:
    """Return a .docx with this paper's styles, page and footer, zipped from the parts in `assets/docx/`.

    It is not compressed, so that it is the same with every zlib. What it lacks pandoc adds from its own.
    """
    files = [part for part in sorted(PARTS.rglob("*")) if part.is_file()]
    parts = {part.relative_to(PARTS).as_posix(): part.read_text(encoding="utf-8").encode() for part in files}
    return zipped(parts, zipfile.ZIP_STORED)


def why_no_template(docx: bytes) -> str:
    """Why a Word file cannot take its styles from `docx`; nothing if it can."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            for part, root in _ASKED_OF_A_TEMPLATE.items():
                tag = etree.fromstring(archive.read(part)).tag
                if tag != f"{_W}{root}":
                    return f"its {part} is <{tag}>, not WordprocessingML's <w:{root}>"
            return ""
    except zipfile.BadZipFile:
        return "no zip archive, as each DOCX is, or a damaged one"
    except KeyError as error:
        return str(error.args[0])
    except etree.XMLSyntaxError as error:
        return f"{part} is not well-formed: {error}"
    except (RuntimeError, NotImplementedError, zlib.error, EOFError, OSError) as error:
        return f"its {part} cannot be read: {error}"


def repeatable(docx: bytes) -> bytes:
    """Return `docx` without time stamps, and without the custom properties that pandoc makes of all metadata.

    Among those is the place of the citation style on this machine. Numbers in formulas get their bookmarks; headings
    are numbered by Word and listed in the contents; rows and ranges stay whole; each style is one it has.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/custom.xml"] = _NO_PROPERTIES
    for part in parts.keys() & {"word/document.xml", "word/footnotes.xml"}:
        parts[part] = _ranges_joined(_bookmarked(parts[part].decode())).encode()
    if "word/document.xml" in parts:
        _as_word_has_it(parts)
    return zipped(parts)


def _as_word_has_it(parts: dict[str, bytes]) -> None:
    names = ("word/document.xml", "word/styles.xml", "word/numbering.xml")
    document, styles, numbering = trees = [etree.fromstring(parts[name]) for name in names]
    _known_styles(document, styles)
    headings = _headings(document, styles)
    _listed(document, headings)
    _numbered(headings, styles, numbering)
    for row in document.iter(f"{_W}tr"):
        properties = row.find(f"{_W}trPr")
        if properties is None:
            row.insert(0, properties := etree.Element(f"{_W}trPr"))
        if properties.find(f"{_W}cantSplit") is None:
            properties.insert(0, etree.Element(f"{_W}cantSplit"))
    for table in document.iter(f"{_W}tbl"):
        _kept(table.findall(f"{_W}tr"))
    for name, tree in zip(names, trees, strict=True):
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _kept(rows: Sequence[Any]) -> None:
    """A table of less than a page stays whole: each row but the last is kept with the next."""
    for row in rows[:-1] if len(rows) <= _WHOLE else ():
        for paragraph in row.iter(f"{_W}p"):
            properties = paragraph.find(f"{_W}pPr")
            if properties is None:
                paragraph.insert(0, properties := etree.Element(f"{_W}pPr"))
            if properties.find(f"{_W}keepNext") is None:
                style = properties.find(f"{_W}pStyle")
                properties.insert(0 if style is None else 1, etree.Element(f"{_W}keepNext"))


def _known_styles(document: Any, styles: Any) -> None:
    """A style that another template calls otherwise, in another language say, gets its id there; one that it has not
    is added, based on its plain paragraph.
    """
    ids = {style.get(f"{_W}styleId") for style in styles.iter(f"{_W}style")}
    by_name = {name.lower(): id_ for id_, name in _named(styles)}
    ours = dict(_named(etree.parse(PARTS / "word" / "styles.xml").getroot()))
    for used in document.iter(f"{_W}pStyle", f"{_W}rStyle", f"{_W}tblStyle"):
        id_ = used.get(f"{_W}val")
        name = ours.get(id_, id_)
        if id_ in ids:
            continue
        if name.lower() in by_name:
            used.set(f"{_W}val", by_name[name.lower()])
            continue
        kind = {"pStyle": "paragraph", "rStyle": "character"}.get(etree.QName(used).localname, "table")
        style = etree.SubElement(styles, f"{_W}style", {f"{_W}type": kind, f"{_W}styleId": id_})
        etree.SubElement(style, f"{_W}name", {f"{_W}val": name})
        ids.add(id_)


def _named(styles: Any) -> Iterator[tuple[str, str]]:
    for style in styles.iterfind(f"{_W}style[{_W}name]"):
        yield style.get(f"{_W}styleId"), style.find(f"{_W}name").get(f"{_W}val", "")


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading's paragraph, its level from 1, and its number as pandoc wrote it, or nothing."""

    paragraph: Any
    level: int
    number: str

    def words(self) -> str:
        return "".join(self.paragraph.itertext(f"{_W}t")).removeprefix(self.number)


def _headings(document: Any, styles: Any) -> list[_Heading]:
    levels = {id_: name[-1] for id_, name in _named(styles) if re.fullmatch("heading [1-9]", name.lower())}
    found = []
    for paragraph in document.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if style is not None and style.get(f"{_W}val") in levels:
            number = paragraph.xpath(
                "string(w:r[w:rPr/w:rStyle[@w:val='SectionNumber']]/w:t)", namespaces=_NS
            )
            found.append(_Heading(paragraph, int(levels[style.get(f"{_W}val")]), number))
    return found


def _numbered(headings: Sequence[_Heading], styles: Any, numbering: Any) -> None:
    """Word counts the headings: as a template's styles say, or else as a list of its own."""
    if not any(heading.number for heading in headings):
        return
    by_style = bool(styles.xpath("w:style[w:name/@w:val='heading 1']/w:pPr/w:numPr", namespaces=_NS))
    if not by_style:
        first_number = numbering.find(f"{_W}num")
        outline = etree.fromstring(_OUTLINE)
        if first_number is not None:
            first_number.addprevious(outline)
        else:
            numbering.append(outline)
        numbering.append(etree.fromstring(_OUTLINE_USED))
    for heading in headings:
        for run in heading.paragraph.xpath("w:r[w:rPr/w:rStyle[@w:val='SectionNumber']]", namespaces=_NS):
            if (tab := run.getnext()) is not None and tab.find(f"{_W}tab") is not None:
                heading.paragraph.remove(tab)
            heading.paragraph.remove(run)
        if by_style == bool(heading.number):
            continue
        number = etree.fromstring(_NUMBERED.format(level=heading.level - 1, list=0 if by_style else _LIST))
        heading.paragraph.find(f"{_W}pPr/{_W}pStyle").addnext(number)


def _listed(document: Any, headings: Sequence[_Heading]) -> None:
    """The contents, behind their heading: what Word computes of its field, but for the pages, which only Word knows."""
    (title,) = document.xpath("//w:p[w:pPr/w:pStyle/@w:val='TOCHeading']", namespaces=_NS) or (None,)
    entries = [
        heading for heading in headings if heading.level <= _DEEPEST and heading.paragraph is not title
    ]
    if title is None or document.xpath("//w:instrText[contains(., 'TOC ')]", namespaces=_NS):
        return
    last = title
    for nth, heading in enumerate(entries):
        before = _FIELD_OPENS if nth == 0 else ""
        after = _FIELD_CLOSES if nth == len(entries) - 1 else ""
        words = " ".join(filter(None, (heading.number, heading.words())))
        run = f'<w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
        place = heading.paragraph.getprevious()
        if place is not None and place.tag == f"{_W}bookmarkStart":
            run = f'<w:hyperlink w:anchor="{escape(place.get(f"{_W}name"))}">{run}</w:hyperlink>'
        room = f'<w:spacing w:after="{_BELOW_CONTENTS}"/>' if after else ""
        style = f'<w:pPr><w:pStyle w:val="TOC{heading.level}"/>{room}</w:pPr>'
        last.addnext(
            entry := etree.fromstring(f'<w:p xmlns:w="{_NS["w"]}">{style}{before}{run}{after}</w:p>')
        )
        last = entry


def _bookmarked(xml: str) -> str:
    """Numbers in formulas, marked by `numbers.lua`, in bookmarks like all others."""
    ids = count(1 + max(map(int, re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)), default=0))

    def bookmark(found: re.Match[str]) -> str:
        id_ = next(ids)
        start = f'<w:bookmarkStart w:id="{id_}" w:name="{found[2]}"/>'
        return f'{start}{found[1]}{found[3]}<w:bookmarkEnd w:id="{id_}"/>'

    return _IN_FORMULA.sub(bookmark, xml)


def _ranges_joined(xml: str) -> str:
    """Ranges that Word does not break at their dash, in the text alone: in what an instruction or an attribute says
    nothing is set.
    """

    def joined(text: re.Match[str]) -> str:
        return text[1] + _RANGE.sub(JOINED, text[2])

    return re.sub(r"(<w:t(?: [^>]*)?>)([^<]*)", joined, xml)


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of parts, without time stamps."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # the same on Windows
            archive.writestr(info, body, method)
    return buffer.getvalue()


if __name__ == "__main__":
    REFERENCE.write_bytes(reference_document())
