"""The executed notebook becomes Markdown by Quarto's rules, with nothing left to run."""

import re
from typing import Any

import nbformat
import pytest

from recomputed.faults import InputError
from recomputed.judgement import Executed
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import inline_text, weave


def woven(options: str, *outputs: dict[str, Any], code: str = "x") -> str:
    manuscript = parse_manuscript(f"```{{python}}\n{options}{code}\n```\n")
    manuscript.notebook.cells[0].outputs = [nbformat.from_dict(output) for output in outputs]
    return weave(manuscript, manuscript.notebook).markdown


def stream(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def result(**data: str) -> dict[str, Any]:
    kinds = {name.replace("_", "/").replace("svg", "svg+xml"): value for name, value in data.items()}
    return {"output_type": "execute_result", "data": kinds, "metadata": {}, "execution_count": 1}


def test_nothing_is_left_to_run(executed: Executed) -> None:
    assert "{python}" not in executed.woven.markdown


def test_inline_results_stand_in_the_text(executed: Executed) -> None:
    span = '[25%]{.num data-number="growth.rise.S1"}'
    assert f"Nilai {span} dan a\\_b\\*c, lalu {span} lagi." in executed.woven.markdown
    assert "Sebelum sel: 2." in executed.woven.markdown


def test_outputs_are_shown_as_their_options_say(executed: Executed) -> None:
    text = executed.woven.markdown
    assert "\n| a |\n|---|\n| 1 |\n\n: Keterangan {#tbl-a}\n" in text
    assert "\n   terindentasi\n" in text
    assert "```` {.python .cell-code}" not in text
    assert "``` {.python .cell-code}\n1 + 2\n```" in text
    assert "::: {.cell-output .cell-output-display}\n```\n3\n```\n:::" in text
    assert 'ini = "bukan sel"' in text
    for hidden in ("tersembunyi", "tanpa keluaran", "tidak tampil", "SystemExit", "import os"):
        assert hidden not in text


def test_every_line_knows_its_line_in_the_manuscript(executed: Executed) -> None:
    from synthetic.cells import CELLS

    source = CELLS.split("\n")
    lines = executed.woven.markdown.split("\n")
    assert len(lines) == len(executed.woven.lines)
    for text in ("Penutup.", "# Pembuka {#sec-pembuka}", 'ini = "bukan sel"'):
        assert source[executed.woven.line(lines.index(text) + 1) - 1] == text
    table = executed.woven.line(lines.index("| 1 |") + 1)
    assert source[table - 1] == "```{python}"
    assert source[table] == "#| label: tabel"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"text/plain": "3"}, "3"),
        ({"text/plain": "'a'"}, "a"),
        ({"text/plain": "'12,5 + x-y.'"}, r"12,5 \+ x\-y\."),
        ({"text/plain": '"it\'s"'}, r"it\'s"),
        ({"text/plain": r"'a\nb & \\ {{< $x$'"}, r"a b \& \\ \{\{\< \$x\$"),
        ({"text/plain": "'[a](b)'"}, r"\[a\]\(b\)"),
        ({"text/plain": "[1, 2]"}, "[1, 2]"),
        ({"text/plain": "'x'", "text/markdown": "*y*"}, "*y*"),
        ({"text/plain": "x", "text/latex": "$x$"}, "`$x$`{=tex}"),
    ],
)
def test_inline_text_is_quartos(data: dict[str, str], expected: str) -> None:
    assert inline_text(data) == expected


def test_an_empty_inline_result_is_a_fault() -> None:
    manuscript = parse_manuscript("a\nb `{python} ''`\n")
    answer = {"expression": "''", "result": {"status": "ok", "data": {"text/plain": "''"}}}
    manuscript.notebook.cells[0].metadata["user_expressions"] = [answer]
    with pytest.raises(InputError, match="row 2, column 3: expected `''` to give something to print"):
        weave(manuscript, manuscript.notebook)


@pytest.mark.parametrize(
    "value",
    ["None", "nan", "Fraction(1, 2)", "Interval(1, 2)", "<function f at 0x1>", "np.float64(1.5)", "date(2024, 1, 1)"],
)  # fmt: skip
def test_a_result_that_is_no_text_and_no_number_is_a_fault(value: str) -> None:
    manuscript = parse_manuscript("a\nb `{python} x`\n")
    answer = {"expression": "x", "result": {"status": "ok", "data": {"text/plain": value}}}
    manuscript.notebook.cells[0].metadata["user_expressions"] = [answer]
    with pytest.raises(
        InputError,
        match=re.escape(f"row 2, column 3: expected `x` to give something to print, found {value}"),
    ):
        weave(manuscript, manuscript.notebook)


def test_output_not_as_is_is_verbatim_in_a_cell() -> None:
    expected = "::: {.cell}\n\n::: {.cell-output .cell-output-stdout}\n```\na\n```\n:::\n:::\n"
    assert woven("", stream("a\n")) == expected


def test_a_fence_in_an_output_is_fenced_longer() -> None:
    assert "````\n```\na\n```\n````" in woven("", stream("```\na\n```\n"))


def test_warnings_are_hidden_unless_asked_for() -> None:
    assert woven("#| output: asis\n", stream("awas", "stderr")) == ""
    assert "awas" in woven("#| warning: true\n", stream("awas", "stderr"))


def test_markdown_results_are_markdown() -> None:
    assert "\n**a**\n" in woven("", result(text_markdown="**a**", text_plain="a"))
    assert woven("#| output: asis\n", result(text_markdown="**a**")) == "**a**\n"


def test_a_table_in_html_is_raw_and_other_html_is_its_plain_text() -> None:
    assert "```{=html}\n<table></table>\n```" in woven(
        "", result(text_html="<table></table>", text_plain="t")
    )
    assert "```\nt\n```" in woven("", result(text_html="<b>t</b>", text_plain="t"))


def test_classes_and_unknown_options_put_a_cell_around() -> None:
    text = woven("#| output: asis\n#| classes: [lebar]\n#| data-x: 'y'\n", stream("a\n"))
    assert text == "::: {.cell .lebar data-x='y'}\na\n:::\n"


def test_a_figures_label_is_the_cells() -> None:
    assert woven("#| output: asis\n#| label: fig-a\n", stream("a\n")) == "::: {#fig-a .cell}\na\n:::\n"


def test_fenced_echo_shows_the_fence() -> None:
    assert "```{{python}}\nx\n```" in woven("#| echo: fenced\n")


@pytest.mark.parametrize("option", ["fig-cap: a", "tbl-cap: a", "layout-ncol: 2", "column: margin"])
def test_captions_as_options_are_refused(option: str) -> None:
    with pytest.raises(InputError, match="row 1: expected captions and layout in Markdown"):
        woven(f"#| {option}\n", stream("a"))


def test_an_image_as_a_result_is_refused() -> None:
    with pytest.raises(InputError, match=r"an image as the cell's result \(image/svg\+xml\)"):
        woven("", result(image_svg="<svg/>", text_plain="x"))
