"""What is left to do in a format after pandoc, in both engines: the extension's `finish.py` asks for it in Quarto's."""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from recomputed.language.catalogue import CODES
from recomputed.typeset.word import repeatable


def unwrapped(jats: bytes) -> bytes:
    """`jats` with one wrapper around a captioned table: floats.lua's, with label and id, not pandoc's too; and with
    the appendices, as floats.lua marked them, in its back.
    """
    jats = re.sub(rb"</caption>\s*<table-wrap>", b"</caption>", jats)
    jats = re.sub(rb"</table-wrap>\s*</table-wrap>", b"</table-wrap>", jats)
    jats = jats.replace(b"<element-citation>", b'<element-citation publication-type="other">')
    return _with_appendices(jats) if b'sec-type="appendix"' in jats else jats


def _with_appendices(jats: bytes) -> bytes:
    article = etree.fromstring(jats)
    appendices = article.xpath("body/sec[@sec-type='appendix']")
    group = etree.Element("app-group")
    for appendix in appendices:
        appendix.tag = "app"
        del appendix.attrib["sec-type"]
        group.append(appendix)
    article.find("back").insert(0, group)
    return bytes(etree.tostring(article.getroottree(), xml_declaration=True, encoding="utf-8"))


BY_ENDING: Mapping[str, Callable[[bytes], bytes]] = {
    ".docx": repeatable,
    ".jats": unwrapped,
    ".xml": unwrapped,
}


def finished(file: Path) -> bytes:
    """What `file`, as pandoc wrote it, holds in the end. To finish what is finished changes nothing."""
    return BY_ENDING.get(file.suffix, bytes)(file.read_bytes())


def finish_all() -> None:
    """Finish the files that Quarto has just written, and name those of `paper.en.qmd` as in all editions."""
    for name in os.environ["QUARTO_PROJECT_OUTPUT_FILES"].splitlines():
        file = Path(name)
        file.write_bytes(finished(file))
        stem, _, code = file.stem.partition(".")
        if code in CODES:
            file.replace(file.with_name(f"{stem}{file.suffix}"))
