"""The PDF's text is read as it was set, whatever glyphs come first and however they are numbered."""

import json
import random
import re
from functools import cache
from typing import Any

import pytest

from recomputed.guards.pdf_text import NotReadable, read_pdf
from recomputed.typeset.pandoc import font_folders

LETTERS = "".join(chr(code) for code in range(0x21, 0x7F)) + "–“”’%éĀß±≥½fi"
SENTENCE = r"Hasil (S1) naik 25,5% \ (lihat [Tabel 1]); \(S2\) 10–12%, sisanya «((1) ≥ 2)»."


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=font_folders())


def _set(source: str) -> bytes:
    """The PDF of a typst source, set as the paper is."""
    import typst

    look = '#set text(font: ("Source Serif Pro", "Libertinus Serif"), hyphenate: false)\n'
    pdf = typst.Compiler(font_paths=_fonts()).compile((look + source).encode(), format="pdf")
    assert isinstance(pdf, bytes)
    return pdf


def _typst(text: str) -> str:
    return f"#text({json.dumps(text, ensure_ascii=False)})\n\n"


def _lines(text: str) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n]+", text) if line.strip()]


def test_the_text_is_read_whatever_glyphs_come_first() -> None:
    """200 orders of the glyphs. A line that ends with a hyphen is read as going on in the next."""
    for seed in range(200):
        first = "".join(random.Random(seed).sample(LETTERS, len(LETTERS)))
        (page,) = read_pdf(_set(_typst(first) + _typst(SENTENCE)))
        assert "".join(_lines(page)).endswith(SENTENCE), first
        assert sorted(LETTERS) == sorted("".join(_lines(page)).removesuffix(SENTENCE)), first


def test_what_a_page_repeats_is_left_out() -> None:
    source = (
        '#set document(title: "x")\n#set page(header: [kepala 1], footer: [kaki 2])\nsatu #pagebreak() dua'
    )
    assert ["satu", "dua"] == [page.strip() for page in read_pdf(_set(source))]


def test_what_cannot_be_read_is_refused() -> None:
    for content in (b"", b"%PDF-1.7\n", _set("x")[:400]):
        with pytest.raises(NotReadable, match="PDF"):
            read_pdf(content)
