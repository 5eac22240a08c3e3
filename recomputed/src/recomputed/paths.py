"""Where everything of the paper is. Nothing here reads or writes a file.

The paper is the folder that `RECOMPUTED_PAPER` names, else the nearest one, from the current folder up, that
holds `paper.toml`.
"""

import os
from pathlib import Path

SETTINGS_FILE = "paper.toml"
VARIABLE = "RECOMPUTED_PAPER"


def _root() -> Path:
    if named := os.environ.get(VARIABLE):
        return Path(named).resolve()
    here = Path.cwd().resolve()
    return next((folder for folder in (here, *here.parents) if (folder / SETTINGS_FILE).is_file()), here)


ENGINE = Path(__file__).resolve().parent

ROOT = _root()

PAPER = ROOT / "paper.qmd"
QUARTO = ROOT / "_quarto.yml"
NAMES = ROOT / "names.csv"

DATA = ROOT / "data"
LEDGER = DATA / "ledger"
FIGURES = ROOT / "figures"

CARRIED = Path("recomputed", "src", "recomputed")
"""The engine within a paper that carries it."""


def shipped(name: str) -> Path:
    """What the engine lays down: an installed engine has it within, one that is carried beside `recomputed/`."""
    return ENGINE / name if (ENGINE / name).exists() else ENGINE.parents[2] / name


EXTENSION = "_extensions/recomputed"
ASSETS = ROOT / EXTENSION if (ROOT / EXTENSION).is_dir() else shipped(EXTENSION)
"""The Quarto extension: the paper's own copy, else the one that an installed engine carries, else the checkout's."""

MANUSCRIPT = ROOT / "_manuscript"
REVISION = ROOT / "_revision"
CACHE = ROOT / ".cache"
LOCKS = CACHE / "locks"

UNFINISHED = CACHE / "unfinished"
"""What is to take the place of several files that are changed together, until all have."""
DIST = ROOT / "dist"
