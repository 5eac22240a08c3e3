"""Reads `datapackage.json` into a `schema.Package`, and refuses it with every fault when it is not one."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from recomputed import shapes
from recomputed.faults import Fault, InputError
from recomputed.file_names import same_by_case, unusable
from recomputed.language.catalogue import CODES
from recomputed.shapes import ANY, FLAG, NOTHING, NUMBER, WHOLE, Keys, Rule, Shape, misfits, never
from recomputed.tables.schema import (
    CONSTRAINTS,
    DATES,
    NUMERIC,
    ROLES,
    SECRETS,
    TYPES,
    UNIT_COLUMN,
    Field,
    ForeignKey,
    Package,
    Resource,
    Unit,
)
from recomputed.text_files import read_json

DESCRIPTOR = "datapackage.json"
STANDARD = ("sources", "image", "created", "title", "profile", "hash", "bytes")
"""Properties of a Data Package or a table that are nothing to this project, and near one that is."""

Told = tuple[str, str, str]
"""A place in the descriptor, such as `trees.low.type`, what was expected there, and what was found."""


def read_package(folder: Path, shown: str) -> Package:
    """Read `datapackage.json` in `folder`; `shown` is how faults name the folder.

    Raises `InputError` with every fault found: no JSON file, a property that is missing, of the wrong kind or
    not supported, a path that leaves the folder, a key to nowhere.
    """
    file = f"{shown}/{DESCRIPTOR}"
    return package_from(read_json(folder / DESCRIPTOR, file), file)


def package_from(tree: Any, file: str) -> Package:
    """Check a parsed descriptor and return it typed. Raises `InputError` with every fault, naming `file`: those of its
    properties, or where these are in order, those of the names in them.
    """
    told = [*_property_faults(tree)]
    package = Package("", ()) if told else _package(tree)
    if told := told or [*_name_faults(package)]:
        raise InputError([Fault(file, expected, found, column=at or None) for at, expected, found in told])
    return package


_LISTS = {  # custom properties of a table: how many columns each of their lists has, in words, least and most
    "ordered": ("pairs of columns", 2, 2),
    "needs": ("pairs of columns", 2, 2),
    "dates": ("lists of a year, a month and a day", 3, 3),
    "steps": ("lists of a step and one or two figures", 2, 3),
    "counted": ("lists of columns", 1, 9),
}
_NUMERAL = r"-?[0-9]+(\.[0-9]+)?"
TEXT = Rule("text", shapes.TEXT.fits)


def _one_of(values: Sequence[object], called: str = "") -> Rule:
    return Rule(f"one of {called}{', '.join(map(str, values))}", lambda value: value in values)


def _same(value: object) -> Rule:
    return Rule(repr(value), lambda found: found == value)


def _object(known: Mapping[str, Shape], *required: str, others: Shape | None = None) -> Keys:
    return Keys(known, "an object", required, others)


UNIT = _object(
    {"minimum": NUMBER, "maximum": NUMBER, "integer": FLAG}
    | dict.fromkeys(("title", *(f"title_{code}" for code in CODES)), TEXT)
)


def _field(tree: Any) -> Shape:
    """What a column's description must be, by its type."""
    numeric = isinstance(tree, dict) and tree.get("type") in NUMERIC
    bound = NUMBER if numeric else TEXT
    rules = (FLAG, FLAG, _numerals if numeric else [ANY], bound, bound, TEXT, WHOLE, WHOLE)

    def secret(value: Any) -> Shape:
        amount = Rule("an amount in a column of numbers", lambda found: numeric)
        return amount if value == "amount" else _one_of(SECRETS)

    only = {"format": "default", "decimalChar": ".", "groupChar": "", "bareNumber": True}
    known: dict[str, Shape] = {
        "name": TEXT,
        "type": _one_of(TYPES),
        "role": _one_of(ROLES),
        "secret": secret,
    }
    return _object(
        known
        | {"constraints": _object(dict(zip(CONSTRAINTS, rules, strict=True)))}
        | {key: _same(value) for key, value in only.items()},
        *("name", "type", "role"),
    )


def _numerals(value: Any) -> Shape:
    if not isinstance(value, list):
        return [ANY]
    return Rule("a list of numbers", lambda found: all(re.fullmatch(_NUMERAL, str(one)) for one in found))


def _columns(known: Sequence[str] | None) -> Shape:
    """A column name or a list of them, each of which must be known."""
    column = ANY if known is None else _one_of(known, "the columns ")

    def shape(value: Any) -> Shape:
        if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
            return [column]
        expected = "a column name or a list of them"
        return column if isinstance(value, str) else never(expected)

    return shape


def _listed(kind: str, types: Mapping[str, str]) -> Shape:
    """A list of columns that a custom property has; of `ordered`, two numbers or two dates of a form."""
    described, least, most = _LISTS[kind]
    numeric = [name for name, of in types.items() if of in NUMERIC or (kind == "ordered" and of in DATES)]

    def shape(value: Any) -> Shape:
        if any(misfits(value, _columns([*types]))):
            return _columns([*types])
        names = [value] if isinstance(value, str) else value
        if not least <= len(names) <= most:
            return never(described)
        counting = () if kind == "needs" else names[-1:] if kind == "counted" else names
        if not set(counting) <= set(numeric):
            expected = _one_of(numeric, "the columns ").expected
            allowed = Rule(expected, lambda name: name in numeric or name not in counting)
            return [allowed] if isinstance(value, list) else allowed
        forms = {"number" if types[name] in NUMERIC else types[name] for name in names}
        expected = "two columns of numbers, or of dates of one form"
        return Rule(expected, lambda found: kind != "ordered" or len(forms) == 1)

    return shape


def _link(columns: Sequence[str]) -> Shape:
    whole = _object(
        {
            "fields": _columns(columns),
            "reference": _object({"resource": ANY, "fields": _columns(None)}, "fields"),
        },
        "fields",
        "reference",
    )

    def shape(value: Any) -> Shape:
        stated = isinstance(value, dict) and isinstance(value.get("reference"), dict)
        return whole if stated else never("an object with fields and reference")

    return shape


def _resource(tree: Any) -> Shape:
    """What a table's description must be, by its columns."""
    schema = tree.get("schema") if isinstance(tree, dict) else None
    fields = schema.get("fields") if isinstance(schema, dict) else None
    listed = [one for one in fields if isinstance(one, dict)] if isinstance(fields, list) else []
    types = {one["name"]: str(one.get("type")) for one in listed if isinstance(one.get("name"), str)}
    described: dict[str, Shape] = {
        "fields": [_field],
        "primaryKey": _columns([*types]),
        "foreignKeys": [_link([*types])],
        "missingValues": Rule(
            "a list of texts",
            lambda found: isinstance(found, list) and all(isinstance(one, str) for one in found),
        ),
    }
    known: dict[str, Shape] = {
        "name": TEXT,
        "path": lambda value: PATH if isinstance(value, str) else TEXT,
        "schema": _object(described, "fields"),
        "encoding": _one_of(("utf-8", "utf8")),
        "format": _one_of(("csv",)),
        "dialect": Rule("none: commas and a header row", lambda found: found in ({}, {"delimiter": ","})),
    }
    return _object(known | {kind: [_listed(kind, types)] for kind in _LISTS}, "name", "path", "schema")


PATH = Rule(
    "a relative path that stays in the folder, with forward slashes", lambda path: _stays_inside(path)
)
PACKAGE = Keys({"resources": [_resource], "units": _object({}, others=UNIT)}, "a JSON object", ("resources",))


def _property_faults(tree: Any) -> Iterator[Told]:
    for one in misfits(tree, PACKAGE):
        at = _place(one.path, tree)
        if not one.key:
            yield at, one.expected, "nothing" if one.value is NOTHING else brief(one.value)
        elif one.path[-1:] == ("constraints",):
            yield at, _one_of(one.known).expected, repr(one.key)
        elif meant := _meant(one.key, tuple(one.known)):  # any other is allowed
            yield f"{at}.{one.key}".lstrip("."), f"the property {meant!r}", repr(one.key)
    if isinstance(tree, dict) and tree.get("resources") == []:
        yield "resources", "at least one table", "none"


def _place(path: shapes.Path, tree: Any) -> str:
    """Where that is: a table and a column by their names, if they have one."""
    at: list[str] = []
    for step in path:
        tree = tree.get(step) if isinstance(tree, dict) else tree[step]
        if isinstance(step, str):
            at = [*(at[:-1] if at[-1:] == ["schema"] else at), step]
        elif at[-1] == "resources" or (at[-1] == "fields" and "foreignKeys" not in path):
            name = tree.get("name") if isinstance(tree, dict) else None
            at[-1] = name if name and isinstance(name, str) else f"{at[-1]}[{step}]"
    return ".".join(at)


@lru_cache
def _meant(key: str, known: tuple[str, ...]) -> str | None:
    return None if key in STANDARD else next(iter(get_close_matches(key, known, n=1, cutoff=0.85)), None)


def brief(value: object) -> str:
    """A value as messages show it: never more than a line."""
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _stays_inside(path: str) -> bool:
    climbs = path.startswith("/") or ".." in PurePosixPath(path).parts
    return path.isprintable() and not climbs and "\\" not in path and ":" not in path


def _package(tree: Mapping[str, Any]) -> Package:
    units = {name: _typed_unit(name, unit) for name, unit in tree.get("units", {}).items()}
    return Package(str(tree.get("name", "")), tuple(map(_typed_resource, tree["resources"])), units)


def _typed_unit(name: str, tree: Mapping[str, Any]) -> Unit:
    low, high = (None if tree.get(key) is None else Decimal(tree[key]) for key in ("minimum", "maximum"))
    titles = {code: tree[f"title_{code}"] for code in CODES if tree.get(f"title_{code}")}
    return Unit(name, low, high, tree.get("integer", False), tree.get("title", ""), titles)


def _typed_resource(tree: Mapping[str, Any]) -> Resource:
    schema = tree["schema"]
    links = [
        ForeignKey(
            _names(link["fields"]),
            str(link["reference"].get("resource", "")) or tree["name"],
            _names(link["reference"]["fields"]),
        )
        for link in schema.get("foreignKeys", ())
    ]
    return Resource(
        tree["name"],
        tree["path"],
        tuple(map(_typed_field, schema["fields"])),
        _names(schema.get("primaryKey", ())),
        tuple(links),
        missing=frozenset(schema.get("missingValues", [""])),
        **{kind: tuple(map(_names, tree.get(kind, ()))) for kind in _LISTS},
    )


def _typed_field(tree: Mapping[str, Any]) -> Field:
    rules = tree.get("constraints", {})
    bounds = [rules.get(key) for key in ("minimum", "maximum")]
    low, high = (
        Decimal(one) if one is not None and tree["type"] in NUMERIC else one or None for one in bounds
    )
    return Field(
        tree["name"],
        tree["type"],
        tree["role"],
        required=rules.get("required", False),
        unique=rules.get("unique", False),
        enum=tuple(map(str, rules.get("enum", ()))) or None,
        minimum=low,
        maximum=high,
        pattern=rules.get("pattern") or None,
        min_length=rules.get("minLength"),
        max_length=rules.get("maxLength"),
        secret=tree.get("secret", ""),
    )


def _names(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _name_faults(package: Package) -> Iterator[Told]:
    """Names given twice, keys to nowhere, units that are not described, patterns that are none."""
    tables = {resource.name: resource.columns for resource in package.resources}
    for kind in ("name", "path"):
        yield from _twice(f"resources.{kind}", "each", [getattr(one, kind) for one in package.resources])
    if twice := same_by_case(one.path for one in package.resources):
        yield "resources.path", "paths that differ by more than case", " and ".join(map(repr, twice))
    for resource in package.resources:
        if reason := unusable(resource.path):
            yield "resources.path", "the path of a file on every system", reason
        yield from _twice(f"{resource.name}.fields", "each column", resource.columns)
        for link in resource.foreign_keys:
            at = f"{resource.name}.foreignKeys"
            if len(link.columns) != len(link.target_columns):
                found = f"{len(link.columns)} and {len(link.target_columns)}"
                yield at, "as many columns on both sides", found
            if link.target not in tables:
                yield f"{at}.reference", _one_of([*tables], "the tables ").expected, repr(link.target)
            else:
                for one in misfits(list(link.target_columns), _columns(tables[link.target])):
                    yield f"{at}.reference.fields", one.expected, repr(one.value)
        for column in resource.fields:
            for unit in column.enum or () if column.name == UNIT_COLUMN and package.units else ():
                if unit not in package.units:
                    yield f"{resource.name}.{UNIT_COLUMN}", "a unit described in units", repr(unit)
            try:
                re.compile(column.pattern or "")
            except re.error as error:
                at = f"{resource.name}.{column.name}.constraints.pattern"
                yield at, "a regular expression", f"{column.pattern!r} ({error})"


def _twice(at: str, each: str, names: Sequence[str]) -> Iterator[Told]:
    for name, times in sorted(Counter(names).items()):
        if times > 1:
            yield at, f"{each} only once", repr(name)
