"""`datapackage.json` is either a description that this project can enforce, or refused with every reason."""

from decimal import Decimal
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.tables.descriptor import package_from, read_package
from recomputed.tables.schema import Field, ForeignKey, Unit
from synthetic.packages import SYNTHETIC, changed, write_package

CASES = ("resources", 0)
STAFF = ("resources", 1)
FIELDS = (*STAFF, "schema", "fields")
INSIDE = "expected a relative path that stays in the folder, with forward slashes"


def messages(descriptor: object) -> list[str]:
    with pytest.raises(InputError) as caught:
        package_from(descriptor, "synthetic.json")
    return [str(fault).removeprefix("synthetic.json") for fault in caught.value.faults]


def test_a_description_is_read_whole() -> None:
    package = package_from(SYNTHETIC, "synthetic.json")
    cases, staff = package.resources
    assert package.name == "synthetic"
    assert package.units["percent-share"] == Unit(
        "percent-share", Decimal(0), Decimal(100), titles={"id": "persen"}
    )
    assert package.units["person"] == Unit("person", Decimal(0), integer=True, titles={"id": "orang"})
    assert cases.fields == (
        Field("case", "string", "key", required=True),
        Field("start_year", "year", "value"),
    )
    assert staff.columns == ("id", "case", "low", "high", "unit", "hedge", "note")
    assert staff.primary_key == ("id",)
    assert staff.foreign_keys == (ForeignKey(("case",), "synthetic-cases", ("case",)),)
    assert staff.ordered == (("low", "high"),)
    assert staff.missing == {""}


def test_a_property_of_the_standard_is_no_misspelling() -> None:
    """`sources` is near `resources`, and is where a package says that its data come from."""
    package_from(changed("sources", to=[{"title": "synthetic"}]), "synthetic.json")


FAULTS: dict[str, tuple[object, str]] = {
    "no object": ([], ": expected a JSON object, found []"),
    "no tables": (changed("resources", to=None), ", column resources: expected a list, found nothing"),
    "an empty list of tables": (
        changed("resources", to=[]),
        ", column resources: expected at least one table, found none",
    ),
    "a table without a path": (
        changed(*STAFF, "path", to=None),
        ", column synthetic-staff.path: expected text, found nothing",
    ),
    "a path that climbs out": (
        changed(*STAFF, "path", to="../synthetic.csv"),
        (f", column synthetic-staff.path: {INSIDE}, found '../synthetic.csv'"),
    ),
    "an absolute path": (
        changed(*STAFF, "path", to="/synthetic.csv"),
        (f", column synthetic-staff.path: {INSIDE}, found '/synthetic.csv'"),
    ),
    "a Windows path": (
        changed(*STAFF, "path", to="C:\\synthetic.csv"),
        (f", column synthetic-staff.path: {INSIDE}, found 'C:\\\\synthetic.csv'"),
    ),
    "a remote path": (
        changed(*STAFF, "path", to="https://example.org/synthetic.csv"),
        (f", column synthetic-staff.path: {INSIDE}, found 'https://example.org/synthetic.csv'"),
    ),
    "a path with a line end": (
        changed(*STAFF, "path", to="synthetic\n.csv"),
        (f", column synthetic-staff.path: {INSIDE}, found 'synthetic\\n.csv'"),
    ),
    "a path twice": (
        changed(*STAFF, "path", to="synthetic-cases.csv"),
        ", column resources.path: expected each only once, found 'synthetic-cases.csv'",
    ),
    "another encoding": (
        changed(*STAFF, "encoding", to="latin-1"),
        ", column synthetic-staff.encoding: expected one of utf-8, utf8, found 'latin-1'",
    ),
    "another delimiter": (
        changed(*STAFF, "dialect", to={"delimiter": ";"}),
        (
            ", column synthetic-staff.dialect: "
            "expected none: commas and a header row, found {'delimiter': ';'}"
        ),
    ),
    "a primary key that is no column": (
        changed(*STAFF, "schema", "primaryKey", to=["case", "di"]),
        (
            ", column synthetic-staff.primaryKey: "
            "expected one of the columns id, case, low, high, unit, hedge, note, found 'di'"
        ),
    ),
    "a foreign key to no table": (
        changed(*STAFF, "schema", "foreignKeys", 0, "reference", "resource", to="cases"),
        (
            ", column synthetic-staff.foreignKeys.reference: "
            "expected one of the tables synthetic-cases, synthetic-staff, found 'cases'"
        ),
    ),
    "a foreign key to no column": (
        changed(*STAFF, "schema", "foreignKeys", 0, "reference", "fields", to="code"),
        (
            ", column synthetic-staff.foreignKeys.reference.fields: "
            "expected one of the columns case, start_year, found 'code'"
        ),
    ),
    "a foreign key of unequal sides": (
        changed(*STAFF, "schema", "foreignKeys", 0, "fields", to=["case", "id"]),
        ", column synthetic-staff.foreignKeys: expected as many columns on both sides, found 2 and 1",
    ),
    "missing values that are no texts": (
        changed(*STAFF, "schema", "missingValues", to=["", 0]),
        ", column synthetic-staff.missingValues: expected a list of texts, found ['', 0]",
    ),
    "an order of text columns": (
        changed(*STAFF, "ordered", to=[["low", "unit"]]),
        ", column synthetic-staff.ordered: expected one of the columns low, high, found 'unit'",
    ),
    "an order of three": (
        changed(*STAFF, "ordered", to=[["low", "high", "low"]]),
        ", column synthetic-staff.ordered: expected pairs of columns, found ['low', 'high', 'low']",
    ),
    "a column twice": (
        changed(*FIELDS, 6, "name", to="hedge"),
        ", column synthetic-staff.fields: expected each column only once, found 'hedge'",
    ),
    "an unknown type": (
        changed(*FIELDS, 6, "type", to="text"),
        (
            ", column synthetic-staff.note.type: expected one of "
            "string, integer, number, year, boolean, date, time, yearmonth, found 'text'"
        ),
    ),
    "no role": (
        changed(*FIELDS, 6, "role", to=None),
        (
            ", column synthetic-staff.note.role: "
            "expected one of key, value, qualifier, documentation, found nothing"
        ),
    ),
    "a decimal comma by decree": (
        changed(*FIELDS, 2, "decimalChar", to=","),
        ", column synthetic-staff.low.decimalChar: expected '.', found ','",
    ),
    "a constraint that is not enforced": (
        changed(*FIELDS, 2, "constraints", "exclusiveMinimum", to=0),
        (
            ", column synthetic-staff.low.constraints: expected one of required, unique, enum, "
            "minimum, maximum, pattern, minLength, maxLength, found 'exclusiveMinimum'"
        ),
    ),
    "a misspelt property": (
        changed(*FIELDS, 2, "constraint", to={"required": True}),
        ", column synthetic-staff.low.constraint: expected the property 'constraints', found 'constraint'",
    ),
    "a pattern that is none": (
        changed(*FIELDS, 0, "constraints", "pattern", to="[a-z"),
        (
            ", column synthetic-staff.id.constraints.pattern: "
            "expected a regular expression, found '[a-z' (unterminated character set at position 0)"
        ),
    ),
    "a bound that is no number": (
        changed(*FIELDS, 2, "constraints", "minimum", to="0"),
        ", column synthetic-staff.low.constraints.minimum: expected a number, found '0'",
    ),
    "allowed values that are no numbers": (
        changed(*FIELDS, 2, "constraints", "enum", to=["few"]),
        ", column synthetic-staff.low.constraints.enum: expected a list of numbers, found ['few']",
    ),
    "required that is neither true nor false": (
        changed(*FIELDS, 2, "constraints", "required", to="yes"),
        ", column synthetic-staff.low.constraints.required: expected true or false, found 'yes'",
    ),
    "a length that is no number": (
        changed(*FIELDS, 6, "constraints", to={"maxLength": True}),
        ", column synthetic-staff.note.constraints.maxLength: expected a whole number, found True",
    ),
    "a unit with a bound that is no number": (
        changed("units", "person", "minimum", to="0"),
        ", column units.person.minimum: expected a number, found '0'",
    ),
    "an allowed unit that is not described": (
        changed("units", "person", to=None),
        ", column synthetic-staff.unit: expected a unit described in units, found 'person'",
    ),
}


@pytest.mark.parametrize(("descriptor", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_a_description_that_cannot_be_enforced_is_refused(descriptor: object, message: str) -> None:
    assert messages(descriptor) == [message]


def test_all_faults_of_a_description_are_told_together() -> None:
    descriptor = changed(*FIELDS, 6, "role", to="remark")
    descriptor["resources"][0]["path"] = "../synthetic.csv"
    descriptor["units"]["person"]["integer"] = 1
    assert [message.partition(":")[0] for message in messages(descriptor)] == [
        ", column units.person.integer",
        ", column synthetic-cases.path",
        ", column synthetic-staff.note.role",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            b'{\n "name": "synthetic"\n "resources": []}',
            ", row 3, column 2: expected JSON, found Expecting ',' delimiter",
        ),
        (b"", ", row 1, column 1: expected JSON, found Expecting value"),
        (b'{"units": NaN}', ": expected JSON, found NaN, which is not a JSON number"),
        (b'{"units": {}, "units": {}}', ": expected JSON, found the property 'units' twice in one object"),
        (
            b'{"name": "\xe9"}',
            ", row 1, column 11: expected UTF-8 text, found byte 0xe9 at offset 10",
        ),
        (b"[" * 100_000, ": expected JSON, found more levels than can be read"),
    ],
    ids=["syntax", "empty", "not a number", "a property twice", "not UTF-8", "nested without end"],
)
def test_what_is_not_json_is_refused_with_its_place(tmp_path: Path, text: bytes, message: str) -> None:
    (tmp_path / "datapackage.json").write_bytes(text)
    with pytest.raises(InputError) as caught:
        read_package(tmp_path, "synthetic")
    assert str(caught.value).startswith(f"synthetic/datapackage.json{message}")


def test_a_description_that_is_not_there_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError) as caught:
            read_package(folder, "synthetic")
        assert str(caught.value) == ("synthetic/datapackage.json: expected a file, found no such file")


def test_a_directory_is_no_description(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(InputError, match="expected a file, found a directory"):
        read_package(tmp_path, "synthetic")


def test_a_byte_order_mark_is_fine(tmp_path: Path) -> None:
    path = write_package(tmp_path / "synthetic") / "datapackage.json"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_package(path.parent, "synthetic").name == "synthetic"
