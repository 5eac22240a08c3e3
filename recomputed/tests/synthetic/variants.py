"""Variants of the paper at hand, evaluated and guarded in this process: its manuscript and data, changed.

Figures are not drawn and their keys not judged here; tests of figures do that themselves.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from unittest import mock

from recomputed import paths
from recomputed.editions import at_hand, manuscript_of, taking
from recomputed.guards.all_guards import Findings, guard_execution
from recomputed.judgement import Executed
from recomputed.ledger.examination import Examination, examine
from recomputed.manuscript import paper as manuscript
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.paper_language import paper_language, stated_language
from recomputed.quantity.numbers import Number, Numbers
from recomputed.reading import appendix
from recomputed.study import study
from recomputed.tables.load import Tables, load
from recomputed.variables import variable

PAPER = paths.PAPER.read_text(encoding="utf-8")


_computed: dict[int, Numbers] = {}


def execute_here(qmd: str = PAPER, data: Path = paths.DATA, profile: str | None = None) -> Executed:
    """The manuscript `qmd` evaluated on `data`, as an execution to be judged."""
    parsed = parse_manuscript(qmd, at_hand().name)
    with without_drawing():
        notebook = rehearse(parsed, data, profile)
    return Executed(parsed, notebook, weave(parsed, notebook), data, profile)


@contextmanager
def execute_edition(profile: str | None) -> Iterator[Executed]:
    """The manuscript of a language's edition evaluated, which is the one at hand meanwhile."""
    name = manuscript_of(profile)
    with taking(profile, stated_language(paths.ROOT, name)):
        yield execute_here((paths.ROOT / name).read_text(encoding="utf-8"), profile=profile)


def guard_here(qmd: str = PAPER, data: Path = paths.DATA, profile: str | None = None) -> Findings:
    """What the guards find in the manuscript `qmd` on `data`."""
    return guard_execution(execute_here(qmd, data, profile), examined(data))


def examined(data: Path = paths.DATA) -> Examination:
    """The article examined on a data directory, in the language of the manuscript at hand."""
    return _examined(data, paper_language().code)


@cache
def _examined(data: Path, code: str) -> Examination:
    return examine(*studied(data))


@cache
def studied(data: Path = paths.DATA) -> tuple[Tables, Numbers]:
    """The tables of a data directory and the numbers computed from them."""
    tables = load(data)
    _computed[id(tables)] = study().compute(tables)
    return tables, _computed[id(tables)]


@contextmanager
def without_drawing() -> Iterator[None]:
    """Figures without records, and data loaded once: neither is what such a test is about."""

    known = replace(
        study(),
        subjects=(_Computed,),
        figures={name: replace(figure, records=lambda *_: []) for name, figure in study().figures.items()},
    )
    with (
        mock.patch.object(manuscript, "load", lambda data: studied(data)[0]),
        mock.patch.object(manuscript, "study", return_value=known),
        mock.patch.object(appendix, "examine", _examined_here),
    ):
        yield


class _Computed:
    """Stands for all subjects: the numbers that are computed already."""

    @staticmethod
    def numbers(tables: Tables, known: Numbers) -> Iterable[Number]:
        return _computed[id(tables)].values()


def _examined_here(tables: Tables, computed: Numbers) -> Examination:
    return examined(Path(variable("PAPER_DATA") or paths.DATA))


def change(text: str, old: str, new: str) -> str:
    """`text` with its first `old` replaced; it must be there."""
    assert old in text, old
    return text.replace(old, new, 1)
