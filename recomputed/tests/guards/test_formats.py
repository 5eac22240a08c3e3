"""What was typeset is what was executed: each format is read back, and every way to differ is noticed."""

import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest
from pypdf import PdfReader

from recomputed import paths
from recomputed.guards.all_guards import text_of
from recomputed.guards.formats import expected_numbers, format_faults
from recomputed.guards.passages import Text, read_text
from recomputed.guards.pdf_text import read_pdf
from recomputed.guards.readers import Shown, read_html
from recomputed.guards.tree import tree_of
from recomputed.outputs import FORMATS
from recomputed.typeset import pandoc
from synthetic.variants import PAPER, change, execute_here


@pytest.fixture(scope="module")
def text() -> Text:
    return text_of(execute_here())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built")
    executed = execute_here()
    pandoc.typeset(executed.woven.markdown, executed.manuscript.metadata, out)
    return out


@pytest.fixture
def out(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


def edit(file: Path, pattern: str, new: str) -> None:
    before = file.read_text(encoding="utf-8")
    after = re.sub(pattern, new, before, count=1)
    assert after != before
    file.write_text(after, encoding="utf-8")


def edit_docx(file: Path, pattern: str, new: str) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    content = parts["word/document.xml"].decode()
    parts["word/document.xml"] = re.sub(pattern, new, content, count=1).encode()
    assert parts["word/document.xml"].decode() != content
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


@pytest.mark.slow
def test_all_four_formats_show_the_executed_numbers(built: Path, text: Text) -> None:
    assert len(expected_numbers(text)) > 100
    assert [] == format_faults(built, FORMATS, text)


@pytest.mark.parametrize(
    ("name", "change_it"),
    [
        ("html", lambda f: edit(f, r'(data-number="growth.rise.north">[^<]*?)20%', r"\g<1>21%")),
        ("html", lambda f: edit(f, r'<span[^>]*class="num"[^>]*>([^<]*)</span>', r"\1")),
        ("jats", lambda f: edit(f, r'(content-type="number"[^>]*>[^<]*?)20%', r"\g<1>21%")),
        ("jats", lambda f: edit(f, r'specific-use="growth.rise.north"', 'specific-use="growth.rise.river"')),
        ("docx", lambda f: edit_docx(f, r"20%</w:t>", "21%</w:t>")),
        ("docx", lambda f: edit_docx(f, r'w:name="num_growth_rise_north_1"', 'w:name="other"')),
    ],
)  # fmt: skip
def test_a_number_that_differs_or_is_missing_is_told(
    name: str, change_it: Callable[[Path], None], out: Path, text: Text
) -> None:
    file = {"html": "index.html", "jats": "paper.xml", "docx": "paper.docx"}[name]
    change_it(out / file)
    (fault,) = format_faults(out, [name], text)
    assert fault.startswith(f"{file}: its number ")


def test_a_number_that_differs_in_the_pdf_is_told(tmp_path: Path, text: Text) -> None:
    qmd = change(PAPER, 'n["growth.mean"]', 'n["growth.spread"]')
    other = execute_here(qmd)
    pandoc.typeset(other.woven.markdown, other.manuscript.metadata, tmp_path, ["pdf"])
    (fault,) = format_faults(tmp_path, ["pdf"], text)
    assert "growth.mean should be there" in fault


@pytest.mark.parametrize(
    "left",
    [
        "`{python} n[0]`",
        "?@fig-x",
        "nan",
        "None",
        "Fraction(1, 2)",
        "np.float64",
        "alt.Chart(",
        "??",
        "{{< x >}}",
    ],
)
def test_what_a_failed_computation_leaves_is_told(left: str, out: Path, text: Text) -> None:
    safe = left.replace("<", "&lt;").replace(">", "&gt;").replace("\\", "")
    edit(out / "index.html", r"</main>|</body>", f"<p>{safe}</p></body>")
    edit(out / "paper.xml", r"</back>|</article>", f"<p>{safe}</p>\\g<0>")
    assert {"index.html", "paper.xml"} == {
        one.split(":")[0] for one in format_faults(out, ("html", "jats"), text)
    }


@pytest.mark.parametrize(
    ("broken", "left"),
    [
        ("berlai\u00adnan", False),
        ("laya-\r\nnan", False),
        ("laya-", False),
        ("is nan", True),
        ("5-\r\nnan", True),
    ],
)
def test_a_word_that_a_line_of_the_pdf_breaks_is_no_leftover(
    broken: str, left: bool, built: Path, text: Text, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pages(content: bytes) -> list[str]:
        first, *others = read_pdf(content)
        return [first, broken, "nan" if broken.endswith("-") else "", *others]

    monkeypatch.setattr("recomputed.guards.formats.read_pdf", pages)
    told = [one for one in format_faults(built, ("pdf",), text) if "is left" in one]
    assert left == any("'nan' is left in the text" in one for one in told)


@pytest.mark.parametrize(
    "loading",
    ['<script src="https://example.org/a.js"></script>', '<link rel="stylesheet" href="//example.org/a.css">',
     '<img src="http://example.org/a.png">', '<style>@import "https://example.org/a.css";</style>',
     '<p style="background:url(https://example.org/a.png)">x</p>', '<iframe src="https://example.org"></iframe>',
     '<script>import "https://example.org/a.js"</script>', '<svg><image href="https://example.org/a.png"/></svg>'],
)  # fmt: skip
def test_a_page_that_would_load_something_from_elsewhere_is_told(loading: str, out: Path, text: Text) -> None:
    edit(out / "index.html", "</body>", f"{loading}</body>".replace("\\", ""))
    (fault,) = format_faults(out, ["html"], text)
    assert "index.html would load" in fault
    assert "example.org" in fault


def test_a_link_that_a_reader_may_follow_loads_nothing(built: Path, text: Text) -> None:
    assert 'href="https://creativecommons.org' in (built / "index.html").read_text(encoding="utf-8")
    assert [] == format_faults(built, ["html"], text)


@pytest.mark.slow
def test_captions_and_footnotes_stand_where_the_formats_put_them(tmp_path: Path) -> None:
    note = '^[A note of `{python} n["growth.rise.river"]`.]'
    qmd = change(PAPER, "Does a painted sign", f"Does{note} a painted sign")
    qmd = change(qmd, '"The stalls: what', "f\"The {n['counts.stalls'].words} stalls: what")
    executed = execute_here(qmd)
    pandoc.typeset(executed.woven.markdown, executed.manuscript.metadata, tmp_path)
    assert [] == format_faults(tmp_path, FORMATS, text_of(executed))


def test_the_pdf_reader_reads_what_another_reader_reads(built: Path) -> None:
    def letters(text: str) -> Counter[str]:
        return Counter(re.sub(r"[^0-9A-Za-z%–,]", "", text))

    ours = read_pdf((built / "paper.pdf").read_bytes())
    theirs = [page.extract_text() for page in PdfReader(built / "paper.pdf").pages]
    assert len(theirs) == len(ours)
    for mine, other in zip(ours, theirs, strict=True):
        assert Counter() == letters(mine) - letters(other)
        assert (letters(other) - letters(mine)).total() < 120  # running heads, repeated table heads, folios


def test_a_pdf_that_cannot_be_read_is_told(out: Path, text: Text) -> None:
    (out / "paper.pdf").write_bytes(b"%PDF-1.7\n")
    (fault,) = format_faults(out, ["pdf"], text)
    assert fault.startswith("paper.pdf cannot be read back: ")


@pytest.mark.slow
def test_a_number_in_a_heading_stands_once_and_in_its_place(tmp_path: Path) -> None:
    number = '`{python} n["growth.rise.river"]`'
    executed = execute_here(change(PAPER, "## Waiting", f"## Waiting {number} now"))
    pandoc.typeset(executed.woven.markdown, executed.manuscript.metadata, tmp_path)
    assert [] == format_faults(tmp_path, FORMATS, text_of(executed))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    ids = re.findall(r' id="([^"]+)"', page)
    assert "Waiting 8% now</a>" in re.sub(r"\s+", " ", page)
    assert len(set(ids)) == len(ids)


def test_the_numbers_of_a_list_of_contents_are_no_places(tmp_path: Path) -> None:
    number = '<span class="num" data-number="a">1</span>'
    (tmp_path / "page.html").write_text(f"<nav><a>{number}</a></nav><h2>{number}</h2>", encoding="utf-8")
    assert [Shown("a", "1")] == read_html(tmp_path / "page.html").numbers


@pytest.mark.slow
@pytest.mark.parametrize(("profile", "third"), [(None, "Three"), (None, "سارة"), ("blind", "Three")])
def test_the_pdf_of_other_trade_names_passes(profile: str | None, third: str, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    rows = f"case,name\nnorth,(Tea) One\\Two\nriver,Sekar) Jagad\nhill,{third}\n"
    names.write_text(rows, encoding="utf-8")
    with mock.patch.object(paths, "NAMES", names):
        executed = execute_here(profile=profile)
    text = text_of(executed)
    pandoc.typeset(executed.woven.markdown, executed.manuscript.metadata, tmp_path, ["pdf"], profile)
    shown = any("Sekar)" in passage.text for passage in text.passages)
    assert (profile is None, []) == (shown, format_faults(tmp_path, ["pdf"], text))


@pytest.mark.parametrize(("shown", "missing"), [("2 44.5 سارة", False), ("2 44.6 سارة", True)])
def test_beside_letters_from_the_right_a_number_may_be_read_anywhere_in_the_pdf(
    shown: str, missing: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recomputed.guards.formats.read_pdf", lambda _: [shown])
    (tmp_path / "paper.pdf").touch()
    markdown = "سارة [44.5]{.num data-number=wait} [2]{.num data-number=rank}"
    told = format_faults(tmp_path, ["pdf"], read_text(tree_of(markdown), markdown))
    assert missing == bool(told)


def test_figures_are_where_the_page_says(built: Path) -> None:
    assert (built / "figures" / "wait.svg").read_bytes() == (paths.FIGURES / "wait.svg").read_bytes()
