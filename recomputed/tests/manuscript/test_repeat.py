"""Cells that give another result each time are named by their line; an edit of the prose executes nothing again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed.faults import CheckFailed
from recomputed.guards.chance import require_same, second_kernel
from recomputed.judgement import Edition, Executed, Verdict, recompute
from recomputed.kept_cells import Cells


def executed(edition: Edition) -> Executed:
    return recompute(edition, lambda data: lambda executed: Verdict({}, (), ()), edition.root / ".cache")[0]


CHANCE = {
    "random": "import random\nprint(random.random())",
    "uuid": "import uuid\nprint(uuid.uuid4())",
    "now": "from datetime import datetime\nprint(datetime.now())",
    "today": "import datetime\nprint(datetime.date.today())",
    "month and day": "import time\nprint(time.strftime('%d %B'))",
    "a set": "print({'kopi', 'live', 'hasil', 'toko', 'harga', 'video'})",
    "a folder": "import os\nprint(os.listdir('more'))",
    "a pattern": "import glob\nprint(glob.glob('more/*'))",
    "a path": "from pathlib import Path\nprint([path.name for path in Path('more').iterdir()])",
    "an address": "object()",
    "a process": "import os\nprint(os.getpid())",
    "a generator": "import numpy\nprint(numpy.random.default_rng().random())",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is said of a manuscript with each of CHANCE in a cell of its own, and an expression."""
    root = tmp_path_factory.mktemp("chance")
    cells = "\n".join(
        f"```{{python}}\n# {name}\n{code}\n```\n\nTeks `{{python}} 1`.\n" for name, code in CHANCE.items()
    )
    (root / "paper.qmd").write_text(
        f"---\ntitle: a\ndate: 2024-05-01\n---\n\n{cells}\nTeks\n`{{python}} random.random()`\n"
    )
    (root / "_quarto.yml").write_text("lang: id\n")
    (root / "data").mkdir()
    for name in "abc":
        (root / "more" / name).mkdir(parents=True)
    edition = Edition(root, root / "data")
    with pytest.raises(CheckFailed) as error:
        require_same(edition, executed(edition), root / ".cache")
    assert not list(root.glob(".cache/**/*.json"))
    lines = (root / "paper.qmd").read_text().split("\n")
    *faults, hint = str(error.value).split("\n")
    assert hint.startswith("Hint: seed what is random")
    return [lines[int(fault.split("line ")[1].split(":")[0]) - 1] for fault in faults]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHANCE)
def test_what_chance_decides_is_noticed(told: list[str], name: str) -> None:
    assert f"# {name}" in told


def test_chance_in_an_expression_is_noticed(told: list[str]) -> None:
    assert "`{python} random.random()`" in told
    assert len(told) == len(CHANCE) + 1


@pytest.mark.slow
def test_the_message_shows_both_results(project: Callable[[str], Path]) -> None:
    root = project("```{python}\nimport os\nprint('Urutan', os.environ['PYTHONHASHSEED'], 'sintetis')\n```")
    edition = Edition(root, root / "data")
    with pytest.raises(CheckFailed) as error:
        require_same(edition, executed(edition), root / ".cache")
    assert "paper.qmd, line 7: expected the same result each time the cell is executed, found " in str(
        error.value
    )
    assert "Urutan 1 sintetis" in str(error.value)
    assert "Urutan 0 sintetis" in str(error.value)


SEEDED = """\
```{python}
import os, random, warnings
from importlib.metadata import version
version("altair")
warnings.warn("sintetis")
sorted(os.listdir("more"))
print(random.Random(1).random(), sorted({"a", "b"}))
```

Teks `{python} 1`."""


@pytest.mark.slow
def test_the_second_kernel_starts_beside_the_first_only_where_nothing_is_on_record(
    project: Callable[[str], Path],
) -> None:
    root = project(SEEDED)
    (root / "more").mkdir()
    edition, cache = Edition(root, root / "data"), root / ".cache"
    with second_kernel(edition, cache) as second:
        assert second
        assert second.given["PYTHONHASHSEED"] == "1"
        require_same(edition, executed(edition), cache, second)
        assert second.process.poll() is not None  # it was used, and is gone
    with second_kernel(edition, cache) as second:
        assert second is None


@pytest.mark.slow
def test_an_edit_of_the_prose_executes_nothing_again(
    project: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Cells, "recalled", lambda _: None)  # as where a figure is gone
    root = project(SEEDED)
    (root / "more").mkdir()
    edition = Edition(root, root / "data")
    require_same(edition, executed(edition), root / ".cache")
    paper = root / "paper.qmd"
    paper.write_text(paper.read_text().replace("Teks", "Kata"))
    again = executed(edition)
    monkeypatch.setattr("recomputed.guards.chance._again", lambda *_: pytest.fail("executed again"))
    require_same(edition, again, root / ".cache")
    next(cell for cell in again.notebook.cells if cell.cell_type == "code").outputs[-1].text = "lain\n"
    with pytest.raises(CheckFailed, match="line 7: expected the same result"):
        require_same(edition, again, root / ".cache")


def test_a_figure_that_is_another_each_time_is_noticed(project: Callable[[str], Path]) -> None:
    code = "import random\nopen('figures/a.svg', 'w').write(f'<!-- {random.random()} -->')\n1"
    root = project(f"```{{python}}\n{code}\n```")
    (root / "figures").mkdir()
    edition = Edition(root, root / "data")
    with pytest.raises(
        CheckFailed, match=r"line 8: expected the same figure each time, found another a\.svg"
    ):
        require_same(edition, executed(edition), root / ".cache")
