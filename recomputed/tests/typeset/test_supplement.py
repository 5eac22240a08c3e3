"""The supplement: a document of its own in each format, with links across the cut."""

import re
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree, html
from pypdf import PdfReader

from recomputed.faults import InputError
from recomputed.outputs import FILES, SUPPLEMENT
from recomputed.typeset.pandoc import typeset

METADATA = {
    "title": "Two parts",
    "lang": "en",
    "date": "2024-05-01",
    "number-sections": True,
    "author": [{"name": "Ada Placeholder"}],
    "data-availability": "All is here.",
    "license": "CC BY",
    "bibliography": ["references.bib"],
}
MARKDOWN = """# Question {#sec-question}

See @tbl-far, @eq-far and [F1](#finding-F1), as @a2020 says.

| a |
|---|
| 1 |

: Near {#tbl-near}

# References {.unnumbered}

::: {#refs}
:::

# Supplement {#sec-supplement .supplement}

## Findings {#sec-findings}

[A finding]{#finding-F1}. []{.named data-named="finding-F1"} As @b2021 says, and @tbl-near.

| b |
|---|
| 2 |

: Far {#tbl-far}

$$x$$ {#eq-far}
"""
SOURCES = "".join(
    f"@article{{{key}, author={{{name}, X.}}, title={{T {name}}}, journal={{J}}, year={{{year}}}}}\n"
    for key, name, year in (("a2020", "Alpha", 2020), ("b2021", "Beta", 2021))
)


def set_in(folder: Path, markdown: str = MARKDOWN, formats: tuple[str, ...] = ("html",)) -> Path:
    (folder / "references.bib").write_text(SOURCES, encoding="utf-8")
    (folder / "paper.qmd").write_text(markdown, encoding="utf-8")
    out = folder / "out"
    out.mkdir()
    typeset(markdown, METADATA, out, formats, root=folder)
    return out


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return set_in(tmp_path_factory.mktemp("parts"), formats=("html", "pdf", "docx", "jats"))


def page(file: Path) -> html.HtmlElement:
    return html.fromstring(file.read_bytes().decode())


def shown(file: Path) -> str:
    return " ".join("".join(one.extract_text() for one in PdfReader(file).pages).split())


def addresses(file: Path) -> list[str]:
    """Where the links of a PDF lead that leave it."""
    notes = [note.get_object() for one in PdfReader(file).pages for note in one.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]


def test_every_format_but_jats_has_two_files(out: Path) -> None:
    assert {*FILES.values(), *SUPPLEMENT.values()} == {path.name for path in out.iterdir() if path.is_file()}


def test_a_paper_without_that_heading_has_one(tmp_path: Path) -> None:
    made = set_in(tmp_path, MARKDOWN.replace(" .supplement", ""), ("html", "pdf", "docx", "jats"))
    assert set(FILES.values()) == {path.name for path in made.iterdir() if path.is_file()}
    assert 1 == shown(made / "paper.pdf").count("All is here")
    assert 1 == (made / "paper.xml").read_text(encoding="utf-8").count("All is here")


def test_each_page_leads_to_the_other_across_the_cut(out: Path) -> None:
    paper, supplement = page(out / "index.html"), page(out / "supplement.html")
    across = ["supplement.html", *(f"supplement.html#{to}" for to in ("tbl-far", "eq-far", "finding-F1"))]
    assert across == [to for to in paper.xpath("//a/@href") if to.startswith("supplement")]
    assert {"index.html", "index.html#sec-question", "index.html#tbl-near"} == {
        to for to in supplement.xpath("//a/@href") if to.startswith("index")
    }
    for target in across[1:]:
        assert supplement.get_element_by_id(target.partition("#")[2]) is not None
    text = paper.xpath("string(//main)")
    assert ["Table\xa0S1", "Equation\xa0S1"] == re.findall(r"\w+\xa0S1", text)


def test_a_finding_says_where_it_is_named(out: Path) -> None:
    text = " ".join(page(out / "supplement.html").xpath("string(//main)").replace("\xa0", " ").split())
    assert "A finding. Named in: Section 1 As" in text


def test_the_supplement_has_its_own_title_numbers_and_sources(out: Path) -> None:
    paper, supplement = page(out / "index.html"), page(out / "supplement.html")
    assert ["Supplement: Two parts"] == supplement.xpath("//h1[@class='title']/text()")
    assert supplement.xpath("//title/text()") == ["Supplement: Two parts"]
    assert not supplement.xpath("//meta[starts-with(@name, 'citation_')]")
    assert "Table\xa0S1:" in supplement.xpath("string(//figcaption)")
    lists = [one.xpath("string(//*[@id='refs'])") for one in (paper, supplement)]
    assert ["Alpha" in lists[0], "Beta" in lists[0], "Alpha" in lists[1], "Beta" in lists[1]] == [
        *(True, False),
        *(False, True),
    ]


def test_declarations_stand_before_the_references_and_not_in_the_supplement(out: Path) -> None:
    heads = page(out / "index.html").xpath("//main//h2/text() | //main//h1/text()")
    assert ["Data availability", "Copyright", "References"] == [one.strip() for one in heads][-3:]
    assert "All is here" not in shown(out / "supplement.pdf")
    assert 1 == shown(out / "paper.pdf").count("All is here")
    assert shown(out / "paper.pdf").index("All is here") < shown(out / "paper.pdf").index("Alpha, X.")


def test_the_pdf_of_the_supplement_counts_its_own_pages_and_links(out: Path) -> None:
    reader = PdfReader(out / "supplement.pdf")
    assert reader.page_labels[0] == "S1"
    assert "Supplement: Two parts" == (reader.metadata or {})["/Title"]
    assert ["Findings", "References"] == [one["/Title"] for one in reader.outline]
    assert b"pdfuaid:part" in (out / "supplement.pdf").read_bytes()
    assert "supplement.pdf#finding-F1" in addresses(out / "paper.pdf")
    assert "paper.pdf#tbl-near" in addresses(out / "supplement.pdf")


def test_word_counts_s1_in_a_field_and_links_to_the_other_file(out: Path) -> None:
    with zipfile.ZipFile(out / "paper.docx") as archive:
        links = re.findall(
            r'Target="(supplement[^"]*)"', archive.read("word/_rels/document.xml.rels").decode()
        )
    assert "supplement.docx#finding-F1" in links
    captions = [
        one.text for one in docx.Document(str(out / "supplement.docx")).paragraphs if "Far" in one.text
    ]
    assert ["Table\xa0S1: Far"] == captions
    with zipfile.ZipFile(out / "supplement.docx") as archive:
        assert "SEQ Table" in archive.read("word/document.xml").decode()


def test_jats_names_the_supplement_and_does_not_repeat_it(out: Path) -> None:
    article = etree.parse(out / "paper.xml")
    assert ["supplement.pdf", "supplement.html"] == article.xpath(
        "//back//supplementary-material/@*[local-name() = 'href']"
    )
    assert ["supplement"] == article.xpath("//back//supplementary-material/@id")
    assert 3 == len(article.xpath("//body//xref[@rid='supplement'][@ref-type='supplementary-material']"))
    assert "A finding" not in article.xpath("string(/)")


def test_a_source_that_the_supplement_has_not_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"row 20: .*@none2022"):
        set_in(tmp_path, MARKDOWN.replace("@b2021", "@b2021 and @none2022"))


@pytest.mark.parametrize("link", ["[x](#sec-none)", "@tbl-none"])
def test_a_link_to_nothing_is_a_fault_with_its_line(tmp_path: Path, link: str) -> None:
    label = link.strip("[]x()#@")
    with pytest.raises(InputError, match=rf"paper.qmd.*3.*labelled \{{#{label}\}}"):
        set_in(tmp_path, MARKDOWN.replace("See ", f"{link} See "))
