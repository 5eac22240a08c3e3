"""`paper.qmd` becomes the notebook that Quarto would make of it."""

import time
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.manuscript.source import (
    LINE,
    cell_options,
    inline_expressions,
    parse_manuscript,
    read_manuscript,
)


def cells(text: str) -> list[tuple[str, int, str]]:
    return [
        (cell.cell_type, cell.metadata[LINE], cell.source) for cell in parse_manuscript(text).notebook.cells
    ]


def faults(text: str) -> list[tuple[int | None, str]]:
    with pytest.raises(InputError) as error:
        parse_manuscript(text, "paper.qmd")
    return [(fault.row, fault.found) for fault in error.value.faults]


def test_front_matter_is_metadata_and_no_cell() -> None:
    manuscript = parse_manuscript("---\ntitle: A\nlang: id\n---\n\nTeks.\n")
    assert manuscript.metadata == {"title": "A", "lang": "id"}
    assert cells("---\ntitle: A\n---\n\nTeks.\n") == [("markdown", 5, "Teks.")]


def test_cells_keep_their_first_line_and_lose_blank_lines_around() -> None:
    text = "Satu\n\n\n```{python}\n\n#| output: asis\nx = 1\n```\n\nDua\ntiga\n\n"
    assert cells(text) == [
        ("markdown", 1, "Satu"),
        ("code", 6, "#| output: asis\nx = 1"),
        ("markdown", 10, "Dua\ntiga"),
    ]


def test_empty_cells_do_not_exist() -> None:
    assert cells("```{python}\n\n```\n") == []


@pytest.mark.parametrize(
    "fence", ["```{python}", "``` {python}", "```{python }", "```{python .kelas}", "````{python}"]
)
def test_what_starts_a_cell(fence: str) -> None:
    ticks = fence.split("{")[0].strip()
    assert cells(f"{fence}\nx\n{ticks}\n") == [("code", 2, "x")]


@pytest.mark.parametrize("fence", ["```python", "```{.python}", "```{{python}}", "~~~{python}"])
def test_what_does_not_start_a_cell(fence: str) -> None:
    closing = fence[:3]
    assert [kind for kind, _, _ in cells(f"{fence}\nx\n{closing}\n")] == ["markdown"]


def test_a_cell_ends_at_a_fence_of_the_same_length_only() -> None:
    assert cells("````{python}\n'''\n```\n'''\n````\n") == [("code", 2, "'''\n```\n'''")]


def test_an_indented_cell_loses_its_indent_and_remembers_it() -> None:
    (cell,) = parse_manuscript("   ```{python}\n   if x:\n       y\n   ```\n").notebook.cells
    assert cell.source == "if x:\n    y"
    assert cell.metadata["md-indent"] == "   "


def test_a_rule_is_no_yaml_block_and_a_yaml_block_in_the_body_is_raw() -> None:
    assert [kind for kind, _, _ in cells("a\n\n---\n\nb\n")] == ["markdown"]
    assert [kind for kind, _, _ in cells("a\n\n---\nkey: 1\n---\nb\n")] == ["markdown", "raw", "markdown"]


def test_a_label_names_the_cell() -> None:
    (cell,) = parse_manuscript("```{python}\n#| label: fig-x\n1\n```\n").notebook.cells
    assert cell.id == "cell-fig-x"


def test_crlf_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "paper.qmd"
    path.write_bytes("\ufeff---\r\ntitle: A\r\n---\r\n\r\n```{python}\r\nx\r\n```\r\n".encode())
    manuscript = read_manuscript(path)
    assert manuscript.metadata == {"title": "A"}
    assert [cell.source for cell in manuscript.notebook.cells] == ["x"]


def test_options_are_yaml_and_counted() -> None:
    assert cell_options("#| output: asis\n#|echo: true\nx\n#| not: one") == (
        {"output": "asis", "echo": True},
        2,
    )


def test_inline_expressions_are_found_where_quarto_finds_them() -> None:
    source = '`{python} a` b\n(`{python}\tn["x"]`) `` ` `` `{r} c` `python d`'
    assert list(inline_expressions(source)) == [("a", 0), ('n["x"]', 1)]


def test_an_unclosed_cell_is_a_fault_on_its_line() -> None:
    assert faults("Teks\n\n```{python}\nx = 1\n") == [(3, "no such line to the end of the file")]


def test_an_unclosed_code_block_is_a_fault_on_its_line() -> None:
    assert faults("Teks\n\n```yaml\nx: 1\n") == [(3, "no such line before the next cell")]


def test_unclosed_front_matter_is_a_fault() -> None:
    assert faults("---\ntitle: A\n\nTeks\n") == [(1, "no such line to the end of the file")]


def test_bad_yaml_is_a_fault_on_its_line() -> None:
    ((row, _),) = faults("---\ntitle: A\nlang: [id\n---\n\nTeks\n")
    assert row == 3 or row == 4
    ((row, _),) = faults("---\nt: 1\n---\n\n```{python}\n#| output: asis\n#| echo: [1\nx\n```\n")
    assert row in (7, 8)


def test_all_faults_are_told_together() -> None:
    text = "```{python}\n#| a: [\n1\n```\n\nx `{python} y `.\n\n```{python}\n"
    assert [row for row, _ in faults(text)] == [3, 6, 8] or [row for row, _ in faults(text)] == [2, 6, 8]


@pytest.mark.parametrize(
    "inline", ["`{python} x `", "`{python}  x`", "`{python} x\ny`", "`{python}x`", "``{python} x``"]
)
def test_inline_code_that_quarto_would_leave_as_it_is_is_a_fault(inline: str) -> None:
    assert {row for row, _ in faults(f"a\n\nb {inline}\n")} == {3}


def test_inline_code_in_the_front_matter_is_a_fault() -> None:
    assert faults("---\ntitle: A\nsubtitle: '`{python} x`'\n---\n\nTeks\n") == [
        (3, "subtitle: '`{python} x`'")
    ]


@pytest.mark.parametrize(
    ("markdown", "kind"),
    [
        ('::: {.callout-note title="A ¤"}\nb\n:::', "an attribute"),
        ('[a]{title="¤"}', "an attribute"),
        ("[a]{title=¤}", "an attribute"),
        ('# Judul {title="A ¤"}', "an attribute"),
        ('![a](x.svg){fig-alt="A ¤"}', "an image's address, title or attributes"),
        ('![a](x.svg "A ¤")', "an image's address, title or attributes"),
        ("[a](x 'A ¤')", "a link's address, title or attributes"),
        ("[a](https://example.org/¤)", "a link's address, title or attributes"),
        ('[a][b]\n\n[b]: x "A ¤"', "a link's address, title or attributes"),
        ("```{=html}\n<b>¤</b>\n```", "a raw block"),
        ('~~~ {.python title="¤"}\nx\n~~~', "a code block"),
        ("~~~\n¤\n~~~", "a code block"),
        ("a\n\n    x ¤", "a code block"),
        ("| a |\n|---|\n| [b]{title='¤'} |", "an attribute"),
        ("a[^n]\n\n[^n]: b [c]{title='¤'}", "an attribute"),
    ],
)
def test_inline_code_where_nothing_evaluates_it_is_a_fault_at_its_place(markdown: str, kind: str) -> None:
    code = "`{python} 1 + 1`"
    text = f"Awal {code}.\n\n{markdown}\n\nAkhir {code} [b {code}](x){{.claim data-claim='c'}}.\n"
    at = text.index("¤")
    with pytest.raises(InputError) as error:
        parse_manuscript(text.replace("¤", code))
    (fault,) = error.value.faults
    place = text.count("\n", 0, at) + 1, str(at - text.rfind("\n", 0, at))
    assert place == (fault.row, fault.column)
    assert f"inline code in the text, not in {kind}, where it is not evaluated" == fault.expected


@pytest.mark.parametrize("text", ["---\na: `{python} x`\n---\n\nb\n", "a\n\n---\na: `{python} x`\n---\nb\n",
                                  "```{python}\n#| fig-alt: `{python} x`\n1\n```\n"])  # fmt: skip
def test_inline_code_in_yaml_is_a_fault_at_its_place(text: str) -> None:
    with pytest.raises(InputError) as error:
        parse_manuscript(text)
    line = next(row for row, line in enumerate(text.split("\n"), start=1) if "`{python} x" in line)
    told = [
        (fault.row, fault.column) for fault in error.value.faults if "without inline code" in fault.expected
    ]
    assert [(line, str(text.split("\n")[line - 1].index("`") + 1))] == told


def test_inline_code_in_a_comment_is_left_alone() -> None:
    source = "a <!-- `{python} salah(` \n ``{python} x -->\n`{python} b` <!-- [x]{title='`{python} y`'} -->"
    assert [("b", 2)] == list(inline_expressions(source))
    (cell,) = parse_manuscript(source).notebook.cells
    assert source == cell.source


def test_a_label_twice_is_a_fault() -> None:
    cell = "```{python}\n#| label: sama\n1\n```\n\n"
    assert faults(cell + cell) == [(7, "`sama` again")]


def test_no_manuscript_and_no_utf8_are_faults(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"paper\.qmd: expected a file, found no such file"):
        read_manuscript(tmp_path / "paper.qmd")
    (tmp_path / "paper.qmd").write_bytes(b"abc\xff")
    with pytest.raises(InputError, match="byte 0xff at offset 3"):
        read_manuscript(tmp_path / "paper.qmd")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("```{python" + " " * 900_000 + "x\n", "no such line before the next cell"),
        ("---\nx: " + "y" * 900_000 + "\n---\n", None),
        ("`{python} a` " * 5000 + "\n``{python} b`\n", "``{python} b`"),
        (
            "```{python}\n#| a: " + "[" * 100_000 + "\n1\n```\n",
            "more than 24 mappings and lists in one another",
        ),
        ("```{python}\n#| a: 1\n#| a: 2\n1\n```\n", "the key 'a' again"),
    ],
)
def test_no_line_keeps_the_reader_for_ever(text: str, found: str | None) -> None:
    start = time.process_time()
    try:
        parse_manuscript(text)
        told = None
    except InputError as error:
        told = error.faults[0].found
    assert time.process_time() - start < 3
    assert found == told
