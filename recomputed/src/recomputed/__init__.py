"""Papers that recompute themselves: the engine. It knows no paper.

What a paper's own code and manuscript use is importable from here; each name is loaded when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recomputed.authoring.to_fill_in import to_fill_in as to_fill_in
    from recomputed.faults import InputError as InputError
    from recomputed.manuscript.figures import Record as Record
    from recomputed.manuscript.figures import figure as figure
    from recomputed.manuscript.figures import lazily as lazily
    from recomputed.manuscript.inline import Inline as Inline
    from recomputed.manuscript.names import labelled as labelled
    from recomputed.manuscript.paper import Paper as Paper
    from recomputed.manuscript.paper import open_paper as open_paper
    from recomputed.manuscript.pipe_tables import table as table
    from recomputed.quantity.intervals import Interval as Interval
    from recomputed.quantity.numbers import MEASURED as MEASURED
    from recomputed.quantity.numbers import Number as Number
    from recomputed.quantity.numbers import Numbers as Numbers
    from recomputed.quantity.numbers import derive as derive
    from recomputed.quantity.summaries import Statistic as Statistic
    from recomputed.quantity.summaries import Values as Values
    from recomputed.reading.appendix import open_appendix as open_appendix
    from recomputed.reading.cards import cards as cards
    from recomputed.reading.cards import statements as statements
    from recomputed.tables.measure import fit as fit
    from recomputed.tables.measure import measure as measure
    from recomputed.tables.records import Row as Row
    from recomputed.tables.records import Rows as Rows
    from recomputed.tables.records import Table as Table
    from recomputed.tables.records import Tables as Tables
    from recomputed.tables.transcribe import Reported as Reported
    from recomputed.tables.transcribe import count as count
    from recomputed.tables.transcribe import transcribe as transcribe
    from recomputed.tables.transcribe import transcribe_cell as transcribe_cell
    from recomputed.typeset.titleblock import title_block_for_quarto as title_block_for_quarto

_HOMES = {
    "authoring.to_fill_in": ("to_fill_in",),
    "faults": ("InputError",),
    "quantity.intervals": ("Interval",),
    "quantity.numbers": ("MEASURED", "Number", "Numbers", "derive"),
    "quantity.summaries": ("Statistic", "Values"),
    "tables.measure": ("fit", "measure"),
    "tables.records": ("Row", "Rows", "Table", "Tables"),
    "tables.transcribe": ("Reported", "count", "transcribe", "transcribe_cell"),
    "manuscript.figures": ("Record", "figure", "lazily"),
    "manuscript.inline": ("Inline",),
    "manuscript.names": ("labelled",),
    "manuscript.pipe_tables": ("table",),
    "manuscript.paper": ("Paper", "open_paper"),
    "reading.appendix": ("open_appendix",),
    "reading.cards": ("cards", "statements"),
    "typeset.titleblock": ("title_block_for_quarto",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module 'recomputed' has no {name!r}. Hint: {', '.join(sorted(_HOME))}")
    return getattr(import_module(f"recomputed.{_HOME[name]}"), name)
