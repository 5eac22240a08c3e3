"""The study's tables and numbers, loaded once."""

import pytest

from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import Tables, load


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load()


@pytest.fixture(scope="session")
def numbers(tables: Tables) -> Numbers:
    return study().compute(tables)
