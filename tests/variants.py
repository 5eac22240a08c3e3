"""Variants of the paper, evaluated and guarded in this process: the real manuscript and data, changed.

Figures are not drawn and their keys not judged here; tests of figures do that themselves.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest import mock

from analysis import paths
from analysis.checks import appendix
from analysis.checks.examination import Examination, examine
from analysis.checks.guards import Findings
from analysis.press.guarding import guard_execution
from analysis.press.manuscript import parse_manuscript
from analysis.press.verdict import Executed
from analysis.press.weave import weave
from analysis.study import figure_data, manuscript
from analysis.study.load import Tables, load
from analysis.study.numbers import Numbers
from analysis.study.paper import compute
from tests.rehearse import rehearse

PAPER = paths.PAPER.read_text(encoding="utf-8")


_computed: dict[int, Numbers] = {}


def execute_here(qmd: str = PAPER, data: Path = paths.DATA, profile: str | None = None) -> Executed:
    """The manuscript `qmd` evaluated on `data`, as an execution to be judged."""
    parsed = parse_manuscript(qmd)
    with without_drawing():
        notebook = rehearse(parsed, data, profile)
    return Executed(parsed, notebook, weave(parsed, notebook), data, profile)


def guard_here(qmd: str = PAPER, data: Path = paths.DATA, profile: str | None = None) -> Findings:
    """What the guards find in the manuscript `qmd` on `data`."""
    return guard_execution(execute_here(qmd, data, profile), examined(data))


@cache
def examined(data: Path = paths.DATA) -> Examination:
    """The article examined on a data directory."""
    return examine(*studied(data))


@cache
def studied(data: Path = paths.DATA) -> tuple[Tables, Numbers]:
    """The tables of a data directory and the numbers computed from them."""
    tables = load(data)
    _computed[id(tables)] = compute(tables)
    return tables, _computed[id(tables)]


@contextmanager
def without_drawing() -> Iterator[None]:
    """Figures without records, and data loaded once: neither is what such a test is about."""

    with (
        mock.patch.dict(figure_data.RECORDS, dict.fromkeys(figure_data.RECORDS, lambda *_: [])),
        mock.patch.object(manuscript, "load", lambda data: studied(data)[0]),
        mock.patch.object(manuscript, "compute", lambda tables: _computed[id(tables)]),
        mock.patch.object(appendix, "examine", _examined_here),
    ):
        yield


def _examined_here(tables: Tables, study: Numbers) -> Examination:
    return examined(Path(os.environ.get("PAPER_DATA", paths.DATA)))


def change(text: str, old: str, new: str) -> str:
    """`text` with its first `old` replaced; it must be there."""
    assert old in text, old
    return text.replace(old, new, 1)
