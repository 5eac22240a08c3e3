"""Reads the YAML that authors edit as Quarto reads it, with the line of each key, and within bounds.

As in Quarto, a date, `yes` or `12:30` is text, `<<` merges nothing and no tag makes an object. A key given twice, an
alias that multiplies and deep nesting are refused by their line before anything is made of them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from recomputed.faults import Fault, InputError
from recomputed.shapes import Path

DEEPEST = 24  # mappings and lists in one another, aliases written out
MOST = 20_000  # values in one text, aliases written out


YAML_MARK = re.compile(r"^---\s*$")
_YAML_END = re.compile(r"^(---|\.\.\.)\s*$")


@dataclass(frozen=True, slots=True)
class Yaml:
    """What a text says: plain data, and the row of each value by its path."""

    value: Any = None
    rows: Mapping[Path, int] = field(default_factory=dict)


class _Loader(yaml.CSafeLoader):
    """YAML 1.2's scalars, as Quarto's parser has them."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- PyYAML's own name, filled below


for _kind, _pattern, _begins in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_pattern})$"), [*_begins, *[""] * (_kind == "null")]
    )


def read_yaml(text: str, file: str, row: int = 1, expected: str = "YAML") -> Yaml:
    """What `text` says, which begins in this row of `file`. Raises InputError with the row for what is wrong."""
    try:
        _measure(text)
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Yaml()
        rows = {path: row + line for path, line in _rows(node, ())}
        return Yaml(loader.construct_document(node), rows)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line if mark else text.count("\n", 0, getattr(error, "position", 0))
        found = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        raise InputError(Fault(file, expected, found.removeprefix("found "), row + line)) from None
    except ValueError as error:  # an integer of thousands of digits
        raise InputError(Fault(file, expected, str(error), row)) from None


def inline_in_yaml(text: str, name: str, first: int = 1) -> Iterator[Fault]:
    """A fault for each inline code in YAML that begins on line `first`, where nothing evaluates it."""
    for row, line in enumerate(text.split("\n"), start=first):
        at = line.find("`{python}")
        if at >= 0 and not line.lstrip().startswith("#"):
            expected = "YAML without inline code, which Quarto does not evaluate there"
            yield Fault(name, expected, line.strip(), row, str(at + 1))


def read_front_matter(lines: list[str], name: str) -> tuple[Yaml, int]:
    """The front matter, a mapping, and the index of the first line after it."""
    if not YAML_MARK.match(lines[0]):
        return Yaml({}), 0
    end = next((i for i in range(1, len(lines)) if _YAML_END.match(lines[i])), None)
    if end is None:
        found = "no such line to the end of the file"
        raise InputError(Fault(name, "`---` to close the front matter", found, row=1))
    if faults := list(inline_in_yaml("\n".join(lines[:end]), name)):
        raise InputError(faults)
    front = read_yaml("\n".join(lines[1:end]), name, 2, "front matter in YAML")
    if not isinstance(front.value, dict | None):
        raise InputError(Fault(name, "front matter of `name: value`", type(front.value).__name__, row=2))
    return Yaml(front.value or {}, front.rows), end + 1


def _refuse(problem: str, mark: Any) -> yaml.YAMLError:
    """What cannot be read, at its mark."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


@dataclass(slots=True)
class _Collection:
    anchor: str | None
    values: int = 1
    height: int = 1


def _measure(text: str) -> None:
    """Raise YAMLError where the text grows too large or too deep, without making anything of it."""
    known: dict[str, _Collection] = {}
    opened = [_Collection(None)]
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            opened.append(_Collection(event.anchor))
            part = _Collection(None, 0, 1)
        elif isinstance(event, yaml.CollectionEndEvent):
            part = opened.pop()
            if part.anchor:
                known[part.anchor] = part
        elif isinstance(event, yaml.AliasEvent):
            if any(one.anchor == event.anchor for one in opened):
                raise _refuse(f"the alias *{event.anchor} inside what it stands for", event.start_mark)
            part = known.get(str(event.anchor), _Collection(None))
        elif isinstance(event, yaml.ScalarEvent):
            part = _Collection(None, 1, 0)
            if event.anchor:
                known[event.anchor] = part
        else:
            continue
        if tag := getattr(event, "tag", None):
            raise _refuse(f"the tag {tag}, which makes no plain data", event.start_mark)
        opened[-1].values += part.values
        opened[-1].height = max(opened[-1].height, part.height + 1)
        if sum(one.values for one in opened) > MOST:
            raise _refuse(f"more than {MOST} values, aliases written out", event.start_mark)
        if len(opened) - 1 + part.height > DEEPEST:
            raise _refuse(f"more than {DEEPEST} mappings and lists in one another", event.start_mark)


def _rows(node: yaml.Node, path: Path) -> Iterator[tuple[Path, int]]:
    """The line, from 0, of each value of a mapping (its key's) and of a list."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.tag != "tag:yaml.org,2002:str":
                raise _refuse("a key that is no text", key.start_mark)
            if key.value in seen:
                raise _refuse(f"the key {key.value!r} again", key.start_mark)
            seen.add(key.value)
            yield (*path, key.value), key.start_mark.line
            yield from _rows(value, (*path, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*path, number), value.start_mark.line
            yield from _rows(value, (*path, number))
