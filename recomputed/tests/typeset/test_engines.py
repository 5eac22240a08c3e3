"""Formats and engines are named exactly; anything else is a usage error."""

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from recomputed.faults import InputError
from recomputed.judgement import Executed
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import Woven
from recomputed.typeset import engines, quarto


def test_formats_come_in_one_order() -> None:
    assert engines.formats_named("jats, html") == ("html", "jats")


@pytest.mark.parametrize("text", ["", ",", "html,epub", "HTML"])
def test_an_unknown_format_is_a_fault(text: str) -> None:
    with pytest.raises(InputError, match="--to: expected html, pdf, docx, jats"):
        engines.formats_named(text)


def test_an_unknown_engine_is_a_fault() -> None:
    with pytest.raises(InputError, match="--engine: expected auto, quarto, pandoc, found latex"):
        engines.engine_named("latex")


def test_typesetting_opens_each_image_and_what_the_settings_name(project: Callable[[str], Path]) -> None:
    root = project("")
    text = "![Satu](one%20photo.png)\n\nTeks ![dua][r].\n\n[r]: figures/two.svg\n"
    front = "---\nbibliography: [/a.bib, more/b.bib]\ncsl: style.csl\ntitle: paper.qmd?\n---\n"
    (root / "_quarto.yml").write_text("format:\n  html:\n    css: page.css\n    theme: none\n")
    (root / "more").mkdir()
    (root / "figures").mkdir()
    named = ["one photo.png", "figures/two.svg", "a.bib", "more/b.bib", "style.csl", "page.css"]
    for name in [*named, "other.png"]:
        (root / name).write_text("")
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    executed = Executed(parse_manuscript(front), notebook, Woven(text, ()), root / "data", None)
    opened = engines.engine_named("pandoc").opened(executed, root)
    assert sorted(root / name for name in named) == sorted(opened)


def test_quarto_may_open_whatever_its_copy_holds(project: Callable[[str], Path]) -> None:
    root = project("")
    for name in ("notes/a.md", ".git/HEAD", "_manuscript/index.html", "tests/test_a.py"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("")
    assert sorted(root / name for name in ("_quarto.yml", "paper.qmd", "notes/a.md")) == sorted(
        quarto.staged(root)
    )
