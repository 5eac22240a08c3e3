"""Tables in the PDF: whatever is in them, no text lies over other text or leaves its page."""

import random
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree

from recomputed.guards.pdf_text import read_pdf
from recomputed.typeset.pandoc import typeset
from synthetic.layout import assert_tidy, overlapping, pages
from synthetic.manuscript import METADATA, write_project

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = (
    "1.234.567", "12–21", "≥ 100", "Usaha", "KAPITAL", "WWWWWWWWWW", "mmmmmmmmmmmm", "dan", "%", "@@@@@@@@",
    "KataYangSangatPanjangSekaliTanpaSpasi", "https://example.org/a/b?c=" + "d" * 80, "`growth.rise.S2.of.all`",
    "**TEBAL SEKALI**", "$x^2$",
)  # fmt: skip


def _table(columns: int, rows: int, cell: Sequence[str], indent: str = "") -> str:
    cells = iter(cell)
    lines = ["| " + " | ".join(next(cells) for _ in range(columns)) + " |" for _ in range(rows + 1)]
    lines.insert(1, "|" + "---|" * columns)
    return "\n".join(indent + line for line in lines) + "\n\n"


def _set(markdown: str, tmp_path: Path) -> pdfium.PdfDocument:
    typeset(markdown, METADATA, tmp_path, ["pdf"], root=write_project(tmp_path / "project"))
    return pages(tmp_path / "paper.pdf")


def test_boxes_that_overlap_are_found() -> None:
    assert [] == overlapping([(0, 0, 10, 10), (10, 0, 20, 10), (0, 9.5, 10, 20)])
    assert 1 == len(overlapping([(0, 0, 10, 10), (8, 2, 20, 10)]))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_text_of_any_table_overlaps(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    tables = []
    for _ in range(5):
        columns, rows = chance.randint(1, 16), chance.randint(1, 4)
        lengths = [1] * columns + chance.choices((1, 1, 2, 9), k=columns * rows)
        cells = [" ".join(chance.choices(WORDS, k=length)) for length in lengths]
        tables.append(_table(columns, rows, cells, chance.choice(("", "    "))))
    assert_tidy(_set("# A\n\n" + "- butir\n\n".join(tables), tmp_path))


def test_a_table_of_twelve_columns_of_numbers_is_turned_and_breaks_no_number(tmp_path: Path) -> None:
    numbers = [f"1.234.{nth:03}" for nth in range(60)]
    document = _set("teks\n\n" + _table(12, 4, numbers) + "\nteks\n", tmp_path)
    assert_tidy(document)
    widths = [page.get_width() > page.get_height() for page in document]
    assert [False, True, False] == widths[:3]
    shown = re.findall(r"1\.234\.\d{3}", read_pdf((tmp_path / "paper.pdf").read_bytes())[1])
    assert numbers == shown


def test_a_table_in_a_list_is_made_smaller_instead(tmp_path: Path) -> None:
    document = _set("- a\n\n" + _table(12, 2, ["1.234"] * 36, "    "), tmp_path)
    assert_tidy(document)
    assert 36 == read_pdf((tmp_path / "paper.pdf").read_bytes())[0].count("1.234")


def _shares(markdown: str, tmp_path: Path) -> list[float]:
    """What each column of a Word file's table has of its width."""
    typeset(markdown, METADATA, tmp_path, ["docx"], root=write_project(tmp_path / "project"))
    with zipfile.ZipFile(tmp_path / "paper.docx") as archive:
        document = etree.fromstring(archive.read("word/document.xml"))
    widths = [int(column.get(f"{W}w")) for column in next(document.iter(f"{W}tblGrid"))]
    return [width / sum(widths) for width in widths]


def _rows(*rows: tuple[str, ...]) -> str:
    heads = tuple("abc"[: len(rows[0])])
    return "".join(f"| {' | '.join(row)} |\n" for row in (heads, ("---",) * len(heads), *rows)) + "\n"


def test_what_a_line_has_room_for_goes_to_the_column_that_makes_rows_tall(tmp_path: Path) -> None:
    short, long = _shares(_rows(("dua kata", "kata " * 40)), tmp_path)
    assert long > 4 * short


def test_a_few_tall_rows_count_for_more_than_many_of_two_lines(tmp_path: Path) -> None:
    many = [("kata " * 9, "x", "y")] * 20
    few = [("x", "kata " * 60, "y")] * 2
    first, tall, _ = _shares(_rows(*many, *few), tmp_path)
    assert tall > first


def _letters(rows: int, tmp_path: Path) -> set[float]:
    folder = tmp_path / str(rows)
    folder.mkdir()
    document = _set(_rows(*[("Xy", "Xy")] * rows), folder)
    return {
        round(pdfium.raw.FPDFText_GetFontSize(text, at), 2)
        for text in (page.get_textpage() for page in document)
        for at in range(text.count_chars())
        if text.get_text_range(at, 1) == "X"
    }


def test_a_table_that_is_looked_up_has_smaller_letters_than_one_that_is_read(tmp_path: Path) -> None:
    (read,), (looked_up,) = _letters(100, tmp_path), _letters(101, tmp_path)
    assert round(read * 0.85, 1) == round(looked_up, 1)
    assert looked_up >= 7


def test_a_bold_head_keeps_its_word_whole_beside_columns_of_sentences(tmp_path: Path) -> None:
    sentence = "a sentence that asks for room " * 4
    rows = f"| Place | Recomputed | Verdict | Kind |\n|---|---|---|---|\n| {sentence} | 1 | {sentence} | {sentence} |\n"
    _set(rows, tmp_path)
    assert "Recomputed" in "".join(read_pdf((tmp_path / "paper.pdf").read_bytes()))


def _lines(document: pdfium.PdfDocument) -> list[str]:
    return "".join(page.get_textpage().get_text_range() for page in document).splitlines()


def test_a_word_of_a_table_is_whole_in_its_column(tmp_path: Path) -> None:
    words = "understandable communication " * 12
    lines = _lines(_set(f"::: {{lang=en}}\n{_rows((words, words, words))}:::\n", tmp_path))
    assert 12 * 3 == sum(line.count("understandable") for line in lines)
    assert 12 * 3 == sum(line.count("communication") for line in lines)


def test_a_word_that_is_wider_than_its_column_is_broken_behind_its_dots(tmp_path: Path) -> None:
    sentence = "kata " * 60
    lines = _lines(_set(_rows(("`growth.penetration.indonesia.reported`", sentence, sentence)), tmp_path))
    assert any(line.strip("\u200b ").endswith("indonesia.") for line in lines)
    assert any(line.startswith("reported") for line in lines)
