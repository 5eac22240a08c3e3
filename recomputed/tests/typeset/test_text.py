"""Text is text in every format: what is printable in a name, a cell, a title, a reference is read back so."""

import csv
import json
import re
import shutil
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree, html

from recomputed import paths
from recomputed.deposit.crate import describe
from recomputed.deposit.credits import read_work
from recomputed.deposit.metadata import files_of
from recomputed.guards.all_guards import guard_execution
from recomputed.guards.pdf_text import read_pdf
from recomputed.guards.readers import read_docx, read_html, read_jats
from recomputed.judgement import proof
from recomputed.manuscript.inline import CaseName, attribute, escape, unescape
from recomputed.manuscript.markdown import parse
from recomputed.manuscript.pipe_tables import pipe_table
from recomputed.outputs import FORMATS
from recomputed.typeset.pandoc import typeset
from synthetic.manuscript import write_project
from synthetic.variants import examined, execute_here

HOSTILE = [
    "Tea & Co", "a < b > c", "<b>tebal</b>", "&lt; &amp; &#65;", "{{< meta title >}}", "`{python} x`",
    "None", "NaN nan", "np.float64", "]]> <!-- x -->", "?@fig-x @adil2024", "[x]{.num data-number=\"y\"}",
    "::: {.abstract}", "$x^2$ $$y$$", "a_b_c *d* ~e~ ^f^", "\\input{z} \\\\", "#panic(\"y\") #let",
    "'kutip' \"ganda\"", "... -- ---", "-5 5-6 a-?b", "1. a", "(a) b", "- butir", "| sel |",
    "https://example.org/?a=b&c", "a@b.example", "Dr. A, M.Kom., hlm. 3", "% judul", "{#eq-x}",
    "//komentar /* x */", "é ß Ω Ж ñ", "=SUM(A1)", "~", "<NA> <object object at 0x1>",
]  # fmt: skip
PRINTABLE = st.characters(exclude_categories=["C", "Z"], include_characters=" ")
WORK = read_work()
#: How BibTeX writes what means something to it.
TEX = {mark: rf"{{\{mark}}}" for mark in "&%$#_"} | {
    "\\": r"{\textbackslash}", "{": r"\{", "}": r"\}", "~": r"{\textasciitilde}", "^": r"{\textasciicircum}",
}  # fmt: skip
#: What the PDF's fonts have; all else is refused by its place before.
SETTABLE = st.sampled_from(string.printable[:95] + "éßñÄøŁžΩαβЖяі–—“”‘’…°±×€")


def text(letters: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Text as a cell has it: no space at its ends, none doubled."""
    any_text = st.lists(letters, min_size=1, max_size=12).map(lambda one: " ".join("".join(one).split()))
    return (any_text | st.sampled_from(HOSTILE)).filter(bool)


def squeezed(value: str) -> str:
    """Without what breaking and hyphenating lines adds."""
    return re.sub(r"[\s\u00ad\u200b\u2060]+", "", value)


def every_text(texts: list[str]) -> str:
    """Markdown with each text as a paragraph, a cell, a name, a heading, a caption and an alternative."""
    parts = [f"{escape(one)}\n\n- {escape(one)}\n\n[{escape(one)}]{{.x}}^[{escape(one)}]" for one in texts]
    parts += [CaseName("S1", one)._repr_markdown_() + f"\n\n## {escape(one)}" for one in texts]
    parts += [
        f'![{escape(one)}](figures/growth.svg){{#fig-{nth} fig-alt="{attribute(one)}"}}'
        for nth, one in enumerate(texts)
    ]
    parts.append(pipe_table(["a", "b"], [[escape(one), escape(one)] for one in texts], [1, 1]))
    return (
        '::: {.abstract lang="en"}\nSintetis.\n:::\n\n# Awal\n\n'
        + "\n\n".join(parts)
        + f"\n\n: {escape(texts[0])} {{#tbl-x}}\n"
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(text(PRINTABLE), min_size=1, max_size=8))
def test_what_is_escaped_is_read_as_the_text_that_it_was(texts: list[str]) -> None:
    paragraphs = json.loads(parse("\n\n".join(map(escape, texts))))["blocks"]
    assert texts == [
        "".join(" " if one["t"] == "Space" else one["c"] for one in block["c"]) for block in paragraphs
    ]
    spans = json.loads(parse(" ".join(f'[x]{{title="{attribute(one)}"}}' for one in texts)))["blocks"][0]["c"]
    assert texts == [span["c"][0][2][0][1] for span in spans if span["t"] == "Span"]
    assert texts == [unescape(escape(one)) for one in texts]


def typeset_texts(texts: list[str], folder: Path, formats: tuple[str, ...]) -> None:
    root = write_project(folder)
    entries = [
        f"@book{{k{nth}, title = {{{{{tex}}}}}, author = {{{{{tex}}}}}, year = 2024, publisher = {{Rekaan}}}}\n"
        for nth, tex in enumerate("".join(TEX.get(letter, letter) for letter in one) for one in texts)
    ]
    (root / "references.bib").write_text("".join(entries), encoding="utf-8")
    people = [{"name": one, "affiliations": [{"name": one, "department": one, "city": one}]} for one in texts]
    metadata = {
        "title": " ".join(map(escape, texts)), "subtitle": escape(texts[0]), "lang": "id", "date": "2024-05-01",
        "keywords": texts, "keywords-en": texts, "author": people, "license": texts[0], "funding": escape(texts[-1]),
        "data-availability": escape(texts[-1]), "bibliography": "references.bib",
        "citation": {"container-title": texts[0], "publisher": texts[0]},
    }  # fmt: skip
    cites = "[" + "; ".join(f"@k{nth}" for nth in range(len(entries))) + "]"
    typeset(f"{every_text(texts)}\n\n{cites}\n", metadata, folder, formats, root=root)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text")


READ: dict[str, Callable[[Path], str]] = {
    "html": lambda folder: read_html(folder / "index.html").text,
    "docx": lambda folder: read_docx(folder / "paper.docx").text,
    "jats": lambda folder: read_jats(folder / "paper.xml").text,
    "pdf": lambda folder: "".join(read_pdf((folder / "paper.pdf").read_bytes())),
}


def assert_read_back(texts: list[str], folder: Path, formats: tuple[str, ...]) -> None:
    for name in formats:
        shown = squeezed(READ[name](folder))
        for (
            one
        ) in texts:  # paragraph, item, span, note, name, heading, caption, two cells; author, place, keywords
            assert shown.count(squeezed(one)) >= 9, (name, one)
    if "jats" in formats:
        article = etree.parse(folder / "paper.xml")
        assert [*texts] == [
            " ".join(one.split()) for one in article.xpath("//fig//graphic[1]/alt-text/text()")
        ]
        assert [*texts, *texts] == [" ".join(one.split()) for one in article.xpath("//kwd/text()")]
    if "html" in formats:
        page = html.fromstring((folder / "index.html").read_bytes().decode())
        assert texts == page.xpath("//main//svg/@aria-label")
        assert texts == page.xpath("//meta[@name='citation_author']/@content")


@settings(max_examples=4, deadline=None)
@given(texts=st.lists(text(PRINTABLE), min_size=1, max_size=6))
def test_any_printable_text_is_read_back_from_html_word_and_jats(texts: list[str], folder: Path) -> None:
    typeset_texts(texts, folder, ("html", "docx", "jats"))
    assert_read_back(texts, folder, ("html", "docx", "jats"))


@settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(texts=st.lists(text(SETTABLE), min_size=1, max_size=6))
def test_any_text_that_the_pdf_can_set_is_read_back_from_it(texts: list[str], folder: Path) -> None:
    typeset_texts(texts, folder, ("pdf",))
    assert_read_back(texts, folder, ("pdf",))


def test_hostile_text_is_read_back_from_every_format(folder: Path) -> None:
    typeset_texts(HOSTILE, folder, FORMATS)
    assert_read_back(HOSTILE, folder, FORMATS)


@given(name=text(PRINTABLE), family=text(PRINTABLE), title=text(PRINTABLE))
def test_any_printable_text_is_read_back_from_the_metadata(name: str, family: str, title: str) -> None:
    author = replace(
        WORK.authors[0], name=f"{name} {family}", affiliation=replace(WORK.authors[0].affiliation, name=name)
    )
    work = replace(
        WORK,
        title=title,
        authors=(author,),
        keywords=(name,),
        article=replace(WORK.article, title=title),
        availability=title,
        funding=title,
    )
    files = files_of(work)
    cff, codemeta, zenodo = (
        yaml.safe_load(files["CITATION.cff"]),
        json.loads(files["codemeta.json"]),
        json.loads(files[".zenodo.json"]),
    )
    assert [title] * 3 == [cff["title"], codemeta["name"], zenodo["title"]]
    assert [author.family] * 2 == [cff["authors"][0]["family-names"], codemeta["author"][0]["familyName"]]
    assert f"{author.family}, {author.given}" == zenodo["creators"][0]["name"]
    graph = json.loads(describe(work, {"paper.qmd": b""}, [], "2024-05-01T00:00:00Z", "swh:1:dir:0"))[
        "@graph"
    ]
    known = {one["@id"]: one for one in graph}
    assert [author.name, title, title] == [
        known["#author-1"]["name"],
        known["./"]["name"],
        known["./"]["conditionsOfAccess"],
    ]


@pytest.mark.slow
def test_hostile_names_and_cells_pass_the_whole_chain(tmp_path: Path) -> None:
    data, out, names = tmp_path / "data", tmp_path / "out", tmp_path / "names.csv"
    shutil.copytree(paths.DATA, data)
    out.mkdir()
    given = dict(
        zip(
            ("north", "river", "hill"),
            ("Tea & Rekan {{< x >}}", "`{python} x` <b> None", "]{.num ::: NaN ?@fig-x"),
            strict=True,
        )
    )
    names.write_text(
        "case,name\n" + "".join(f'{case},"{name}"\n' for case, name in given.items()), encoding="utf-8"
    )
    with (data / "signs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for nth, row in enumerate(rows):
        row["text"] = " / ".join(HOSTILE[nth :: len(rows)])
    with (data / "signs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    with mock.patch.object(paths, "NAMES", names):
        executed = execute_here(data=data)
        failures = guard_execution(executed, examined(data)).failures
    typeset(executed.woven.markdown, executed.manuscript.metadata, out)
    assert [] == [one for one in failures if "left in the text" in one or "no name of the case" in one]
    assert [] == proof(executed, out, FORMATS)
    for name, read in READ.items():
        shown = squeezed(read(out)).replace("-", "")  # narrow cells are hyphenated
        wanted = [*given.values(), *HOSTILE]
        assert [] == [one for one in wanted if squeezed(one).replace("-", "") not in shown], name
