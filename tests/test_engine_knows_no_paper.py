"""The engine knows no paper: nothing of this one stands in any of its files."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.study import study
from recomputed.tables.load import load

ENGINE = (paths.ROOT / "recomputed", paths.ROOT / "_extensions")
TEXTS = {
    ".py",
    ".lua",
    ".js",
    ".css",
    ".html",
    ".typ",
    ".jats",
    ".openxml",
    ".json",
    ".toml",
    ".yml",
    ".qmd",
    ".csv",
}
LANGUAGES = paths.ENGINE / "language"
MADE = {"_manuscript", ".cache", "__pycache__"}
TRADE = (
    "batik tiktok shopee pekalongan kebaya omzet turnover uplift viewer viewers penonton afiliator rupiah idr"
)


def engine_files() -> Iterator[Path]:
    for folder in ENGINE:
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEXTS and not MADE & set(path.parts):
                yield path


def forbidden() -> set[str]:
    """Codes and names of cases, ids of numbers, names of sections, words of the trade, the currency."""
    with paths.NAMES.open(encoding="utf-8", newline="") as file:
        cases = {cell for row in csv.DictReader(file) for cell in row.values()}
    told = tomllib.loads((paths.ROOT / paths.SETTINGS_FILE).read_text(encoding="utf-8"))
    sections = {key for key in told.get("sections", {}) if "." in key}
    ids = set(study().compute(load()))
    return cases | sections | ids | set(TRADE.split())


@pytest.mark.parametrize("path", list(engine_files()), ids=lambda path: path.name)
def test_nothing_of_this_paper_stands_in_the_engine(path: Path) -> None:
    words = "|".join(map(re.escape, sorted(forbidden(), key=len, reverse=True)))
    found = re.findall(rf"(?i)(?<![\w-])(?:{words}|K\\?\\d\+)(?![\w-])", path.read_text(encoding="utf-8"))
    assert [] == sorted(set(found))
