"""Tables in the PDF: whatever is in them, no text lies over other text or leaves its page."""

import random
import re
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from recomputed.guards.pdf_text import read_pdf
from recomputed.typeset.pandoc import typeset
from synthetic.layout import assert_tidy, overlapping, pages
from synthetic.manuscript import METADATA, write_project

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
