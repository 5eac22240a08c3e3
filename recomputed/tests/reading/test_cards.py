"""The cards' data on their way from the manuscript's cell into the page, and into no other format."""

import json
import subprocess
from pathlib import Path

import pytest
from lxml import html

from recomputed.manuscript.inline import block
from recomputed.manuscript.markdown import pandoc_path
from recomputed.reading.cards import cards
from recomputed.typeset.pandoc import ASSETS
from synthetic.variants import examined

HOSTILE = "</script><script>alert(1)</script> `{python} 1` {{< include x >}} <!-- & \u2028 \u202e ``` ~~~ [x](y) $z$"


def filtered(markdown: str, to: str) -> str:
    command = [pandoc_path(), "--from=markdown", f"--to={to}", f"--lua-filter={ASSETS / 'cards.lua'}"]
    done = subprocess.run(
        command, input=markdown, capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return done.stdout


def hostile_block() -> str:
    rows = [
        {
            "file": "data/x.csv",
            "columns": ["a<b"],
            "rows": [{"key": 'K"1 2', "sheet_row": 2, "cells": [HOSTILE]}],
        }
    ]
    numbers = {"numbers": [{"id": HOSTILE}]}
    told = {"title": "Rows", "note": "Which rows.", "row": HOSTILE, "files": rows}
    return block("number-cards", numbers) + "\n" + block("number-rows", told)


def test_the_page_gets_data_script_style_and_one_row_for_each_data_row() -> None:
    page = html.fromstring(f"<html><body>{filtered(cards(examined()), 'html')}</body></html>")
    data = json.loads(page.get_element_by_id("number-cards").text)
    assert [number["id"] for number in data["numbers"]] == sorted(examined().numbers)
    assert "places" not in data["numbers"][0]
    rows = {(row["file"], row["key"]) for number in data["numbers"] for row in number["rows"]}
    for file, key in rows:
        assert page.get_element_by_id(f"row-{Path(file).stem}-{key}").tag == "tr"
    cells = [cell.text for cell in page.get_element_by_id("row-growth-north")]
    assert cells[:4] == ["2", "north", "100", "120"]


def test_script_and_style_reach_the_finished_page_unchanged(built_paper: Path) -> None:
    page = (built_paper / "index.html").read_text(encoding="utf-8")
    for name in ("cards.js", "cards.css"):
        assert (ASSETS / name).read_text(encoding="utf-8") in page


@pytest.mark.parametrize("to", ["docx", "jats", "typst", "markdown"])
def test_other_formats_leave_the_data_out(to: str) -> None:
    markdown = f"Before.\n\n{cards(examined())}\n\nAfter.\n"
    if to == "docx":
        command = [pandoc_path(), "--from=markdown", "--to=docx", f"--lua-filter={ASSETS / 'cards.lua'}"]
        docx = subprocess.run(command, input=markdown.encode(), capture_output=True, check=True).stdout
        text = subprocess.run(
            [pandoc_path(), "--from=docx", "--to=plain"], input=docx, capture_output=True, check=True
        )
        assert text.stdout.decode().split() == ["Before.", "After."]
    else:
        assert "growth" not in filtered(markdown, to)


def test_hostile_data_are_text_in_the_page_and_nothing_else() -> None:
    page = html.fromstring(f"<html><body>{filtered(hostile_block(), 'html')}</body></html>")
    assert json.loads(page.get_element_by_id("number-cards").text)["numbers"][0]["id"] == HOSTILE
    assert [cell.text for cell in page.xpath("//tbody/tr/td")] == ["2", HOSTILE]
    assert page.xpath("//tbody/tr/@id") == ['row-x-K"1-2']
    assert page.xpath("//thead//th/text()") == [HOSTILE, "a<b"]
    assert len(page.xpath("//script")) == 3  # the data, the cards, the filter


def test_hostile_data_mean_nothing_to_markdown() -> None:
    for one in hostile_block().split("\n\n"):
        fence, line, end = one.strip("\n").split("\n")
        assert fence.startswith("``` {.number-")
        assert end == "```"
        assert not set("<>&`\u2028") & set(line)
