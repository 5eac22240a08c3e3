"""What the page holds besides its text."""

import re
from pathlib import Path

import pytest
from lxml import html

from recomputed.typeset.page import citation_tags, stylesheet
from recomputed.typeset.pandoc import typeset
from synthetic.manuscript import METADATA, write_project


def test_the_style_holds_its_fonts_and_asks_for_none() -> None:
    style = stylesheet()
    assert style.count("data:font/woff2;base64,") == 4
    assert re.findall(r"url\((?!\"data:)|@import|https?:", style) == []


def test_tags_are_escaped_and_repeat_for_each_author() -> None:
    front = {
        "lang": "id",
        "day": {"iso": "2025-06-30"},
        "byline": [{"name": "A & B"}, {"name": "C"}],
        "keyword": ["k"],
        "published": {"doi": "10.0/x"},
    }
    tags = html.fromstring("<head>" + citation_tags(front, 'Judul "x" <b>') + "</head>")
    found = [(tag.get("name"), tag.get("content")) for tag in tags.xpath("//meta")]
    assert ("citation_title", 'Judul "x" <b>') in found
    assert [content for name, content in found if name == "citation_author"] == ["A & B", "C"]
    assert ("citation_doi", "10.0/x") in found


@pytest.mark.parametrize(
    ("cell", "restacked"), [("short", False), ("a sentence as findings have, of many words", True)]
)
def test_three_columns_are_restacked_on_a_phone_where_they_hold_sentences(
    cell: str, restacked: bool, tmp_path: Path
) -> None:
    table = f"| a | b | c |\n|---|---|---|\n| 1 | {cell} | 3 |\n"
    typeset(table, METADATA, tmp_path, ["html"], root=write_project(tmp_path / "project"))
    cells = html.parse(tmp_path / "index.html").xpath("//td/@data-label")
    assert (["a", "b", "c"] if restacked else []) == cells
