"""Quarto and the embedded engine give the reader the same paper; skipped without Quarto."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from recomputed import paths
from recomputed.faults import InputError
from recomputed.guards.pdf_text import read_pdf
from recomputed.judgement import Executed
from recomputed.manuscript.execute import execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.typeset import quarto
from recomputed.typeset.engines import FILES, FORMATS, SUPPLEMENT, engine_named
from synthetic import checkouts

QUARTO = quarto.find()
pytestmark = pytest.mark.skipif(
    QUARTO is None, reason="quarto is not on the path: no second engine to compare with"
)

MANUSCRIPT = """\
---
title: "Uji *dua* mesin & <lain>"
subtitle: Anak judul
lang: id
date: 2024-05-01
author:
  - name: Penulis Rekaan
    corresponding: true
    affiliations:
      - {id: a, name: Lembaga Rekaan, city: Kota, country: Negeri}
  - name: Penulis Kedua
    affiliations: [{ref: a}]
keywords: [satu, dua]
keywords-en: [one, two]
license: "CC BY"
funding: Tiada.
data-availability: Tersedia.
bibliography: references.bib
---

::: {.abstract lang="id"}
Abstrak dengan *tekanan*.
:::

::: {.abstract lang="en"}
An abstract.
:::

# Pembuka {#sec-a}

Lihat @fig-a, @tbl-a, @eq-a dan @sec-b; juga [Lihat @fig-a; @tbl-a]. Menurut @novianti2025 [lihat juga @zilfadila2023].
Catatan.^[Isi catatan dengan `kode`.] Ada 25% & `<b>` dan [*tautan*](https://example.org/a?b=1&c=2).

![Keterangan *gambar*.](figures/conversion.png){#fig-a fig-alt="Uraian \\"gambar\\""}

| Nama | Nilai |
|------|------:|
| a^[Di tabel.] | $p$ |
| b [@adil2024] | 2 |

: Keterangan tabel {#tbl-a}

$$
a = \\frac{1}{2}
$$ {#eq-a}

::: {.callout-warning title="Awas & waspada"}
Isi.
:::

::: {.callout-note}
## Judul catatan
Isi.
:::

## Bagian dalam {#sec-b}

> Kutipan.

```python
kode = 1  # {{< bukan >}}
```

::: {.content-visible when-format="html"}
Hanya laman.
:::

### Lebih dalam {.unnumbered}

1. Satu
2. Dua

Istilah
:   Arti.

- [ ] H~2~O, x^2^, ~~coret~~, :smile:, "kutip" -- dan --- titik... [-@novianti2025] @{adil2024}

![](figures/audience.svg){fig-alt="Tanpa keterangan" width=50%}

Gambar di baris ![kecil](figures/audience.png){width=20%} sini.
"""

FROM_DATA = """
Sel \\{\\{\\< meta title \\>\\}\\} dan {{< meta title >}}.

| a |
|---|
| {{< pagebreak >}} |
"""


class _Page(HTMLParser):
    """What a page holds, in its order: elements with what a reader meets in them, and words."""

    KEPT = (
        "id",
        "href",
        "alt",
        "aria-label",
        "data-number",
        "lang",
        "name",
        "content",
        "datetime",
        "role",
        "start",
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = (
            ("aria-label", "role") if tag == "img" else ()
        )  # an image's alternative, which Quarto says again
        kept = [f"{name}={value}" for name, value in sorted(attrs) if name in self.KEPT and name not in twice]
        if not self.inside and (kept or tag != "span"):
            self.found += "\n" + " ".join([tag, *kept]) + "\n"
        if tag in ("style", "script", "svg"):
            self.inside = self.inside or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found += re.sub(r"\s+", " ", data)


def html(file: Path) -> list[str]:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return _lines(page.found)


def pdf(file: Path) -> list[object]:
    reader = PdfReader(file)
    root = reader.trailer["/Root"]
    info = reader.metadata or {}
    return [
        root["/Lang"],
        info["/Title"],
        info.get("/Author"),
        "/StructTreeRoot" in root,
        *read_pdf(file.read_bytes()),
    ]


def docx(file: Path) -> list[str]:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = ""
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "footnotes")]
        properties = [archive.read(f"docProps/{name}.xml").decode() for name in ("core", "custom")]
    for element in (element for part in parts for element in ElementTree.fromstring(part).iter()):
        tag = element.tag.rpartition("}")[2]
        if tag not in ("r", "rPr", "rStyle", "t"):  # words may come in more runs or fewer
            values = [element.get(name, "") for name in ("descr", f"{w}val", f"{w}anchor", f"{w}name")]
            found += "\n" + " ".join([tag, *values]) + "\n"
        found += element.text or ""
    return _lines(found) + [re.sub("<dcterms.*?</dcterms:[a-z]*>", "", text) for text in properties]


def jats(file: Path) -> list[str]:
    text = file.read_text(
        encoding="utf-8"
    )  # an older citeproc does not mark what keeps its case, which shows nothing
    text = re.sub('<named-content content-type="nocase">(.*?)</named-content>', r"\1", text, flags=re.DOTALL)
    found = ""
    for element in ElementTree.fromstring(text.encode()).iter():
        values = [f"{name}={value}" for name, value in sorted(element.items())]
        found += "\n" + " ".join([element.tag, *values]) + "\n"
        found += " ".join(f"{element.text or ''} {element.tail or ''}".split())
    return _lines(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


READ: dict[str, Callable[[Path], Sequence[object]]] = {"html": html, "pdf": pdf, "docx": docx, "jats": jats}


@pytest.fixture(scope="module")
def of_everything() -> Executed:
    manuscript = parse_manuscript(MANUSCRIPT)
    with Kernel(paths.ROOT) as kernel:
        notebook = execute(manuscript, kernel)
    woven = weave(manuscript, notebook)
    printed = replace(woven, markdown=woven.markdown + FROM_DATA)
    return Executed(manuscript, notebook, printed, paths.DATA, None)


def both(executed: Executed, folder: Path) -> tuple[Path, Path]:
    for name in ("quarto", "pandoc"):
        (folder / name).mkdir()
        engine_named(name).typeset(executed, paths.ROOT, folder / name, FORMATS)
    return folder / "quarto", folder / "pandoc"


@pytest.fixture(scope="module")
def papers(executed_paper: Executed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return both(executed_paper, tmp_path_factory.mktemp("papers"))


@pytest.fixture(scope="module")
def everything(of_everything: Executed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return both(of_everything, tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="module")
def blind(of_everything: Executed, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return both(replace(of_everything, profile="blind"), tmp_path_factory.mktemp("blind"))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("made", ["papers", "everything", "blind"])
def test_both_engines_set_the_same(made: str, format_: str, request: pytest.FixtureRequest) -> None:
    quartos, pandocs = request.getfixturevalue(made)
    expected = READ[format_](pandocs / FILES[format_])
    assert len(expected) > 10 or format_ == "pdf"
    assert expected == READ[format_](quartos / FILES[format_])
    if made == "papers" and format_ in SUPPLEMENT:
        beside = SUPPLEMENT[format_]
        assert READ[format_](pandocs / beside) == READ[format_](quartos / beside)


def test_both_engines_name_what_is_not_there_by_its_line(of_everything: Executed, tmp_path: Path) -> None:
    woven = replace(
        of_everything.woven, markdown=of_everything.woven.markdown + "\nLihat @fig-tiada dan @tiada.\n"
    )
    told = []
    for name in ("quarto", "pandoc"):
        with pytest.raises(InputError) as error:
            engine_named(name).typeset(replace(of_everything, woven=woven), paths.ROOT, tmp_path, ["html"])
        told.append(str(error.value))
    assert told[0] == told[1]
    assert "fig-tiada" in told[0]


def test_quarto_render_gives_the_same_paper_and_leaves_nothing_else(
    built_paper: Path, tmp_path: Path
) -> None:
    root = checkouts.clone(tmp_path / "paper")
    (root / ".venv").symlink_to(sys.prefix)
    (root / "_environment.local").write_text(f"QUARTO_PYTHON='{sys.executable}'\n", encoding="utf-8")
    assert QUARTO is not None
    own = {name: value for name, value in os.environ.items() if not name.startswith(("QUARTO_", "PAPER_"))}
    done = subprocess.run(
        [QUARTO.program, "render", root],
        cwd=tmp_path,
        env=own,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    changed = subprocess.run(
        ["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True
    ).stdout
    assert changed == b""
    formats = FORMATS if QUARTO.tags else ("html", "docx", "jats")
    for name in formats:
        assert READ[name](built_paper / FILES[name]) == READ[name](root / "_manuscript" / FILES[name])
    supplement = [QUARTO.program, "render", root, "--profile", "supplement", "--to", "html"]
    subprocess.run(supplement, cwd=tmp_path, env=own, capture_output=True, timeout=300, check=True)
    beside = SUPPLEMENT["html"]
    assert READ["html"](built_paper / beside) == READ["html"](root / "_manuscript" / beside)
    assert (root / "_manuscript" / FILES["html"]).is_file()
