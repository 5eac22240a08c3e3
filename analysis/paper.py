"""Everything the manuscript uses: the numbers, in Indonesian and in English, its tables and its figures."""

from pathlib import Path

from recomputed.paths import DATA
from analysis import audience, context, counts, people, profile, relation, schedule, sessions, turnover
from recomputed.tables.load import Tables, load
from recomputed.quantity.numbers import Numbers

SUBJECTS = (counts, context, profile, people, schedule, audience, sessions, turnover, relation)
"""In this order: a subject may use the numbers of those before it."""


def compute(tables: Tables) -> Numbers:
    """All numbers of the paper from the loaded tables."""
    known = Numbers()
    for subject in SUBJECTS:
        known.add(subject.numbers(tables, known))
    return known


def compute_from(folder: Path = DATA) -> Numbers:
    """All numbers of the paper from a data directory. Raises InputError if it does not validate."""
    return compute(load(folder))
