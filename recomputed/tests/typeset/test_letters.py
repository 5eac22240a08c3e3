"""A character that no font of the PDF has is named with its code and its line, all of them at once."""

from pathlib import Path
from typing import Any

import pytest

from recomputed.faults import Fault, InputError
from recomputed.typeset.letters import letter_faults, unset
from recomputed.typeset.pandoc import STANDARDS, font_folders, typeset
from synthetic.manuscript import METADATA, REFERENCES, write_project

SHOWN = "aéßĀŞơ ŋ½≥→∑−“”’…€°² ЖΩ אب \u00ad\u200b\u200d\u2060\u202f\u0301①"
NOT_SHOWN = {"ꦗ", "中", "한", "ก", "😀", "\ue000", "\x07"}


def _unset(text: str) -> set[str]:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=font_folders())
    return set(unset(text, fonts, STANDARDS))


def test_only_what_no_font_has_is_found() -> None:
    assert set() == _unset(SHOWN)
    assert NOT_SHOWN == _unset(SHOWN + "".join(NOT_SHOWN))


def test_a_text_alternative_may_hold_any_character() -> None:
    assert {"中"} == _unset('#image("a.svg", alt: "\\"文\\" ꦗ") 中')


def test_faults_come_in_the_order_of_their_places() -> None:
    sources = [("paper.qmd", "a\nb 中"), ("names.csv", "case,name\nS1,x😀\n")]
    faults = letter_faults(["\x07", "😀", "中"], sources)
    assert [("paper.qmd", 2, "3"), ("names.csv", 2, "5"), ("paper.qmd", None, None)] == [
        (one.file, one.row, one.column) for one in faults
    ]
    assert ["中 U+4E2D CJK UNIFIED IDEOGRAPH-4E2D", "😀 U+1F600 GRINNING FACE"] == [
        one.found for one in faults[:2]
    ]
    assert "U+0007" in faults[2].found


def _faults(tmp_path: Path, markdown: str, metadata: dict[str, Any] = METADATA) -> list[Fault]:
    root, out = write_project(tmp_path / "project"), tmp_path / "out"
    out.mkdir()
    (root / "data").mkdir()
    (root / "data" / "items.csv").write_text("case,item\nS1,kain ꦗ\n", encoding="utf-8")
    (root / "references.bib").write_text(REFERENCES.replace("Sebuah", "한"), encoding="utf-8")
    (root / "paper.qmd").write_text(f"---\ntitle: {metadata['title']}\n---\n\nteks 中\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        typeset(markdown, metadata, out, root=root)
    assert [] == list(out.iterdir())
    return list(caught.value.faults)


def test_text_title_data_and_references_are_told_together(tmp_path: Path) -> None:
    metadata = {**METADATA, "title": "Judul 😀"}
    faults = _faults(tmp_path, "teks 中 @rekaan2024\n\n| a |\n|---|\n| kain ꦗ |\n", metadata)
    assert [("paper.qmd", 2), ("paper.qmd", 5), ("references.bib", 2), ("data/items.csv", 2)] == [
        (one.file, one.row) for one in faults
    ]


def test_other_formats_take_any_character(tmp_path: Path) -> None:
    root = write_project(tmp_path / "project")
    typeset("teks 中 😀 ꦗ\n", METADATA, tmp_path, ["html", "docx", "jats"], root=root)
    for name in ("index.html", "paper.xml"):
        assert "中 😀 ꦗ" in (tmp_path / name).read_text(encoding="utf-8")
