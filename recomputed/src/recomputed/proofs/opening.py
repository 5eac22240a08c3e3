"""A proof read as what it is, told by its first bytes; what cannot be read is said in one message."""

import base64
import codecs
import re
from contextlib import suppress
from pathlib import Path

from lxml import etree

from recomputed.exchange.controls import LOCKED, NOT_UNZIPPED, WHY_LOCKED, unzipped
from recomputed.faults import Fault, InputError
from recomputed.file_kind import FILE, kind_at
from recomputed.proofs.markup import read_docx, read_xml
from recomputed.proofs.pdf import NotReadable, read_pdf
from recomputed.proofs.words import Document, Picture

_KINDS = "a PDF, DOCX, JATS XML or HTML file"
_REVIEWERS = b'<body class="paper review">'
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN = (NotReadable, etree.XMLSyntaxError, KeyError, UnicodeError, *NOT_UNZIPPED)


def read_proof(file: Path) -> Document:
    """The proof. InputError where it is of no known kind, damaged, encrypted or without text."""
    try:
        content = file.read_bytes()
        if _REVIEWERS in content:
            raise InputError(
                Fault(str(file), "a proof of the paper", "the reviewers' page, which tells of it")
            )
        document = _read(content)
        for one in document.pictures:
            one.content = _beside(file, one) if one.content is None else one.content
    except OSError as error:
        raise InputError(Fault(str(file), "a file that can be read", error.strerror or "an error")) from None
    except _BROKEN as error:
        why = str(error.args[0] if isinstance(error, KeyError) else error)
        raise InputError(Fault(str(file), f"{_KINDS} with its text, unlocked", why)) from None
    if not document.tokens:
        raise InputError(Fault(str(file), f"{_KINDS} with its text", "no word of text"))
    return document


def _beside(file: Path, picture: Picture) -> bytes | None:
    """What a picture's address holds, or the file beside the proof that it names; None for any other."""
    if inside := re.match(r"data:[^,]*;base64,", picture.name):
        with suppress(ValueError):
            return base64.b64decode(picture.name[inside.end() :])
    if re.match(r"[\\/]|\w+:", picture.name):  # another place of this machine, or of a network
        return None
    there = file.parent / picture.name
    return there.read_bytes() if kind_at(there) == FILE else None


def _read(content: bytes) -> Document:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return read_pdf(content)
    if start.startswith(b"PK"):
        unzipped(content).close()
        return read_docx(content)
    if content.startswith(LOCKED):
        raise NotReadable(WHY_LOCKED)
    if b"<html" in start.lower() or start.lower().startswith(b"<!doctype html"):
        return read_xml(content, html=True)
    if start.startswith((b"<", *_WIDE)):
        return read_xml(content)
    raise NotReadable("a file of another kind")
