"""The study's tables and numbers, loaded once."""

import pytest

from analysis.study.load import Tables, load
from analysis.study.numbers import Numbers
from analysis.study.paper import compute


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load()


@pytest.fixture(scope="session")
def numbers(tables: Tables) -> Numbers:
    return compute(tables)
