"""Malformed manuscripts: what no cell and no inline value could be made of, and cells that fail, each by its line."""

from collections.abc import Iterator
from pathlib import Path

from malformed.case import Call, Case
from recomputed import paths
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave

PAPER = paths.PAPER.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
LAST = PAPER.count("\n")  # the line before what a case adds


def manuscript_cases() -> Iterator[Case]:
    yield from wrong_ends()
    yield from wrong_fronts()
    yield from failing_cells()


def parsing(text: str) -> object:
    return parse_manuscript(text)


def wrong_ends() -> Iterator[Case]:
    """What is wrong with a passage after the real paper's last."""
    inline = "found"
    for name, added, line, told in (
        ("a cell that never ends", "```{python}\nx = 1\n", 1, "no such line to the end of the file"),
        ("a longer fence", "````{python}\nx = 1\n```\n", 1, "no such line to the end of the file"),
        (
            "an indented cell that never ends",
            "  ```{python}\n  x = 1\n",
            1,
            "no such line to the end of the file",
        ),
        (
            "code that never ends",
            "```yaml\nx: 1\n\n```{python}\n1\n```\n",
            1,
            "no such line before the next cell",
        ),
        ("tildes that never end", "~~~\nx: 1\n", 1, "no such line before the next cell"),
        ("an include", "teks\n{{< include lain.qmd >}}\n", 2, "found {{< include lain.qmd >}}"),
        ("options that are no YAML", "```{python}\n#| echo: a: b\nx\n```\n", 2, "expected"),
        ("options that are no names", "```{python}\n#| echo\nx\n```\n", 2, "expected"),
        ("options with a tab", "```{python}\n#| a:\n#| \tb: 1\nx\n```\n", 3, "expected"),
        (
            "a label twice",
            "```{python}\n#| label: a\n1\n```\n\n```{python}\n#| label: a\n2\n```\n",
            7,
            "`a` again",
        ),
        ("inline code with a blank before its end", "teks `{python} x `\n", 1, inline),
        ("inline code with two blanks", "teks `{python}  x`\n", 1, inline),
        ("inline code over two lines", "teks\n`{python} x\ny`\n", 2, inline),
        ("inline code without a blank", "teks\n\ndua `{python}x`\n", 3, inline),
        ("inline code in two backticks", "teks ``{python} x``\n", 1, inline),
    ):
        message = f"paper.qmd, row {LAST + line}: expected"
        yield Case(name, lambda folder, text=PAPER + added: lambda: parsing(text), message)
        if told not in ("found", "expected"):
            yield Case(f"{name}: told", lambda folder, text=PAPER + added: lambda: parsing(text), told)


def wrong_fronts() -> Iterator[Case]:
    for name, text, message in (
        ("front matter that never ends", "---\ntitle: A\n\nteks\n", "row 1: expected `---` to close the front matter"),
        ("front matter that is a list", "---\n- a\n---\n\nteks\n", "expected front matter of `name: value`"),
        ("front matter that is a text", "---\nhalo\n---\n\nteks\n", "expected front matter of `name: value`"),
        ("front matter that is a number", "---\n5\n---\n\nteks\n", "expected front matter of `name: value`"),
        ("front matter with an open list", "---\nlang: [id\n---\n\nteks\n", "front matter"),
        ("front matter with an open quotation", '---\ntitle: "A\n---\n\nteks\n', "front matter"),
        ("front matter with two colons", "---\ntitle: A: B\n---\n\nteks\n", "row 2: expected front matter in YAML"),
        ("front matter with a tab", "---\na:\n\tb: 1\n---\n\nteks\n", "row 3: expected front matter in YAML"),
        ("front matter with an unknown anchor", "---\na: *b\n---\n\nteks\n", "row 2: expected front matter in YAML"),
        ("front matter with a tag", "---\na: !!python/object:os.system x\n---\n\nteks\n", "row 2: expected"),
        ("front matter with inline code", "---\nsubtitle: '`{python} x`'\n---\n\nteks\n",
         "row 2, column 12: expected YAML without"),
    ):  # fmt: skip
        yield Case(name, lambda folder, text=text: lambda: parsing(text), message)


def failing_cells() -> Iterator[Case]:
    """Cells and inline values that Python refuses, told by the line; exit code 1, as a check that fails."""
    start = "---\ntitle: A\n---\n\nteks\n\n"
    for name, body, line, told in (
        ("a division by zero", "```{python}\n1 / 0\n```\n", 8, "ZeroDivisionError: division by zero"),
        (
            "a name that is not there",
            "```{python}\nx = angka\n```\n",
            8,
            "NameError: name 'angka' is not defined",
        ),
        ("no syntax", "```{python}\nx = (\n```\n", 8, "SyntaxError"),
        ("a wrong indent", "```{python}\nif 1:\nx = 2\n```\n", 8, "IndentationError"),
        ("a missing module", "```{python}\nimport tidakada\n```\n", 8, "ModuleNotFoundError"),
        ("a missing file", "```{python}\nopen('tidakada.csv')\n```\n", 8, "FileNotFoundError"),
        ("endless recursion", "```{python}\ndef f(): f()\nf()\n```\n", 8, "RecursionError"),
        ("a failed assertion", "```{python}\nassert 1 == 2\n```\n", 8, "AssertionError"),
        ("a broken encoding", "```{python}\nb'\\xff'.decode()\n```\n", 8, "UnicodeDecodeError"),
        ("an inline name", "dua `{python} angka`\n", 7, "NameError: name 'angka' is not defined"),
        ("an inline division", "dua `{python} 1/0`\n", 7, "ZeroDivisionError"),
        ("inline syntax", "dua `{python} 1 +`\n", 7, "SyntaxError"),
    ):
        yield Case(
            name,
            lambda folder, text=start + body: running(text, folder),
            f"paper.qmd, line {line}: {told}",
            1,
        )
    for id_, near in (
        ("growth.rise.hil", "growth.rise.hill"),
        ("growth.rse.north", "growth.rise.north"),
    ):
        opened = (
            "```{python}\nfrom recomputed.manuscript.paper import open_paper\nn = open_paper().n\n```\n\n"
        )
        body = f'{opened}x `{{python}} n["{id_}"]`\n'
        message = f"{id_!r}"
        yield Case(
            f"an id that is not there: {id_}",
            lambda folder, text=start + body: running(text, folder),
            message,
            1,
        )
        yield Case(
            f"the nearest id to {id_}", lambda folder, text=start + body: running(text, folder), near, 1
        )


def running(text: str, folder: Path) -> Call:
    def run() -> None:
        manuscript = parse_manuscript(text)
        weave(manuscript, rehearse(manuscript, paths.DATA, draw=False))

    return run
