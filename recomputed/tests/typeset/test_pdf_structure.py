"""What PDF/A-2a and PDF/UA-1 promise is read back: structure, reading order, alternatives, languages, bookmarks."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from recomputed.faults import CheckFailed
from recomputed.typeset.pandoc import typeset, with_creators
from synthetic.manuscript import MARKDOWN, METADATA, write_project

BLOCKS = {"/H1", "/H2", "/P", "/Table", "/Figure", "/L"}
LONG = "https://example.org/reports/the-annual-report-on-everything/a-file-with-a-rather-long-name.pdf"
ROWS = "\n".join(f"| Baris {n} | isi {n} |" for n in range(1, 91))
WORDS = [
    "keselarasan",
    "pengamatan",
    "memperhadapkan",
    "menggerakkan",
    "perbandingan",
    "kelangsungan",
    "pernyataan",
]
LINES = " ".join(" ".join(WORDS[nth:] + WORDS[:nth]) for nth in range(8))
MORE = f"""
# Panjang

{LINES}.

Alamat <{LONG}> dan kisaran 2020–2021.

| Butir | Isi |
|:------|:----|
{ROWS}

: Tabel panjang {{#tbl-long}}
"""


@pytest.fixture(scope="module")
def typeset_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    root = tmp_path_factory.mktemp("structure")
    typeset(MARKDOWN + MORE, METADATA, root, ["pdf"], root=write_project(root / "project"))
    return (root / "paper.pdf").read_bytes()


@pytest.fixture(scope="module")
def pdf(typeset_pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(typeset_pdf))


def _elements(node: Any) -> Iterator[DictionaryObject]:
    """The structure elements below a node, in reading order."""
    node = node.get_object()
    for kid in node if isinstance(node, list) else [node.get("/K", [])]:
        kid = kid.get_object()
        if isinstance(kid, list):
            yield from _elements(kid)
        elif isinstance(kid, DictionaryObject) and "/S" in kid:
            yield kid
            yield from _elements(kid)


@pytest.fixture(scope="module")
def elements(pdf: PdfReader) -> list[DictionaryObject]:
    return list(_elements(pdf.trailer["/Root"]["/StructTreeRoot"]))


def test_headings_tables_and_figures_are_read_where_the_text_has_them(
    elements: list[DictionaryObject],
) -> None:
    """A table that is moved to the top of a page is read where it was written."""
    told = [(one["/S"], one.get("/T", "")) for one in elements if one["/S"] in BLOCKS - {"/P", "/L"}]
    assert told == [
        ("/H1", "Pendahuluan"),
        ("/Figure", ""),
        ("/H2", "Perincian"),
        ("/Table", ""),
        ("/H1", "Hasil"),
        ("/Table", ""),
        ("/H2", "Tanpa nomor"),
        ("/H1", "Panjang"),
        ("/Table", ""),
        ("/H1", "Ketersediaan data"),
        ("/H1", "Pendanaan"),
        ("/H1", "Hak cipta"),
        ("/H1", "Daftar Pustaka"),
    ]


def test_every_piece_of_a_page_is_in_the_structure_or_an_artifact(pdf: PdfReader) -> None:
    for page in pdf.pages:
        depth = 0
        for operands, operator in page.get_contents().operations:  # type: ignore[union-attr]
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"Do"):
                assert depth > 0, (page.page_number, operands)


def test_a_table_has_a_head_with_scopes_and_a_figure_its_alternative(
    elements: list[DictionaryObject],
) -> None:
    heads = [one for one in elements if one["/S"] == "/TH"]
    assert len(heads) == 3 + 6 + 2  # a head that is repeated is read once
    assert {attribute["/Scope"] for one in heads for attribute in one["/A"] if "/Scope" in attribute} == {
        "/Column"
    }
    assert [one["/Alt"] for one in elements if one["/S"] == "/Figure"] == ['Batang sintetis: "S1" 25, S2 10.']


def test_the_translated_abstract_is_of_its_own_language(
    pdf: PdfReader, elements: list[DictionaryObject]
) -> None:
    assert pdf.trailer["/Root"]["/Lang"] == "id"
    assert {one["/Lang"] for one in elements if "/Lang" in one} == {"en"}


def test_the_bookmarks_are_the_headings(pdf: PdfReader) -> None:
    def titles(entries: Any) -> list[Any]:
        return [titles(one) if isinstance(one, list) else one.title for one in entries]

    assert titles(pdf.outline)[:4] == ["1 Pendahuluan", ["1.1 Perincian"], "2 Hasil", ["Tanpa nomor"]]


def test_a_name_with_signs_of_markup_is_a_creator(typeset_pdf: bytes) -> None:
    again = PdfReader(BytesIO(with_creators(typeset_pdf, ["Ani & <Budi>", "Cécile"])), strict=True)
    assert again.xmp_metadata is not None
    assert again.xmp_metadata.dc_creator == ["Ani & <Budi>", "Cécile"]


def test_a_pdf_whose_metadata_cannot_be_read_is_told() -> None:
    with pytest.raises(CheckFailed, match="plain text"):
        with_creators(b"%PDF-1.7\n", ["Ani", "Budi"])


def test_each_author_is_a_creator(pdf: PdfReader) -> None:
    assert pdf.xmp_metadata is not None
    assert pdf.xmp_metadata.dc_creator == ["Ani Contoh Sintetis", "Budi Contoh"]
    assert "<pdfuaid:part>1<" in pdf.xmp_metadata.stream.get_data().decode()
    assert pdf.pdf_header == "%PDF-1.7"
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == (
        pdf.xmp_metadata.dc_title["x-default"],
        "Ani Contoh Sintetis, Budi Contoh",
    )


def test_heads_name_the_authors_and_tables_that_go_on_say_so(pdf: PdfReader) -> None:
    pages = [" ".join(page.extract_text().split()) for page in pdf.pages]
    assert "Sintetis & Contoh ·" not in pages[0]
    assert all("Sintetis & Contoh ·" in text for text in pages[1:])
    going_on = [nth for nth, text in enumerate(pages) if "Tabel 3, lanjutan" in text]
    with_rows = [nth for nth, text in enumerate(pages) if re.search(r"Baris \d+ isi", text)]
    assert len(with_rows) > 1
    assert going_on == with_rows[1:]
    assert not any("Tabel 1, lanjutan" in text for text in pages)


def test_an_address_is_broken_at_its_joints_and_keeps_its_text(pdf: PdfReader) -> None:
    text = next(page.extract_text() for page in pdf.pages if "example.org" in page.extract_text())
    assert LONG in re.sub(r"\s*\n\s*", "", text)
    lines = [line for line in text.splitlines() if "example.org" in line or "long-name" in line]
    assert len(lines) > 1
    assert re.search(r"(/|[a-z])$", lines[0].strip())


def test_the_contents_stand_on_one_page(pdf: PdfReader) -> None:
    first = pdf.pages[0].extract_text()
    assert all(title in first for title in ("Pendahuluan", "Perincian", "Panjang", "Daftar Pustaka"))


def test_words_are_broken_where_their_language_has_a_syllable_and_are_whole_in_the_text(
    pdf: PdfReader,
) -> None:
    """Typst has no patterns for the paper's language. What a line ends with keeps its soft hyphen, and nothing else."""
    text = next(page.extract_text() for page in pdf.pages if "memperhadapkan" in page.extract_text())
    ended = re.findall(r"([a-z]+)[\xad-]+\s*\n\s*([a-z]+)", text)
    assert ended
    right = {"ke", "se", "la", "pe", "nga", "mem", "per", "ha", "dap", "kan", "meng", "ge", "rak", "ban"}
    right |= {"dingan", "lang", "sungan", "nya", "ta", "ber", "san", "dar", "matan", "rasan", "taan"}
    for left, rest in ended:
        word = left + rest
        assert word in WORDS
        assert any(left.endswith(one) for one in right), (left, rest)
        assert any(rest.startswith(one) for one in right), (left, rest)
    assert not re.search(r"[a-z]\xad[a-z]", text)


def test_an_image_among_words_stays_among_them(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    picture = '![A line](figures/growth.png){fig-alt="Rising" width=40}'
    typeset(f"Before {picture} after.\n", METADATA, tmp_path, ["pdf"], root=project)
    with pdfium.PdfDocument(tmp_path / "paper.pdf") as document:
        page = document[len(document) - 1]
        (image,) = page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE])
        words = page.get_textpage()
        left, bottom, _, top = words.get_charbox(words.get_text_range().index("after"))
        assert image.get_bounds()[2] <= left
        assert image.get_bounds()[1] < top
        assert image.get_bounds()[3] > bottom
