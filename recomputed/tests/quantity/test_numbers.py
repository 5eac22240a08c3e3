"""Numbers: ids, what they rest on, repeated figures that disagree."""

import copy
import shutil

import pytest

from recomputed.faults import InputError
from recomputed.paths import DATA, ENGINE, ROOT
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
from recomputed.tables.transcribe import transcribe


def test_an_unknown_id_names_itself_and_the_nearest(numbers):
    with pytest.raises(UnknownNumber, match=r"'turnover\.uplfit\.K2'.*did you mean turnover\.uplift\.K2"):
        numbers["turnover.uplfit.K2"]


def test_two_numbers_cannot_share_an_id(numbers):
    with pytest.raises(InputError, match="expected one number with the id"):
        Numbers().add([numbers["counts.cases"], numbers["counts.cases"]])


def test_every_number_has_cells_a_formula_that_exists_and_words(numbers):
    for number in numbers.values():
        assert number.all_cells(), number.id
        assert number.words or number.kind == TRANSCRIBED, number.id
        line = (ROOT / number.formula.file).read_text(encoding="utf-8").splitlines()[number.formula.line - 1]
        assert line.startswith(f"def {number.formula.name.rsplit('.', 1)[1]}("), number.id


def test_every_value_lies_in_what_it_stands_for_where_it_is_a_point(numbers):
    outside = [
        n.id
        for n in numbers.values()
        if n.value.is_point and n.hedge != "more-than" and not n.stands_for.contains(n.value)
    ]
    assert outside == []


def test_a_derived_number_is_computed_twice(numbers):
    def double(x: Interval) -> Interval:
        return x * 2

    double.__code__ = double.__code__.replace(
        co_filename=str(ROOT / "recomputed/src/recomputed/quantity/numbers.py")
    )
    made = derive("x", double, numbers["turnover.index.K1"], unit="index", words="dua kali")
    assert (made.value, made.stands_for) == (Interval.point(250), Interval.closed(245, 255))


def test_a_function_that_no_paper_holds_is_told_by_name(numbers):
    """The number would have no line to show."""
    with pytest.raises(TypeError, match="is no function of the paper"):
        derive("x", copy.copy, numbers["turnover.index.K1"], unit="index", words="none")


def test_a_function_of_the_engine_is_named_as_a_paper_carries_it_and_found_where_it_is():
    named = code_file(derive)
    assert named == "recomputed/src/recomputed/quantity/numbers.py"
    assert code_path(named) == ENGINE / "quantity" / "numbers.py"
    assert code_path("analysis/counts.py") == ROOT / "analysis" / "counts.py"


def test_a_repeated_figure_that_differs_is_refused_with_row_and_column(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    file = folder / "audience.csv"
    text = file.read_text(encoding="utf-8")
    row = "viewers.K2.table,K2,viewers,session,,10,50"
    assert row in text
    file.write_text(text.replace(row, row.replace("50", "60")), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        study().compute(load(folder))
    (fault,) = caught.value.faults
    assert (fault.column, fault.row) == ("high", text[: text.index(row)].count("\n") + 1)
    assert "as in row" in fault.expected
    assert fault.found == "'60'"


def test_order_of_numbers_is_the_same_every_time(tables, numbers):
    assert list(study().compute(tables)) == list(numbers)
    assert all(isinstance(number, Number) for number in numbers.values())


def test_a_table_of_more_reported_quantities_than_a_paper_lists_is_refused(monkeypatch):
    monkeypatch.setattr("recomputed.tables.transcribe.LISTED", 12)
    with pytest.raises(
        InputError, match=r"audience\.csv: expected at most 12 rows, as each is a number.*found 13"
    ):
        list(transcribe(load(DATA)["audience"]))


def test_subject_and_quantity_are_those_of_the_row(numbers):
    told = {
        id_: (numbers[id_].subject, numbers[id_].quantity)
        for id_ in ("audience.viewers.K2", "turnover.index.K3")
    }
    assert told == {"audience.viewers.K2": ("K2", "viewers"), "turnover.index.K3": ("K3", "index")}
    assert (numbers["context.users.indonesia"].subject, numbers["schedule.slots.K1"].subject) == ("", "K1")


def test_a_derived_number_is_about_what_its_operands_are_about_unless_told(numbers):
    assert numbers["schedule.hours.K3"].subject == "K3"
    assert numbers["people.sum.all"].subject == ""
    assert (
        numbers["turnover.rank.K2"].subject == "K2"
    )  # its operands are all cases; the paper says which it ranks


def test_every_number_whose_id_names_a_case_is_about_that_case(numbers):
    named = {id_: [part for part in id_.split(".") if part in {"K1", "K2", "K3"}] for id_ in numbers}
    assert {id_: ([n.subject] if n.subject else []) for id_, n in numbers.items()} == named
