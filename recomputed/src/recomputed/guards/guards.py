"""All guards over one execution of the paper, and what `check --json` says of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from recomputed.guards.allowed import Allowances, read_allowances
from recomputed.guards.comparing import Compared, ComparingWords, read_comparisons, unused_statements
from recomputed.guards.orphans import CELL, Orphan, cell_id, find_orphans, unused_cells
from recomputed.guards.passages import Text
from recomputed.guards.references import Reference, entry_faults
from recomputed.guards.stale import stale_figures
from recomputed.guards.typed_numbers import Place, Typed, TypedNumbers
from recomputed.ledger.attested import unattested
from recomputed.ledger.claims import Comparison
from recomputed.quantity.numbers import Number
from recomputed.tables.load import Tables


@dataclass(frozen=True, slots=True)
class Guarded:
    """What the paper's text is held to. `figures` is the folder of the committed figures, None where the
    data are not those that they were drawn from. `place` gives a place of the text in the manuscript, and
    `cited_at` that of a citation, in the words of a message. `year` is the paper's own.
    """

    text: Text
    metadata: Mapping[str, Any]
    front_matter: str
    place: Place
    file: str
    sources: Sequence[Reference]
    cited_at: Callable[[str], str]
    year: int
    names: Mapping[str, frozenset[str]]
    figures: Path | None
    comparisons: Sequence[Comparison] = ()
    quotable: Mapping[str, str] = field(default_factory=dict)
    left_over: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Findings:
    """What the guards found. `report` is their part of `check --json`; `failures` has a sentence for each
    thing that must not be.
    """

    report: Mapping[str, Any]
    summary: tuple[str, ...]
    failures: tuple[str, ...]


def guard(
    paper: Guarded, tables: Tables, numbers: Mapping[str, Number], allowed: Allowances | None = None
) -> Findings:
    """Run every guard. `allowed` is read from its file unless it is given."""
    allowed = allowed or read_allowances()
    typed = _typed_numbers(paper, numbers, allowed)
    entries = list(entry_faults(paper.sources, paper.year, allowed))
    orphans = list(find_orphans(paper.text, numbers, paper.sources, allowed, paper.cited_at))
    cells = [
        Orphan(CELL, id_, allowed.permit(CELL, id_), _unused(cell.file, cell.column, cell.sheet_row))
        for cell in unused_cells(tables, numbers)
        for id_ in (cell_id(cell),)
    ]
    compared, unused = _comparing_words(paper, numbers, allowed)
    failures = [*paper.left_over, *(one.message for one in typed)] + [one.message for one in compared]
    failures += [str(fault) for fault in entries]
    failures += [one.message for one in (*orphans, *cells) if not one.expected]
    if paper.figures is not None:
        failures += stale_figures(paper.text, paper.figures)
    failures += [*unused, *(str(fault) for fault in unattested(tables, numbers)), *allowed.faults()]
    report = {
        "typed_numbers": [asdict(one) for one in typed],
        "unused_cells": [asdict(one) for one in cells],
        "references": [asdict(fault) for fault in entries],
        "orphans": [asdict(one) for one in orphans],
        "comparing_words": [asdict(one) for one in compared],
    }
    return Findings(report, (_summary(typed, compared, [*orphans, *cells]),), tuple(failures))


def _typed_numbers(paper: Guarded, numbers: Mapping[str, Number], allowed: Allowances) -> list[Typed]:
    look = TypedNumbers(numbers, paper.names, allowed, paper.file, paper.text.lang, paper.quotable)
    return [*look.in_text(paper.text, paper.place), *look.in_metadata(paper.metadata, paper.front_matter)]


def _comparing_words(
    paper: Guarded, numbers: Mapping[str, Number], allowed: Allowances
) -> tuple[list[Compared], list[str]]:
    look = ComparingWords(read_comparisons(paper.comparisons, numbers), numbers, allowed, paper.file)
    found = list(look.in_text(paper.text, paper.place))
    return found, list(unused_statements(look.used))


def _unused(file: str, column: str, row: int) -> str:
    return f"{file}, row {row}, column {column}: a cell that the schema says is computed with, and no number uses"


def _summary(typed: Sequence[Typed], compared: Sequence[Compared], left: Sequence[Orphan]) -> str:
    unexpected = sum(not one.expected for one in left)
    return (
        f"{len(typed) or 'No'} typed numbers; {len(compared) or 'no'} comparing words that the data do not bear "
        f"out; {unexpected or 'nothing'} left over unexpectedly."
    )
