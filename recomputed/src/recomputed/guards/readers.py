"""HTML, Word and JATS read back: their numbers, their text, and what they would load from elsewhere."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"(?:\bimport\b[^;\n]*?|\bfetch\(\s*|importScripts\(\s*|\.src\s*=\s*)[\"'`]((?:https?:)?//[^\"'`]+)"
)
_LOADING = ("src", "srcset", "poster", "background", "data", "action", "formaction", "ping")
_LINKS = re.compile("stylesheet|preload|prefetch|icon|preconnect|manifest", re.IGNORECASE)
_NUMBER = "[@data-number][contains(concat(' ', normalize-space(@class), ' '), ' num ')]"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MTEXT = "{http://www.w3.org/1998/Math/MathML}mtext"
_XLINK = "{http://www.w3.org/1999/xlink}href"


class Shown(NamedTuple):
    """A number as a document shows it: its id, as far as the format keeps it, and its text."""

    id: str
    text: str


@dataclass(slots=True)
class Document:
    """A typeset document, read back. `loads` are the addresses that opening it would fetch."""

    numbers: list[Shown] = field(default_factory=list)
    text: str = ""
    loads: list[str] = field(default_factory=list)


def read_html(file: Path) -> Document:
    """A page: `.num` spans, the text a reader sees, and every remote address that a browser would fetch.

    The numbers in a list of contents are those of the headings.
    """
    page = etree.parse(file, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    spans = page.xpath(f"//span{_NUMBER}[not(ancestor::nav)][not(ancestor::span{_NUMBER})]")
    return Document(
        [Shown(span.get("data-number"), spaced(span.xpath("string()"))) for span in spans],
        "".join(page.xpath("//text()[not(parent::script or parent::style)]")),
        [address for element in page.iter("*") for address in _loads(element)],
    )


def _loads(element: Any) -> Iterator[str]:
    loading = [element.get(name, "") for name in _LOADING]
    if element.tag == "link" and _LINKS.search(element.get("rel", "")):
        loading.append(element.get("href", ""))
    if element.tag in ("image", "use"):
        loading += [element.get("href", ""), element.get("xlink:href", "")]
    yield from filter(REMOTE.match, loading)
    yield from _IN_STYLE.findall(element.get("style", ""))
    if element.tag in ("script", "style"):
        yield from (_IN_STYLE if element.tag == "style" else _IN_SCRIPT).findall(element.text or "")


def read_jats(file: Path) -> Document:
    """A JATS article: `named-content` of type number, its text, remote graphics."""
    root = etree.parse(file, etree.XMLParser(huge_tree=True)).getroot()
    document = Document(text=" ".join(root.xpath("//text()")))
    for element in root.iter("named-content", _MTEXT, "graphic", "inline-graphic", "media"):
        if element.get("content-type") == "number":
            id_ = element.get("specific-use") or element.get("vocab-term") or ""
            document.numbers.append(Shown(id_, spaced(element.xpath("string()"))))
        elif element.get("class") == "number":
            id_ = element.get("id", "").removeprefix("num-").rpartition("-")[0]
            document.numbers.append(Shown(id_, spaced(element.xpath("string()"))))
        elif REMOTE.match(element.get(_XLINK, "")):
            document.loads.append(element.get(_XLINK))
    return document


def read_docx(file: Path) -> Document:
    """A Word document: the text in bookmarks of numbers, without the bookmarks' counts; footnotes last."""
    document = Document()
    with zipfile.ZipFile(file) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if _is_read(name)}
    for name in ("word/document.xml", "word/footnotes.xml"):
        if name in parts:
            _read_part(parts.pop(name), document)
    external = "*[@TargetMode='External'][not(contains(@Type, '/hyperlink'))]/@Target"
    document.loads += [target for relations in parts.values() for target in relations.xpath(external)]
    return document


def _is_read(part: str) -> bool:
    return part in ("word/document.xml", "word/footnotes.xml") or part.endswith(".rels")


def _read_part(root: Any, document: Document) -> None:
    open_: dict[str, tuple[str, list[str]]] = {}
    pieces: list[str] = []
    for element in root.iter(*(_W + name for name in ("bookmarkStart", "bookmarkEnd", "p", "t")), f"{_M}t"):
        id_, name = element.get(f"{_W}id", ""), element.get(f"{_W}name", "")
        if name.startswith("num_"):
            open_[id_] = name.rpartition("_")[0], []
        elif element.tag == f"{_W}bookmarkEnd" and id_ in open_:
            name, texts = open_.pop(id_)
            document.numbers.append(Shown(name, spaced("".join(texts))))
        elif element.tag == f"{_W}p":
            pieces.append("\n")
        else:
            told = (element.text or "").replace("\N{WORD JOINER}", "")
            for texts in (pieces, *(texts for _, texts in open_.values())):
                texts.append(told)
    document.text += "".join(pieces)


def spaced(text: str) -> str:
    """`text` on one line, with one space between words."""
    return re.sub(r"\s+", " ", text).strip()
