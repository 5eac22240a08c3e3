"""`check` refuses what `render` would: a text that pandoc warns of, or that cannot be typeset, each at its line."""

import shutil
from pathlib import Path

import pytest

from synthetic.papers import MADE, PENGUINS, change, recomputed

pytestmark = pytest.mark.slow

TABLE = "| A | B |\n|---|---|\n| x | y |\n\n: Words {#tbl-x}\n\n"
BEFORE = "# Limits {#sec-limits}"


def checked(folder: Path, text: str) -> tuple[int, list[str], int]:
    """The exit code of a check of the paper with this text in it, its errors, and the line where that begins."""
    root = Path(shutil.copytree(PENGUINS, folder / "paper", ignore=MADE))
    file = root / "paper.qmd"
    change(file, f"\n{BEFORE}", f"\n{text}\n\n{BEFORE}")
    done = recomputed(root, "check")
    row = file.read_text(encoding="utf-8").partition(text)[0].count("\n") + 1
    lines = [line.removeprefix("error: ") for line in done.stderr.splitlines() if "paper.qmd" in line]
    return done.returncode, lines, row


def test_all_that_cannot_be_typeset_is_told_at_its_line(tmp_path: Path) -> None:
    text = (
        f"{TABLE}{TABLE}See @tbl-x and [there](#nowhere).\n\n"
        "![A picture](figures/none.png)\n\n![](data/penguins.csv)\n\n## {.unnumbered}\n\n#### Deep\n\nWords"
    )
    code, told, row = checked(tmp_path, text)
    expected = [
        (14, "an image file figures/none.png, found none"),
        (16, "an image data/penguins.csv with a text alternative, `fig-alt` or a caption, found none"),
        (18, "a heading with words, found ##"),
        (20, "a heading of level 3 at most, as levels follow one another, found 'Deep' of level 4"),
        (10, "one place labelled {#tbl-x}, found two"),
        (12, "a place labelled {#nowhere}, found none"),
    ]
    assert (code, told) == (2, [f"paper.qmd, row {row + line}: expected {what}" for line, what in expected])


def test_what_pandoc_warns_of_is_told_at_its_line(tmp_path: Path) -> None:
    text = "## A {#foo}\n\n## B {#foo}\n\nSee [it](#foo)[^a].\n\n[^a]: One.\n\n[^a]: Two.\n\n[^b]: Three."
    code, told, row = checked(tmp_path, text)
    expected = "expected Markdown that pandoc reads without a warning, found"
    assert (code, sorted(told)) == (
        2,
        [
            f"paper.qmd, row {row + 2}: {expected} Duplicate identifier 'foo'",
            f"paper.qmd, row {row + 8}: {expected} Duplicate note reference 'a'",
            f"paper.qmd, row {row + 10}: {expected} Note with key 'b' defined but not used.",
        ],
    )
