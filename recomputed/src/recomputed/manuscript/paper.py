"""What the manuscript's first cell opens: its numbers in each language, names, figures and tables.

The folder of data and the edition come from the environment, so that the same manuscript runs on other data:
`PAPER_DATA` names another data directory, `PAPER_FIGURES` another folder for figures (`none`: draw nothing;
`blank`: compute no key either), and Quarto's own `QUARTO_PROFILE` the blind edition.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from recomputed import paths
from recomputed.editions import code_at_hand
from recomputed.faults import Fault, InputError, Unknown, nearest
from recomputed.language.catalogue import ENGLISH
from recomputed.manuscript.converter import Converter
from recomputed.manuscript.declared import place
from recomputed.manuscript.figure_files import Drawing, draw, figure_key, is_current, save
from recomputed.manuscript.inline import CaseName, Inlines, attribute, is_blind, unescape
from recomputed.manuscript.list_of_numbers import table_of_numbers
from recomputed.manuscript.names import by_code, read_names
from recomputed.paper_language import paper_language
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.tables.records import Tables
from recomputed.variables import variable

REGISTRY = "PAPER_REGISTRY"
"""The variable that is `none` where what the registry prints by itself is left out."""
SPAN = re.compile(r'\[((?:\\.|[^\]\\])*)\]\{\.(?:num|case) data-(?:number|case)="([^"]*)"\}')


@dataclass(frozen=True)
class Paper:
    """The manuscript's view of the study: its language, names of cases, loaded data, numbers."""

    lang: str
    name: Mapping[str, CaseName]
    data: Tables
    numbers: Numbers
    drawing: Drawing

    @property
    def n(self) -> Inlines:
        """The numbers in the manuscript's language."""
        return self.inlines(self.lang)

    @property
    def en(self) -> Inlines:
        """The numbers in English."""
        return self.inlines(ENGLISH)

    def inlines(self, lang: str) -> Inlines:
        """The numbers in a language, by its code."""
        return Inlines(self.numbers, lang)

    @property
    def cases(self) -> tuple[str, ...]:
        """The codes of the cases."""
        return self.data.cases

    def figure(self, name: str, caption: str, alt: str) -> str:
        """A figure: drawn if it is not current, then shown with its caption and its text alternative.

        Raises Unknown that lists the figures there are.
        """
        code = code_at_hand()
        where = variable("PAPER_FIGURES") or str(paths.FIGURES / code)
        key = "" if where == "blank" else self._draw(name, where, code)
        plain, ids = plain_text(alt)
        return (
            f'![{caption}](figures/{f"{code}/" if code else ""}{name}.svg){{#fig-{name} fig-alt="{attribute(plain)}" '
            f'data-alt-numbers="{" ".join(ids)}" data-key="{key}"}}'
        )

    def _draw(self, name: str, where: str, code: str) -> str:
        """Bring a figure's files up to date, unless `where` is `none`. Returns its key."""
        made = _one(study().figures, name, "figure")
        records = made.shown(self.numbers, self.cases, self.data)
        key = figure_key(made, records, code)
        if where != "none":
            save(Path(where), name, key, lambda width: made.chart_text(records, width), self.drawing)
        return key

    def table_of_numbers(self) -> str:
        """Every number by its id, as Markdown."""
        return "" if is_unprinted() else table_of_numbers(self.n, self.data.package.units)

    def table(self, name: str, caption: str) -> str:
        """A table, with its caption as Markdown."""
        return f"{self.make_table(name)}\n\n: {caption} {{#tbl-{name}}}\n"

    def make_table(self, name: str) -> str:
        """A table's Markdown. Raises Unknown that lists the tables there are."""
        made = _one(study().tables, name, "table")
        if not isinstance(text := made.make(self), str):
            file, line = place(made.make)
            raise InputError(Fault(file, f"Markdown that the table {name!r} returns", repr(text), line))
        return text


Made = TypeVar("Made")


def _one(made: Mapping[str, Made], name: str, noun: str) -> Made:
    if name not in made:
        raise Unknown(f"no {noun} is called {name!r}{nearest(name, made)}. Hint: {', '.join(made)}")
    return made[name]


def open_paper() -> Paper:
    """Load the data, compute every number, and give them to the manuscript. Raises InputError."""
    drawing = start_drawing()
    tables = load(Path(variable("PAPER_DATA") or paths.DATA))
    numbers = study().compute(tables)
    return Paper(paper_language().code, case_names(tables.cases), tables, numbers, drawing)


def start_drawing() -> Drawing:
    """What draws figures: in a process of its own, started now, if some will surely have to be drawn."""
    where = variable("PAPER_FIGURES") or str(paths.FIGURES / code_at_hand())
    return draw if where in ("none", "blank") or is_current(Path(where)) else Converter().draw


def is_unprinted() -> bool:
    """Whether the table of all numbers and the cards' data are left out."""
    return variable(REGISTRY) == "none"


class CaseNames(dict[str, CaseName]):
    """The names of the cases, by their codes. Raises Unknown that lists these for another."""

    def __missing__(self, case: str) -> CaseName:
        return _one(self, case, "case")


def case_names(cases: tuple[str, ...]) -> CaseNames:
    """What the paper calls each case: its name, or without `names.csv` its code; so in the blind edition, where the
    names are not public.
    """
    hidden = is_blind() and not paper_settings().paper.names_public
    names = {case: by_code(case) for case in cases} if hidden else read_names(cases)
    return CaseNames((case, CaseName(case, name)) for case, name in names.items())


def plain_text(markdown: str) -> tuple[str, list[str]]:
    """Text with inline numbers and names as plain text, and the ids of the numbers in order."""
    ids = [match[2] for match in SPAN.finditer(markdown) if "data-number=" in match[0]]
    text = SPAN.sub(lambda match: unescape(match[1]), markdown)
    return text, ids
