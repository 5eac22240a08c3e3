"""The study's tables and numbers, loaded once."""

import pytest

from recomputed.tables.load import Tables, load
from recomputed.quantity.numbers import Numbers
from analysis.paper import compute


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load()


@pytest.fixture(scope="session")
def numbers(tables: Tables) -> Numbers:
    return compute(tables)
