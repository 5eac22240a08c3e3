"""Numbers: ids, what they rest on, repeated figures that disagree."""

import copy
import shutil
from dataclasses import replace
from types import ModuleType

import pytest

from recomputed.faults import InputError
from recomputed.paths import DATA, ENGINE, ROOT
from recomputed.quantity.arithmetic import mean, share, total
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import (
    TRANSCRIBED,
    Number,
    Numbers,
    UnknownNumber,
    code_file,
    code_path,
    derive,
)
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.tables.transcribe import count, transcribe
from synthetic.quantities import of_the_paper


def test_an_unknown_id_names_itself_and_the_nearest(numbers):
    with pytest.raises(UnknownNumber, match=r"'growth\.rsie\.hill'.*did you mean growth\.rise\.hill"):
        numbers["growth.rsie.hill"]


def test_two_numbers_cannot_share_an_id(numbers):
    with pytest.raises(InputError, match="expected one number with the id"):
        Numbers().add([numbers["counts.stalls"], numbers["counts.stalls"]])


def test_every_number_has_cells_a_formula_that_exists_and_words(numbers):
    for number in numbers.values():
        assert number.all_cells(), number.id
        assert number.words or number.kind == TRANSCRIBED, number.id
        line = (
            code_path(number.formula.file).read_text(encoding="utf-8").splitlines()[number.formula.line - 1]
        )
        assert line.startswith(f"def {number.formula.name.rsplit('.', 1)[1]}("), number.id


def test_every_value_lies_in_what_it_stands_for_where_it_is_a_point(numbers):
    outside = [
        n.id
        for n in numbers.values()
        if n.value.is_point and n.hedge != "more-than" and not n.stands_for.contains(n.value)
    ]
    assert outside == []


def test_a_derived_number_is_computed_twice(numbers):
    @of_the_paper
    def double(x: Interval) -> Interval:
        return x * 2

    made = derive("x", double, numbers["growth.index.north"], unit="index", words="twice")
    assert (made.value, made.stands_for) == (Interval.point(240), Interval.closed(235, 245))


def test_a_function_that_no_paper_holds_is_told_by_name(numbers):
    """The number would have no line to show."""
    with pytest.raises(TypeError, match="is no function of the paper"):
        derive("x", copy.copy, numbers["growth.index.north"], unit="index", words="none")


def test_nothing_is_computed_from_nothing(numbers, tables):
    """Not even a sum: a case without rows has no total of 0. An empty group is told where it leaves no value."""
    told = r"analysis: expected numbers from which x can be computed, found none"
    for function in (total, mean):
        with pytest.raises(InputError, match=told):
            derive("x", function, unit="index", words="none")
    none = count("none", tables["stalls"].where(case="nowhere"), "low", unit="item", words="no stall")
    with pytest.raises(
        InputError, match="analysis: expected no zero from which x can be computed, found none, which is 0"
    ):
        derive("x", share, numbers["growth.index.north"], none, unit="percent", words="of none")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"id": "a b"}, "an id has letters, digits, dots and hyphens alone, not 'a b'"),
        ({"id": ""}, "an id has letters, digits, dots and hyphens alone, not ''"),
        ({"unit": None}, "unit is to be str, not None"),
        ({"digits": 1.5}, "digits is to be int, not 1.5"),
        ({"value": 5}, "value is to be Interval, not 5"),
    ],
)
def test_what_is_no_number_is_told_where_it_is_made(numbers, wrong, told):
    with pytest.raises((TypeError, ValueError), match=told):
        replace(numbers["growth.index.north"], **wrong)


def test_what_is_derived_says_how(numbers):
    with pytest.raises(InputError, match="analysis: expected words that say how x is computed, found none"):
        Numbers().add([derive("x", total, numbers["growth.index.north"], unit="index", words=" ")])


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda tables, known: None, r"found None$"),
        (lambda tables, known: [5], r"found 5$"),
        (lambda tables: [], r"a function `numbers\(tables, known\)`, found too many positional arguments$"),
    ],
)
def test_a_subject_that_gives_no_numbers_is_named(tables, made, told):
    subject = ModuleType("analysis.bare")
    subject.numbers = made
    with pytest.raises(InputError, match=rf"^analysis/bare\.py: .*{told}"):
        replace(study(), subjects=[subject]).compute(tables)


def test_a_function_of_the_engine_is_named_as_a_paper_carries_it_and_found_where_it_is():
    named = code_file(derive)
    assert named == "recomputed/src/recomputed/quantity/numbers.py"
    assert code_path(named) == ENGINE / "quantity" / "numbers.py"
    assert code_path("analysis/counts.py") == ROOT / "analysis" / "counts.py"


def test_a_repeated_figure_that_differs_is_refused_with_row_and_column(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "stalls.csv"
    text = file.read_text(encoding="utf-8")
    row = "guests.north.table,north,guests,day,,40,60"
    assert row in text
    file.write_text(text.replace(row, row.replace("60", "70")), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        study().compute(load(folder))
    (fault,) = caught.value.faults
    assert (fault.column, fault.row) == ("high", text[: text.index(row)].count("\n") + 1)
    assert "as in row" in fault.expected
    assert fault.found == "'70'"


def test_order_of_numbers_is_the_same_every_time(tables, numbers):
    assert list(study().compute(tables)) == list(numbers)
    assert all(isinstance(number, Number) for number in numbers.values())


def test_a_table_of_more_reported_quantities_than_a_paper_lists_is_refused(monkeypatch):
    monkeypatch.setattr("recomputed.tables.transcribe.LISTED", 15)
    with pytest.raises(
        InputError, match=r"stalls\.csv: expected at most 15 rows, as each is a number.*found 16"
    ):
        list(transcribe(load(DATA)["stalls"]))


def test_subject_and_quantity_are_those_of_the_row(numbers):
    told = {
        id_: (numbers[id_].subject, numbers[id_].quantity)
        for id_ in ("stalls.guests.river", "growth.index.hill")
    }
    assert told == {"stalls.guests.river": ("river", "guests"), "growth.index.hill": ("hill", "index")}
    assert (numbers["stated.hosts.all"].subject, numbers["growth.window.hill"].subject) == ("", "hill")


def test_a_derived_number_is_about_what_its_operands_are_about_unless_told(numbers):
    assert numbers["stalls.conversion.hill"].subject == "hill"
    assert numbers["stalls.hosts.all"].subject == ""
    assert (
        numbers["growth.rank.river"].subject == "river"
    )  # its operands are all cases; the paper says which it ranks


def test_every_number_whose_id_names_a_case_is_about_that_case(numbers):
    named = {id_: [part for part in id_.split(".") if part in {"north", "river", "hill"}] for id_ in numbers}
    assert {id_: ([n.subject] if n.subject else []) for id_, n in numbers.items()} == named
