"""The embedded engine sets a synthetic manuscript into four formats; each is opened again here."""

import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import docx.document
import pytest
from lxml import etree, html
from pypdf import PageObject, PdfReader

from recomputed.faults import InputError
from recomputed.manuscript import markdown
from recomputed.manuscript.markdown import plain
from recomputed.manuscript.source import uncommented
from recomputed.outputs import FILES
from recomputed.typeset.pandoc import typeset
from synthetic.jats import dtd_errors
from synthetic.manuscript import MARKDOWN, METADATA, write_project

XLINK = "{http://www.w3.org/1999/xlink}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def _typeset(where: Path, markdown: str = MARKDOWN, **options: object) -> Path:
    root, out = write_project(where / "project"), where / "out"
    out.mkdir()
    typeset(markdown, METADATA, out, root=root, **options)  # type: ignore[arg-type]
    return out


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _typeset(tmp_path_factory.mktemp("named"))


@pytest.fixture(scope="module")
def blind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _typeset(tmp_path_factory.mktemp("blind"), profile="blind")


@pytest.fixture(scope="module")
def page(named: Path) -> html.HtmlElement:
    return html.fromstring((named / "index.html").read_bytes().decode())


@pytest.fixture(scope="module")
def article(named: Path) -> etree._Element:
    return etree.fromstring((named / "paper.xml").read_bytes())


@pytest.fixture(scope="module")
def pdf(named: Path) -> PdfReader:
    return PdfReader(named / "paper.pdf")


@pytest.fixture(scope="module")
def word(named: Path) -> docx.document.Document:
    return docx.Document(str(named / "paper.docx"))


def _text(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _pdf_text(reader: PdfReader) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in reader.pages)
        .replace("\xa0", " ")
        .replace("\u200b", "")
        .split()
    )


def _xmp(reader: PdfReader) -> str:
    return str(reader.trailer["/Root"]["/Metadata"].get_data().decode())


# --- every format ---


def test_the_same_manuscript_gives_the_same_bytes(named: Path, tmp_path: Path) -> None:
    again = _typeset(tmp_path)
    for name in FILES.values():
        assert (again / name).read_bytes() == (named / name).read_bytes(), name


def test_no_format_holds_a_path_of_this_machine(named: Path) -> None:
    docx_parts = zipfile.ZipFile(named / "paper.docx")
    held = [(named / name).read_bytes() for name in FILES.values()]
    held += [docx_parts.read(part) for part in docx_parts.namelist()]
    for body in held:
        assert str(Path(__file__).parent.parent.parent).encode() not in body
        assert str(named.parent).encode() not in body


def test_every_number_keeps_its_id_in_every_format(
    page: html.HtmlElement, article: etree._Element, word: docx.document.Document
) -> None:
    expected = ["cases.count"] + ["growth.rise.S1"] * 4 + ["growth.rise.S2"] + ["profile.founded.S1"]
    assert sorted(page.xpath("//span[@class='num']/@data-number")) == expected
    assert sorted(article.xpath("//named-content[@content-type='number']/@specific-use")) == expected
    body = etree.tostring(word.element)
    notes = zipfile.ZipFile(BytesIO(_saved(word))).read("word/footnotes.xml")
    assert body.count(b'w:val="Number"') + notes.count(b'w:val="Number"') == len(expected)


def _saved(document: docx.document.Document) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_hostile_text_stays_text(
    page: html.HtmlElement, article: etree._Element, pdf: PdfReader, word: docx.document.Document
) -> None:
    assert [script.text for script in page.xpath("//main//script")] == []
    assert "<script>alert(" in _text(page.get_element_by_id("tbl-profile"))
    assert _text(article.xpath("//table-wrap[@id='tbl-profile']")[0]).count("<script>alert(") == 2
    assert _pdf_text(pdf).replace(" ", "").count("<script>alert(") == 2
    for command in ("#panic(", "\\input{z}"):
        assert command in _text(page.get_element_by_id("tbl-profile"))
        assert command in _text(article.xpath("//table-wrap[@id='tbl-profile']")[0])
        assert command in _pdf_text(pdf)
    cells = [cell.text for row in word.tables[0].rows for cell in row.cells]
    assert "".join(cells).count("<script>alert(") == 2


def test_comments_go_but_code_keeps_its_own() -> None:
    assert uncommented("a <!-- x\ny --> b `<!-- c -->`\n\n```\n<!-- d -->\n```\n") == (
        "a  b `<!-- c -->`\n\n```\n<!-- d -->\n```\n"
    )


def test_raw_markup_for_one_format_is_text_in_all(tmp_path: Path) -> None:
    out = _typeset(tmp_path, "a `<b>x</b>`{=html} b\n", formats=["html"])
    assert "<code>&lt;b&gt;x&lt;/b&gt;</code>" in (out / "index.html").read_text(encoding="utf-8")


def test_no_range_is_broken_at_its_dash(tmp_path: Path) -> None:
    words = " ".join(f"{'a' * (n % 7)} 150–300" for n in range(200))
    quoted = '[it gives 30–60%]{.quoted data-quoted="x"}'
    out = _typeset(tmp_path, f"{words}\n\n{quoted}\n", formats=["html", "pdf"])
    pages = PdfReader(out / "paper.pdf").pages
    lines = [line.rstrip() for page in pages for line in page.extract_text().split("\n")]
    assert sum(line.count("150–300") for line in lines) == 200
    page = html.fromstring((out / "index.html").read_text(encoding="utf-8"))
    assert [_text(one) for one in page.xpath("//span[@class='range']")] == ["30–60%"]


def test_a_title_without_markup_keeps_all_else() -> None:
    assert (
        plain(r"Peran *live* & **hasil** <a> a_b \*x\* {{< x >}} H~2~O")
        == "Peran live & hasil <a> a_b *x* {{< x >}} H₂O"
    )
    assert plain("Peran live: 5 – 6%") == "Peran live: 5 – 6%"


# --- cross references ---


def test_references_read_as_quarto_writes_them(page: html.HtmlElement) -> None:
    found = page.xpath("//a[@class='quarto-xref']")
    links = [(link.get("href"), link.text_content().replace("\xa0", " ")) for link in found]
    assert links == [
        ("#fig-growth", "Gambar 1"),
        ("#fig-growth", "Gambar 1"),
        ("#tbl-wide", "Tabel 2"),
        ("#tbl-profile", "Lihat 1"),
        ("#tbl-wide", "2"),
        ("#sec-detail", "Bagian 1.1"),
        ("#sec-intro", "Bagian 1"),
        ("#sec-detail", "1.1"),
    ]
    for target, _ in links:
        assert page.get_element_by_id(target[1:]) is not None


def test_a_section_is_called_by_the_number_that_its_heading_bears(tmp_path: Path) -> None:
    markdown = """# A

## B {#sec-b}

::: callout-note
## Judul kotak
Isi.
:::

## C {.unnumbered}

## D {#sec-d}

@sec-b, @sec-d
"""
    out = _typeset(tmp_path, markdown, formats=["html"])
    page = html.fromstring((out / "index.html").read_bytes().decode())
    headings = {one.get("id"): one.get("data-number") for one in page.xpath("//main//h2[@data-number]")}
    links = {one.get("href")[1:]: one.text_content() for one in page.xpath("//a[@class='quarto-xref']")}
    assert links == {label: f"Bagian\xa0{headings[label]}" for label in ("sec-b", "sec-d")}


def test_the_page_s_contents_have_each_heading_in_a_div_too(tmp_path: Path) -> None:
    markdown = "# One\n\n::: {.wide}\n## In a div\n\nText.\n:::\n\n## Behind it\n\nText.\n"
    made = _typeset(tmp_path, markdown, formats=["html"])
    listed = [
        " ".join(one.text_content().split())
        for one in html.parse(made / "index.html").findall(".//nav[@id='TOC']//a")
    ]
    assert ["1 One", "1.1 In a div", "1.2 Behind it"] == listed[:3]


def test_captions_are_numbered_in_every_format(
    page: html.HtmlElement, article: etree._Element, pdf: PdfReader, word: docx.document.Document
) -> None:
    captions = [_text(caption).replace("\xa0", " ") for caption in page.xpath("//figcaption")]
    assert captions == [
        "Gambar 1: Kenaikan sintetis menurut kasus, 25% tertinggi",
        "Tabel 1: Profil sintetis",
        "Tabel 2: Tabel lebar sintetis",
    ]
    labels = [
        _text(label).replace("\xa0", " ") for label in article.xpath("//fig/label | //table-wrap/label")
    ]
    assert labels == ["Gambar 1", "Tabel 1", "Tabel 2"]
    paragraphs = [paragraph.text.replace("\xa0", " ") for paragraph in word.paragraphs]
    for caption in captions:
        assert caption in paragraphs
        assert caption in _pdf_text(pdf)


@pytest.mark.parametrize("label", ["fig-none", "tbl-none", "sec-none"])
def test_a_reference_to_nothing_is_a_fault(tmp_path: Path, label: str) -> None:
    with pytest.raises(InputError, match=f"labelled {{#{label}}}"):
        _typeset(tmp_path, f"Lihat @{label}.\n", formats=["html"])


def test_all_broken_references_are_reported_together(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        _typeset(tmp_path, "Lihat @fig-a dan @tbl-b.\n", formats=["html"])
    assert len(caught.value.faults) == 2


def test_a_label_used_twice_is_a_fault(tmp_path: Path) -> None:
    twice = "![a](figures/growth.svg){#fig-a fig-alt='x'}\n\n![b](figures/growth.svg){#fig-a fig-alt='y'}\n"
    with pytest.raises(InputError, match="one place labelled"):
        _typeset(tmp_path, twice, formats=["html"])


def test_a_source_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="@tiada9999"):
        _typeset(tmp_path, "Menurut @tiada9999.\n", formats=["html"])


def test_sources_that_cannot_be_read_are_told_with_their_row(tmp_path: Path) -> None:
    root = write_project(tmp_path / "paper")
    (root / "references.bib").write_text("\n@article{x, title = {a", encoding="utf-8")
    with pytest.raises(InputError, match=r"references\.bib, row 2: expected an entry"):
        typeset(MARKDOWN, METADATA, tmp_path, root=root, formats=["html"])


def test_an_image_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"an image file figures/tiada\.svg"):
        _typeset(tmp_path, "![a](figures/tiada.svg){fig-alt='b'}\n", formats=["html"])


def test_an_unknown_format_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="epub"):
        _typeset(tmp_path, "x\n", formats=["epub"])


# --- HTML ---


def test_the_page_loads_nothing_from_outside(named: Path, page: html.HtmlElement) -> None:
    loaded = page.xpath("//@src | //link/@href | //@srcset | //@poster | //*[local-name()='image']/@href")
    assert [address[:40] for address in loaded if not address.startswith(("data:", "#"))] == []
    text = (named / "index.html").read_text(encoding="utf-8")
    assert "font/woff2;base64," in text
    assert re.findall(r"url\(\s*(?!['\"]?data:)[^)]{0,40}|@import", text) == []


def test_the_page_has_landmarks_languages_and_both_abstracts(page: html.HtmlElement) -> None:
    assert page.get("lang") == "id"
    for landmark in ("header", "nav", "main"):
        assert len(page.xpath(f"/html/body/{landmark}")) == 1
    assert page.xpath("//*[@id='declarations' or @id='refs']/@id") == ["declarations", "refs"]
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]
    abstracts = page.xpath("//section[@class='abstract']")
    assert [abstract.get("lang") for abstract in abstracts] == [None, "en"]
    assert "Nothing was observed." in _text(abstracts[1])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_every_image_says_what_it_shows(page: html.HtmlElement) -> None:
    assert page.xpath("//*[local-name()='svg'][@role='img']/@aria-label") == [
        'Batang sintetis: "S1" 25, S2 10.'
    ]
    assert page.xpath("//img") == []


def test_a_drawing_that_could_run_code_stays_an_image(tmp_path: Path) -> None:
    root, out = write_project(tmp_path), tmp_path / "out"
    out.mkdir()
    drawing = (root / "figures" / "growth.svg").read_text(encoding="utf-8")
    (root / "figures" / "growth.svg").write_text(
        drawing.replace("<rect", "<rect onload='x()'"), encoding="utf-8"
    )
    typeset("![a](figures/growth.svg){fig-alt='b'}\n", METADATA, out, ["html"], root=root)
    page = html.fromstring((out / "index.html").read_bytes().decode())
    assert page.xpath("//img/@src")[0].startswith("data:image/svg+xml")
    assert page.xpath("//*[@onload]") == []


def test_indexes_can_read_who_wrote_it(page: html.HtmlElement) -> None:
    assert page.xpath("//meta[@name='citation_author']/@content") == ["Ani Contoh Sintetis", "Budi Contoh"]
    assert page.xpath("//meta[@name='citation_publication_date']/@content") == ["2025/06/30"]


# --- PDF ---


def test_the_pdf_declares_archival_and_accessible(pdf: PdfReader) -> None:
    xmp = _xmp(pdf)
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in xmp
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.trailer["/Root"]["/Lang"] == "id"


def test_the_pdf_carries_title_authors_date_and_bookmarks(pdf: PdfReader) -> None:
    assert pdf.metadata is not None
    assert pdf.metadata.title == METADATA["title"]
    assert pdf.metadata.author == "Ani Contoh Sintetis, Budi Contoh"
    assert str(pdf.metadata.creation_date) == "2025-06-30 00:00:00+00:00"
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert titles == ["1 Pendahuluan", "2 Hasil", "Daftar Pustaka"]


def test_no_text_of_the_pdf_leaves_the_page(pdf: PdfReader) -> None:
    for page in pdf.pages:
        places = _places(page)
        assert min(places) >= 80
        assert max(places) < float(page.mediabox.width) - 40


def _places(page: PageObject) -> list[float]:
    """Where each run of text on a page starts, from its left edge, in points."""
    places: list[float] = []

    def note(text: str, user: list[float], matrix: list[float], _font: object, _size: float) -> None:
        if text.strip():
            places.append(matrix[4] * user[0] + matrix[5] * user[2] + user[4])

    page.extract_text(visitor_text=note)
    return places


def test_the_pdf_embeds_every_font(pdf: PdfReader) -> None:
    names = set()
    for page in pdf.pages:
        for font in page["/Resources"]["/Font"].values():
            names.add(str(font.get_object()["/BaseFont"]))
    assert any("SourceSerifPro" in name for name in names)
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)


# --- DOCX ---


def test_the_docx_is_styled_not_merely_formatted(word: docx.document.Document) -> None:
    styles = {paragraph.style.name for paragraph in word.paragraphs if paragraph.style is not None}
    assert {
        "Title",
        "Author",
        "Affiliation",
        "Abstract",
        "Abstract Title",
        "Keywords",
        "Table Caption",
        "Image Caption",
        "Callout",
        "Callout Title",
        "Bibliography",
    } <= styles
    assert 'w:val="id"' in etree.tostring(word.styles.element).decode()


def test_the_docx_says_what_its_images_show(word: docx.document.Document) -> None:
    assert word.element.xpath("//wp:docPr/@descr") == ['Batang sintetis: "S1" 25, S2 10.']


def test_the_docx_carries_no_property_but_the_usual(named: Path) -> None:
    archive = zipfile.ZipFile(named / "paper.docx")
    assert b"<property" not in archive.read("docProps/custom.xml")
    assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(str(named / "paper.docx")).core_properties
    assert properties.author == "Ani Contoh Sintetis; Budi Contoh"


# --- JATS ---


def test_the_article_has_its_front_matter(article: etree._Element) -> None:
    assert article.get(LANG) == "id"
    assert article.xpath("//contrib/name/surname/text()") == ["Sintetis", "Contoh"]
    assert set(article.xpath("//contrib/xref[@ref-type='aff']/@rid")) == set(article.xpath("//aff/@id"))
    assert article.xpath("//contrib/xref[@ref-type='corresp']/@rid") == article.xpath("//corresp/@id")
    assert article.xpath("//abstract//text()")
    assert [_text(abstract) for abstract in article.xpath("//trans-abstract")] == [
        "Abstract A synthetic abstract that states 25%. Nothing was observed."
    ]
    assert article.xpath("//kwd-group[@xml:lang='en']/kwd/text()") == ["synthetic", "layout"]
    assert article.xpath("//license")[0].get(XLINK + "href") == "https://creativecommons.org/licenses/by/4.0/"


def test_the_article_refers_only_to_what_it_has(named: Path, article: etree._Element) -> None:
    ids = article.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(" ".join(article.xpath("//@rid")).split()) <= set(ids)
    for graphic in article.xpath("//graphic"):
        assert (named / graphic.get(XLINK + "href")).is_file()
        assert graphic.findtext("alt-text")
    assert len(article.xpath("//ref/element-citation")) == 2


def test_the_article_is_valid_jats(named: Path, blind: Path) -> None:
    for edition in (named, blind):
        assert [] == dtd_errors(etree.parse(edition / "paper.xml").getroot())


# --- the blind edition ---


def test_the_blind_edition_names_nobody(blind: Path) -> None:
    archive = zipfile.ZipFile(blind / "paper.docx")
    reader = PdfReader(blind / "paper.pdf")
    shown = {
        "html": (blind / "index.html").read_text(encoding="utf-8"),
        "jats": (blind / "paper.xml").read_text(encoding="utf-8"),
        "docx": " ".join(archive.read(part).decode("latin-1") for part in archive.namelist()),
        "pdf": _pdf_text(reader) + str(reader.metadata) + _xmp(reader),
    }
    for name, text in shown.items():
        for identity in ("Ani Contoh", "Budi Contoh", "Universitas Rekaan", "Institut Khayal", "pendanaan"):
            assert identity not in text, (name, identity)
        assert "25%" in text or name == "pdf"


def test_a_text_that_pandoc_does_not_come_to_an_end_with_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown, "READ_SECONDS", 0.5)
    endless = "[" * 300_000
    with pytest.raises(
        InputError, match=r"reads within 0\.5 s, found more to try; the longest line has 300000 char"
    ):
        markdown.read(f"teks\n\n{endless}\n")
