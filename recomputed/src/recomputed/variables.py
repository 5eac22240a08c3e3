"""The variables that say what is at hand: which manuscript, language, data, figures.

Cells have them in their environment; the process that judges and typesets sets them here, as another of its threads may
just be starting a program with its own.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

_given: dict[str, str] = {}


def variable(name: str) -> str:
    """What the variable says; nothing where it is not set."""
    return _given[name] if name in _given else os.environ.get(name, "")


def give(variables: Mapping[str, str]) -> None:
    """Set variables for the whole process, for good."""
    _given.update(variables)


@contextmanager
def giving(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the whole process, for a while."""
    before = dict(_given)
    give(variables)
    try:
        yield
    finally:
        _given.clear()
        give(before)
