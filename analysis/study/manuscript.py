"""What the manuscript's first cell opens: its numbers in two languages, names, figures and tables.

The folder of data and the edition come from the environment, so that the same manuscript runs on other data:
`PAPER_DATA` names another data directory, `PAPER_FIGURES` another folder for figures (`none`: draw nothing;
`blank`: compute no key either), and Quarto's own `QUARTO_PROFILE` the blind edition.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis import paths
from analysis.study.appendix import table_of_numbers
from analysis.study.converter import Converter
from analysis.study.figure_data import RECORDS, Record
from analysis.study.figure_files import Drawing, draw, figure_key, is_current, save
from analysis.study.inline import CaseName, Inlines, attribute, is_blind, unescape
from analysis.study.load import load
from analysis.study.names import read_names
from analysis.study.numbers import Numbers
from analysis.study.paper import compute
from analysis.study.tables import PaperTables

SPAN = re.compile(r'\[((?:\\.|[^\]\\])*)\]\{\.(?:num|case) data-(?:number|case)="([^"]*)"\}')


@dataclass(frozen=True)
class Paper:
    """The manuscript's view of the study."""

    n: Inlines
    en: Inlines
    name: Mapping[str, CaseName]
    tables: PaperTables
    numbers: Numbers
    drawing: Drawing

    def figure(self, name: str, caption: str, alt: str) -> str:
        """A figure: drawn if it is not current, then shown with its caption and its text alternative.

        Raises KeyError that lists the figures there are.
        """
        where = os.environ.get("PAPER_FIGURES", str(paths.FIGURES))
        key = "" if where == "blank" else self._draw(name, where)
        plain, ids = plain_text(alt)
        return (
            f'![{caption}](figures/{name}.svg){{#fig-{name} fig-alt="{attribute(plain)}" '
            f'data-alt-numbers="{" ".join(ids)}" data-key="{key}"}}'
        )

    def _draw(self, name: str, where: str) -> str:
        """Bring a figure's files up to date, unless `where` is `none`. Returns its key."""
        if name not in RECORDS:
            raise KeyError(f"no figure is called {name!r}. Hint: {', '.join(RECORDS)}")
        records = RECORDS[name](self.numbers, self.tables.cases)
        key = figure_key(name, records)
        if where != "none":
            save(Path(where), name, key, lambda: chart_text(name, records), self.drawing)
        return key

    def table_of_numbers(self) -> str:
        """Every number by its id, as Markdown."""
        return table_of_numbers(self.n, self.tables.tables.package.units)

    def table(self, name: str, caption: str) -> str:
        """A table, with its caption as Markdown."""
        return f"{self.tables.make(name)}\n\n: {caption} {{#tbl-{name}}}\n"


def open_paper() -> Paper:
    """Load the data, compute every number, and give them to the manuscript. Raises InputError."""
    drawing = start_drawing()
    tables = load(Path(os.environ.get("PAPER_DATA", paths.DATA)))
    numbers = compute(tables)
    n = Inlines(numbers, "id")
    names = case_names(tables["cases"].column("case"))
    return Paper(n, Inlines(numbers, "en"), names, PaperTables(tables, n, names), numbers, drawing)


def chart_text(name: str, records: list[Record]) -> str:
    """A figure's chart. What draws charts is slow to load, and only loaded here."""
    from analysis.study import figures

    return figures.chart_text(name, records)


def start_drawing() -> Drawing:
    """What draws figures: in a process of its own, started now, if some will surely have to be drawn."""
    where = os.environ.get("PAPER_FIGURES", str(paths.FIGURES))
    return draw if where in ("none", "blank") or is_current(Path(where)) else Converter().draw


def case_names(cases: tuple[str, ...]) -> dict[str, CaseName]:
    """What the paper calls each case: its trade name, or its code in the blind edition or without `names.csv`."""
    names = {case: f"Usaha {case}" for case in cases} if is_blind() else read_names(cases)
    return {case: CaseName(case, name) for case, name in names.items()}


def plain_text(markdown: str) -> tuple[str, list[str]]:
    """Text with inline numbers and names as plain text, and the ids of the numbers in order."""
    ids = [match[2] for match in SPAN.finditer(markdown) if "data-number=" in match[0]]
    text = SPAN.sub(lambda match: unescape(match[1]), markdown)
    return text, ids
