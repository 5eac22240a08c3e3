"""What the front matter names, people, sources and a style, is the same in every format. All of it is synthetic."""

import re
import shutil

import pytest

from recomputed import paths
from recomputed.guards.pdf_text import read_pdf
from recomputed.guards.readers import read_docx, read_html
from recomputed.manuscript.settings import document_metadata
from recomputed.typeset.pandoc import typeset
from recomputed.yaml_text import read_yaml
from synthetic.variants import change

FRONT = """
title: Naskah sintetis
lang: id
date: 2025-06-30
author:
  - Ani Rekaan
  - name: {given: Budi van, family: Semu}
    email: budi_semu@example.org
    attributes: [corresponding]
    affiliations: Universitas Khayal
bibliography: [/one.bib, more/two.bib]
csl: own.csl
"""
ONE = """@article{satu, author = {Satu, A.}, title = {Rekaan 007}, journal = {Jurnal 3}, volume = {05}, number = {02},
  pages = {124--133}, year = {2021}, doi = {10.1234/abc_5(6)<7>}}
"""
TWO = (
    "@book{dua, author = {Dua, B.}, title = {Lain 1.000,5}, publisher = {X}, edition = {2}, year = {1999}}\n"
)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each format's text in one line, its spaces and the marks that let a line break left out."""
    root = tmp_path_factory.mktemp("root")
    out = root / "out"
    for folder in (root / "more", out):
        folder.mkdir()
    (root / "one.bib").write_text(ONE, encoding="utf-8")
    (root / "more" / "two.bib").write_text(TWO, encoding="utf-8")
    style = (paths.ASSETS / "apa.csl").read_text(encoding="utf-8")
    own = change(style, 'prefix="https://doi.org/"', 'prefix="DOI="')
    (root / "own.csl").write_text(own, encoding="utf-8")
    shutil.copyfile(paths.PAPER, root / "paper.qmd")
    metadata = document_metadata({}, read_yaml(FRONT, "paper.qmd").value)
    typeset("Teks [@satu; @dua].\n\n# Pustaka {.unnumbered}\n\n::: {#refs}\n:::\n", metadata, out, root=root)
    read = {
        "html": read_html(out / "index.html").text,
        "docx": read_docx(out / "paper.docx").text,
        "pdf": "".join(read_pdf((out / "paper.pdf").read_bytes())),
    }
    read["xml"] = (out / "paper.xml").read_text(encoding="utf-8")
    return {name: re.sub(r"[\s\u200b\u2060\u00ad]+", "", text) for name, text in read.items()}


@pytest.mark.parametrize("format_", ["html", "docx", "pdf"])
def test_the_references_numbers_are_the_same(format_: str, texts: dict[str, str]) -> None:
    text = texts[format_]
    assert "Satu,A.(2021).Rekaan007.Jurnal3,05(02),124–133." in text
    assert "Dua,B.(1999).Lain1.000,5(2ed.).X." in text


def test_the_own_style_is_used_and_a_doi_stands_once(texts: dict[str, str]) -> None:
    for format_ in ("html", "docx", "pdf"):
        assert ["DOI=10.1234/abc_5(6)<7>"] == re.findall(r"DOI=10\.1234/abc_5\(6\)<7>", texts[format_])
        assert 1 == texts[format_].count("10.1234")


def test_jats_has_each_number_in_its_element(texts: dict[str, str]) -> None:
    for element in ("<volume>05</volume>", "<issue>02</issue>", "<fpage>124</fpage>", "<lpage>133</lpage>"):
        assert element in texts["xml"]
    assert '<pub-idpub-id-type="doi">10.1234/abc_5(6)&lt;7&gt;</pub-id>' in texts["xml"]


def test_every_author_stands_in_every_format(texts: dict[str, str]) -> None:
    for format_ in ("html", "docx", "pdf"):
        assert "AniRekaan,BudivanSemu" in texts[format_].replace("*", "")
        assert "BudivanSemu:budi_semu@example.org" in texts[format_]
    assert "<email>budi_semu@example.org</email>" in texts["xml"]
    assert "<name><surname>Semu</surname><given-names>Budivan</given-names></name>" in texts["xml"]
