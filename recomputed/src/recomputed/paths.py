"""Where everything of the paper is. Constants only; nothing here reads or writes.

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
SETTINGS = ROOT / SETTINGS_FILE
QUARTO = ROOT / "_quarto.yml"
QUARTO_BLIND = ROOT / "_quarto-blind.yml"
REFERENCES = ROOT / "references.bib"
NAMES = ROOT / "names.csv"
LOCK = ROOT / "requirements.lock"

DATA = ROOT / "data"
LEDGER = DATA / "ledger"
FIGURES = ROOT / "figures"


def shipped(name: str) -> Path:
    """What the engine lays down: an installed engine has it within, one that is carried beside `recomputed/`."""
    return ENGINE / name if (ENGINE / name).exists() else ENGINE.parents[2] / name


_EXTENSION = Path("_extensions", "recomputed")
ASSETS = next(
    (place / _EXTENSION for place in (ROOT, ENGINE) if (place / _EXTENSION).is_dir()),
    ENGINE.parents[2] / _EXTENSION,
)
"""The Quarto extension: the paper's own copy, else the one that an installed engine carries, else the checkout's."""

MANUSCRIPT = ROOT / "_manuscript"
CACHE = ROOT / ".cache"
DIST = ROOT / "dist"
