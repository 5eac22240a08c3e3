"""The loader and `frictionless` give the same verdict on the same packages, as far as the standard goes."""

from pathlib import Path

import frictionless
import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.tables.load import load
from synthetic.packages import FAULTS, STAFF, changed, write_package

BEYOND = {
    "a number with spaces": "frictionless strips the spaces",
    "not a number": "the standard allows NaN",
    "infinity": "the standard allows INF",
    "digits that are not ASCII": "Python's decimal reads any script's digits",
    "low above high": "the custom property `ordered`",
    "a negative count": "the custom property `units`",
    "a count that is not whole": "the custom property `units`",
    "a share above 100": "the custom property `units`",
    "a quotation mark that is not closed": "frictionless reads quotation marks leniently",
    "text after a quotation": "frictionless reads quotation marks leniently",
    "an empty first line": "frictionless skips it",
    "semicolons": "frictionless finds out the separator",
    "tabs": "frictionless finds out the separator",
    "only a header": "the standard allows a table without rows",
}


def accepts(folder: Path) -> bool:
    """What `frictionless` says to the package in `folder`."""
    return bool(frictionless.validate(str(folder / "datapackage.json")).valid)


@pytest.mark.parametrize(
    "staff",
    [
        STAFF,
        STAFF.replace("\n", "\r\n"),
        "\ufeff" + STAFF,
        STAFF.replace("exact,synthetic", 'exact,"two\nlines"'),
    ],
    ids=["plain", "CRLF", "byte order mark", "several lines in a cell"],
)
def test_what_is_fine_is_fine_to_both(tmp_path: Path, staff: str) -> None:
    folder = write_package(tmp_path / "synthetic", staff=staff)
    assert len(load(folder)["synthetic-staff"]) == 3
    assert accepts(folder)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_a_fault_is_a_fault_to_both_unless_it_is_beyond_the_standard(
    tmp_path: Path, fault: str
) -> None:
    folder = write_package(tmp_path / "synthetic", staff=FAULTS[fault][0])
    with pytest.raises(InputError):
        load(folder)
    assert accepts(folder) == (fault in BEYOND)


@pytest.mark.parametrize(
    "descriptor",
    [
        changed("resources", to=None),
        changed("resources", 1, "path", to="../synthetic-staff.csv"),
        changed("resources", 1, "schema", "primaryKey", to="di"),
        changed("resources", 1, "schema", "fields", 6, "type", to="text"),
        changed("resources", 1, "schema", "foreignKeys", 0, "reference", "resource", to="cases"),
    ],
    ids=[
        "no tables",
        "a path that climbs out",
        "a key that is no column",
        "an unknown type",
        "a key to no table",
    ],
)
def test_a_description_against_the_standard_is_refused_by_both(tmp_path: Path, descriptor: object) -> None:
    folder = write_package(tmp_path / "synthetic", descriptor=descriptor)
    with pytest.raises(InputError):
        load(folder)
    assert not accepts(folder)


def test_the_papers_data_are_fine_to_both() -> None:
    tables = load(paths.DATA)
    report = frictionless.validate(str(paths.DATA / "datapackage.json"))
    assert report.flatten(["name", "rowNumber", "fieldName", "note"]) == []
    assert {task.name: task.stats["rows"] for task in report.tasks} == {
        name: len(table) for name, table in tables.items()
    }
