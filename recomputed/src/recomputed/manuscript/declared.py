"""Figures and tables are declared by a function: its name is theirs, and its place is told in messages."""

from collections.abc import Callable
from pathlib import Path
from types import FunctionType
from typing import Any, cast

from recomputed import paths
from recomputed.faults import Fault, InputError


def declared_name(function: Callable[..., Any], kind: type) -> str:
    """The name of the figure or table that a function declares. Raises InputError where its module has one of that
    name already, which the later would silently replace.
    """
    declared = cast(FunctionType, function)
    if isinstance(declared.__globals__.get(declared.__name__), kind):
        file, line = place(function)
        raise InputError(Fault(file, f"one function called {declared.__name__!r}", "two", line))
    return declared.__name__.replace("_", "-")


def place(function: Callable[..., Any]) -> tuple[str, int]:
    """The file of a function, from the paper's folder, and its line."""
    code = cast(FunctionType, function).__code__
    file = Path(code.co_filename)
    within = file.is_relative_to(paths.ROOT)
    return (file.relative_to(paths.ROOT) if within else file).as_posix(), code.co_firstlineno
