"""Each type and constraint of Table Schema that the project uses, on single cells."""

import pytest

from recomputed.faults import InputError
from recomputed.tables.cell_rules import cell_rule, nearest, pattern_rule, rules_of, same_key
from recomputed.tables.descriptor import package_from
from recomputed.tables.schema import Field, Resource


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
        ("string", ["", "kopi", "10,5", "two\nlines"], [], ""),
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
        ("string", {"pattern": "S[1-3]"}, "S2", "S22", "text of the form S[1-3]"),
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
    assert nearest("guest", ["guests", "comments"]) == " (did you mean 'guests'?)"
    assert nearest("guinea", ["guests", "comments"]) == ""


@pytest.mark.slow
def test_a_pattern_that_does_not_end_is_told_once_and_not_tried_again() -> None:
    matches = pattern_rule("(a|aa)+$")
    hostile = "a" * 80 + "b"
    assert [None, True, None] == [
        told and "tells within 1 s" in told for told in map(matches, ("aaa", hostile, hostile))
    ]


def test_a_column_has_its_time_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recomputed.tables.cell_rules.PATTERN_SECONDS", (1, 0))
    assert "tells within 1 s" in str(pattern_rule("(a|aa)+$")("a" * 40 + "b"))


def order(kind: str, low: str, high: str) -> list[str]:
    """What the rule `ordered` says to a row with two columns of `kind`."""
    fields = [{"name": name, "type": kind, "role": "value"} for name in ("start", "end")]
    table = {"name": "t", "path": "t.csv", "ordered": [["start", "end"]]}
    table["schema"] = {"fields": fields, "primaryKey": "start"}
    resource = package_from({"resources": [table]}, "synthetic.json").resources[0]
    rules = [rule for rule in rules_of(resource, {}) if rule.columns == ("start", "end")]
    return [told for rule in rules for _, told in rule.broken({"start": [low], "end": [high]})]


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("number", "9", "10"),
        ("date", "2024-02-29", "2024-03-01"),
        ("yearmonth", "2023-12", "2024-01"),
        ("time", "09:00:00", "10:00:00"),
    ],
)
def test_no_end_is_before_its_start(kind: str, low: str, high: str) -> None:
    assert [] == order(kind, low, high) == order(kind, low, low) == order(kind, low, "")
    assert [f"at most end, which is {low}"] == order(kind, high, low)


def test_dates_of_two_forms_have_no_order() -> None:
    fields = [
        {"name": name, "type": kind, "role": "key"} for name, kind in (("a", "date"), ("b", "yearmonth"))
    ]
    table = {"name": "t", "path": "t.csv", "ordered": [["a", "b"]]}
    table["schema"] = {"fields": fields, "primaryKey": "a"}
    with pytest.raises(
        InputError, match=r"t\.ordered: expected two columns of numbers, or of dates of one form"
    ):
        package_from({"resources": [table]}, "synthetic.json")


def test_zeros_make_no_other_number_of_a_key() -> None:
    number, text = (Field("k", kind, "key") for kind in ("number", "string"))
    assert same_key(number)("01") == same_key(number)("1.0") != same_key(number)("10")
    assert same_key(text)("Toko Dua") == same_key(text)("tokodua") != same_key(text)("toko tiga")


def test_about_nothing_is_no_step_too_large() -> None:
    about_zero = next(rule for rule in rules_of(_stepped(), {}) if rule.columns == ("step", "low"))
    assert [(1, "at most 3, the figure in low")] == list(
        about_zero.broken({"step": ["5", "5", "5", "", "5"], "low": ["0", "3", "-5", "3", ""]})
    )


def _stepped() -> Resource:
    fields = tuple(Field(name, "number", "value") for name in ("step", "low"))
    return Resource("t", "t.csv", fields, ("low",), steps=(("step", "low"),))
