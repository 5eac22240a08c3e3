"""A figure of a paper: the records that it shows, computed from the numbers, and the chart drawn from them.

@figure
def heights(numbers, cases): ...      # its records, plain data; `heights` names its files and its label

@heights.chart
def draw(records, width): ...        # its chart, so many pixels wide; run only where the figure is not current

One that plots rows takes the tables too, and shows those that a number is measured over:

@figure
def girths(numbers, cases, tables):
    return tables.measured(numbers["girth.slope"]).records("girth", "height")
"""

import importlib.util
import inspect
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Protocol

from recomputed.manuscript.declared import declared_name
from recomputed.manuscript.figure_files import NARROW as NARROW
from recomputed.manuscript.figure_files import WIDE
from recomputed.quantity.numbers import Numbers

if TYPE_CHECKING:
    from recomputed.tables.records import Tables

Record = dict[str, Any]
Records = Callable[..., list[Record]]


class Chart(Protocol):
    """What altair makes."""

    def to_dict(self) -> dict[str, Any]: ...


Draw = Callable[[list[Record], int], Chart]


@dataclass
class Figure:
    """A figure by name. `records` takes the numbers, the codes of the cases and, if it wants them, the tables; `draw`
    takes the records and the width in pixels.
    """

    name: str
    records: Records
    draw: Draw | None = field(default=None)

    def chart(self, draw: Draw) -> Draw:
        """Declare what draws it."""
        self.draw = draw
        return draw

    def shown(self, numbers: Numbers, cases: Sequence[str], tables: "Tables") -> list[Record]:
        """Its records for these numbers, cases and tables."""
        wanted = len(inspect.signature(self.records).parameters)
        return self.records(*(numbers, cases, tables)[:wanted])

    @property
    def declared_by(self) -> Records:
        """The function whose name is the figure's."""
        return self.records

    @property
    def sources(self) -> list[Path]:
        """The files whose text decides how the records look: its own, and what that takes from beside it."""
        own = sys.modules[self.drawn_by.__module__]
        beside = own.__name__.rpartition(".")[0] + "."
        taken = [one for one in vars(own).values() if not isinstance(one, ModuleType)]  # which may be lazy
        named = {getattr(one, "__module__", "") or "" for one in taken}
        others = sorted(name for name in named if name.startswith(beside) and name != own.__name__)
        return [Path(inspect.getfile(sys.modules[name])) for name in (own.__name__, *others)]

    @property
    def drawn_by(self) -> Draw:
        """What draws it. Raises TypeError where nothing was declared to."""
        if self.draw is None:
            raise TypeError(
                f"the figure {self.name!r} has no chart. Hint: a function under @{self.name}.chart"
            )
        return self.draw

    def chart_text(self, records: list[Record], width: int = WIDE) -> str:
        """The figure as Vega-Lite JSON, the same text for the same records and width."""
        chart = self.drawn_by(records, width).to_dict()
        return json.dumps(chart, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def figure(records: Records) -> Figure:
    """Declare a figure by the function that computes its records, whose name becomes the figure's. InputError where
    its module has one of that name.
    """
    return Figure(declared_name(records, Figure), records)


def lazily(name: str) -> ModuleType:
    """A module that is loaded when something of it is first used: what draws is slow to load, and seldom needed."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"no module named {name!r}")
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
