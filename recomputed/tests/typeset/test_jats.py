"""The JATS article is complete, and readers that others wrote find all of it."""

import json
import re
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recomputed.manuscript.markdown import pandoc_path
from recomputed.typeset.finish import unwrapped
from recomputed.typeset.pandoc import typeset
from synthetic.jats import dtd_errors

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LINK = "{http://www.w3.org/1999/xlink}href"
JOURNAL = {"container-title": "Journal of Rekaan", "issn": "1234-5679", "doi": "10.1234/rekaan.7"}
METADATA = {
    "title": "Judul",
    "title-en": "A *title*",
    "subtitle-en": "Below it",
    "lang": "id",
    "date": "2024-01-01",
    "number-sections": True,
    "author": [
        {"name": "Ani Rekaan", "corresponding": True, "email": "ani@example.org"},
        {"name": "Budi Semu", "corresponding": True},
        {"name": "Cici Khayal"},
    ],
    "bibliography": "references.bib",
}
SOURCE = "@book{satu, author = {Satu, A.}, title = {Buku satu}, year = {2021}, publisher = {X}}"
TEXT = """
::: {.abstract lang="id"}
Ringkasan rekaan.
:::

::: {.abstract lang="en"}
A made-up summary.
:::

# Awal {#sec-awal}

Kata [@satu] dan @fig-a, @tbl-a, [lampiran](#sec-akhir).^[Kaki rekaan.]

![Gambar rekaan.](figures/a.svg){#fig-a fig-alt="Sebuah & kotak"}

| a | b |
|---|---|
| 1 | 2 |

: Tabel rekaan. {#tbl-a}

## Dalam

Isi dalam.

# Daftar Pustaka {.unnumbered}

::: {#refs}
:::

# Lampiran rekaan {#sec-akhir .unnumbered}

Isi lampiran.

## Angka-angka {.unnumbered}

| c | d |
|---|---|
| 3 | 4 |
"""


def made(folder: Path, **more: Any) -> Path:
    (folder / "figures").mkdir()
    (folder / "figures" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (folder / "figures" / "a.png").write_bytes(b"a drawing's pixels")
    (folder / "references.bib").write_text(SOURCE)
    (folder / "out").mkdir()
    typeset(TEXT, METADATA | more, folder / "out", ["jats"], root=folder)
    return folder / "out" / "paper.xml"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("jats"))


@pytest.fixture(scope="module")
def article(file: Path) -> Any:
    return etree.parse(file).getroot()


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_nothing_is_said_of_a_journal_that_is_not_known(article: Any) -> None:
    assert [] == article.xpath("//journal-meta | //issn | //article-id")
    assert "Archiving and Interchange DTD v1.1" in article.getroottree().docinfo.public_id


def test_a_journal_that_is_known_is_named_with_the_doi(tmp_path: Path) -> None:
    article = etree.parse(made(tmp_path, citation=JOURNAL)).getroot()
    assert "Journal Publishing DTD v1.1" in article.getroottree().docinfo.public_id
    assert ["Journal of Rekaan", "1234-5679", "10.1234/rekaan.7"] == [
        words(article.find(f".//{name}"))
        for name in ("journal-title", "issn", "article-id[@pub-id-type='doi']")
    ]
    assert [] == dtd_errors(article)


@pytest.mark.parametrize("known", [{"issn": "1234-5679"}, {"container-title": "Journal of Rekaan"}])
def test_half_of_a_journal_is_valid_too(known: dict[str, str], tmp_path: Path) -> None:
    article = etree.parse(made(tmp_path, citation=known)).getroot()
    assert list(known.values()) == [words(one) for one in article.iter("issn", "journal-title")]
    assert [] == dtd_errors(article)


def test_the_article_is_valid(file: Path) -> None:
    assert [] == dtd_errors(etree.parse(file).getroot())


def test_the_title_stands_in_the_other_language(article: Any) -> None:
    (title,) = article.iter("trans-title-group")
    assert ("en", "A title Below it") == (title.get(LANG), words(title))
    assert title.find("trans-title/italic") is not None


def test_corresponding_authors_are_named_with_their_addresses(article: Any) -> None:
    (corresponding,) = article.iter("corresp")
    assert words(corresponding).endswith(": Ani Rekaan, ani@example.org. Budi Semu.")
    marked = [one.getparent() for one in article.iterfind(".//contrib/xref[@ref-type='corresp']")]
    assert ["Rekaan", "Semu"] == [one.findtext("name/surname") for one in marked]


def test_a_figure_is_there_as_a_drawing_and_as_pixels(article: Any, file: Path) -> None:
    graphics = article.findall(".//fig/alternatives/graphic")
    assert ["figures/a.svg", "figures/a.png"] == [one.get(LINK) for one in graphics]
    assert ["svg+xml", "png"] == [one.get("mime-subtype") for one in graphics]
    assert {"Sebuah & kotak"} == {one.findtext("alt-text") for one in graphics}
    assert all((file.parent / one.get(LINK)).is_file() for one in graphics)


def test_each_table_has_a_caption_and_each_head_its_scope(article: Any) -> None:
    tables = article.findall(".//table-wrap")
    assert ["Tabel rekaan.", "Angka-angka"] == [words(one.find("caption")) for one in tables]
    assert {"col"} == {one.get("scope") for one in article.iter("th")}
    assert len(tables) == len(article.findall(".//table"))


def test_an_appendix_is_back_matter(article: Any) -> None:
    assert ["Awal"] == article.xpath("body/sec/title/text()")
    assert ["Lampiran rekaan"] == article.xpath("back/app-group/app/title/text()")
    assert ["Angka-angka"] == article.xpath("back/app-group/app/sec/title/text()")


def test_what_is_referred_to_is_there_once(article: Any) -> None:
    ids = article.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {"ref-satu", "fig-a", "tbl-a", "sec-akhir"} < set(article.xpath("//@rid")) <= set(ids)


def test_keywords_and_date_are_of_the_types_that_readers_ask_for(tmp_path: Path) -> None:
    article = etree.parse(made(tmp_path, keywords=["satu"], **{"keywords-en": ["one"]})).getroot()
    groups = {one.get(LANG): (one.get("kwd-group-type"), words(one)) for one in article.iter("kwd-group")}
    assert {"id": ("author-keywords", "satu"), "en": ("author-keywords", "one")} == groups
    (date,) = article.iter("pub-date")
    assert {"date-type": "pub", "publication-format": "electronic", "iso-8601-date": "2024-01-01"} == dict(
        date.attrib
    )


def test_litdown_finds_all_of_it(file: Path) -> None:
    litdown = pytest.importorskip("litdown")
    text = " ".join(litdown.convert(file.read_bytes()).replace("\xa0", " ").replace("\n", " ¶ ").split())
    for part in (
        "# Judul", "Ringkasan rekaan.", "## 1 Awal", "### 1.1 Dalam", "Isi dalam.", "Kaki rekaan.",
        "**Gambar 1** Gambar rekaan.", "figures/a.svg", "figures/a.png",
        "**Tabel 1** Tabel rekaan.", "| a | b |", "| 1 | 2 |", "## Lampiran rekaan", "Isi lampiran.",
        "### Angka-angka", "| c | d |", "| 3 | 4 |", "Satu A. *Buku satu*", "ani@example.org",
    ):  # fmt: skip
        assert part in text


def test_pandoc_finds_all_of_it(file: Path) -> None:
    command = [pandoc_path(), "--from=jats", "--to=json", str(file)]
    tree = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    found = json.dumps(tree["blocks"])
    assert [5, 1, 2] == [found.count(f'"t": "{kind}"') for kind in ("Header", "Figure", "Table")]
    assert ["Satu"] == [
        author["c"]["family"]["c"][0]["c"]
        for reference in tree["meta"]["references"]["c"]
        for author in reference["c"]["author"]["c"]
    ]


def test_scielos_page_has_both_abstracts(file: Path) -> None:
    package = find_spec("packtools")
    if package is None or not package.submodule_search_locations:
        pytest.skip("SciELO's page of an article comes with the package packtools, which is not installed")
    folder = Path(package.submodule_search_locations[0]) / "catalogs" / "htmlgenerator"
    page = etree.XSLT(etree.parse(folder / "root-html-2.0.xslt"))
    shown = str(page(etree.parse(file), article_lang=etree.XSLT.strparam("id")))
    text = " ".join(re.sub("<[^>]*>", " ", shown).split())
    for part in (
        "Ringkasan rekaan.",
        "A made-up summary.",
        "Awal",
        "Tabel rekaan.",
        "Gambar rekaan.",
    ):
        assert part in text


def test_each_source_says_what_kind_it_is() -> None:
    refs = b'<element-citation><year>2020</year></element-citation><element-citation publication-type="book">'
    assert re.findall(rb'publication-type="(\w+)"', unwrapped(refs)) == [b"other", b"book"]


def test_it_is_the_same_each_time(file: Path, tmp_path: Path) -> None:
    assert file.read_bytes() == made(tmp_path).read_bytes()
