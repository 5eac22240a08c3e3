"""A proof read as what it is, told by its first bytes; what cannot be read is said in one message."""

import zipfile
from pathlib import Path

from lxml import etree

from recomputed.exchange.proof_pdf import NotReadable, read_pdf
from recomputed.exchange.proof_text import Document, Picture, read_docx, read_xml
from recomputed.faults import Fault, InputError

_KINDS = "a PDF, DOCX, JATS XML or HTML file"
_ENCRYPTED_OFFICE = b"\xd0\xcf\x11\xe0"


def read_proof(file: Path) -> Document:
    """The proof. InputError where it is of no known kind, damaged, encrypted or without text."""
    try:
        content = file.read_bytes()
        document = _read(content)
        for one in document.pictures:
            one.content = _beside(file, one) if one.content is None else one.content
    except OSError as error:
        raise InputError(Fault(str(file), "a file that can be read", error.strerror or "an error")) from None
    except (NotReadable, etree.XMLSyntaxError, zipfile.BadZipFile, KeyError, UnicodeError) as error:
        raise InputError(Fault(str(file), f"{_KINDS} with its text, unlocked", str(error))) from None
    except zipfile.LargeZipFile as error:
        raise InputError(Fault(str(file), _KINDS, str(error))) from None
    if not document.tokens:
        raise InputError(Fault(str(file), f"{_KINDS} with its text", "no word of text"))
    return document


def _beside(file: Path, picture: Picture) -> bytes | None:
    """The file beside the proof that the picture's name is of; None where it is not there."""
    there = file.parent / picture.name
    return there.read_bytes() if "://" not in picture.name and there.is_file() else None


def _read(content: bytes) -> Document:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in content[:1024]:
        return read_pdf(content)
    if start.startswith(b"PK"):
        return read_docx(content)
    if content.startswith(_ENCRYPTED_OFFICE):
        raise NotReadable("an encrypted or an old Word file: save it as DOCX without a password")
    if b"<html" in start.lower() or start.lower().startswith(b"<!doctype html"):
        return read_xml(content, html=True)
    if start.startswith(b"<"):
        return read_xml(content)
    raise NotReadable("a file of another kind")
