"""Malformed descriptions of the data: properties of datapackage.json missing, of another kind, leading nowhere."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from malformed.case import PACKAGE, Case, kinds_of_file, loading

FILE = "data/datapackage.json"
Tree = dict[str, Any]


def schema_cases() -> Iterator[Case]:
    for index in (0, 5, 11):
        yield from wrong_tables(index)
    yield from wrong_fields()
    yield from wrong_package()
    yield from wrong_text()
    yield from hostile_patterns()


def described(name: str, change: Callable[[Tree], object], told: str) -> Case:
    """A change of the parsed description."""

    def apply(data: Path) -> None:
        tree = copy.deepcopy(PACKAGE)
        change(tree)
        (data / "datapackage.json").write_text(json.dumps(tree), encoding="utf-8")

    return Case(name, loading(apply), f"{FILE}{told}")


def setting(tree: Tree, steps: tuple[str | int, ...], value: object) -> None:
    place: Any = tree
    for step in steps[:-1]:
        place = place[step]
    if value is None:
        del place[steps[-1]]
    else:
        place[steps[-1]] = value


def at(name: str, steps: tuple[str | int, ...], value: object, told: str) -> Case:
    return described(f"{name} {value!r}"[:90], lambda tree: setting(tree, steps, value), f", column {told}")


def wrong_tables(index: int) -> Iterator[Case]:
    resource = PACKAGE["resources"][index]
    name, key = resource["name"], resource["schema"]["primaryKey"]
    columns = ", ".join(field["name"] for field in resource["schema"]["fields"])
    table = ("resources", index)
    path = "a relative path that stays in the folder, with forward slashes"
    for steps, value, told in (
        (("name",), None, f"resources[{index}].name: expected text, found nothing"),
        (("name",), 5, f"resources[{index}].name: expected text, found 5"),
        (("path",), None, f"{name}.path: expected text, found nothing"),
        (("path",), ["a.csv"], f"{name}.path: expected text, found ['a.csv']"),
        (("path",), "../a.csv", f"{name}.path: expected {path}, found '../a.csv'"),
        (("path",), "/etc/passwd", f"{name}.path: expected {path}, found '/etc/passwd'"),
        (("path",), "a\\b.csv", f"{name}.path: expected {path}, found"),
        (("path",), "C:a.csv", f"{name}.path: expected {path}, found 'C:a.csv'"),
        (("path",), "a\nb.csv", f"{name}.path: expected {path}, found"),
        (("encoding",), "latin-1", f"{name}.encoding: expected one of utf-8, utf8, found 'latin-1'"),
        (("format",), "xlsx", f"{name}.format: expected one of csv, found 'xlsx'"),
        (("dialect",), {"delimiter": ";"}, f"{name}.dialect: expected none: commas and a header row, found"),
        (("schema",), None, f"{name}.schema: expected an object, found nothing"),
        (("schema",), [], f"{name}.schema: expected an object, found []"),
        (("schema", "fields"), {}, f"{name}.fields: expected a list, found {{}}"),
        (("schema", "primaryKey"), [], f"{name}.primaryKey: expected a column name or a list of them, found []"),
        (("schema", "primaryKey"), "nowhere", f"{name}.primaryKey: expected one of the columns {columns}, found"),
        (("schema", "missingValues"), [0], f"{name}.missingValues: expected a list of texts, found [0]"),
        (("schema", "foreignKeys"), [3], f"{name}.foreignKeys: expected an object with fields and reference, found 3"),
        (("ordered",), "low", f"{name}.ordered: expected a list, found 'low'"),
        (("ordered",), [[key, "nowhere"]], f"{name}.ordered: expected one of the columns {columns}, found 'nowhere'"),
        (("needs",), [[key]], f"{name}.needs: expected pairs of columns, found ['{key}']"),
        (("dates",), [[key, key]], f"{name}.dates: expected lists of a year, a month and a day, found"),
        (("steps",), [["nowhere", key]], f"{name}.steps: expected one of the columns {columns}, found 'nowhere'"),
        (("counted",), [["nowhere"]], f"{name}.counted: expected one of the columns {columns}, found 'nowhere'"),
    ):  # fmt: skip
        yield at(f"{name} {'.'.join(steps)}", (*table, *steps), value, told)
    yield described(
        f"{name} an unknown table",
        lambda tree: setting(tree, (*table, "schema", "foreignKeys"), [
            {"fields": key, "reference": {"resource": "casses", "fields": "case"}}]),
        f", column {name}.foreignKeys.reference: expected one of the tables",
    )  # fmt: skip
    misspelt = f"{name}.schemas: expected the property 'schema', found 'schemas'"
    yield at(f"{name} misspelt", (*table, "schemas"), {}, misspelt)


def wrong_fields() -> Iterator[Case]:
    names = [field["name"] for field in PACKAGE["resources"][1]["schema"]["fields"]]
    for column, key, value, told in (
        ("low", "type", "money", "stalls.low.type: expected one of string, integer, number"),
        ("low", "type", None, "stalls.low.type: expected one of string, integer, number"),
        ("low", "role", "figure", "stalls.low.role: expected one of key, value, qualifier, documentation"),
        ("low", "role", None, "stalls.low.role: expected one of key, value, qualifier, documentation"),
        ("low", "decimalChar", ",", "stalls.low.decimalChar: expected '.', found ','"),
        ("low", "groupChar", ".", "stalls.low.groupChar: expected '', found '.'"),
        ("low", "constraints", [], "stalls.low.constraints: expected an object, found []"),
        ("low", "constraints", {"minimum": "0"}, "stalls.low.constraints.minimum: expected a number, found '0'"),
        ("low", "constraints", {"maximum": True}, "stalls.low.constraints.maximum: expected a number, found True"),
        ("low", "constraints", {"least": 0}, "stalls.low.constraints: expected one of required, unique, enum"),
        ("low", "constraints", {"required": 1}, "stalls.low.constraints.required: expected true or false, found 1"),
        ("low", "constraints", {"enum": "a"}, "stalls.low.constraints.enum: expected a list, found 'a'"),
        ("low", "constraints", {"enum": ["a"]}, "stalls.low.constraints.enum: expected a list of numbers"),
        ("note", "constraints", {"pattern": "("}, "stalls.note.constraints.pattern: expected a regular expression"),
        ("note", "constraints", {"pattern": 5}, "stalls.note.constraints.pattern: expected text, found 5"),
        ("note", "constraints", {"minLength": "2"}, "stalls.note.constraints.minLength: expected a whole number"),
        ("note", "constraints", {"minLength": True}, "stalls.note.constraints.minLength: expected a whole number"),
        ("note", "name", "id", "stalls.fields: expected each column only once, found 'id'"),
        ("note", "name", None, f"stalls.fields[{len(names) - 1}].name: expected text, found nothing"),
    ):  # fmt: skip
        steps = ("resources", 1, "schema", "fields", names.index(column), key)
        yield at(f"stalls.{column}.{key}", steps, value, told)
    for pair in (["low", "unit"], ["case", "low"]):
        yield at(
            f"order {pair}",
            ("resources", 1, "ordered"),
            [pair],
            "stalls.ordered: expected one of the columns low, high",
        )


def wrong_package() -> Iterator[Case]:
    for steps, value, told in (
        (("resources",), None, "resources: expected a list, found nothing"),
        (("resources",), [], "resources: expected at least one table, found none"),
        (("resources",), {}, "resources: expected a list, found {}"),
        (("resources", 0), "cases.csv", "resources[0]: expected an object, found 'cases.csv'"),
        (("resources", 1, "name"), "cases", "resources.name: expected each only once, found 'cases'"),
        (("resources", 1, "path"), "cases.csv", "resources.path: expected each only once, found 'cases.csv'"),
        (("units",), [], "units: expected an object, found []"),
        (("units", "index"), 3, "units.index: expected an object, found 3"),
        (("units", "index", "minimum"), "0", "units.index.minimum: expected a number, found '0'"),
        (("units", "stall", "integer"), "yes", "units.stall.integer: expected true or false, found 'yes'"),
        (("units", "person"), None, "stalls.unit: expected a unit described in units, found 'person'"),
        (("units", "index", "minimun"), 0, "units.index.minimun: expected the property 'minimum', found 'minimun'"),
    ):  # fmt: skip
        yield at("package " + ".".join(map(str, steps)), steps, value, told)


def wrong_text() -> Iterator[Case]:
    """What is no JSON, or no text."""

    def holding(content: bytes) -> Callable[[Path], object]:
        return lambda data: (data / "datapackage.json").write_bytes(content)

    for name, content, told in (
        ("empty", b"", ", row 1, column 1: expected JSON, found Expecting value"),
        ("cut short", b'{"name": ', ", row 1, column 10: expected JSON, found Expecting value"),
        ("a comma too many", b'{\n"name": "a",\n}', ", row 3, column 1: expected JSON, found"),
        ("single quotes", b"{'name': 1}", ", row 1, column 2: expected JSON, found Expecting property name"),
        ("a comment", b"{} // comment", ", row 1, column 4: expected JSON, found Extra data"),
        ("NaN", b'{"a": NaN}', ": expected JSON, found NaN, which is not a JSON number"),
        ("Infinity", b'{"a": -Infinity}', ": expected JSON, found -Infinity, which is not a JSON number"),
        ("a property twice", b'{"name": 1, "name": 2}', ": expected JSON, found the property 'name' twice"),
        ("a list", b"[]", ": expected a JSON object, found []"),
        ("a text", b'"a"', ": expected a JSON object, found 'a'"),
        ("null", b"null", ": expected a JSON object, found None"),
        ("far too deep", b"[" * 100_000, ": expected JSON, found more levels than can be read"),
        ("UTF-16", "{}".encode("utf-16"), ", row 1: expected UTF-8 text, found UTF-16 text"),
        ("Windows-1252", b'{"a": "\xe9"}', ", row 1, column 8: expected UTF-8 text, found byte 0xe9"),
        ("a NUL", b'{"a": \0}', ", row 1, column 7: expected UTF-8 text, found byte 0x00"),
        ("a workbook", b"PK\x03\x04", ": expected text, found a zip file"),
        ("a line of more than a megabyte", b" " * (2**20 + 1), ", row 1: expected lines of at most 1 MB"),
        ("an endless number", b'{"a": ' + b"9" * 5000 + b"}", ": expected JSON, found"),
    ):
        yield Case(f"description {name}", loading(holding(content)), FILE + told)
    for name, change, message in kinds_of_file("datapackage.json"):
        yield Case(f"description {name}", loading(change), f"data/{message}")


def hostile_patterns() -> Iterator[Case]:
    """Patterns that try more ways than there is time for."""
    for pattern, cell in ((r"(a|aa)+$", "a" * 80 + "b"), (r"([a-z]+)*[0-9]", "z" * 50_000)):

        def change(data: Path, pattern: str = pattern, cell: str = cell) -> None:
            tree = copy.deepcopy(PACKAGE)
            tree["resources"][0]["schema"]["fields"][1]["constraints"] = {"pattern": pattern}
            (data / "datapackage.json").write_text(json.dumps(tree), encoding="utf-8")
            cases = (data / "cases.csv").read_text(encoding="utf-8")
            (data / "cases.csv").write_text(cases.replace("mint & sage", cell), encoding="utf-8")

        told = f"text of which the pattern {pattern} tells within 1 s whether it fits"
        message = f"data/cases.csv, row 4, column tea: expected {told}, found"
        yield Case(f"a pattern {pattern} that does not end", loading(change), message)
