"""The text of a PDF that typst wrote, page by page, in the order in which it was set.

Standard library only, and quick: the checks of every build read the PDF back. It knows what typst writes
(plain objects, deflated streams, fonts of glyph numbers with a ToUnicode map) and refuses anything else.
"""

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_FONT = re.compile(rb"/(\w+) (\d+) 0 R")
_ONE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_SHOW = re.compile(
    rb"(?=[/(<BEQq])(?:"  # most of a page is numbers: passed over at once
    rb"/Artifact\b.*?BDC(?P<artifact>)|/ActualText\s*<(?P<actual>[0-9a-fA-F]*)>.*?BDC"
    rb"|/(?P<font>\w+) [\d.]+ Tf|(?P<text>\((?:\\.|[^\\()])*\))|(?P<hex><[0-9a-fA-F]+>)"
    rb"|(?P<begin>\bBT\b)|(?P<mark>\bBDC\b|\bBMC\b)|(?P<end>\bEMC\b)|\b(?P<save>q)\b|\b(?P<restore>Q)\b)",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


class NotReadable(ValueError):
    """The PDF is not as typst writes it."""


def read_pdf(content: bytes) -> list[str]:
    """The text of each page, headers and footers left out. Raises NotReadable."""
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(content)}
    pages = [body for body in objects.values() if body.startswith(b"<</Type/Page/")]
    if not pages:
        raise NotReadable("it has no pages that can be read")
    maps: dict[int, _Characters] = {}
    return ["".join(_page(page, objects, maps)) for page in pages]


def _page(page: bytes, objects: Mapping[int, bytes], maps: dict[int, "_Characters"]) -> Iterator[str]:
    resources = objects[_reference(page, b"Resources")]
    fonts = {}
    block = re.search(rb"/Font<<(.*?)>>", resources)
    for name, number in _FONT.findall(block[1] if block else b""):
        if int(number) not in maps:
            unicode_map = _stream(objects[_reference(objects[int(number)], b"ToUnicode")])
            maps[int(number)] = _characters(unicode_map, b"/Type0" in objects[int(number)])
        fonts[name] = maps[int(number)]
    yield from _shown(_stream(objects[_reference(page, b"Contents")]), fonts)


def _shown(content: bytes, fonts: Mapping[bytes, "_Characters"]) -> Iterator[str]:
    font, saved = _Characters(), list[_Characters]()
    depth, skipping = 0, 0
    for match in _SHOW.finditer(content):
        kind = match.lastgroup
        if kind in ("artifact", "actual", "mark"):
            depth += 1
            if kind != "mark" and not skipping:
                skipping = depth
                yield bytes.fromhex((match["actual"] or b"").decode()).decode("utf-16")
        elif kind == "end":
            if depth == skipping:
                skipping = 0
            depth -= 1
        elif kind == "save":
            saved.append(font)
        elif kind == "restore":
            font = saved.pop() if saved else font
        elif kind == "font":
            font = fonts.get(match["font"], _Characters())
        elif skipping:
            continue
        elif kind == "begin":
            yield " "
        elif kind in ("text", "hex"):
            raw = (
                _string(match["text"][1:-1]) if kind == "text" else bytes.fromhex(match["hex"][1:-1].decode())
            )
            yield raw.decode("utf-16-be" if font.is_wide else "latin-1", "replace").translate(font)


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    if found is None:
        raise NotReadable(f"an object has no /{key.decode()}")
    return int(found[1])


def _stream(body: bytes) -> bytes:
    begin = body.find(b"stream\n")
    if begin < 0:
        raise NotReadable("an object that should have a stream has none")
    content = body[begin + 7 :]
    return zlib.decompressobj().decompress(content) if b"/FlateDecode" in body[:begin] else content


def _characters(unicode_map: bytes, is_wide: bool) -> "_Characters":
    characters = _Characters()
    characters.is_wide = is_wide
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", unicode_map, re.DOTALL):
        for glyph, text in _ONE.findall(block):
            characters[int(glyph, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", unicode_map, re.DOTALL):
        for first, last, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block):
            for offset in range(int(last, 16) - int(first, 16) + 1):
                characters[int(first, 16) + offset] = chr(int(text, 16) + offset)
    return characters


class _Characters(dict[int, str]):
    """What each glyph means; one that nothing is said of is shown as unknown. Wide glyphs take two bytes."""

    is_wide = True

    def __missing__(self, glyph: int) -> str:
        return "\ufffd"


def _string(raw: bytes) -> bytes:
    if b"\\" not in raw:
        return raw

    def meant(match: re.Match[bytes]) -> bytes:
        text = match[1]
        return bytes([int(text, 8) & 255]) if text[0] in b"01234567" else _NAMED.get(text, text)

    # a wide glyph's first byte is mostly zero; between two escaped backslashes, \000 can mean nothing else
    raw = b"\\\\".join(part.replace(b"\\000", b"\0") for part in raw.split(b"\\\\"))
    return _ESCAPE.sub(meant, raw)
