"""Each type and constraint of Table Schema that the project uses, on single cells."""

import pytest

from recomputed.tables.cell_rules import cell_rule, nearest
from recomputed.tables.descriptor import package_from


def expected(cell: str, kind: str, **constraints: object) -> str | None:
    """What the rule of a synthetic column of `kind` says to `cell`; `None` when the cell is fine."""
    field = {"name": "cell", "type": kind, "role": "value", "constraints": constraints}
    other = {"name": "id", "type": "string", "role": "key"}
    table = {"name": "t", "path": "t.csv", "schema": {"fields": [other, field], "primaryKey": "id"}}
    resource = package_from({"resources": [table]}, "synthetic.json").resources[0]
    return cell_rule(resource.fields[1], resource)(cell)


@pytest.mark.parametrize(
    ("kind", "fine", "wrong", "told"),
    [
        ("string", ["", "batik", "10,5", "two\nlines"], [], ""),
        (
            "number",
            ["", "0", "-1.50", "007", "221.56"],
            ["1e3", "+1", ".5", "1.", "1 000", "1.000,5", "0x10", "nan", "-inf", "½", "1\n", "9" * 31],
            "a number with a decimal point",
        ),
        ("integer", ["", "0", "-12"], ["1.0", "1,000", "one", "²"], "a whole number"),
        ("year", ["", "2024"], ["24", "-2024", "2024.0", "20245"], "a year in four digits"),
        ("yearmonth", ["", "2024-01", "2024-12"], ["2024-13", "2024-1", "2024"], "a month as YYYY-MM"),
        (
            "date",
            ["", "2024-02-29"],
            ["2023-02-29", "29-02-2024", "2024-2-9", "20240229"],
            "a date as YYYY-MM-DD",
        ),
        ("time", ["", "23:59:59"], ["24:00:00", "7:00:00", "19:00"], "a time as HH:MM:SS"),
        ("boolean", ["", "true", "false"], ["1", "yes", "True"], "true or false"),
    ],
)
def test_each_type_has_one_written_form(kind: str, fine: list[str], wrong: list[str], told: str) -> None:
    assert {cell: expected(cell, kind) for cell in fine} == dict.fromkeys(fine)
    assert {cell: expected(cell, kind) for cell in wrong} == dict.fromkeys(wrong, told)


@pytest.mark.parametrize(
    ("kind", "constraints", "fine", "wrong", "told"),
    [
        ("string", {"required": True}, "x", "", "a value"),
        ("string", {"minLength": 2}, "ab", "a", "at least 2 characters"),
        ("string", {"maxLength": 2}, "ab", "abc", "at most 2 characters"),
        ("string", {"pattern": "K[1-3]"}, "K2", "K22", "text of the form K[1-3]"),
        ("string", {"enum": ["about", "none"]}, "none", "some", "one of about, none"),
        ("number", {"enum": [1, 2.5]}, "2.50", "2", "one of 1, 2.5"),
        ("number", {"minimum": 0}, "0", "-0.1", "at least 0"),
        ("number", {"maximum": 100}, "100.0", "100.01", "at most 100"),
        ("integer", {"minimum": 3}, "10", "2", "at least 3"),
        ("year", {"maximum": 2025}, "2025", "2026", "at most 2025"),
        ("date", {"minimum": "2024-01-31"}, "2024-02-01", "2024-01-30", "at least 2024-01-31"),
    ],
)
def test_each_constraint_holds(
    kind: str, constraints: dict[str, object], fine: str, wrong: str, told: str
) -> None:
    assert expected(fine, kind, **constraints) is None
    assert expected(wrong, kind, **constraints) == told


def test_a_hint_names_the_nearest_or_nothing() -> None:
    assert nearest("viewer", ["viewers", "comments"]) == " (did you mean 'viewers'?)"
    assert nearest("rupiah", ["viewers", "comments"]) == ""
