"""Where everything is. Constants only; nothing here reads or writes."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PAPER = ROOT / "paper.qmd"
QUARTO = ROOT / "_quarto.yml"
QUARTO_BLIND = ROOT / "_quarto-blind.yml"
REFERENCES = ROOT / "references.bib"
NAMES = ROOT / "names.csv"
LOCK = ROOT / "requirements.lock"

DATA = ROOT / "data"
FIGURES = ROOT / "figures"

PRESS = ROOT / "analysis" / "press"

MANUSCRIPT = ROOT / "_manuscript"
CACHE = ROOT / ".cache"
DIST = ROOT / "dist"
