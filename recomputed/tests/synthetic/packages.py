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
                        "constraints": {"pattern": "[a-z0-9.S]+"},
                    },
                    {
                        "name": "case",
                        "type": "string",
                        "role": "qualifier",
                        "constraints": {"required": True, "enum": ["S1", "S2", "S3"]},
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
CASES = "case,start_year\nS1,2020\nS2,2021\n"
STAFF = (
    "id,case,low,high,unit,hedge,note\n"
    "host.S1,S1,3,,person,exact,synthetic\n"
    "host.S2,S2,2,4,person,range,synthetic\n"
    "online.S1,S1,60.0,,percent-share,about,\n"
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


def staff(*changes: tuple[str, str]) -> str:
    """The table of staff with these texts replaced, each of which must be there."""
    text = STAFF
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    return text


FAULTS = {
    "a decimal comma": (
        staff(("60.0", '"12,5"')),
        "row 4, column low: expected a number with a decimal point, found '12,5'",
    ),
    "a wrong type": (
        staff(("60.0", "sixty")),
        "row 4, column low: expected a number with a decimal point, found 'sixty'",
    ),
    "a number with spaces": (
        staff(("60.0", " 60.0")),
        "row 4, column low: expected a number with a decimal point, found ' 60.0'",
    ),
    "not a number": (
        staff(("60.0", "NaN")),
        "row 4, column low: expected a number with a decimal point, found 'NaN'",
    ),
    "infinity": (
        staff(("S2,2,4", "S2,2,inf")),
        "row 3, column high: expected a number with a decimal point, found 'inf'",
    ),
    "digits that are not ASCII": (
        staff(("60.0", "٦٠")),
        "row 4, column low: expected a number with a decimal point, found '٦٠'",
    ),
    "an empty cell that is required": (
        staff(("60.0", "")),
        "row 4, column low: expected a value, found ''",
    ),
    "low above high": (
        staff(("S2,2,4", "S2,5,4.0")),
        "row 3, column low: expected at most high, which is 4.0, found '5'",
    ),
    "a negative count": (
        staff(("S1,3,", "S1,-3,")),
        "row 2, column low: expected at least 0 (unit person), found '-3'",
    ),
    "a count that is not whole": (
        staff(("S1,3,", "S1,3.5,")),
        "row 2, column low: expected a whole number (unit person), found '3.5'",
    ),
    "a share above 100": (
        staff(("60.0,", "60.0,100.1")),
        "row 4, column high: expected at most 100 (unit percent-share), found '100.1'",
    ),
    "an unknown unit": (
        staff(("4,person", "4,persons")),
        "row 3, column unit: expected one of percent-share, person (did you mean 'person'?), found 'persons'",
    ),
    "an unknown hedge": (
        staff(("about", "abuot")),
        (
            "row 4, column hedge: "
            "expected one of exact, none, about, range (did you mean 'about'?), found 'abuot'"
        ),
    ),
    "a key of another form": (
        staff(("host.S2", "Host.S2")),
        "row 3, column id: expected text of the form [a-z0-9.S]+, found 'Host.S2'",
    ),
    "a duplicate key": (
        staff(("online.S1", "host.S1")),
        "row 4, column id: expected a key that no other row has, found 'host.S1', which row 2 has too",
    ),
    "a dangling foreign key": (
        staff(("host.S2,S2", "host.S2,S3")),
        "row 3, column case: expected a key of synthetic-cases (case): S1; S2, found 'S3'",
    ),
    "too few cells": (
        staff((",exact,synthetic", ",exact")),
        "row 2: expected 7 cells, one for each column, found 6",
    ),
    "too many cells": (
        staff((",exact,synthetic", ",exact,syn,thetic")),
        "row 2: expected 7 cells, one for each column, found 8 (a cell with a comma in it stands in quotation marks)",
    ),
    "an empty line": (
        staff(("host.S2", "\nhost.S2")),
        "row 3: expected 7 cells, one for each column, found an empty row",
    ),
    "a quotation mark that is not closed": (
        staff(("range,synthetic", 'range,"synthetic')),
        "row 3: expected comma-separated text, found a quotation mark that is never closed",
    ),
    "text after a quotation": (
        staff(("range,synthetic", 'range,"syn"thetic')),
        (
            "row 3: expected comma-separated text, "
            "found text after a quoted cell (a quotation mark inside one is written twice)"
        ),
    ),
    "columns in another order": (
        staff(
            ("id,case,low,high", "id,case,high,low"),
            ("S1,3,", "S1,,3"),
            ("S1,60.0,", "S1,,60.0"),
            ("S2,2,4", "S2,4,2"),
        ),
        (
            "row 1: expected the columns in this order: id, case, low, high, unit, hedge, note, "
            "found id, case, high, low, unit, hedge, note"
        ),
    ),
    "an empty file": ("", ": expected a header and rows, found an empty file"),
    "an empty first line": ("\n" + STAFF, ": expected a header and rows, found an empty first line"),
    "only a header": (
        STAFF.splitlines(keepends=True)[0],
        ": expected at least one row of data, found only a header",
    ),
    "text that is not UTF-8": (
        STAFF.encode().replace(b"about", b"ab\xe9ut"),
        (
            "row 4, column hedge: expected UTF-8 text, found byte 0xe9 at offset 143, "
            "'é' where a file is saved as Windows-1252 (Latin-1): save it as UTF-8"
        ),
    ),
    "semicolons": (
        STAFF.replace(",", ";"),
        "row 1: expected comma-separated text, found columns separated by semicolons: save it as CSV with commas",
    ),
    "tabs": (
        STAFF.replace(",", "\t"),
        "row 1: expected comma-separated text, found columns separated by tabs: save it as CSV with commas",
    ),
    "a line for Excel": (
        "sep=;\n" + STAFF.replace(",", ";"),
        (
            "row 1: expected comma-separated text, "
            "found the line 'sep=;', which only Excel reads: save it as CSV with commas"
        ),
    ),
    "one row with semicolons": (
        staff(("host.S2,S2,2,4", "host.S2;S2;2;4")),
        "row 3: expected 7 cells, one for each column, found 4, separated by semicolons",
    ),
    "a workbook": (
        b"PK\x03\x04" + STAFF.encode(),
        ": expected text, found a zip file, as a workbook or a Word document is: save it as plain text in UTF-8",
    ),
    "a NUL byte": (
        STAFF.encode().replace(b"online", b"onl\0ne"),
        "row 4, column id: expected UTF-8 text, found byte 0x00 at offset 111",
    ),
}
"""Texts of that table with one fault each, and the message, the file left out."""
