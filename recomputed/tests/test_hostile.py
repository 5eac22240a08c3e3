"""Text from the data and the references is text in every format, whatever it says. All of it is synthetic."""

import csv
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from recomputed import paths
from recomputed.guards.pdf_text import read_pdf
from recomputed.guards.readers import read_docx, read_html, read_jats
from recomputed.typeset import pandoc
from synthetic.variants import PAPER, change, execute_here

HOSTILE = (
    "<script>alert('sintetis')</script>",
    "<img src=x onerror=alert(1)> &amp; <b>tebal</b>",
    "**tebal** _miring_ `kode` [tautan](http://example.org) ~~coret~~ ^atas^",
    "{{< include rahasia.txt >}} {{< meta title >}}",
    '#import "jahat.typ": * #panic("sintetis") $x^2$ @fig-growth',
    r"\input{rahasia} \textbf{tebal} $\frac{1}{2}$ \newpage",
    "=cmd|' /C calc'!A0 ::: {.callout} | pipa | # tajuk",
    "kanan\u202eirik\u202c ke kiri",
    "Kata" * 60,
)
LABELS = ("<i>bundel</i> & =1+1", "{{< video x >}} `x`{=html}")
REFERENCE = "<script>alert(2)</script> {\\{\\{}< video x >{\\}\\}} \\#panic()"


@dataclass(frozen=True)
class Hostile:
    """The paper typeset from data and references with hostile text in them."""

    out: Path
    shown: tuple[str, ...]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    folder = tmp_path_factory.mktemp("hostile")
    data = Path(shutil.copytree(paths.DATA, folder / "data"))
    fill(data / "signs.csv", "text", (*HOSTILE, *LABELS), lambda row: True)
    fill(data / "stalls.csv", "note", HOSTILE, lambda row: True)
    bibliography = folder / "references.bib"
    entry = f"@misc{{hostile, title = {{{REFERENCE}}}, author = {{Sintetis, S.}}, year = {{2024}}}}\n"
    bibliography.write_text(
        (paths.ROOT / "references.bib").read_text(encoding="utf-8") + entry, encoding="utf-8"
    )
    executed = execute_here(change(PAPER, "[@kettle2018]", "[@kettle2018; @hostile]"), data)
    metadata = {**executed.manuscript.metadata, "bibliography": str(bibliography)}
    out = folder / "out"
    out.mkdir()
    pandoc.typeset(executed.woven.markdown, metadata, out)
    return Hostile(out, tuple(row["text"] for row in read(data / "signs.csv")))


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def fill(file: Path, column: str, texts: tuple[str, ...], chosen) -> None:  # type: ignore[no-untyped-def]
    """Put the texts, in order, into the column's cells in the chosen rows, as often as there are rows."""
    rows = read(file)
    for nth, row in enumerate(row for row in rows if chosen(row)):
        row[column] = texts[nth % len(texts)]
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def squeezed(text: str) -> str:
    """Without what breaking lines, smart typography or direction marks add or take away."""
    text = re.sub(r"[\s\u00ad\u2060\u200b\u202a-\u202e\u2066-\u2069\ufffd]+", "", text)
    return text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')


def assert_all_shown(text: str, hostile: Hostile) -> None:
    for one in hostile.shown:
        assert squeezed(one) in squeezed(text)


@pytest.mark.slow
def test_html_shows_it_as_text(hostile: Hostile) -> None:
    file = hostile.out / "index.html"
    page = file.read_text(encoding="utf-8")
    assert_all_shown(read_html(file).text, hostile)
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    assert [] == read_html(file).loads
    assert not re.search(r'<a [^>]*href="http://example\.org"', page)


def test_jats_shows_it_as_text(hostile: Hostile) -> None:
    file = hostile.out / "paper.xml"
    assert_all_shown(read_jats(file).text, hostile)
    tags = {element.tag for element in ElementTree.parse(file).iter()}
    assert not {"script", "img", "b", "i"} & tags


def test_word_shows_it_as_text(hostile: Hostile) -> None:
    document = read_docx(hostile.out / "paper.docx")
    assert_all_shown(document.text, hostile)
    assert [] == document.loads


def test_pdf_shows_it_as_text(hostile: Hostile) -> None:
    text = squeezed("".join(read_pdf((hostile.out / "paper.pdf").read_bytes()))).replace("-", "")
    for one in hostile.shown:
        assert squeezed(one).replace("-", "") in text


def test_the_cards_hold_it_as_data(hostile: Hostile) -> None:
    page = (hostile.out / "index.html").read_text(encoding="utf-8")
    (content,) = re.findall(
        r'<script type="application/json" id="number-cards"[^>]*>(.*?)</script>', page, re.DOTALL
    )
    assert json.loads(content)["numbers"]
    rows = squeezed(read_html(hostile.out / "supplement.html").text)
    for one in HOSTILE:
        assert squeezed(one) in rows


def test_a_reference_is_text_in_every_format(hostile: Hostile) -> None:
    for text in (
        read_html(hostile.out / "index.html").text,
        read_jats(hostile.out / "paper.xml").text,
        read_docx(hostile.out / "paper.docx").text,
        "".join(read_pdf((hostile.out / "paper.pdf").read_bytes())),
    ):
        assert "alert(2)" in squeezed(text)
    assert "<script>alert" not in (hostile.out / "index.html").read_text(encoding="utf-8")


def test_a_hostile_cell_that_states_a_number_is_told(tmp_path: Path) -> None:
    from synthetic.variants import guard_here

    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    fill(data / "signs.csv", "text", ("3 lamps",), lambda row: True)
    typed = guard_here(data=data).report["typed_numbers"]
    assert {"3"} == {one["text"] for one in typed}
