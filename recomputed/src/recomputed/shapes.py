"""What a mapping of keys may hold, as a table of shapes, and what is wrong with one that was read.

`paper.toml`, the front matter, `_quarto.yml` and `datapackage.json` each have such a table, and tell in words of their
own what `misfits` finds.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands: the keys, and the numbers in lists, that lead to it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a single value must be, in the words of a message."""

    expected: str
    fits: Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping, in the words of a message: the keys with their shapes, those that must be there, and the shape of
    whatever has another key; none: there is no other.
    """

    known: "Mapping[str, Shape]"
    expected: str = ""
    required: Sequence[str] = ()
    others: "Shape | None" = None


Shape = Rule | Keys | Mapping[str, Any] | list[Any] | tuple[Any, ...] | Callable[[Any], Any]
"""A value: a rule, keys with their shapes, a list of one of these, a choice between some of all that, or which of all
that it is for a value.
"""

TEXT = Rule("a text", lambda value: isinstance(value, str))
FLAG = Rule("true or false", lambda value: isinstance(value, bool))
WHOLE = Rule("a whole number", lambda value: isinstance(value, int) and not isinstance(value, bool))
NUMBER = Rule("a number", lambda value: isinstance(value, int | Decimal) and not isinstance(value, bool))
ANY = Rule("anything", lambda value: True)


NOTHING = object()
"""What stands in a misfit for a value that is not there."""


def never(expected: str) -> Rule:
    """What no value is."""
    return Rule(expected, lambda value: False)


@dataclass(frozen=True, slots=True)
class Misfit:
    """A `value` that is not what was `expected` at its path, NOTHING where there is none; or a `key` that is not among
    the `known` of the mapping at that path.
    """

    path: Path
    expected: str = ""
    value: Any = None
    key: str = ""
    known: Sequence[str] = ()


def misfits(value: Any, shape: Shape, path: Path = ()) -> Iterator[Misfit]:
    """What is wrong with a value that stands at this path."""
    choices = [_chosen(one, value) for one in (shape if isinstance(shape, tuple) else (shape,))]
    for choice in choices:
        if isinstance(choice, Mapping):
            choice = Keys(choice)
        if isinstance(choice, Keys) and isinstance(value, Mapping):
            yield from _misfits_of_keys(value, choice, path)
            return
        if isinstance(choice, list) and isinstance(value, list):
            for number, part in enumerate(value):
                yield from misfits(part, tuple(choice), (*path, number))
            return
        if isinstance(choice, Rule) and choice.fits(value):
            return
    yield Misfit(path, _described(choices), value)


def _chosen(shape: Shape, value: Any) -> Shape:
    while callable(shape):
        shape = shape(value)
    return shape


def _misfits_of_keys(value: Mapping[str, Any], keys: Keys, path: Path) -> Iterator[Misfit]:
    for key, part in value.items():
        shape = keys.known.get(key, keys.others)
        if shape is None:
            yield Misfit(path, key=key, known=tuple(keys.known))
        else:
            yield from misfits(part, shape, (*path, key))
    for key in keys.required:
        if key not in value:
            yield from misfits(NOTHING, keys.known[key], (*path, key))


def _described(choices: Sequence[Any]) -> str:
    kinds = []
    for choice in choices:
        if isinstance(choice, list):
            kinds.append("a list of these" if len(choices) > 1 else "a list")
        elif isinstance(choice, Mapping):
            kinds.append(f"the keys {', '.join(choice)}")
        else:
            kinds.append(choice.expected)
    return ", or ".join(kinds)
