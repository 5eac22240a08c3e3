"""HTML, Word and JATS read back: their numbers, their text, and what they would load from elsewhere."""

import re
import zipfile
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

REMOTE = re.compile(r"\s*(?:https?:)?//", re.IGNORECASE)
_IN_STYLE = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"'])((?:https?:)?//[^\"')\s]+)", re.IGNORECASE)
_IN_SCRIPT = re.compile(
    r"(?:\bimport\b[^;\n]*?|\bfetch\(\s*|importScripts\(\s*|\.src\s*=\s*)[\"'`]((?:https?:)?//[^\"'`]+)"
)
_LOADING = {"src", "srcset", "poster", "background", "data", "action", "formaction", "ping"}
_LINKS = {
    "stylesheet",
    "preload",
    "prefetch",
    "modulepreload",
    "icon",
    "preconnect",
    "dns-prefetch",
    "manifest",
}
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
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
    """A page: `.num` spans, the text a reader sees, and every remote address that a browser would fetch."""
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    page.close()
    page.document.text = "".join(page.seen)
    return page.document


def read_jats(file: Path) -> Document:
    """A JATS article: `named-content` of type number, its text, remote graphics."""
    root = ElementTree.parse(file).getroot()
    document = Document(text=" ".join(root.itertext()))
    for element in root.iter():
        if element.tag == "named-content" and element.get("content-type") == "number":
            id_ = element.get("specific-use") or element.get("vocab-term") or ""
            document.numbers.append(Shown(id_, _plain("".join(element.itertext()))))
        elif element.tag == _MTEXT and element.get("class") == "number":
            id_ = element.get("id", "").removeprefix("num-").rpartition("-")[0]
            document.numbers.append(Shown(id_, _plain(element.text or "")))
        elif element.tag in ("graphic", "inline-graphic", "media") and REMOTE.match(element.get(_XLINK, "")):
            document.loads.append(element.get(_XLINK, ""))
    return document


def read_docx(file: Path) -> Document:
    """A Word document: the text in bookmarks of numbers, without the bookmarks' counts; footnotes last."""
    document = Document()
    with zipfile.ZipFile(file) as archive:
        names = set(archive.namelist())
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part in names:
                _read_part(archive.read(part), document)
        for name in names:
            if name.endswith(".rels"):
                document.loads += _external(archive.read(name))
    return document


def _read_part(content: bytes, document: Document) -> None:
    open_: dict[str, tuple[str, list[str]]] = {}
    pieces: list[str] = []
    for element in ElementTree.fromstring(content).iter():
        if element.tag == f"{_W}bookmarkStart" and element.get(f"{_W}name", "").startswith("num_"):
            name = element.get(f"{_W}name", "").rpartition("_")[0]
            open_[element.get(f"{_W}id", "")] = (name, [])
        elif element.tag == f"{_W}bookmarkEnd" and element.get(f"{_W}id", "") in open_:
            name, texts = open_.pop(element.get(f"{_W}id", ""))
            document.numbers.append(Shown(name, _plain("".join(texts))))
        elif element.tag == f"{_W}p":
            pieces.append("\n")
        elif element.tag in (f"{_W}t", f"{_M}t"):
            pieces.append(element.text or "")
            for _, texts in open_.values():
                texts.append(element.text or "")
    document.text += "".join(pieces)


def _external(relationships: bytes) -> list[str]:
    return [
        one.get("Target", "")
        for one in ElementTree.fromstring(relationships)
        if one.get("TargetMode") == "External" and not one.get("Type", "").endswith("/hyperlink")
    ]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.seen: list[str] = []
        self._inside = ""  # script or style
        self._number: tuple[str, int, list[str]] | None = None
        self._depth = 0
        self._contents = 0  # the depth of the list of contents, whose numbers are those of the headings

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._loads(tag, given)
        if tag in ("script", "style"):
            self._inside = tag
        if tag not in _VOID:
            self._depth += 1
        if tag == "nav" and not self._contents:
            self._contents = self._depth
        id_ = given.get("data-number")
        is_place = not self._contents and self._number is None
        if id_ and is_place and "num" in given.get("class", "").split():
            self._number = (id_, self._depth, [])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._loads(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if self._number and self._depth == self._number[1] and tag == "span":
            id_, _, texts = self._number
            self.document.numbers.append(Shown(id_, _plain("".join(texts))))
            self._number = None
        if tag == "nav" and self._depth == self._contents:
            self._contents = 0
        if tag not in _VOID:
            self._depth -= 1
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            pattern = _IN_STYLE if self._inside == "style" else _IN_SCRIPT
            self.document.loads += pattern.findall(data)
            return
        self.seen.append(data)
        if self._number:
            self._number[2].append(data)

    def _loads(self, tag: str, given: dict[str, str]) -> None:
        loading = [value for name, value in given.items() if name in _LOADING]
        if tag == "link" and _LINKS & set(given.get("rel", "").lower().split()):
            loading.append(given.get("href", ""))
        if tag in ("image", "use"):
            loading += [given.get("href", ""), given.get("xlink:href", "")]
        self.document.loads += [address for address in loading if REMOTE.match(address)]
        self.document.loads += _IN_STYLE.findall(given.get("style", ""))


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
