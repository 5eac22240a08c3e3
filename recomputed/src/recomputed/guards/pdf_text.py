"""The text of a PDF, page by page, in the order in which it was set, read by PDFium.

What a page repeats (its head and number, a table's head on the next page) is marked as an artifact and left out.
"""

import ctypes
import re
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

_ARTIFACT = "Artifact".encode("utf-16-le")
_BREAK = re.compile(r"(?<=[^\W\d_])(?:\u00ad+\s*|-[\r\n]+)(?=[^\W\d_])")


class NotReadable(ValueError):
    """The PDF is none, or damaged."""


def read_pdf(content: bytes) -> list[str]:
    """The text of each page, artifacts left out. Raises NotReadable."""
    try:
        with pdfium.PdfDocument(content) as document:
            return [_text(page) for page in document]
    except pdfium.PdfiumError as error:
        raise NotReadable(str(error)) from None


def whole_words(shown: str) -> str:
    """The text of a PDF with the words whole that its lines break, or that they could."""
    return _BREAK.sub("", shown)


def _text(page: pdfium.PdfPage) -> str:
    for thing in list(page.get_objects(max_depth=1)):
        if _is_artifact(thing.raw):
            page.remove_obj(thing)
    text: str = page.get_textpage().get_text_range()
    return text.replace("\ufffe", "-")  # PDFium's mark for the hyphen of a broken line


def _is_artifact(thing: Any) -> bool:
    if raw.FPDFPageObj_GetMarkedContentID(thing) >= 0:  # content: no artifact stands in it
        return False
    return any(
        _name(raw.FPDFPageObj_GetMark(thing, nth)) == _ARTIFACT
        for nth in range(raw.FPDFPageObj_CountMarks(thing))
    )


def _name(mark: Any) -> bytes:
    """A mark's name in UTF-16, as far as it can tell whether it is an artifact's."""
    name, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), length)
    return bytes(name)[: max(0, length.value - 2)]
