"""The words and numbers of JATS, HTML and Word, each with the part of the paper that it is of."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from recomputed.proofs.words import RAISED, Document, Picture, Run, tokens_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_SKIPPED = set(
    re.findall(
        r"\S+",
        "alt-text object-id journal-meta article-id tex-math annotation script style nav svg head footer history counts"
        " article-categories custom-meta-group contrib-id email self-uri volume issue fpage lpage elocation-id"
        " front-stub pub-date permissions supplementary-material",
    )
)
_INLINE = set(
    re.findall(
        r"\S+",
        "named-content styled-content italic bold sup sub xref ext-link monospace span a em strong i b code sc"
        " underline uri inline-formula email math mml break br roman sans-serif small abbrev text tspan",
    )
)
_FRONT = {"contrib-group", "funding-group", "trans-title-group", "author-notes"}
_MATHML = "{http://www.w3.org/1998/Math/MathML}"


def read_xml(content: bytes, html: bool = False) -> Document:
    """JATS, or HTML. The place of a token is its element and line. Raises etree.XMLSyntaxError."""
    parser = (
        etree.HTMLParser(encoding="utf-8", huge_tree=True)
        if html
        else etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    )
    root = etree.fromstring(content, parser)
    walk = _Walk()
    walk.read(
        root,
        Run("", "", lang=root.get(_LANG) or root.get("lang") or ""),
    )
    walk.close()
    return walk.document


@dataclass(slots=True)
class _Walk:
    """Depth first; a block ends where an element begins or ends that stands in no line of text."""

    document: Document = field(default_factory=Document)
    runs: list[Run] = field(default_factory=list)
    title: str = "-"

    def close(self) -> None:
        self.document.tokens += tokens_of(self.runs)
        self.runs = []

    def read(self, element: Any, like: Run) -> None:
        if not isinstance(element.tag, str):
            return None
        name = element.tag.rpartition("}")[2]
        if name in ("graphic", "inline-graphic", "img") or (name == "svg" and element.get("role") == "img"):
            address = element.get(_HREF) or element.get("src") or "svg"
            drawn = etree.tostring(element) if name == "svg" else None
            self.document.pictures.append(Picture(address, f"line {element.sourceline}", drawn))
        if name == "alternatives":
            return self.read(list(element)[-1], like)  # the picture that any reader shows stands last
        inside = like.zone == "ref"
        if element.get("sec-type") == "supplementary-material":
            return None
        if (name in _SKIPPED and not inside) or (
            name == "xref" and element.get("ref-type") in ("fn", "aff", "corresp")
        ):
            return None
        if name == "caption" and _text(element) == self.title:
            return None  # JATS asks for one where the paper has none
        self.title = _text(element) if name == "title" else self.title
        inline = name in _INLINE or element.tag.startswith(_MATHML)
        if not inline:
            self.close()
            like = replace(like, place=f"{name} at line {element.sourceline}")
        like = _within(element, name, like)
        if name == "sup" and re.fullmatch(r"\s*[-−–]?\d+\s*", element.text or ""):
            self.runs.append(replace(like, text=RAISED + (element.text or "").strip()))
        else:
            self._add(element.text, like)
        for child in element:
            self.read(child, like)
            self._add(child.tail, like)
        if not inline:
            self.close()
        return None

    def _add(self, text: str | None, like: Run) -> None:
        if text:
            self.runs.append(replace(like, text=re.sub(r"[ \t\r\n]+", " ", text)))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _within(element: Any, name: str, like: Run) -> Run:
    """What a run inside the element is like."""
    lang = element.get(_LANG) or element.get("lang") or like.lang
    zone, group, id_ = like.zone, like.group, like.id
    if element.get("content-type") == "number":
        id_ = element.get("specific-use", "")
    elif "data-number" in element.attrib and name == "span":
        id_ = element.get("data-number")
    if name == "ref":
        zone, group = "ref", element.get("id", "")
    elif like.zone == "ref":
        group = f"{like.group.split('|')[0]}|{name}"
    elif name == "fn":
        zone = "note"
    elif name == "table-wrap":
        zone, group = "table", element.get("id", "")
    elif name in ("caption", "figcaption") or (name == "label" and like.zone in ("table", "fig")):
        zone = "caption"
    elif name == "fig":
        zone, group = "fig", element.get("id", "")
    elif (
        name == "label"
        or (name == "title" and element.getparent().tag.endswith(("abstract", "ref-list")))
        or (name == "span" and "number" in element.get("class", ""))
    ):
        zone = "label"
    elif name == "xref" and element.get("ref-type") == "bibr":
        zone, group = "cite", element.get("rid", "")
    elif name in _FRONT:
        zone, group = "front", name
    return replace(like, lang=lang, zone=zone, group=group, id=id_)


def read_docx(content: bytes) -> Document:
    """A Word document: paragraphs in their order, then notes. Deleted text and contents are left out.

    Raises zipfile.BadZipFile, KeyError or etree.XMLSyntaxError where it is none.
    """
    document = Document()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        targets = {}
        if "word/_rels/document.xml.rels" in names:
            relations = etree.fromstring(archive.read("word/_rels/document.xml.rels"))
            targets = {one.get("Id"): one.get("Target") for one in relations}
        nth = 0
        for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
            if part not in names and part != "word/document.xml":
                continue
            root = etree.fromstring(archive.read(part))
            for paragraph in root.iter(f"{_W}p"):
                nth += 1
                if not _is_contents(paragraph):
                    place = (
                        f"paragraph {nth}" if part.endswith("document.xml") else f"a note, paragraph {nth}"
                    )
                    document.tokens += tokens_of(list(_word_runs(paragraph, place)))
                for blip in paragraph.iter("{*}blip"):
                    target = f"word/{targets.get(blip.get(_EMBED), '')}"
                    if target in names:
                        document.pictures.append(Picture(target, f"paragraph {nth}", archive.read(target)))
    return document


def _is_contents(paragraph: Any) -> bool:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    if style is not None and re.match(r"(?i)toc|contents\d", style.get(f"{_W}val", "")):
        return True
    return any(one.find(f".//{_W}docPartGallery") is not None for one in paragraph.iterancestors(f"{_W}sdt"))


def _word_runs(paragraph: Any, place: str) -> Iterator[Run]:
    for element in paragraph.iter():
        owner = next(element.iterancestors(f"{_W}p"), None)
        if owner is not None and owner is not paragraph:
            continue  # a text box's own paragraph
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in ("tab", "br", "cr"):
            yield Run(" ", place)
        elif name == "noBreakHyphen":
            yield Run("-", place)
        elif name == "t" and next(element.iterancestors("{*}Fallback"), None) is None:
            raised = element.getparent().find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") is not None
            yield Run((RAISED if raised else "") + (element.text or ""), place)
