"""The words and numbers of a document in their order: JATS, HTML, Word, and stretches of text from elsewhere.

A token's key is what two house styles have in common: a number's digits, a word's small letters. How the number is
written, its sign, and the punctuation before it stay beside the key.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lxml import etree

from recomputed.language.catalogue import CODES, known

RAISED = "\ue000"  # stands before what is set as a superscript
NUMBER, WORD, SIGN = "number", "word", "sign"
DASHES = "-‐‑‒–—―−"
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TOKEN = re.compile(
    rf"(?P<raised>{RAISED}[{DASHES}]?\d+)|(?P<number>(?:(?<![\w.,)\]”’»])[.,·](?=\d))?\d+(?:[.,·'’]\d+)*)"
    rf"|(?P<word>[^\W\d_]+(?:[{DASHES[:3]}'’][^\W\d_]+)*)|(?P<sign>[&%‰°±<>=≤≥≈~×÷+$€£¥])|(?P<dash>[{DASHES}])"
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is all of one kind. `place` is where it stands, as a reader would look for it; `zone` and
    `group` say what it is part of (`ref`, and which); `id` is the number's.
    """

    text: str
    place: str
    zone: str = "text"
    group: str = ""
    id: str = ""
    lang: str = ""


@dataclass(slots=True)
class Token:
    """A number, a word or a sign: its key, as it is shown, and the punctuation before it."""

    kind: str
    key: str
    shown: str
    before: str
    sign: str
    run: Run
    starts: bool  # a block or a line


@dataclass(slots=True)
class Picture:
    """A picture: its name, place, content (a file's, pixels, or None if it cannot be had) and the texts drawn in it."""

    name: str
    place: str
    content: Any = None
    texts: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """A document's tokens, and its pictures in their order."""

    tokens: list[Token] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def clean(text: str) -> str:
    """Ligatures, wide and narrow spaces and what nobody sees, as plain text; superscript digits with their mark."""
    if text.isascii():
        return text
    text = re.sub(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))", "’", text)
    return "".join(
        f"{RAISED}{unicodedata.normalize('NFKC', one)}"
        if unicodedata.decomposition(one).startswith("<super>") and one.isdigit()
        else unicodedata.normalize("NFKC", one)
        for one in unicodedata.normalize("NFC", text.translate(_UNSEEN))
    ).replace("µ", "μ")


@cache
def same_words() -> dict[str, str]:
    """What words and signs have one key: percent and %, the words of a range and its dash, "and" and &."""
    same: dict[str, str] = {}
    for language in known(CODES):
        same |= {language["numbers.to"]: "to", _bare(language["findings.and"].format(first="", last="")): "&"}
        percents = language["unit_words"].get("percent-share percent-change percent-ratio", "").split(";")
        same |= {_bare(word): "%" for word in percents if _bare(word)}
    return same


def _bare(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def tokens_of(runs: Sequence[Run]) -> list[Token]:
    """The tokens of one block. A number's sign is told from the dash of a range by what stands around it."""
    runs = [replace(run, text=clean(run.text)) for run in runs]
    text = "".join(run.text for run in runs)
    owners = [run for run in runs for _ in run.text]
    tokens: list[Token] = []
    end, sign, begun = 0, "", 0
    for found in _TOKEN.finditer(text):
        kind, shown, start = str(found.lastgroup), found[0], found.start()
        between = text[end : begun if sign else start]
        if kind == "dash":
            follows = re.match(rf"\s*[{DASHES}]?[.,]?\d", text[found.end() :])
            tight = text[found.end() : found.end() + 1].strip() != ""
            if follows and tight and not re.search(r"[\w%°)\]]\Z", text[:start]):
                sign, begun = ("-" if shown in "-‐‑–−" else ""), start
                continue
            numbers = tokens and (tokens[-1].kind == NUMBER or tokens[-1].key == "%")
            if not (follows and numbers) or between.strip():
                continue
            kind = SIGN
            token = Token(SIGN, "to", shown, between, "", owners[start], False)
        elif kind == "raised":
            token = Token(NUMBER, "^" + _minus(shown[1:]), shown[1:], between, "", owners[start], False)
        elif kind == "number":
            digits = ("0" if not shown[0].isdigit() else "") + "".join(filter(str.isdigit, shown))
            token = Token(NUMBER, digits, shown, between, sign, owners[start], False)
        elif kind == "word":
            key = _bare(shown)
            token = Token(WORD, same_words().get(key, key), shown, between, "", owners[start], False)
        else:
            token = Token(SIGN, shown, shown, between, "", owners[start], False)
        token.starts = not tokens or "\n" in between
        tokens.append(token)
        end, sign = found.end(), ""
    return tokens


def _minus(text: str) -> str:
    return "-" + text[1:] if text[0] in DASHES else text


# ---------------------------------------------------------------- XML

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
        Run("", "", lang=root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("lang") or ""),
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
        if name in ("sup", "msup") and re.fullmatch(r"\s*[-−–]?\d+\s*", element.text or "") and name == "sup":
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
    lang = element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("lang") or like.lang
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


# ---------------------------------------------------------------- Word


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


def blocks(texts: Iterable[Sequence[Run]]) -> Document:
    """The document of blocks of runs."""
    return Document([token for runs in texts for token in tokens_of(runs)])
