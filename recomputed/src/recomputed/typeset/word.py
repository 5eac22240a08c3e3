"""A DOCX before and after pandoc: the reference document that gives it its look, and bytes that repeat.

`python -m recomputed.typeset.word` makes `assets/reference.docx` anew from the text parts in `assets/docx/`.
"""

import io
import re
import zipfile
from itertools import count

from recomputed import paths

PARTS = paths.ASSETS / "docx"
REFERENCE = paths.ASSETS / "reference.docx"
EPOCH = (1980, 1, 1, 0, 0, 0)

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
    return _zipped(parts, zipfile.ZIP_STORED)


def repeatable(docx: bytes) -> bytes:
    """Return `docx` without time stamps, and without the custom properties that pandoc makes of all metadata.

    Among those is the place of the citation style on this machine. Numbers in formulas get their bookmarks.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/custom.xml"] = _NO_PROPERTIES
    for part in parts.keys() & {"word/document.xml", "word/footnotes.xml"}:
        parts[part] = _bookmarked(parts[part].decode()).encode()
    return _zipped(parts, zipfile.ZIP_DEFLATED)


def _bookmarked(xml: str) -> str:
    """Numbers in formulas, marked by `numbers.lua`, in bookmarks like all others."""
    ids = count(1 + max(map(int, re.findall(r'<w:bookmarkStart w:id="(\d+)"', xml)), default=0))

    def bookmark(found: re.Match[str]) -> str:
        id_ = next(ids)
        start = f'<w:bookmarkStart w:id="{id_}" w:name="{found[2]}"/>'
        return f'{start}{found[1]}{found[3]}<w:bookmarkEnd w:id="{id_}"/>'

    return _IN_FORMULA.sub(bookmark, xml)


def _zipped(parts: dict[str, bytes], method: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, body in parts.items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3  # the same on Windows
            archive.writestr(info, body, method)
    return buffer.getvalue()


if __name__ == "__main__":
    REFERENCE.write_bytes(reference_document())
