"""Reads `datapackage.json` into a `schema.Package`, and refuses it with every fault when it is not one."""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.faults import Fault, InputError
from analysis.study.schema import (
    CONSTRAINTS,
    NUMERIC,
    ROLES,
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

    Raises `InputError` with every fault found: no such file, not UTF-8, not JSON (with its line), a property
    that is missing, of the wrong kind or not supported, a path that leaves the folder, a key to nowhere.
    """
    file = f"{shown}/{DESCRIPTOR}"
    try:
        text = (folder / DESCRIPTOR).read_bytes().decode("utf-8-sig")
        tree = json.loads(text, parse_float=Decimal, parse_constant=_no_constant)
    except FileNotFoundError:
        raise InputError(Fault(file, "the description of the data", "no such file")) from None
    except OSError as error:
        raise InputError(Fault(file, "a file that can be read", error.strerror or "an error")) from None
    except UnicodeDecodeError as error:
        raise InputError(
            Fault(file, "UTF-8 text", f"byte 0x{error.object[error.start]:02x} at {error.start}")
        ) from None
    except json.JSONDecodeError as error:
        raise InputError(Fault(file, "JSON", error.msg, error.lineno, str(error.colno))) from None
    except (ValueError, RecursionError) as error:
        raise InputError(Fault(file, "JSON", str(error))) from None
    return package_from(tree, file)


def package_from(tree: object, file: str) -> Package:
    """Check a parsed descriptor and return it typed. Raises `InputError` with every fault, naming `file`."""
    descriptor = _Descriptor(file)
    package = descriptor.package(tree)
    if descriptor.faults:
        raise InputError(descriptor.faults)
    return package


def _no_constant(name: str) -> None:
    raise ValueError(f"{name}, which is not a JSON number")


class _Descriptor:
    """Checks the parsed JSON and collects faults; a place is named by a path such as `turnover.low.type`."""

    def __init__(self, file: str):
        self.file = file
        self.faults: list[Fault] = []

    def fault(self, at: str, expected: str, found: object) -> None:
        self.faults.append(Fault(self.file, expected, str(found), column=at or None))

    def get(self, tree: Mapping[str, Any], key: str, kind: type, at: str, default: Any = None) -> Any:
        """`tree[key]` if it is of `kind`; else `default`, and a fault when it is wrong or has no default."""
        value = tree.get(key, default)
        if key in tree and (not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool)):
            self.fault(_path(at, key), _KINDS[kind], _brief(value))
            return default if default is not None else kind()
        if value is None:
            self.fault(_path(at, key), _KINDS[kind], "nothing")
            return kind()
        return value

    def one_of(self, value: object, allowed: Sequence[object], at: str) -> None:
        if value not in allowed:
            self.fault(at, f"one of {', '.join(map(str, allowed))}", _brief(value))

    def names(self, value: object, known: Sequence[str] | None, at: str) -> tuple[str, ...]:
        """A column name or a list of them, each of which must be `known`."""
        names = [value] if isinstance(value, str) else value
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self.fault(at, "a column name or a list of them", _brief(value))
            return ()
        for name in names:
            if known is not None and name not in known:
                self.fault(at, f"one of the columns {', '.join(known)}", repr(name))
        return tuple(names)

    def package(self, tree: object) -> Package:
        if not isinstance(tree, dict):
            self.fault("", "a JSON object", _brief(tree))
            return Package("", ())
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
            self.fault(at, "an object", _brief(tree))
            return Unit(name)
        low, high = (self.bound(tree, key, at) for key in ("minimum", "maximum"))
        whole = self.get(tree, "integer", bool, at, default=False)
        return Unit(name, low, high, whole, self.get(tree, "title_id", str, at, default=""))

    def bound(self, tree: Mapping[str, Any], key: str, at: str) -> Decimal | None:
        value = tree.get(key)
        if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
            return None if value is None else Decimal(value)
        self.fault(_path(at, key), "a number", _brief(value))
        return None

    def resource(self, tree: object, index: int) -> Resource:
        at = f"resources[{index}]"
        if not isinstance(tree, dict):
            self.fault(at, "an object", _brief(tree))
            return Resource("", "", (), ())
        name = self.get(tree, "name", str, at)
        at = name or at
        path = self.get(tree, "path", str, at)
        if path and not _stays_inside(path):
            self.fault(
                f"{at}.path", "a relative path that stays in the folder, with forward slashes", repr(path)
            )
        for key, allowed in _ONLY.items():
            if key in tree:
                self.one_of(tree[key], allowed, f"{at}.{key}")
        if tree.get("dialect", {}) not in ({}, {"delimiter": ","}):
            self.fault(f"{at}.dialect", "none: commas and a header row", _brief(tree["dialect"]))
        schema = self.get(tree, "schema", dict, at)
        fields = [self.field(item, at, n) for n, item in enumerate(self.get(schema, "fields", list, at))]
        columns = [column.name for column in fields]
        for column in sorted({column for column in columns if column and columns.count(column) > 1}):
            self.fault(f"{at}.fields", "each column only once", repr(column))
        if "primaryKey" not in schema:
            self.fault(f"{at}.primaryKey", "a column name or a list of them", "nothing")
        key_columns = (
            self.names(schema["primaryKey"], columns, f"{at}.primaryKey") if "primaryKey" in schema else ()
        )
        links = [
            self.foreign_key(item, at, columns)
            for item in self.get(schema, "foreignKeys", list, at, default=[])
        ]
        missing = self.get(schema, "missingValues", list, at, default=[""])
        if not all(isinstance(value, str) for value in missing):
            self.fault(f"{at}.missingValues", "a list of texts", _brief(missing))
            missing = []
        return Resource(
            name,
            path,
            tuple(fields),
            key_columns,
            tuple(links),
            self.ordered(tree, at, fields),
            frozenset(missing),
        )

    def ordered(
        self, tree: Mapping[str, Any], at: str, fields: Sequence[Field]
    ) -> tuple[tuple[str, str], ...]:
        numeric = [column.name for column in fields if column.numeric]
        pairs = []
        for pair in self.get(tree, "ordered", list, at, default=[]):
            names = self.names(pair, numeric, f"{at}.ordered")
            if len(names) == 2:
                pairs.append((names[0], names[1]))
            elif names:
                self.fault(f"{at}.ordered", "pairs of columns", _brief(pair))
        return tuple(pairs)

    def field(self, tree: object, table: str, index: int) -> Field:
        at = f"{table}.fields[{index}]"
        if not isinstance(tree, dict):
            self.fault(at, "an object", _brief(tree))
            return Field("", "string", "documentation")
        name = self.get(tree, "name", str, at)
        at = f"{table}.{name}" if name else at
        kind = self.get(tree, "type", str, at)
        if kind:
            self.one_of(kind, TYPES, f"{at}.type")
        role = self.get(tree, "role", str, at)
        if role:
            self.one_of(role, ROLES, f"{at}.role")
        for key, default in _DEFAULT_FIELD_OPTIONS.items():
            if tree.get(key, default) != default:
                self.fault(f"{at}.{key}", repr(default), _brief(tree[key]))
        rules = self.get(tree, "constraints", dict, at, default={})
        for key in rules:
            self.one_of(key, CONSTRAINTS, f"{at}.constraints")
        return self.constrained(name, kind, role, rules, f"{at}.constraints")

    def constrained(self, name: str, kind: str, role: str, rules: Mapping[str, Any], at: str) -> Field:
        enum = self.get(rules, "enum", list, at, default=[])
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
            enum=tuple(map(str, enum)) if enum else None,
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
            self.fault(at, "an object with fields and reference", _brief(tree))
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


_KINDS: dict[type, str] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def _path(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _brief(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _stays_inside(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not (path.startswith("/") or "\\" in path or ":" in path or ".." in parts or "\0" in path)
