"""Ordinary Markdown is set in all four formats, or refused by its name and line."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from typing import Any, BinaryIO

import pytest
from lxml import etree, html

from recomputed import paths
from recomputed.faults import CheckFailed, InputError
from recomputed.guards.pdf_text import read_pdf
from recomputed.guards.readers import read_docx, read_html, read_jats
from recomputed.manuscript import markdown as pandoc
from recomputed.typeset.pandoc import typeset
from synthetic.jats import dtd_errors
from synthetic.layout import assert_tidy, pages
from synthetic.manuscript import METADATA, write_project

LONG = "KataPanjang" * 12
MARKDOWN = rf"""# Utama {{#sec-a}}

Air H~2~O, pangkat^dua^, ~~coretan~~, [kapitalkecil]{{.smallcaps}}, [bergaris]{{.underline}}, `kodesebaris`,
**tebal *miringtebal***, "kutipan", [ke bawah](#id-rentang).\
Barisbaru. Catatan[^a] dan ^[sebariscatatan `kodecatatan` [tautancatatan](https://example.org)].

[^a]: Catatanpertama.

    Catatankedua.

    ```
    kodedalamcatatan
    ```

| Larikpertama
|   Larikkedua

> Kutipanluar
>
> > Kutipandalam
>
> - butirkutipan

Istilah
:   Definisisatu

    Definisidua

- [ ] tugasbelum
- [x] tugassudah

1. daftarsatu
   a. daftardua
      i. daftartiga
         - daftarempat
           - daftarlima
             - daftarenam

(@) contohsatu
(@c) contohdua, lihat (@c)

```python
def {LONG}(x):  # {LONG * 2}
    return "kodeblok"
```

* * *

## Kosong

## Tingkatdua

### Tingkattiga

#### Tingkatempat

##### Tingkatlima

###### Tingkatenam

![](figures/growth.svg){{fig-alt="alternatifpertama"}}

![Keterangantinggi](figures/growth.svg){{#fig-tall height=2000px}}

Gambar ![alternatifsebaris](figures/growth.png){{width=20%}} sebarisgambar.

::: {{.callout-tip}}
Isikotak[^b].

| tajuk |
|-------|
| selkotak[^c] |

: Tabelkotak {{#tbl-kotak}}
:::

[^b]: Catatankotak.
[^c]: Catatansel.

+-------+-------------+
| kiri  | kanan       |
+=======+=============+
| satu  | - butirsel  |
|       |             |
|       | ```         |
|       | kodesel     |
|       | ```         |
+-------+-------------+

: Kete{" rangan" * 60} panjang[^d] {{#tbl-k}}

[^d]: Catatanketerangan.

  Kanansel     Kirisel
----------  ----------
    duabelas    12

[Rentang]{{#id-rentang}}

{LONG} https://example.org/{LONG} `{LONG}`
"""
WORDS = (
    "kapitalkecil coretan bergaris kodesebaris miringtebal Barisbaru sebariscatatan kodecatatan tautancatatan "
    "Catatanpertama Catatankedua kodedalamcatatan Larikpertama Larikkedua Kutipanluar Kutipandalam butirkutipan "
    "Istilah Definisisatu Definisidua tugasbelum tugassudah daftarsatu daftardua daftartiga daftarempat daftarlima "
    "daftarenam contohsatu contohdua kodeblok Kosong Tingkatdua Tingkattiga Tingkatempat Tingkatlima Tingkatenam "
    "Keterangantinggi sebarisgambar Isikotak selkotak Tabelkotak Catatankotak Catatansel butirsel kodesel panjang "
    f"Catatanketerangan Kanansel duabelas Rentang {LONG}"
).split()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, out = write_project(tmp_path_factory.mktemp("project")), tmp_path_factory.mktemp("out")
    typeset(MARKDOWN, METADATA, out, root=root)
    return out


def test_every_word_is_in_every_format(out: Path) -> None:
    texts = {
        "html": read_html(out / "index.html").text,
        "docx": read_docx(out / "paper.docx").text,
        "jats": read_jats(out / "paper.xml").text,
        "pdf": "".join(read_pdf((out / "paper.pdf").read_bytes())),
    }
    for name, text in texts.items():
        run = "".join(letter for letter in text.casefold() if letter.isalnum())
        assert [] == [word for word in WORDS if word.casefold() not in run], name


def test_the_pdf_is_tidy(out: Path) -> None:
    assert_tidy(pages(out / "paper.pdf"))


def test_the_page_keeps_what_the_markdown_means(out: Path) -> None:
    main = html.fromstring((out / "index.html").read_bytes().decode()).xpath("//main")[0]
    kept = {
        "sub": "2", "sup": "dua", "del": "coretan", "u": "bergaris", "strong/em": "miringtebal", "dt": "Istilah",
        "dd/p[1]": "Definisisatu", "dd/p[2]": "Definisidua", "blockquote/blockquote/p": "Kutipandalam",
        "ol/li/ol/li/ol/li/ul/li/ul/li/ul/li": "daftarenam", "td//li": "butirsel", "td//pre": "kodesel",
    }  # fmt: skip
    for path, text in kept.items():
        assert text in [one.text_content().strip() for one in main.xpath(f".//{path}")], path
    assert [False, True] == ["checked" in one.attrib for one in main.xpath(".//input[@type='checkbox']")]


def test_the_article_is_valid_jats(out: Path) -> None:
    assert [] == dtd_errors(etree.parse(out / "paper.xml").getroot())


def test_a_long_title_stays_in_its_place(tmp_path: Path) -> None:
    metadata = {**METADATA, "title": "Judul yang panjang sekali " * 12 + LONG, "subtitle": "Anak judul " * 30}
    typeset("teks\n\n" * 60, metadata, tmp_path, ["pdf"], root=write_project(tmp_path / "project"))
    assert_tidy(pages(tmp_path / "paper.pdf"))


def test_a_table_with_a_link_in_its_head_goes_on_over_pages(tmp_path: Path) -> None:
    rows = "\n".join(f"| {nth} |" for nth in range(120))
    markdown = f"| [tajuk](https://example.org)[^a] |\n|---|\n{rows}\n\n[^a]: Catatan.\n"
    typeset(markdown, METADATA, tmp_path, ["pdf"], root=write_project(tmp_path / "project"))
    assert len(pages(tmp_path / "paper.pdf")) > 2


def test_a_paper_without_headings_or_references_is_set(tmp_path: Path) -> None:
    metadata = {key: value for key, value in METADATA.items() if key != "bibliography"}
    typeset("teks\n", metadata, tmp_path, root=write_project(tmp_path / "project"))
    assert "Ketersediaan data" in read_pdf((tmp_path / "paper.pdf").read_bytes())[0]


def test_sections_may_begin_at_the_second_level(tmp_path: Path) -> None:
    markdown = "## Satu {#sec-satu}\n\n### Dalam {#sec-dalam}\n\n@sec-dalam\n"
    typeset(markdown, METADATA, tmp_path, ["html", "pdf"], root=write_project(tmp_path / "project"))
    main = html.fromstring((tmp_path / "index.html").read_bytes().decode()).xpath("//main")[0]
    headings = [(one.get("data-number"), one.tag) for one in main.xpath(".//*[@data-number]")]
    assert [("1", "h1"), ("1.1", "h2")] == headings
    assert ["Bagian\xa01.1"] == main.xpath(".//a[@class='quarto-xref']/text()")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# A\n\n## {#sec-x}\n", "row 3: expected a heading with words, found ##"),
        ("# A\n\n### B *c*\n", "row 3: expected a heading of level 2 at most.*, found 'B c' of level 3"),
        ("a\n\n![](figures/growth.svg)\n", r"row 3: expected an image figures/growth\.svg with a text alternative"),
    ],
)  # fmt: skip
def test_what_a_reader_could_not_hear_is_refused(text: str, message: str, tmp_path: Path) -> None:
    root = write_project(tmp_path)
    (root / "paper.qmd").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        typeset(text, METADATA, tmp_path, root=root)


def test_what_was_read_is_kept_beside_the_paper_and_only_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(pandoc, "_kept", {})
    read = pandoc.read("Satu *dua*.")
    (file,) = (tmp_path / ".cache" / "read").iterdir()
    really = pandoc.parse
    monkeypatch.setattr(pandoc, "parse", lambda text: pytest.fail("pandoc was asked"))
    monkeypatch.setattr(pandoc, "_kept", {})
    assert pandoc.read("Satu *dua*.") == read
    monkeypatch.setattr(pandoc, "parse", really)
    file.write_bytes(file.read_bytes()[:-9])
    monkeypatch.setattr(pandoc, "_kept", {})
    assert pandoc.read("Satu *dua*.") == read
    for nth in range(9):
        assert str(nth).encode() in pandoc.read(f"Satu {nth}.")
    assert len(list(file.parent.iterdir())) == 6


def test_what_is_used_is_kept_the_longest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / ".cache")

    def read(*texts: str) -> None:
        monkeypatch.setattr(pandoc, "_kept", {})
        for text in texts:
            pandoc.read(text)

    read("An edition.", *(f"Another, edit {nth}." for nth in range(5)))
    read("An edition.", "Another, edit 6.", "Another, edit 7.")
    monkeypatch.setattr(pandoc, "parse", lambda text: pytest.fail("pandoc was asked"))
    read("An edition.")


def test_a_text_is_read_beside_what_is_done_meanwhile_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / ".cache")
    monkeypatch.setattr(pandoc, "_kept", {})
    begun, go, asked = Event(), Event(), list[str]()

    def parse(text: str) -> bytes:
        asked.append(text)
        begun.set()
        assert go.wait(60)
        return b"{}"

    monkeypatch.setattr(pandoc, "parse", parse)
    pandoc.begin("Satu.")
    assert begun.wait(60)
    go.set()
    assert pandoc.read("Satu.") == b"{}"
    assert asked == ["Satu."]


def test_who_asks_for_a_text_that_was_begun_hears_of_its_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "CACHE", tmp_path / ".cache")
    text = "Catatan.[^a]\n\n[^a]: Satu.\n\n[^a]: Dua.\n"
    pandoc.begin(text)
    with pytest.raises(CheckFailed, match="Duplicate note reference 'a'"):
        pandoc.read(text)


def test_pandoc_has_the_whole_text_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is ended while it reads leaves a pandoc that ends too: of a part of a text it may read for ever."""
    really, given = subprocess.run, list[bytes]()

    def run(command: Sequence[str], stdin: BinaryIO, **options: Any) -> subprocess.CompletedProcess[bytes]:
        given.append(stdin.read())
        stdin.seek(0)
        return really(command, stdin=stdin, **options)

    monkeypatch.setattr(subprocess, "run", run)
    text = "Satu dua. " * 100_000
    assert b"Satu" in pandoc.parse(text)
    assert given == [text.encode()]
