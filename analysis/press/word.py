"""A DOCX before and after pandoc: the reference document that gives it its look, and bytes that repeat."""

import io
import zipfile

from analysis import paths

PARTS = paths.PRESS / "assets" / "docx"
EPOCH = (1980, 1, 1, 0, 0, 0)
REGIONS = {"id": "id-ID", "en": "en-US"}

_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)


def reference_document(lang: str) -> bytes:
    """Return a .docx with this paper's styles, page and footer; `lang` is the language of its text.

    It is zipped from the text parts in `assets/docx/`; what is not there pandoc adds from its own.
    """
    region = REGIONS.get(lang, lang)
    files = [part for part in sorted(PARTS.rglob("*")) if part.is_file()]
    texts = [part.read_text(encoding="utf-8").replace("{{lang}}", region) for part in files]
    names = [part.relative_to(PARTS).as_posix() for part in files]
    return _zipped(list(zip(names, (text.encode() for text in texts), strict=True)))


def repeatable(docx: bytes) -> bytes:
    """Return `docx` without time stamps, and without the custom properties that pandoc makes of all metadata.

    Among those is the place of the citation style on this machine.
    """
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["docProps/custom.xml"] = _NO_PROPERTIES
    return _zipped(list(parts.items()))


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts:
            archive.writestr(zipfile.ZipInfo(name, EPOCH), body, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
