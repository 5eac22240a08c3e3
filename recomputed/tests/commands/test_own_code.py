"""What goes wrong in the paper's own code is told by its file and line in every command; it is no bug of the engine."""

from pathlib import Path

import pytest

from recomputed.own_code import place_in, told
from synthetic.papers import change, recomputed

RISE = "    return percent("
RECORDS = '    return [_record(case, numbers[f"growth.rise'


def broken(toy: Path, code: str) -> int:
    """Put `code` before what the rise gives; its line."""
    file = toy / "analysis" / "growth.py"
    text = file.read_text(encoding="utf-8")
    change(file, RISE, f"    {code}\n{RISE}")
    return text[: text.index(RISE)].count("\n") + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check", "[].pop()", "IndexError: pop from empty list"),
        ("check", "raise SystemExit(3)", "SystemExit: 3"),
        ("audit", "nobody", "NameError: name 'nobody' is not defined"),
        ("trace growth.rise.north", "(", "SyntaxError: '(' was never closed"),
        (
            "diff --assume A2=500",
            "import no_such_module",
            "ModuleNotFoundError: No module named 'no_such_module'",
        ),
        (
            "render --to html",
            "percent()",
            "TypeError: percent() missing 1 required positional argument: 'ratio'",
        ),
    ],
)
def test_an_error_of_the_analysis_is_told_by_file_and_line(
    toy: Path, command: str, code: str, said: str
) -> None:
    line = broken(toy, code)
    done = recomputed(toy, *command.split())
    assert 1 == done.returncode
    (told, hint) = done.stderr.removeprefix("executing paper.qmd\n").splitlines()
    assert f"error: analysis/growth.py, line {line}: {said}" == told
    assert hint.startswith("Hint: its traceback is in ")


@pytest.mark.slow
def test_an_error_of_a_figure_is_told_by_the_cell_and_its_own_line(toy: Path) -> None:
    file = toy / "analysis" / "figures.py"
    change(file, RECORDS, f"    1 / 0\n{RECORDS}")
    line = file.read_text(encoding="utf-8").split("\n").index("    1 / 0") + 1
    cell = (toy / "paper.qmd").read_text(encoding="utf-8").split("\n").index("print(paper.figure(") + 1
    done = recomputed(toy, "check")
    assert 1 == done.returncode
    said = "ZeroDivisionError: division by zero"
    assert f"error: paper.qmd, line {cell}: {said}, in analysis/figures.py, line {line}\n" == done.stderr


def test_the_deepest_place_of_the_papers_code_counts() -> None:
    deepest = "C:\\paper\\analysis\\sub\\c.py:12, in g()"
    shown = (
        f"File ~/paper/analysis/a.py:3, in f(x)\nFile /lib/pandas/b.py:9\nFile {deepest}\nFile /lib/d.py:1"
    )
    assert "analysis/sub/c.py, line 12" == place_in(shown)
    assert "" == place_in("File /lib/d.py:1, in f")


def test_an_error_of_the_engine_is_a_bug() -> None:
    assert "this is a bug: KeyError: 'x'" == told(KeyError("x"))
