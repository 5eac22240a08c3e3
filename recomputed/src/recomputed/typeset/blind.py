"""The double-blind edition: pictures without a telling name or metadata, cells without comments, and a search of
every file of the finished edition for whoever must not be named.
"""

import ast
import base64
import io
import json
import re
import struct
import tokenize
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from nbformat import NotebookNode

from recomputed import paths
from recomputed.editions import at_hand
from recomputed.faults import Fault, InputError
from recomputed.manuscript.figure_files import draw
from recomputed.manuscript.frontmatter import front_matter
from recomputed.manuscript.names import by_code, name_lines
from recomputed.manuscript.source import uncommented
from recomputed.paper_toml import paper_settings
from recomputed.tables.sheet import Line
from recomputed.typeset.engines import elements

_PNG = b"\x89PNG\r\n\x1a\n"
_SHOWN = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_UNSEEN = ("metadata", "title", "desc", "script")
_ORIENTATION = 0x0112
_DATA_URI = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=\s]+)")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def anonymous_pictures(tree: Any, root: Path, folder: Path) -> dict[str, str]:
    """Give the images of a pandoc document that are in `root` new names, and put them into `folder` without metadata.

    A figure is drawn anew where it may name a case, which it then calls by its code. Changes the document; the new
    names by the old. InputError for an image that is no PNG, JPEG or SVG.
    """
    names: dict[str, str] = {}
    for image in elements(tree, "Image"):
        source = image["c"][2][0]
        if source not in names and (root / source).is_file():
            new = names[source] = f"figures/picture-{len(names) + 1}{Path(source).suffix.lower()}"
            for suffix, picture in _drawings(root, root / source).items():
                _put(picture, source, (folder / new).with_suffix(suffix))
        image["c"][2][0] = names.get(source, source)
    return names


def _drawings(root: Path, source: Path) -> dict[str, bytes]:
    """An image and those of the same figure that stand beside it, by suffix."""
    suffixes = dict.fromkeys((source.suffix.lower(), ".png", ".narrow.svg"))
    files = {
        suffix: source if suffix == source.suffix.lower() else source.with_suffix(suffix)
        for suffix in suffixes
    }
    found = {suffix: file.read_bytes() for suffix, file in files.items() if file.is_file()}
    names = [] if paper_settings().paper.names_public else name_lines(root / paths.NAMES.name)
    for mark in ("", ".narrow") if names else ():
        chart = source.with_suffix(f"{mark}.vl.json")
        if chart.is_file():
            drawn = draw(_by_codes(chart.read_text(encoding="utf-8"), names))
            found |= {mark + suffix: drawing for suffix, drawing in drawn.items() if mark + suffix in found}
    return found


def _by_codes(chart: str, names: Sequence[Line]) -> str:
    """A chart whose cases go by their codes."""
    for line in names:
        for name in (f"{line['name']} ({line['case']})", line["name"]):
            chart = chart.replace(json.dumps(name, ensure_ascii=False)[1:-1], by_code(line["case"]))
    return chart


def _put(picture: bytes, shown: str, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    try:
        new.write_bytes(without_metadata(picture))
    except (ValueError, ElementTree.ParseError, struct.error):
        expected = "a PNG, JPEG or SVG image, whose metadata the blind edition can leave out"
        raise InputError(Fault(at_hand().name, expected, shown)) from None


def without_metadata(picture: bytes) -> bytes:
    """The same picture, with nothing in it but what is seen. ValueError where it is no PNG, JPEG or SVG."""
    if picture.startswith(_PNG):
        return _PNG + b"".join(_png_chunks(picture))
    if picture.startswith(b"\xff\xd8"):
        return b"".join(_jpeg_parts(picture))
    if b"<svg" in picture:
        return _svg(picture)
    raise ValueError("another kind of picture")


def _png_chunks(picture: bytes) -> Iterator[bytes]:
    at, kind = len(_PNG), b""
    while kind != b"IEND":
        size, kind = struct.unpack(">I4s", picture[at : at + 8])
        if kind in _SHOWN:
            yield picture[at : at + size + 12]
        at += size + 12


def _jpeg_parts(picture: bytes) -> Iterator[bytes]:
    """Its segments up to the picture's end, of the applications' only those that say how to show it."""
    yield picture[:2]
    at, marker = 2, 0
    while marker != 0xDA:  # start of scan
        marker, size = picture[at + 1], struct.unpack(">H", picture[at + 2 : at + 4])[0]
        part = picture[at : at + 2 + size]
        if marker == 0xE1 and part[4:10] == b"Exif\0\0":
            yield _turned(part[10:])
        elif marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            yield part
        at += 2 + size
    yield picture[at : picture.rindex(b"\xff\xd9", at) + 2]


def _turned(exif: bytes) -> bytes:
    """An Exif segment with the orientation alone; nothing where there is none."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return b""
    start = struct.unpack(f"{order}I", exif[4:8])[0]
    for nth in range(struct.unpack(f"{order}H", exif[start : start + 2])[0]):
        entry = exif[start + 2 + 12 * nth : start + 14 + 12 * nth]
        if struct.unpack(f"{order}H", entry[:2])[0] == _ORIENTATION:
            turned = struct.unpack(f"{order}H", entry[8:10])[0]
            body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
    return b""


def _svg(picture: bytes) -> bytes:
    """The drawing as a new XML file: comments, descriptions and what editors keep in it are not taken along."""
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    root = ElementTree.fromstring(picture)
    for parent in list(root.iter()):
        for child in list(parent):
            space, _, name = str(child.tag).rpartition("}")
            if space != f"{{{_SVG}" or name in _UNSEEN:
                parent.remove(child)
        for key, value in list(parent.attrib.items()):
            if key.startswith(("data-", "aria-")) or (key.startswith("{") and _XLINK not in key):
                del parent.attrib[key]
            elif key.endswith("href") and value.startswith("data:"):
                kind, _, body = value.partition(",")
                parent.attrib[key] = (
                    f"{kind},{base64.b64encode(without_metadata(base64.b64decode(body))).decode()}"
                )
    drawing: bytes = ElementTree.tostring(root, encoding="utf-8")
    return drawing


def anonymous_notebook(notebook: NotebookNode, pictures: Mapping[str, str]) -> NotebookNode:
    """A copy of the executed notebook without comments, and with the pictures' new names."""
    import nbformat

    text = nbformat.writes(notebook)  # type: ignore[no-untyped-call]
    for old, new in pictures.items():
        text = text.replace(old, new)
    copy: NotebookNode = nbformat.reads(text, 4)  # type: ignore[no-untyped-call]
    for cell in copy.cells:
        cell.source = (
            uncommented(cell.source) if cell.cell_type == "markdown" else _uncommented_code(cell.source)
        )
    return copy


def _uncommented_code(source: str) -> str:
    """Python without its comments; what Quarto reads of them, `#| name: value`, stays."""
    lines = source.split("\n")
    try:
        ast.parse(source)
    except SyntaxError:  # a cell in another language, `%%bash` say, of which each Python reads other tokens
        return "\n".join("" if re.match(r"(?!#\|)\s*#", line) else line for line in lines)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not token.string.startswith("#|"):
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    return "\n".join(lines)


def names_to_hide(metadata: Mapping[str, Any], names_file: Path | None = None) -> list[str]:
    """Whom the blind edition must not name: authors, either way round, institutions, cases that are not public."""
    front = front_matter(metadata)
    people = [one for one in front["byline"] if one["name"]]
    names = [
        form
        for one in people
        for form in (one["name"], f"{one['family']} {one['given']}", one.get("orcid", ""))
    ]
    names += [place["name"] for place in front["institution"] if place.get("name")]
    if not paper_settings().paper.names_public:
        names += [line["name"] for line in name_lines(names_file)]
    return [name for name in dict.fromkeys(names) if _plain(name)]


def leaks(folder: Path, names: list[str]) -> Iterator[str]:
    """A sentence for each file in `folder`, or part of one, that names one of `names`, in its own name too."""
    wanted = {name: f" {_plain(name)} " for name in names}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            shown = path.relative_to(folder).as_posix()
            for part, content in [("", shown.encode()), *_parts(path.read_bytes())]:
                text = f" {_plain(content.decode('utf-8', 'replace'))} "
                for name in (name for name, form in wanted.items() if form in text):
                    yield f"{shown}{f' ({part})' if part else ''}: the blind edition names {name!r}"


def _parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What a file holds, unpacked: a zip's parts and their names, a PDF's streams, pictures in a page."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name, name.encode()
                yield from ((name, body) for _, body in _parts(archive.read(name)))
        return
    yield "", content
    yield from (("a picture", base64.b64decode(found[1])) for found in _DATA_URI.finditer(content))
    if content.startswith(b"%PDF-"):
        from recomputed.guards.pdf_text import NotReadable, read_pdf

        with suppress(NotReadable):  # told by those who read the formats back
            yield "its text", "".join(read_pdf(content)).encode()
        for found in _STREAM.finditer(content):
            try:
                yield "its metadata", zlib.decompress(found[1]).replace(b"\0", b"")
            except zlib.error:
                continue


def _plain(text: str) -> str:
    """In small letters without accents, whatever stands between words a space: `the_red_oak.png` names The Red Oak."""
    letters = unicodedata.normalize("NFKD", re.sub(r"<[^<>]*>", "", text)).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(one for one in letters if not unicodedata.combining(one))))
