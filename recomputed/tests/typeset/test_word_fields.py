"""Word itself counts, refers and lists: what it would compute of each field is what stands there."""

import io
import re
import subprocess
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from recomputed.commands.options import require_template
from recomputed.faults import InputError
from recomputed.typeset.engines import engine_named
from recomputed.typeset.pandoc import typeset
from recomputed.typeset.word import REFERENCE, repeatable

NS = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = "{" + NS["w"] + "}"
METADATA = {
    "title": "Synthetic",
    "lang": "en",
    "date": "2024-01-01",
    "number-sections": True,
}
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
TEXT = """
# First {#sec-first}

See @fig-one, [-@fig-two], @tbl-one, @eq-one, @sec-second and [Part @sec-deep]. A note.^[Below.]

![One thing.](figures/one.svg){#fig-one fig-alt="one"}

![Another thing.](figures/one.svg){#fig-two fig-alt="one"}

# Aside {.unnumbered}

# Second {#sec-second}

$$x$$ {#eq-one}

## Deep {#sec-deep}

| a | b |
|---|---|
| 1 | 2 |

: A table. {#tbl-one}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("fields")
    (root / "figures").mkdir()
    (root / "figures" / "one.svg").write_text(PICTURE)
    (root / "figures" / "one.png").write_bytes(PNG)
    typeset(TEXT, METADATA, root, ["docx"], root=root)
    return root / "paper.docx"


def part(file: Path, name: str) -> Any:
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def fields(document: Any) -> list[tuple[str, str]]:
    """Each field's code and what stands there for it, in the order of their beginnings."""
    found: list[tuple[list[str], list[str]]] = []
    open_: list[tuple[list[str], list[str], list[bool]]] = []
    for element in document.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"):
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append(([], [], [False]))
            found.append(open_[-1][:2])
        elif kind == "separate":
            open_[-1][2][0] = True
        elif kind == "end":
            open_.pop()
        elif element.tag == f"{W}instrText":
            open_[-1][0].append(element.text)
        else:
            for _, shown, begun in open_:
                if begun[0]:
                    shown.append(element.text)
    return [("".join(code).strip(), "".join(shown)) for code, shown in found]


def bookmarked(document: Any) -> dict[str, str]:
    """The text in each bookmark."""
    texts: dict[str, str] = {}
    open_: dict[str, str] = {}
    for element in document.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        id_ = element.get(f"{W}id")
        if element.tag == f"{W}bookmarkStart":
            open_[id_] = element.get(f"{W}name")
            texts[open_[id_]] = ""
        elif element.tag == f"{W}bookmarkEnd":
            del open_[id_]
        else:
            for name in open_.values():
                texts[name] += element.text
    return texts


def headings(document: Any) -> list[tuple[str, str]]:
    """Each heading's words and the number that Word counts for it, by its list."""
    counted = [0] * 9
    found = []
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.xpath("string(w:pPr/w:pStyle/@w:val)", namespaces=NS)
        if not re.fullmatch("Heading[1-9]", style):
            continue
        number = ""
        if paragraph.find(f"{W}pPr/{W}numPr") is not None:
            level = int(paragraph.xpath("string(w:pPr/w:numPr/w:ilvl/@w:val)", namespaces=NS))
            counted[level] += 1
            counted[level + 1 :] = [0] * (8 - level)
            number = ".".join(map(str, counted[: level + 1]))
        found.append(("".join(paragraph.itertext(f"{W}t")), number))
    return found


def test_figures_tables_and_formulas_are_counted_by_fields(made: Path) -> None:
    counting = [field for field in fields(part(made, "document")) if field[0].startswith("SEQ")]
    assert counting == [
        (r"SEQ Figure \* ARABIC", "1"),
        (r"SEQ Figure \* ARABIC", "2"),
        (r"SEQ Equation \* ARABIC", "1"),
        (r"SEQ Table \* ARABIC", "1"),
    ]


def test_headings_are_numbered_by_word(made: Path) -> None:
    expected = [("First", "1"), ("Aside", ""), ("Second", "2"), ("Deep", "2.1")]
    assert expected == headings(part(made, "document"))
    assert "%1.%2" in part(made, "numbering").xpath("//w:lvlText/@w:val", namespaces=NS)


def test_a_reference_is_a_field_that_gives_what_it_refers_to(made: Path) -> None:
    document = part(made, "document")
    texts, numbers = bookmarked(document), dict(headings(document))
    referring = [field for field in fields(document) if field[0].startswith("REF")]
    assert ["Figure\u00a01", "2", "Table\u00a01", "1", "2", "2.1"] == [shown for _, shown in referring]
    for code, shown in referring:
        _, name, *switches = code.split()
        assert (numbers[texts[name]] if "\\r" in switches else texts[name]) == shown
        assert re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII)


def test_the_contents_are_a_field_with_each_heading(made: Path) -> None:
    document = part(made, "document")
    (shown,) = (shown for code, shown in fields(document) if code.startswith("TOC"))
    assert shown == "1 First" + "Aside" + "2 Second" + "2.1 Deep"
    assert set(document.xpath("//w:hyperlink/@w:anchor", namespaces=NS)) <= set(bookmarked(document))


def test_no_two_bookmarks_share_an_id_or_a_name(made: Path) -> None:
    document = part(made, "document")
    for name in ("id", "name"):
        found = document.xpath(f"//w:bookmarkStart/@w:{name}", namespaces=NS)
        assert len(found) == len(set(found))


def test_rows_stay_whole_and_heads_return(made: Path) -> None:
    head, row = part(made, "document").xpath("//w:tr/w:trPr", namespaces=NS)
    assert [f"{W}cantSplit", f"{W}tblHeader"] == [one.tag for one in head]
    assert [f"{W}cantSplit"] == [one.tag for one in row]


@pytest.mark.parametrize(("rows", "kept"), [(24, 24), (25, 0)])
def test_a_table_of_less_than_a_page_is_kept_on_one(rows: int, kept: int, tmp_path: Path) -> None:
    """Its head and each row but the last with the next; a longer one begins where it is told of."""
    table = "\n".join(["| a | b |", "|---|---|", *["| x | y |"] * rows, "", ": Judul {#tbl-a}", ""])
    typeset(table, METADATA, tmp_path, ["docx"], root=tmp_path)
    found = part(tmp_path / "paper.docx", "document").xpath("//w:tr[.//w:keepNext]", namespaces=NS)
    assert kept == len(found)


def test_a_footnote_is_words(made: Path) -> None:
    document, notes = part(made, "document"), part(made, "footnotes")
    (id_,) = document.xpath("//w:footnoteReference/@w:id", namespaces=NS)
    note = notes.xpath(f"string(w:footnote[@w:id='{id_}'])", namespaces=NS)
    assert note.strip() == "Below."


def test_a_label_that_word_would_cut_is_referred_to_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "one.svg").write_text(PICTURE)
    (tmp_path / "figures" / "one.png").write_bytes(PNG)
    long = "fig-" + "very-" * 9
    text = f"@{long}a, @{long}b\n\n" + "".join(
        f'![One.](figures/one.svg){{#{long}{end} fig-alt="one"}}\n\n' for end in "ab"
    )
    typeset(text, METADATA, tmp_path, ["docx"], root=tmp_path)
    document = part(tmp_path / "paper.docx", "document")
    shown = [bookmarked(document)[code.split()[1]] for code, _ in fields(document) if code.startswith("REF")]
    assert ["Figure\u00a01", "Figure\u00a02"] == shown


def test_what_word_counts_is_counted_once(made: Path) -> None:
    assert repeatable(made.read_bytes()) == made.read_bytes()


def as_pdf(file: Path, folder: Path) -> PdfReader:
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return PdfReader(folder / f"{file.stem}.pdf")


@pytest.mark.slow
@pytest.mark.skipif(which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_loses_nothing(built_paper: Path, tmp_path: Path) -> None:
    reader = as_pdf(built_paper / "paper.docx", tmp_path)
    shown = " ".join(page.extract_text() for page in reader.pages)
    letters = partial(re.sub, r"[\s\u2060]", "")
    document = part(built_paper / "paper.docx", "document")
    for words, number in headings(document):
        assert letters(number + words) in letters(shown)
    for paragraph in document.iter(f"{W}p"):
        if text := letters("".join(paragraph.itertext(f"{W}t"))):
            assert text[:40] in letters(shown), text
    drawn: list[Any] = [page["/Resources"].get("/XObject", {}) for page in reader.pages]
    pictures = {one.raw_get(name).idnum for one in drawn for name in one if one[name]["/Subtype"] == "/Image"}
    assert len(pictures) == len(document.xpath("//*[local-name()='drawing']"))
    assert "Error: Reference" not in shown


# --- a journal's own template ---


def template(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The engine's reference document, changed."""
    with zipfile.ZipFile(REFERENCE) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def in_styles(pattern: str, new: str) -> Callable[[dict[str, bytes]], object]:
    def change(parts: dict[str, bytes]) -> None:
        before = parts["word/styles.xml"].decode()
        after = re.sub(pattern, new, before, flags=re.DOTALL)
        assert after != before
        parts["word/styles.xml"] = after.encode()

    return change


def styled_by(reference: bytes, folder: Path) -> Path:
    typeset(
        "# One\n\nText.\n\n# Two\n\nText.\n", METADATA, folder, ["docx"], root=folder, reference=reference
    )
    return folder / "paper.docx"


def test_a_template_gives_its_own_styles(tmp_path: Path) -> None:
    made = styled_by(template(in_styles('w:sz w:val="44"', 'w:sz w:val="99"')), tmp_path)
    size = part(made, "styles").xpath("string(w:style[@w:styleId='Title']/w:rPr/w:sz/@w:val)", namespaces=NS)
    assert size == "99"


def test_a_template_in_another_language_has_the_style_under_its_own_id(tmp_path: Path) -> None:
    german = template(in_styles('w:styleId="Title"', 'w:styleId="Titel"'))
    document = part(styled_by(german, tmp_path), "document")
    assert document.xpath("string(//w:pStyle/@w:val)", namespaces=NS) == "Titel"


def test_a_style_that_a_template_lacks_is_there_in_the_end(tmp_path: Path) -> None:
    bare = template(in_styles('<w:style [^>]*w:styleId="AbstractTitle">.*?</w:style>', ""))
    typeset(
        '::: {.abstract lang="en"}\nShort.\n:::\n\n# One\n\nText.\n',
        METADATA, tmp_path, ["docx"], root=tmp_path, reference=bare,
    )  # fmt: skip
    made = tmp_path / "paper.docx"
    styles = set(part(made, "styles").xpath("w:style/@w:styleId", namespaces=NS))
    used = part(made, "document").xpath("//w:pStyle/@w:val | //w:rStyle/@w:val", namespaces=NS)
    assert "AbstractTitle" in used
    assert set(used) <= styles


def test_a_template_that_numbers_headings_does_so(tmp_path: Path) -> None:
    own = '<w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
    made = styled_by(template(in_styles('<w:name w:val="heading 1"/>', own)), tmp_path)
    assert [("One", ""), ("Two", "")] == headings(part(made, "document"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"text", "no zip archive"),
        (template(lambda parts: parts.pop("word/styles.xml")), "no item named 'word/styles.xml'"),
        (template(lambda parts: parts.update({"word/styles.xml": b"<x"})), "not well-formed"),
        (
            template(lambda parts: parts.update({"word/document.xml": b"<x/>"})),
            "its word/document.xml is <x>",
        ),
        (template(lambda parts: None)[:-900], "no zip archive"),
    ],
)
def test_what_is_no_template_is_refused_with_its_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(content)
    with pytest.raises(InputError, match=re.escape(reason)) as told:
        require_template(tmp_path / "a.docx", ["docx"])
    assert str(told.value).startswith("--reference-doc: expected a Word document (.docx), found ")


def test_a_template_must_be_there_and_be_of_use(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="found nothing at"):
        require_template(tmp_path / "none.docx", ["docx"])
    with pytest.raises(InputError, match="expected docx in --to, found --to html"):
        require_template(REFERENCE, ["html"])


def test_another_template_is_another_build() -> None:
    assert len({engine_named("pandoc", content).identity for content in (None, b"a", b"b")}) == 3
