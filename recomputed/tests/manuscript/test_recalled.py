"""An execution is given again while its cells and all that they read are the same, and never else."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from recomputed.guards.chance import require_same
from recomputed.judgement import Edition, Executed, recompute
from recomputed.kept_cells import Cells
from synthetic.papers import change, copy_toy, recomputed, small_paper

BODY = """\
```{python}
import os
from pathlib import Path
mood = os.environ.get("MOOD", "none")
Path("more.txt").read_text()
```

Kata satu `{python} mood` dan `{python} 1 + 1`.

```{python}
#| output: asis
print("*hasil*")
Path("figures/own.txt").write_text("drawn") and None
```
"""


def executed(edition: Edition) -> Executed:
    return recompute(edition, lambda data: None, edition.root / ".cache")[0]


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    """A small paper."""
    root = small_paper(tmp_path, BODY)
    (root / "more.txt").write_text("x")
    (root / "figures").mkdir()
    (root / "analysis").mkdir()
    (root / "data" / "a.csv").write_text("x\n1\n")
    return Edition(root, root / "data")


@pytest.fixture
def kept(edition: Edition) -> Edition:
    """A small paper whose cells were executed twice, and kept."""
    require_same(edition, executed(edition), edition.root / ".cache")
    return edition


def recalled(edition: Edition) -> Executed | None:
    return Cells(edition, edition.root / ".cache").recalled()


def test_an_edit_of_the_prose_recalls_what_was_executed(
    kept: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = executed(kept)
    monkeypatch.setattr(Edition, "kernel", lambda *_, **__: pytest.fail("a kernel was started"))
    change(kept.root / "paper.qmd", "Kata satu", "Sebaris lagi.\n\nKata dua")
    after = executed(kept)
    assert after.recalled
    assert "Kata dua none dan 2." in after.woven.markdown
    assert "*hasil*" in after.woven.markdown
    change(kept.root / "paper.qmd", "Sebaris lagi.\n\nKata dua", "Kata satu")
    again = executed(kept)
    assert nbformat.writes(again.notebook) == nbformat.writes(before.notebook)  # type: ignore[no-untyped-call]
    assert replace(again, recalled=before.recalled) == before


CHANGES: dict[str, Callable[[Path], object]] = {
    "a cell": lambda root: change(root / "paper.qmd", "*hasil*", "*lain*"),
    "a cell's option": lambda root: change(root / "paper.qmd", "#| output: asis", "#| output: true"),
    "a new cell": lambda root: change(
        root / "paper.qmd", "Kata satu", "```{python}\nmood = 1\n```\n\nKata satu"
    ),
    "an expression": lambda root: change(root / "paper.qmd", "1 + 1", "1 + 2"),
    "another order": lambda root: change(
        root / "paper.qmd", "`{python} mood` dan `{python} 1 + 1`", "`{python} 1 + 1` dan `{python} mood`"
    ),
    "the options of the document": lambda root: change(
        root / "paper.qmd", "title: Uji", "title: Uji\nexecute:\n  warning: true"
    ),
    "the project's options": lambda root: change(root / "_quarto.yml", "lang: id", "lang: id\nerror: true"),
    "a file that is read": lambda root: (root / "more.txt").write_text("y"),
    "a file that is read and gone": lambda root: (root / "more.txt").unlink(),
    "data": lambda root: (root / "data" / "a.csv").write_text("x\n2\n"),
    "new data": lambda root: (root / "data" / "b.csv").write_text("x\n2\n"),
    "a module": lambda root: (root / "analysis" / "a.py").write_text("x = 1"),
    "a module in a package's place": lambda root: (root / "json.py").write_text("x = 1"),
    "a figure that a cell wrote": lambda root: (root / "figures" / "own.txt").write_text("by hand"),
    "a figure that is gone": lambda root: (root / "figures" / "own.txt").unlink(),
    "the record": lambda root: [path.write_text("{") for path in (root / ".cache").rglob("*.json")],
    "a manuscript that cannot be read": lambda root: change(root / "paper.qmd", "title: Uji", "title: ["),
}


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_is_recalled_where_something_is_another(kept: Edition, name: str) -> None:
    assert recalled(kept)
    CHANGES[name](kept.root)
    assert recalled(kept) is None


@pytest.mark.parametrize("name", ["data", "new data", "a module"])
def test_nothing_is_kept_where_something_changed_since_the_cells_began(edition: Edition, name: str) -> None:
    first = executed(edition)
    CHANGES[name](edition.root)  # which may have been read in a way that nobody notices
    require_same(edition, first, edition.root / ".cache")
    assert recalled(edition) is None


def test_what_the_cells_are_told_counts(kept: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recalled(replace(kept, assumed={"A1": "5"})) is None
    assert recalled(replace(kept, profile="blind")) is None
    monkeypatch.setenv("OTHER", "1")
    assert recalled(kept)
    monkeypatch.setenv("MOOD", "good")
    assert recalled(kept) is None
    monkeypatch.setenv("MOOD", "none")
    assert recalled(kept) is None  # as it is read, though it changes no result
    monkeypatch.delenv("MOOD")
    monkeypatch.setenv("PAPER_FOO", "1")
    assert recalled(kept) is None


def test_who_draws_nothing_needs_no_figures(kept: Edition) -> None:
    (kept.root / "figures" / "own.txt").unlink()
    assert recalled(kept) is None
    assert recalled(replace(kept, draws=False))


@pytest.mark.slow
def test_a_paper_built_of_what_is_recalled_is_the_paper_built_anew(tmp_path: Path) -> None:
    root = copy_toy(tmp_path / "toy")
    built(root)
    change(root / "paper.qmd", "Everything in this paper", "All of this paper")
    assert built(root) == rebuilt(root)


def built(root: Path) -> dict[str, bytes]:
    done = recomputed(root, "render", "--to", "html,jats")
    assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in (root / "_manuscript").rglob("*") if path.is_file()}


def rebuilt(root: Path) -> dict[str, bytes]:
    """As it is built where nothing is on record."""
    shutil.rmtree(root / ".cache")
    shutil.rmtree(root / "_manuscript")
    return built(root)
