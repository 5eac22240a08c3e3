"""The dictionary in `data/README.md`: every table, column and unit, written from `datapackage.json`."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

from recomputed.atomic import write_whole
from recomputed.faults import CheckFailed
from recomputed.paths import DATA
from recomputed.streams import told
from recomputed.text_files import read_json, read_text

MARK = "<!-- From here on written by `python -m recomputed.reading.dictionary` from datapackage.json. -->\n"
README = DATA / "README.md"


def write_dictionary(package: Mapping[str, Any]) -> str:
    """The Markdown that describes a data package's tables and units."""
    return "\n".join([*_tables(package), *_units(package)]) + "\n"


def current_readme() -> str:
    """`data/README.md` as it should be: its hand-written part, then the dictionary. CheckFailed without its mark."""
    head, mark, _ = read_text(README).partition(MARK)
    if not mark:
        raise CheckFailed(f"{README.name} has lost the line that its dictionary begins after: {MARK.strip()}")
    package = read_json(DATA / "datapackage.json", "data/datapackage.json")
    return head + MARK + "\n" + write_dictionary(package)


def _tables(package: Mapping[str, Any]) -> Iterator[str]:
    yield "## Tables\n"
    for resource in package["resources"]:
        schema = resource["schema"]
        keyed = (
            f"Key: `{_names(schema['primaryKey'])}`"
            if "primaryKey" in schema
            else "Key: the number of the row"
        )
        yield f"### {resource['path']}\n\n{resource['title']}. {keyed}.\n"
        yield "| column | type | role | meaning | allowed |\n|---|---|---|---|---|"
        for field in schema["fields"]:
            cells = (
                f"`{field['name']}`",
                field["type"],
                field["role"],
                field["description"],
                _allowed(field, schema),
            )
            yield "| " + " | ".join(cells) + " |"
        yield ""


def _units(package: Mapping[str, Any]) -> Iterator[str]:
    yield "## Units\n\n| unit | meaning | lowest | highest | whole numbers only |\n|---|---|---|---|---|"
    for name, unit in package["units"].items():
        bounds = [str(unit.get(bound, "")) for bound in ("minimum", "maximum")]
        yield f"| `{name}` | {unit['title']} | {' | '.join(bounds)} | {'yes' if unit.get('integer') else ''} |"


def _allowed(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    constraints = field.get("constraints", {})
    parts = []
    if constraints.get("required"):
        parts.append("required")
    if "enum" in constraints:
        shown = constraints["enum"]
        parts.append(
            "a unit below"
            if field["name"] == "unit" and len(shown) > 5
            else " ".join(f"`{v}`" for v in shown)
        )
    if "minimum" in constraints:
        parts.append(f"at least {constraints['minimum']}")
    if "maximum" in constraints:
        parts.append(f"at most {constraints['maximum']}")
    for key in schema.get("foreignKeys", []):
        if key["fields"] in (field["name"], [field["name"]]):
            table = key["reference"]["resource"] or "this table"
            parts.append(f"a `{_names(key['reference']['fields'])}` of {table}")
    return "; ".join(parts)


def _names(names: str | list[str]) -> str:
    return names if isinstance(names, str) else ", ".join(names)


def write() -> None:
    """Write the dictionary again."""
    write_whole(README, current_readme())


if __name__ == "__main__":
    sys.exit(told(write))
