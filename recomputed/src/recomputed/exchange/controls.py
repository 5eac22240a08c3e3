"""The marked Word file with a content control for each piece, and with the version that it was made from inside."""

import base64
import io
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from lxml import etree

from recomputed.exchange import marks
from recomputed.exchange.marks import BLOCK, CLOSE, MARK, OPEN, Piece, number_of
from recomputed.typeset.word import JOINED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NAMES = {"w": W[1:-1]}
NAMESPACE = "https://recomputed.invalid/coauthors/1"
TEXTS = ("word/document.xml", "word/footnotes.xml")
BOOKMARK = "_piece_"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_LOCKS = {
    marks.NUMBER: "sdtContentLocked", marks.MADE: "sdtContentLocked", marks.LABEL: "sdtContentLocked",
    marks.VALUE: "contentLocked", marks.CITATION: "contentLocked", marks.FORMULA: "contentLocked",
}  # fmt: skip


NOT_UNZIPPED = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
)
"""What reading a zip raises that is none, is cut short, is locked with a password or packed in another way."""


LOCKED = b"\xd0\xcf\x11\xe0"
"""How a Word file with a password begins, and one of before 2007."""
WHY_LOCKED = "an encrypted or an old Word file: save it as DOCX without a password"


_LARGEST = 2**29  # bytes of an unpacked Word file


def unzipped(docx: bytes) -> zipfile.ZipFile:
    """A Word file as the zip that it is. Raises one of NOT_UNZIPPED, and that where unpacked it would be too large."""
    archive = zipfile.ZipFile(io.BytesIO(docx))
    if sum(one.file_size for one in archive.infolist()) > _LARGEST:
        raise zipfile.LargeZipFile(f"more than {_LARGEST // 2**20} MiB when it is unpacked")
    return archive


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a DOCX by their names, ranges without the joiners that hold them: nobody wrote those."""
    with unzipped(docx) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    joined, plain = JOINED.encode(), JOINED[0].encode()
    return parts | {name: parts[name].replace(joined, plain) for name in TEXTS if name in parts}


def with_controls(parts: dict[str, bytes], pieces: list[Piece], titles: Mapping[str, str]) -> None:
    """Put a content control where two marks stand around a piece, tagged and titled. Marks of blocks stay."""
    tags = tagged(pieces)
    for name in TEXTS:
        if name not in parts:
            continue
        tree = etree.fromstring(parts[name])
        _flatten(tree)
        for run in list(tree.iter(f"{W}r")):
            _split(run)
        for run in reversed(list(tree.iter(f"{W}r"))):
            found = _marked(run, OPEN)
            if found is not None:
                nth = number_of(found)
                _enclose(run, nth, pieces[nth], tags[nth], titles.get(pieces[nth].name, pieces[nth].name))
        for run in list(tree.iter(f"{W}r")):
            if _marked(run, OPEN) is not None or _marked(run, CLOSE) is not None:
                run.getparent().remove(run)
        for paragraph in tree.xpath("//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]", namespaces=NAMES):
            for text in paragraph.iter(f"{W}t"):
                text.text = MARK.sub("", text.text or "")
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def tagged(pieces: Sequence[Piece]) -> list[str]:
    """The tag of each piece's control: its name, and which of that name it is."""
    seen: Counter[str] = Counter()
    tags = []
    for piece in pieces:
        name = re.sub(r"[^\w.:@-]+", "_", piece.name)[:50]
        seen[name] += 1
        tags.append(f"{name}#{seen[name]}")
    return tags


def without_blocks(parts: dict[str, bytes]) -> None:
    """Take the marks of blocks away, and paragraphs that are nothing else."""
    for name in TEXTS:
        if name not in parts:
            continue
        tree = etree.fromstring(parts[name])
        for text in list(tree.iter(f"{W}t")):
            if BLOCK not in (text.text or ""):
                continue
            text.text = MARK.sub("", text.text)
            paragraph = next(text.iterancestors(f"{W}p"))
            if not "".join(paragraph.itertext()).strip() and paragraph.find(f".//{W}drawing") is None:
                paragraph.getparent().remove(paragraph)
        parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _flatten(tree: Any) -> None:
    """Links within the paper and fields are plain text here: some programs break those within a control."""
    for link in list(tree.xpath("//w:p[not(starts-with(w:pPr/w:pStyle/@w:val, 'TOC'))]//w:hyperlink[@w:anchor]",
                                namespaces=NAMES)):  # fmt: skip
        for child in list(link):
            link.addprevious(child)
        link.getparent().remove(link)
    fields = "//w:p[not(starts-with(w:pPr/w:pStyle/@w:val, 'TOC'))]//w:r[w:fldChar or w:instrText]"
    for run in tree.xpath(fields, namespaces=NAMES):
        run.getparent().remove(run)


def _marked(run: Any, kind: str) -> re.Match[str] | None:
    found = MARK.fullmatch(run.findtext(f"{W}t") or "")
    return found if found and found[1] == kind else None


def _split(run: Any) -> None:
    """A run with marks in its text as several: each mark has a run of its own."""
    texts = run.findall(f"{W}t")
    if not any(OPEN in (text.text or "") or CLOSE in (text.text or "") for text in texts):
        return
    properties = run.find(f"{W}rPr")
    for child in [child for child in run if child is not properties]:
        whole = child.text or ""
        cut = [whole] if child.tag != f"{W}t" else re.split(f"([{OPEN}{CLOSE}].*?\ue0ff)", whole)
        for piece in cut:
            if child.tag == f"{W}t" and not piece:
                continue
            new = etree.Element(f"{W}r")
            if properties is not None:
                new.append(deepcopy(properties))
            one = deepcopy(child)
            if child.tag == f"{W}t":
                one.text = piece
                one.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            new.append(one)
            run.addprevious(new)
    run.getparent().remove(run)


def _enclose(run: Any, nth: int, piece: Piece, tag: str, title: str) -> None:
    """What stands behind `run`, up to the run that closes the piece, in a content control."""
    within = []
    for sibling in run.itersiblings():
        closing = _marked(sibling, CLOSE) if sibling.tag == f"{W}r" else None
        if closing and number_of(closing) == nth:
            break
        within.append(sibling)
    else:
        return
    if (
        piece.kind == marks.FOOTNOTE
    ):  # LibreOffice drops one around a note's mark: notes are known by their text
        return
    id_ = str(8_000_000 + nth)
    start = etree.Element(f"{W}bookmarkStart", {f"{W}id": id_, f"{W}name": f"{BOOKMARK}{nth}"})
    within = [start, *within, etree.Element(f"{W}bookmarkEnd", {f"{W}id": id_})]
    control = etree.Element(f"{W}sdt")
    properties = etree.SubElement(control, f"{W}sdtPr")
    for name, value in (("alias", title[:64]), ("tag", tag), ("id", str(7_000_000 + nth))):
        etree.SubElement(properties, f"{W}{name}", {f"{W}val": value})
    if piece.kind in _LOCKS:
        etree.SubElement(properties, f"{W}lock", {f"{W}val": _LOCKS[piece.kind]})
    etree.SubElement(control, f"{W}sdtContent").extend(within)
    run.addprevious(control)


def with_base(parts: dict[str, bytes], base: Mapping[str, Any], read: Mapping[str, bytes]) -> None:
    """Put the base inside: what it is told of, and the parts that it is `read` from, as a custom XML part."""
    packed = {name: base64.b64encode(zlib.compress(content, 9)).decode() for name, content in read.items()}
    root = etree.Element(f"{{{NAMESPACE}}}base", nsmap={None: NAMESPACE})
    root.text = json.dumps({**base, "parts": packed}, ensure_ascii=True)
    item = max((int(n) for n in re.findall(r"customXml/item(\d+)\.xml", " ".join(parts))), default=0) + 1
    head = b'<?xml version="1.0" encoding="UTF-8"?>\n'
    parts[f"customXml/item{item}.xml"] = head + etree.tostring(root)
    schema = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    parts[f"customXml/itemProps{item}.xml"] = (
        head
        + (
            f'<ds:datastoreItem xmlns:ds="{schema}" ds:itemID="{{7C0FFEE0-0000-4000-8000-000000000001}}">'
            f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
        ).encode()
    )
    parts[f"customXml/_rels/item{item}.xml.rels"] = (
        head
        + (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{_REL}/customXmlProps" Target="itemProps{item}.xml"/></Relationships>'
        ).encode()
    )
    _add(parts, "word/_rels/document.xml.rels", "Relationship",
         {"Id": "rIdBase", "Type": f"{_REL}/customXml", "Target": f"../customXml/item{item}.xml"})  # fmt: skip
    _add(parts, "[Content_Types].xml", "Override",
         {"PartName": f"/customXml/itemProps{item}.xml", "ContentType": _PROPERTIES})  # fmt: skip


def _add(parts: dict[str, bytes], name: str, tag: str, attributes: Mapping[str, str]) -> None:
    tree = etree.fromstring(parts[name])
    etree.SubElement(tree, tree.tag.rpartition("}")[0] + "}" + tag, attributes)
    parts[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def base_in(parts: Mapping[str, bytes]) -> tuple[dict[str, Any], dict[str, bytes]] | None:
    """What `with_base` put in; None where there is none."""
    for root in _custom(parts):
        if etree.QName(root).namespace == NAMESPACE:
            try:
                base = json.loads(root.text or "")
                packed = base.pop("parts")
                return base, {name: zlib.decompress(base64.b64decode(one)) for name, one in packed.items()}
            except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
                return None
    return None


def _custom(parts: Mapping[str, bytes]) -> Iterator[Any]:
    for name, content in parts.items():
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            try:
                yield etree.fromstring(content, etree.XMLParser(huge_tree=True, resolve_entities=False))
            except etree.XMLSyntaxError:
                continue
