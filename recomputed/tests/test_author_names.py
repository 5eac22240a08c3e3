"""What a paper's code uses of the engine is few names, and each has a row in the engine's README."""

import re
from pathlib import Path

import pytest

import recomputed

ENGINE = Path(__file__).resolve().parents[1]
README = (ENGINE / "README.md").read_text(encoding="utf-8")
_IMPORTS = re.compile(r"^from (recomputed[\w.]*) import (.+)$", re.MULTILINE)
TOLD = {"recomputed", *re.findall(r"`(recomputed\.[\w.]+)`", README)}
PAPERS = [
    ENGINE / "tests" / "toy",
    ENGINE / "src" / "recomputed" / "starter",
    ENGINE.parent / "examples" / "penguins",
    ENGINE.parent,
]


def test_every_name_is_told_and_is_there() -> None:
    section = README.split("## What a paper's code uses")[1].split("\n## ")[0]
    told = {
        name
        for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    }
    assert told == set(recomputed._HOME)
    assert all(getattr(recomputed, name) is not None for name in told)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_a_paper_imports_what_the_readme_names(paper: Path) -> None:
    files = [*paper.glob("paper*.qmd"), *(paper / "analysis").glob("*.py")]
    assert files
    found = [one for file in files for one in _IMPORTS.findall(file.read_text(encoding="utf-8"))]
    assert [home for home, names in found if not {home, f"{home}.{names}"} & TOLD] == []
