"""A small synthetic table of records for tests. Nothing in it was observed."""

import json
from collections.abc import Iterable
from pathlib import Path

from recomputed.tables.load import Tables, load

FIELDS = {"id": "string", "group": "string", "x": "number", "y": "number"}
RECORDS = (
    ("r1", "a", "1.5", "2"),
    ("r2", "a", "2.25", "4"),
    ("r3", "b", "4", "7"),
    ("r4", "b", "", "9"),
    ("r5", "a", "3", "5"),
)


def load_records(folder: Path, records: Iterable[tuple[str, ...]] = RECORDS, keyed: bool = True) -> Tables:
    """The records, written and loaded: the table `records`, whose primary key is `id` unless it has none."""
    roles = {"id": "key", "group": "qualifier"}
    fields = [{"name": name, "type": kind, "role": roles.get(name, "value")} for name, kind in FIELDS.items()]
    schema = {"fields": fields, **({"primaryKey": "id"} if keyed else {})}
    resource = {"name": "records", "path": "records.csv", "schema": schema}
    lines = [",".join(FIELDS), *map(",".join, records)]
    (folder / "records.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps({"name": "synthetic", "resources": [resource]}))
    return load(folder)
