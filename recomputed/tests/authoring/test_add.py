"""`add`: what one more thing needs is written, and what is left is told, by it and by `check`."""

import re
import shutil
from pathlib import Path

import pytest

from synthetic.typed import run, run_each


@pytest.fixture
def paper(new_paper: Path, tmp_path: Path) -> Path:
    """A copy of a new paper."""
    return Path(shutil.copytree(new_paper, tmp_path / "paper"))


def texts(paper: Path) -> dict[str, bytes]:
    """What the author's files hold."""
    return {
        file.relative_to(paper).as_posix(): file.read_bytes()
        for pattern in ("analysis/*.py", "data/*", "paper.qmd", "names.csv")
        for file in paper.glob(pattern)
        if file.is_file()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "name", "files", "left", "stops"),
    [
        (
            "number", "days.half", {"analysis/days.py"},
            'paper.qmd: a sentence that states it, with `{python} n["days.half"]`',
            "analysis/days.py, row 25: expected the numbers that days.half is computed from, found nothing yet",
        ),
        (
            "number", "leap.days", {"analysis/leap.py", "analysis/__init__.py"},
            "analysis/leap.py, line 15: the unit of leap.days, one of data/datapackage.json",
            "analysis/leap.py, row 14: expected the numbers that leap.days is computed from, found nothing yet",
        ),
        (
            "figure", "halves", {"analysis/figures.py", "paper.qmd"},
            "paper.qmd: a sentence that refers to it, with @fig-halves",
            "paper.qmd, line 66: expected what the figure halves shows, a sentence, found nothing yet",
        ),
        (
            "table", "half-years", {"analysis/tables.py", "paper.qmd"},
            "analysis/tables.py, line 19: the heads of the columns of half-years",
            "paper.qmd, line 64: expected what the table half-years shows, a sentence, found nothing yet",
        ),
        (
            "claim", "february", {"data/published.csv"},
            "data/published.csv, row 3, column number: id of the number that recomputes it",
            "data/published.csv, row 3, column number: expected a value, found ''",
        ),
        (
            "case", "leap-day", {"data/cases.csv", "names.csv"},
            "names.csv, row 6, column name: what the paper calls it",
            "data/cases.csv, row 6, column locator: expected a value, found ''",
        ),
    ],
)  # fmt: skip
def test_one_more_is_written_and_what_is_left_is_told(
    kind: str, name: str, files: set[str], left: str, stops: str, paper: Path
) -> None:
    before = texts(paper)
    done = run(paper, "add", kind, name)
    assert (done.returncode, done.stderr) == (0, "")
    after = texts(paper)
    assert files == {file for file in after if after[file] != before.get(file)}
    assert left in done.stdout.splitlines()
    checked = run(paper, "check")
    assert checked.returncode == 2
    assert f"error: {stops}" in checked.stderr.splitlines()


@pytest.mark.slow
def test_what_is_left_is_of_the_one_that_was_added(paper: Path) -> None:
    assert run(paper, "add", "table", "visits").returncode == 0
    left = run(paper, "add", "table", "visit").stdout.splitlines()[1:]
    assert len(left) == 4
    assert all(re.search(r"\bvisit\b", line) for line in left)


@pytest.mark.slow
def test_a_figure_that_is_filled_in_is_drawn(paper: Path) -> None:
    assert run(paper, "add", "figure", "halves").returncode == 0
    for file, old, new in (
        ("analysis/figures.py", "to_fill_in(\"the records of halves, a label and a value each, from numbers\")",
         '[{"label": case, "value": int(numbers[f"days.part.{case}"].value.value)} for case in cases]'),
        ("paper.qmd", "caption=to_fill_in(\"what the figure halves shows, a sentence\")", 'caption="Shown."'),
        ("paper.qmd", "alt=to_fill_in(\"what the figure halves shows, for those who don't see it\")", 'alt="Bars."'),
        ("paper.qmd", "(@fig-parts, ", "(@fig-parts, @fig-halves, "),
    ):  # fmt: skip
        text = (paper / file).read_text(encoding="utf-8")
        assert old in text
        (paper / file).write_text(text.replace(old, new), encoding="utf-8")
    done = run(paper, "render", "--to", "html")
    assert (0, "") == (done.returncode, "".join(done.stderr.splitlines()[2:]))
    assert (paper / "figures" / "halves.svg").is_file()


FILE = "expected a name that a file may have on every system"
REFUSED = [
    (
        "figur", "x",
        "add: expected one of number, figure, table, claim, case, found 'figur' (did you mean 'figure'?)",
    ),
    ("number", "half", "add number: expected a name such as days.half, found 'half'"),
    ("number", "class.x", "add number: expected a name such as days.half, found 'class.x'"),
    ("number", "days.part.jan-mar", "add number: expected a name that is not there yet, found 'days.part.jan-mar'"),
    (
        "number", "figures.x",
        "analysis/figures.py: expected a function `numbers`, to which a number is added, found none",
    ),
    ("figure", "con", f"add figure: {FILE}, found 'con', which Windows reserves"),
    ("number", "aux.x", f"add number: {FILE}, found 'aux', which Windows reserves"),
    ("figure", "../x", "add figure: expected a name such as half-years, found '../x'"),
    ("figure", "parts", "add figure: expected a name that is not there yet, found 'parts'"),
    ("table", "md", "add table: expected a name that analysis/tables.py does not use yet, found 'md'"),
    ("figure", "map", "add figure: expected a name that analysis/figures.py does not use yet, found 'map'"),
    ("table", "parts", "add table: expected a name that is not there yet, found 'parts'"),
    ("claim", "a b", "add claim: expected a name such as year, found 'a b'"),
    ("claim", "year", "add claim: expected a name that is not there yet, found 'year'"),
    ("case", "a/b", "add case: expected a name such as north, found 'a/b'"),
    ("case", "jan-mar", "add case: expected a name that is not there yet, found 'jan-mar'"),
]  # fmt: skip


def test_a_name_that_will_not_do_changes_nothing(paper: Path) -> None:
    before = texts(paper)
    told = run_each(paper, [("add", kind, name) for kind, name, _ in REFUSED])
    assert [(2, "", f"error: {expected}\n") for _, _, expected in REFUSED] == told
    assert before == texts(paper)
