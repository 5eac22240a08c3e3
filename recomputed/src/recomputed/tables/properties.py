"""Reads a JSON file, and its properties by type, collecting what is wrong instead of stopping at it."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from recomputed.faults import Fault, InputError
from recomputed.text_files import read_text

_KINDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}
STANDARD = ("sources", "image", "created", "title", "profile", "hash", "bytes")
"""Properties of a Data Package or a table that are nothing to this project, and near one that is."""


def read_json(path: Path, file: str) -> object:
    """The parsed file, fractions as `Decimal`. Raises `InputError` naming `file`, the line and the column.

    NaN, infinity and a property twice in one object are refused, though Python's parser allows them.
    """
    text = read_text(path, file)
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_double
        )
    except json.JSONDecodeError as error:
        raise InputError(Fault(file, "JSON", error.msg, error.lineno, str(error.colno))) from None
    except RecursionError:
        raise InputError(Fault(file, "JSON", "more levels than can be read")) from None
    except ValueError as error:
        raise InputError(Fault(file, "JSON", str(error))) from None


class Properties:
    """Collects what is wrong in one file. `at` names a place in it, such as `trees.low.type`."""

    def __init__(self, file: str):
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, at: str, expected: str, found: object) -> None:
        self.faults.append(Fault(self.file, expected, str(found), column=at or None))

    def get(self, tree: Mapping[str, Any], key: str, kind: type, at: str, default: Any = None) -> Any:
        """`tree[key]` if it is of `kind`; else `default`, and a fault when it is wrong or has no default."""
        value = tree.get(key, default)
        if key in tree and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            self.fault(_path(at, key), _KINDS[kind], brief(value))
            return default if default is not None else kind()
        if value is None:
            self.fault(_path(at, key), _KINDS[kind], "nothing")
            return kind()
        return value

    def choice(self, tree: Mapping[str, Any], key: str, allowed: Sequence[str], at: str) -> str:
        """`tree[key]`, which must be there and one of `allowed`."""
        value = tree.get(key)
        self.one_of(value, allowed, _path(at, key))
        return str(value)

    def one_of(self, value: object, allowed: Sequence[object], at: str) -> None:
        if value not in allowed:
            found = "nothing" if value is None else brief(value)
            self.fault(at, f"one of {', '.join(map(str, allowed))}", found)

    def misspelt(self, tree: Mapping[str, Any], known: tuple[str, ...], at: str) -> None:
        """A property that the standard does not know is allowed, unless it is nearly one of `known`."""
        for key in tree:
            meant = None if key in known or key in STANDARD else _meant(key, known)
            if meant:
                self.fault(_path(at, key), f"the property {meant!r}", repr(key))

    def names(self, value: object, known: Sequence[str] | None, at: str) -> tuple[str, ...]:
        """A column name or a list of them, each of which must be `known`."""
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self.fault(at, "a column name or a list of them", brief(value))
            return ()
        for name in names:
            if known is not None and name not in known:
                self.fault(at, f"one of the columns {', '.join(known)}", repr(name))
        return tuple(names)

    def bound(self, tree: Mapping[str, Any], key: str, at: str) -> Decimal | None:
        """`tree[key]` as an exact number, or `None` when it is not there."""
        value = tree.get(key)
        if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
            return None if value is None else Decimal(value)
        self.fault(_path(at, key), "a number", brief(value))
        return None


@lru_cache
def _meant(key: str, known: tuple[str, ...]) -> str | None:
    return next(iter(get_close_matches(key, known, n=1, cutoff=0.85)), None)


def _path(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def brief(value: object) -> str:
    """A value as messages show it: never more than a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _no_constant(name: str) -> None:
    raise ValueError(f"{name}, which is not a JSON number")


def _no_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        doubled = next(name for name, _ in pairs if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"the property {doubled!r} twice in one object")
    return tree
