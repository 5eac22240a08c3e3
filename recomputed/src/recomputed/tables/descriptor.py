"""Reads `datapackage.json` into a `schema.Package`, and refuses it with every fault when it is not one."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from recomputed.faults import InputError
from recomputed.language.catalogue import CODES
from recomputed.tables.properties import Properties, brief, read_json
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

DESCRIPTOR = "datapackage.json"

_ONLY = {"encoding": ("utf-8", "utf8"), "format": ("csv",)}
_DEFAULT_FIELD_OPTIONS = {"format": "default", "decimalChar": ".", "groupChar": "", "bareNumber": True}


def read_package(folder: Path, shown: str) -> Package:
    """Read `datapackage.json` in `folder`; `shown` is how faults name the folder.

    Raises `InputError` with every fault found: no JSON file, a property that is missing, of the wrong kind or
    not supported, a path that leaves the folder, a key to nowhere.
    """
    file = f"{shown}/{DESCRIPTOR}"
    tree = read_json(folder / DESCRIPTOR, file)
    return package_from(tree, file)


def package_from(tree: object, file: str) -> Package:
    """Check a parsed descriptor and return it typed. Raises `InputError` with every fault, naming `file`."""
    descriptor = _Descriptor(file)
    package = descriptor.package(tree)
    if descriptor.faults:
        raise InputError(descriptor.faults)
    return package


_LISTS = {  # custom properties of a table: how many columns each of their lists has, in words, least and most
    "ordered": ("pairs of columns", 2, 2),
    "needs": ("pairs of columns", 2, 2),
    "dates": ("lists of a year, a month and a day", 3, 3),
    "steps": ("lists of a step and one or two figures", 2, 3),
    "counted": ("lists of columns", 1, 9),
}
_PROPERTIES = {
    "package": ("resources", "units"),
    "resource": ("name", "path", "schema", "encoding", "dialect", "format", *_LISTS),
    "schema": ("fields", "primaryKey", "foreignKeys", "missingValues"),
    "field": ("name", "type", "role", "secret", "constraints", *_DEFAULT_FIELD_OPTIONS),
    "unit": ("minimum", "maximum", "integer"),
}


class _Descriptor(Properties):
    """Reads package, units, tables, columns and keys; a rule that cannot be kept is a fault."""

    def package(self, tree: object) -> Package:
        if not isinstance(tree, dict):
            self.fault("", "a JSON object", brief(tree))
            return Package("", ())
        self.misspelt(tree, _PROPERTIES["package"], "")
        units = {
            name: self.unit(name, value)
            for name, value in self.get(tree, "units", dict, "", default={}).items()
        }
        listed = self.get(tree, "resources", list, "")
        if "resources" in tree and not listed:
            self.fault("resources", "at least one table", "none")
        resources = [self.resource(item, index) for index, item in enumerate(listed)]
        for kind in ("name", "path"):
            values = [getattr(resource, kind) for resource in resources]
            for value in sorted({value for value in values if value and values.count(value) > 1}):
                self.fault(f"resources.{kind}", "each only once", repr(value))
        self.check_targets(resources)
        if units:
            self.check_units(resources, units)
        return Package(str(tree.get("name", "")), tuple(resources), units)

    def unit(self, name: str, tree: object) -> Unit:
        at = f"units.{name}"
        if not isinstance(tree, dict):
            self.fault(at, "an object", brief(tree))
            return Unit(name)
        self.misspelt(tree, _PROPERTIES["unit"], at)
        low, high = (self.bound(tree, key, at) for key in ("minimum", "maximum"))
        whole = self.get(tree, "integer", bool, at, default=False)
        titles = {code: self.get(tree, f"title_{code}", str, at, default="") for code in CODES}
        given = {code: title for code, title in titles.items() if title}
        return Unit(name, low, high, whole, self.get(tree, "title", str, at, default=""), given)

    def resource(self, tree: object, index: int) -> Resource:
        at = f"resources[{index}]"
        if not isinstance(tree, dict):
            self.fault(at, "an object", brief(tree))
            return Resource("", "", (), ())
        name = self.get(tree, "name", str, at)
        at = name or at
        self.misspelt(tree, _PROPERTIES["resource"], at)
        path = self.get(tree, "path", str, at)
        if path and not _stays_inside(path):
            self.fault(
                f"{at}.path", "a relative path that stays in the folder, with forward slashes", repr(path)
            )
        for key, allowed in _ONLY.items():
            if key in tree:
                self.one_of(tree[key], allowed, f"{at}.{key}")
        if tree.get("dialect", {}) not in ({}, {"delimiter": ","}):
            self.fault(f"{at}.dialect", "none: commas and a header row", brief(tree["dialect"]))
        schema = self.get(tree, "schema", dict, at)
        self.misspelt(schema, _PROPERTIES["schema"], at)
        fields = [self.field(item, at, n) for n, item in enumerate(self.get(schema, "fields", list, at))]
        columns = [column.name for column in fields]
        for column in sorted({column for column in columns if column and columns.count(column) > 1}):
            self.fault(f"{at}.fields", "each column only once", repr(column))
        key_columns = (
            self.names(schema["primaryKey"], columns, f"{at}.primaryKey") if "primaryKey" in schema else ()
        )
        links = [
            self.foreign_key(item, at, columns)
            for item in self.get(schema, "foreignKeys", list, at, default=[])
        ]
        missing = self.get(schema, "missingValues", list, at, default=[""])
        if not all(isinstance(value, str) for value in missing):
            self.fault(f"{at}.missingValues", "a list of texts", brief(missing))
            missing = []
        return Resource(
            name,
            path,
            tuple(fields),
            key_columns,
            tuple(links),
            missing=frozenset(missing),
            **{kind: tuple(self.lists(tree, kind, at, fields)) for kind in _LISTS},
        )

    def lists(
        self, tree: Mapping[str, Any], kind: str, at: str, fields: Sequence[Field]
    ) -> Iterator[tuple[str, ...]]:
        """The lists of columns that a custom property has; of `ordered`, two numbers or two dates of a form."""
        described, least, most = _LISTS[kind]
        type_of = {column.name: column.type for column in fields}
        numeric = [column.name for column in fields if column.numeric]
        if kind == "ordered":
            numeric += [column.name for column in fields if column.type in DATES]
        for listed in self.get(tree, kind, list, at, default=[]):
            names = self.names(listed, list(type_of), f"{at}.{kind}")
            if counting := _counting(kind, names):
                self.names(list(counting), numeric, f"{at}.{kind}")
            if names and not least <= len(names) <= most:
                self.fault(f"{at}.{kind}", described, brief(listed))
            elif kind == "ordered" and len({_form(type_of[name]) for name in names if name in numeric}) > 1:
                self.fault(f"{at}.{kind}", "two columns of numbers, or of dates of one form", brief(listed))
            elif names:
                yield names

    def field(self, tree: object, table: str, index: int) -> Field:
        at = f"{table}.fields[{index}]"
        if not isinstance(tree, dict):
            self.fault(at, "an object", brief(tree))
            return Field("", "string", "documentation")
        name = self.get(tree, "name", str, at)
        at = f"{table}.{name}" if name else at
        self.misspelt(tree, _PROPERTIES["field"], at)
        kind, role = self.choice(tree, "type", TYPES, at), self.choice(tree, "role", ROLES, at)
        for key, default in _DEFAULT_FIELD_OPTIONS.items():
            if tree.get(key, default) != default:
                self.fault(f"{at}.{key}", repr(default), brief(tree[key]))
        rules = self.get(tree, "constraints", dict, at, default={})
        for key in rules:
            self.one_of(key, CONSTRAINTS, f"{at}.constraints")
        secret = self.choice(tree, "secret", SECRETS, at) if "secret" in tree else ""
        if secret == "amount" and kind not in NUMERIC:
            self.fault(f"{at}.secret", "an amount in a column of numbers", f"type {kind}")
        return replace(self.constrained(name, kind, role, rules, f"{at}.constraints"), secret=secret)

    def constrained(self, name: str, kind: str, role: str, rules: Mapping[str, Any], at: str) -> Field:
        enum = [str(value) for value in self.get(rules, "enum", list, at, default=[])]
        if kind in NUMERIC and not all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value) for value in enum):
            self.fault(f"{at}.enum", "a list of numbers", brief(enum))
        pattern = self.get(rules, "pattern", str, at, default="")
        try:
            re.compile(pattern)
        except re.error as error:
            self.fault(f"{at}.pattern", "a regular expression", f"{pattern!r} ({error})")
        bounds: list[Decimal | str | None] = [
            self.bound(rules, key, at)
            if kind in NUMERIC
            else self.get(rules, key, str, at, default="") or None
            for key in ("minimum", "maximum")
        ]
        lengths = [self.get(rules, key, int, at, default=-1) for key in ("minLength", "maxLength")]
        return Field(
            name,
            kind,
            role,
            required=self.get(rules, "required", bool, at, default=False),
            unique=self.get(rules, "unique", bool, at, default=False),
            enum=tuple(enum) if enum else None,
            minimum=bounds[0],
            maximum=bounds[1],
            pattern=pattern or None,
            min_length=None if lengths[0] < 0 else lengths[0],
            max_length=None if lengths[1] < 0 else lengths[1],
        )

    def foreign_key(self, tree: object, table: str, columns: Sequence[str]) -> ForeignKey:
        at = f"{table}.foreignKeys"
        reference = tree.get("reference") if isinstance(tree, dict) else None
        if not isinstance(tree, dict) or not isinstance(reference, dict):
            self.fault(at, "an object with fields and reference", brief(tree))
            return ForeignKey((), "", ())
        own = self.names(tree.get("fields"), columns, f"{at}.fields")
        target = reference.get("resource", "")
        other = self.names(reference.get("fields"), None, f"{at}.reference.fields")
        if own and other and len(own) != len(other):
            self.fault(at, "as many columns on both sides", f"{len(own)} and {len(other)}")
        return ForeignKey(own, str(target) or table, other)

    def check_targets(self, resources: Sequence[Resource]) -> None:
        columns = {resource.name: resource.columns for resource in resources}
        for resource in resources:
            for link in resource.foreign_keys:
                at = f"{resource.name}.foreignKeys.reference"
                if link.target and link.target not in columns:
                    self.fault(at, f"one of the tables {', '.join(columns)}", repr(link.target))
                elif link.target and link.target_columns:
                    self.names(list(link.target_columns), columns[link.target], f"{at}.fields")

    def check_units(self, resources: Sequence[Resource], units: Mapping[str, Unit]) -> None:
        for resource in resources:
            for column in resource.fields:
                for unit in (column.enum or ()) if column.name == UNIT_COLUMN else ():
                    if unit not in units:
                        self.fault(f"{resource.name}.{UNIT_COLUMN}", "a unit described in units", repr(unit))


def _counting(kind: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the columns that have to hold what can be counted or compared."""
    return () if kind == "needs" else names[-1:] if kind == "counted" else names


def _form(kind: str) -> str:
    return "number" if kind in NUMERIC else kind


def _stays_inside(path: str) -> bool:
    climbs = path.startswith("/") or ".." in PurePosixPath(path).parts
    return path.isprintable() and not climbs and "\\" not in path and ":" not in path
