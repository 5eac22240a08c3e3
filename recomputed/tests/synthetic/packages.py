"""Small synthetic data packages for tests. Nothing in them was observed."""

import copy
import json
from pathlib import Path
from typing import Any

SYNTHETIC: dict[str, Any] = {
    "name": "synthetic",
    "units": {
        "percent-share": {"title_id": "persen", "minimum": 0, "maximum": 100},
        "person": {"title_id": "orang", "minimum": 0, "integer": True},
    },
    "resources": [
        {
            "name": "synthetic-cases",
            "path": "synthetic-cases.csv",
            "schema": {
                "fields": [
                    {"name": "case", "type": "string", "role": "key", "constraints": {"required": True}},
                    {"name": "start_year", "type": "year", "role": "value"},
                ],
                "primaryKey": "case",
            },
        },
        {
            "name": "synthetic-staff",
            "path": "synthetic-staff.csv",
            "ordered": [["low", "high"]],
            "schema": {
                "fields": [
                    {
                        "name": "id",
                        "type": "string",
                        "role": "key",
                        "constraints": {"pattern": "[a-z0-9.K]+"},
                    },
                    {
                        "name": "case",
                        "type": "string",
                        "role": "qualifier",
                        "constraints": {"required": True, "enum": ["K1", "K2", "K3"]},
                    },
                    {"name": "low", "type": "number", "role": "value", "constraints": {"required": True}},
                    {"name": "high", "type": "number", "role": "value"},
                    {
                        "name": "unit",
                        "type": "string",
                        "role": "qualifier",
                        "constraints": {"required": True, "enum": ["percent-share", "person"]},
                    },
                    {
                        "name": "hedge",
                        "type": "string",
                        "role": "qualifier",
                        "constraints": {"required": True, "enum": ["exact", "none", "about", "range"]},
                    },
                    {"name": "note", "type": "string", "role": "documentation"},
                ],
                "primaryKey": "id",
                "foreignKeys": [
                    {"fields": "case", "reference": {"resource": "synthetic-cases", "fields": "case"}}
                ],
            },
        },
    ],
}
CASES = "case,start_year\nK1,2020\nK2,2021\n"
STAFF = (
    "id,case,low,high,unit,hedge,note\n"
    "host.K1,K1,3,,person,exact,synthetic\n"
    "host.K2,K2,2,4,person,range,synthetic\n"
    "online.K1,K1,60.0,,percent-share,about,\n"
)


def write_package(
    folder: Path,
    *,
    cases: str | bytes | None = CASES,
    staff: str | bytes | None = STAFF,
    descriptor: object = SYNTHETIC,
) -> Path:
    """Write the two synthetic tables and their description; `None` leaves a file out."""
    folder.mkdir(exist_ok=True)
    text = descriptor if isinstance(descriptor, str) else json.dumps(descriptor, indent=1)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    for name, content in (("synthetic-cases.csv", cases), ("synthetic-staff.csv", staff)):
        if content is not None:
            (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def changed(*steps: str | int, to: object) -> dict[str, Any]:
    """A copy of the synthetic description with the value at `steps` replaced, or removed (`None`)."""
    tree = copy.deepcopy(SYNTHETIC)
    place: Any = tree
    for step in steps[:-1]:
        place = place[step]
    if to is None:
        del place[steps[-1]]
    else:
        place[steps[-1]] = to
    return tree
