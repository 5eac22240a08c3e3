"""Formulas in all four formats: set, numbered, referred to, with a text alternative, values and no network."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from pypdf import PdfReader

from recomputed.faults import InputError
from recomputed.guards.all_guards import guard_execution, text_of
from recomputed.guards.formats import format_faults
from recomputed.outputs import FORMATS
from recomputed.typeset.pandoc import typeset
from synthetic.manuscript import METADATA, write_project
from synthetic.variants import PAPER, change, examined, execute_here, guard_here

MML = "{http://www.w3.org/1998/Math/MathML}math"
MARKDOWN = r"""# Rumus $\alpha$ {#sec-a}

Nilai $p < 0{,}05$ dan $\frac{a}{b}$.

$$\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i$$ {#eq-mean}

$$
\begin{aligned} a &= b \\ c &= d \end{aligned}
$$

Lalu $$E = \text{"m"} c^2$$ {#eq-energy}. Lihat @eq-mean, [-@eq-energy] dan [@eq-energy].

| a     | b |
|-------|---|
| $x^2$ | 1 |
"""
SOURCES = [
    r"\alpha", r"p < 0{,}05", r"\frac{a}{b}", r"\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i",
    r"\begin{aligned} a &= b \\ c &= d \end{aligned}", r'E = \text{"m"} c^2', "x^2",
]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, out = write_project(tmp_path_factory.mktemp("project")), tmp_path_factory.mktemp("out")
    typeset(MARKDOWN, METADATA, out, root=root)
    return out


def test_each_formula_of_the_pdf_says_its_source(out: Path) -> None:
    root: Any = PdfReader(out / "paper.pdf").trailer["/Root"]
    alternatives = [" ".join(one["/Alt"].split()) for one in _structure(root["/StructTreeRoot"], "/Formula")]
    heading, outline = SOURCES[0], SOURCES[0]
    assert sorted([outline, heading, *SOURCES[1:]]) == sorted(alternatives)


def _structure(node: Any, kind: str) -> Iterator[Any]:
    """The elements of that kind below a node of a PDF's structure."""
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _structure(one, kind)
    elif isinstance(node, dict):
        if node.get("/S") == kind:
            yield node
        if "/K" in node:
            yield from _structure(node["/K"], kind)


def test_the_page_shows_formulas_without_a_network(out: Path) -> None:
    page = html.fromstring((out / "index.html").read_bytes().decode())
    main = page.xpath("//main")[0]
    assert SOURCES == [" ".join(one.text.split()) for one in main.iter("annotation")]
    assert len(SOURCES) == len(list(main.iter("math")))
    assert "mathjax" not in (out / "index.html").read_text(encoding="utf-8").lower()


def test_word_and_jats_hold_formulas_as_formulas(out: Path) -> None:
    article = etree.parse(out / "paper.xml")
    assert SOURCES == [" ".join(one.text.split()) for one in article.iter("tex-math")]
    assert len(SOURCES) == len(list(article.iter(MML)))
    with zipfile.ZipFile(out / "paper.docx") as archive:
        assert len(SOURCES) == archive.read("word/document.xml").count(b"<m:oMath>")


def test_a_labelled_formula_is_numbered_and_referred_to(out: Path) -> None:
    page = html.fromstring((out / "index.html").read_bytes().decode())
    links = [
        (one.get("href"), one.text.replace("\xa0", " ")) for one in page.xpath("//a[@class='quarto-xref']")
    ]
    assert [("#eq-mean", "Persamaan 1"), ("#eq-energy", "2"), ("#eq-energy", "Persamaan 2")] == links
    numbers = [one.text for one in page.xpath("//*[@class='equation']/*[@class='equation-number']")]
    assert ["(1)", "(2)"] == numbers
    article = etree.parse(out / "paper.xml")
    labels = [(one.get("id"), one.findtext("label")) for one in article.iter("disp-formula")]
    assert [("eq-mean", "(1)"), (None, None), ("eq-energy", "(2)")] == labels
    text = "".join(one.extract_text() for one in PdfReader(out / "paper.pdf").pages)
    assert ["(1)", "(2)"] == re.findall(r"(?<!\d)\(\d\)", text)


@pytest.mark.parametrize(
    ("markdown", "message"),
    [
        ("a\n\nLihat @eq-none.\n", r"row 3: expected a .*formula.* labelled \{#eq-none\}, found none"),
        ("$$a$$ {#eq-a}\n\n$$b$$ {#eq-a}\n", r"row 3: expected one place labelled \{#eq-a\}, found two"),
        ("a\n\nNilai\n$\\tiada{x}$.\n", r"row 4: expected a formula in TeX .*, found \\tiada\{x\}"),
    ],
)
def test_a_formula_that_cannot_be_set_is_told_with_its_line(
    markdown: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "paper.qmd").write_text(markdown, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        typeset(markdown, METADATA, tmp_path, ["html"], root=write_project(tmp_path))


def _with(text: str) -> str:
    return change(PAPER, "## Growth {#sec-growth}\n", f"## Growth {{#sec-growth}}\n\n{text}\n")


VALUES = r"""Kenaikan `{python} name["river"]`, $u$, `{python} n["growth.rise.river"]` atau
$u = `{python} n["growth.rise.river"]`$.

$$u_{S2} = \frac{`{python} n["growth.index.river"]`}{`{python} n["growth.before.river"]`} - 1$$ {#eq-growth}

Menurut @eq-growth.^[Juga `{python} name["north"]` $x = `{python} n["growth.rise.north"]`$.]
"""


@pytest.mark.slow
def test_values_in_formulas_are_the_executed_ones_in_every_format(tmp_path: Path) -> None:
    executed = execute_here(_with(VALUES))
    typeset(executed.woven.markdown, executed.manuscript.metadata, tmp_path)
    text = text_of(executed)
    assert 4 == sum(piece.formula and bool(piece.number) for one in text.passages for piece in one.pieces)
    assert [] == format_faults(tmp_path, FORMATS, text)
    assert () == guard_execution(executed, examined()).failures


@pytest.mark.slow
def test_a_number_typed_in_a_formula_is_told_and_a_constant_is_none() -> None:
    (failure,) = guard_here(_with(r"$p < 0{,}07$")).failures[:1]
    assert "a typed number in the paragraph" in failure
    assert () == guard_here(_with(r"$\bar{x} = \frac{1}{n}\sum_{i=1}^{n} x_i^2 - 1$")).failures
