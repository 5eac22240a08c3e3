"""What co-authors do to a Word file: edits of its XML, as Word makes them."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn


class Edited:
    """A DOCX that was opened to be edited."""

    def __init__(self, content: bytes) -> None:
        self.document = Document(io.BytesIO(content))
        self.body = self.document.element.body

    def saved(self) -> bytes:
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def paragraph(self, words: str, nth: int = 0) -> Any:
        """The paragraph, in the contents none, whose text has these words."""
        found = [
            one for one in self.body.iter(qn("w:p")) if words in text_of(one) and "TOC" not in style_of(one)
        ]
        assert found, words
        return found[nth]

    def replace(self, old: str, new: str) -> None:
        """Type over words that stand in one run."""
        for text in self.body.iter(qn("w:t")):
            if old in (text.text or "") and "TOC" not in style_of(next(text.iterancestors(qn("w:p")))):
                text.text = text.text.replace(old, new, 1)
                text.set(qn("xml:space"), "preserve")
                return
        raise AssertionError(old)

    def control(self, name: str) -> Any:
        """The content control with this tag."""
        found = self.body.xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{name}']")
        assert found, name
        return found[0]

    def type_over(self, name: str, text: str) -> None:
        """Write something else in a control."""
        first, *rest = self.control(name).iter(qn("w:t"))
        first.text = text
        for one in rest:
            one.text = ""

    def after(self, words: str, text: str, style: str = "") -> Any:
        """A new paragraph behind the one with these words, in its style unless another is said."""
        new = paragraph(text, style or style_of(self.paragraph(words)))
        self.paragraph(words).addnext(new)
        return new

    def cut(self, words: str, text: str) -> tuple[Any, Any, Any]:
        """The run with this text as three: before it, itself, behind it. The first and the last may be empty."""
        run = next(one for one in self.paragraph(words).iter(qn("w:r")) if text in text_of(one))
        before, behind = text_of(run).split(text, 1)
        parts = []
        for piece in (before, text, behind):
            new = deepcopy(run)
            new.find(qn("w:t")).text = piece
            new.find(qn("w:t")).set(qn("xml:space"), "preserve")
            run.addprevious(new)
            parts.append(new)
        run.getparent().remove(run)
        return parts[0], parts[1], parts[2]

    def formatted(self, words: str, text: str, mark: str) -> None:
        """Words set in italics (`i`), strong (`b`) …"""
        run = self.cut(words, text)[1]
        properties = run.get_or_add_rPr()
        properties.append(parse_xml(f"<w:{mark} {nsdecls('w')}/>"))

    def inserted(self, node: Any, author: str = "B") -> Any:
        """A run as a tracked insertion."""
        change = parse_xml(
            f'<w:ins {nsdecls("w")} w:id="9001" w:author="{author}" w:date="2024-05-01T00:00:00Z"/>'
        )
        node.addprevious(change)
        change.append(node)
        return change

    def deleted(self, node: Any, author: str = "B") -> Any:
        """A run as a tracked deletion."""
        change = parse_xml(
            f'<w:del {nsdecls("w")} w:id="9002" w:author="{author}" w:date="2024-05-01T00:00:00Z"/>'
        )
        node.addprevious(change)
        change.append(node)
        for text in node.iter(qn("w:t")):
            text.tag = qn("w:delText")
        return change

    def mark_tracked(self, node: Any, kind: str) -> None:
        """A paragraph's end as inserted (`ins`) or deleted (`del`)."""
        properties = node.get_or_add_pPr()
        mark = f'<w:rPr {nsdecls("w")}><w:{kind} w:id="9003" w:author="B" w:date="2024-05-01T00:00:00Z"/></w:rPr>'
        properties.append(parse_xml(mark))

    def comment(self, words: str, text: str, said: str, author: str = "Ben") -> None:
        """A comment on words that stand in one run."""
        run = self.cut(words, text)[1]
        from docx.text.run import Run

        self.document.add_comment([Run(run, None)], said, author, "B")


def paragraph(text: str, style: str = "BodyText") -> Any:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return parse_xml(f'<w:p {nsdecls("w")}>{look}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>')


def run(text: str) -> Any:
    return parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve">{text}</w:t></w:r>')


def text_of(node: Any) -> str:
    return "".join(node.itertext(qn("w:t")))


def style_of(node: Any) -> str:
    return str(node.style or "") if node.tag == qn("w:p") else ""


def by_libreoffice(docx: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    """DOCX files, by a name, opened and saved by one LibreOffice, which writes all of them anew; skips where there is
    none.
    """
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed: no soffice on the path")
    files = {name: folder / f"{nth}.docx" for nth, name in enumerate(docx)}
    for name, file in files.items():
        file.write_bytes(docx[name])
    command = [
        program,
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx",
    ]
    command += ["--outdir", str(folder / "saved"), *map(str, files.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return {name: (folder / "saved" / file.name).read_bytes() for name, file in files.items()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def locked(docx: bytes) -> bytes:
    """A zip whose parts say that a password locks them."""
    content = bytearray(docx)
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for found in re.finditer(re.escape(signature), docx):
            content[found.start() + flags] |= 1
    return bytes(content)


def without(docx: bytes, prefix: str) -> bytes:
    """A DOCX without the parts whose names begin so."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            if not name.startswith(prefix):
                new.writestr(name, old.read(name))
    return buffer.getvalue()
