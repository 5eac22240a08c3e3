"""Numbers measured over rows of records: what they are worth, which rows they name, what is refused."""

import warnings
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recomputed import Numbers, Record, Tables, derive, figure, fit, measure
from recomputed.faults import InputError
from recomputed.quantity.arithmetic import difference
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import MEASURED, Number
from recomputed.quantity.summaries import Statistic, correlation, mean, number_of, sd, share, total
from recomputed.tables.measure import FIRST
from recomputed.tables.records import Rows, Table
from synthetic.quantities import of_the_paper
from synthetic.records import RECORDS, load_records


@pytest.fixture
def records(tmp_path: Path) -> Table:
    return load_records(tmp_path)["records"]


def of(statistic: Statistic | fit, rows: Rows | Table, *columns: str, **told: object) -> Number:
    return measure("x.a", statistic, rows, *columns, unit="gram", words="made up", **told)  # type: ignore[arg-type]


def test_a_number_is_worth_its_statistic_of_the_rows_chosen(records: Table) -> None:
    number = of(mean, records.where(group="a"), "x", digits=1, subject="a", quantity="x")
    assert (number.value, number.kind) == (Interval.point("2.25"), MEASURED)
    assert (number.subject, number.quantity, number.digits) == ("a", "x", 1)
    assert number.formula.name == "recomputed.quantity.summaries.mean"


def test_it_names_its_rows_and_their_condition(records: Table) -> None:
    (over,) = of(mean, records.where(group="a"), "x").selections
    assert (list(over.rows), over.columns, over.by) == ([0, 1, 4], ("x",), ("group",))
    assert (over.condition, over.left_out) == ("group = a", 0)


def test_of_few_rows_all_cells_are_named_and_of_many_the_first(tmp_path: Path) -> None:
    few = load_records(tmp_path)["records"]
    assert [cell.key for cell in of(total, few, "y").cells] == ["r1", "r2", "r3", "r4", "r5"]
    many = load_records(tmp_path, [(f"r{nth}", "a", "1", "2") for nth in range(9)])["records"]
    number = of(total, many, "y")
    assert [cell.sheet_row for cell in number.all_cells()] == [2, 3, 4][:FIRST]
    assert number.value == Interval.point(18)


def test_conditions_add_up(records: Table) -> None:
    assert list(records.between("x", low=2).indices) == list(records.rows.between("x", low=2).indices)
    rows = records.where(group=("a", "b")).between("x", low=2, high="3.5")
    assert [row.key for row in rows] == ["r2", "r5"]
    assert rows.condition == "group = a | b, 2 ≤ x ≤ 3.5"
    assert of(number_of, rows).value == Interval.point(2)
    assert records.rows.between("y", low=5).condition == "y ≥ 5"
    assert records.rows.between("y", high=5).condition == "y ≤ 5"


def test_rows_are_counted_without_a_column_and_shares_taken_of_texts(records: Table) -> None:
    assert of(number_of, records).value == Interval.point(5)
    assert of(number_of, records).selections[0].columns == ("id",)
    assert of(share("a"), records, "group").value == Interval.point(60)


def test_an_empty_cell_is_refused_or_left_out_and_counted(records: Table) -> None:
    with pytest.raises(InputError) as refused:
        of(mean, records, "x")
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (5, "x")
    assert 'missing="skip"' in fault.expected
    number = of(correlation, records, "x", "y", missing="skip")
    assert (len(number.selections[0].rows), number.selections[0].left_out) == (4, 1)
    assert of(mean, records.where(group="b"), "x", missing="skip").value == Interval.point(4)


def test_no_row_is_one_fault_that_names_table_and_selection(records: Table) -> None:
    with pytest.raises(InputError) as refused:
        of(mean, records.where(group="A"), "x")
    assert [str(fault) for fault in refused.value.faults] == [
        f"{records.file}: expected rows to measure x.a over where group = A, found none"
    ]
    with pytest.raises(InputError, match=r"found none \(did you mean 'r1'\?\)"):
        of(mean, records.where(id="r11"), "x")
    with pytest.raises(InputError, match="only rows with an empty cell"):
        of(mean, records.where(id="r4"), "x", missing="skip")


def test_a_statistic_without_a_value_is_a_fault_of_its_rows(records: Table) -> None:
    with pytest.raises(
        InputError, match=r"where id = r1, found a standard deviation needs at least two values"
    ):
        of(sd, records.where(id="r1"), "x")


def test_a_column_of_text_where_numbers_are_needed_is_named(records: Table) -> None:
    with pytest.raises(InputError, match=r"column group: expected numbers from which x\.a can be computed"):
        of(mean, records, "group")


def test_a_statistic_without_a_line_to_show_is_refused(records: Table) -> None:
    with pytest.raises(TypeError, match="call it in a function of the paper"):
        of(len, records)


def test_a_column_that_is_not_there_is_named(records: Table) -> None:
    with pytest.raises(InputError, match="'z'"):
        of(mean, records, "z")
    with pytest.raises(InputError, match="'groop'"):
        records.where(groop="a")


def test_a_root_is_worth_its_end_nearer_to_zero_and_stands_for_both(records: Table) -> None:
    number = of(sd, records.where(group="a"), "y")
    assert number.value == Interval.point("1.52752523165")
    assert number.stands_for == Interval.closed("1.52752523165", "1.52752523166")


@of_the_paper
def slope(frame: pd.DataFrame) -> float:
    return float(np.polyfit(frame["x"], frame["y"], 1)[0])


def test_an_estimate_is_rounded_to_its_tolerance_and_stands_for_both_sides(records: Table) -> None:
    """The least-squares slope of the four whole records, by hand: 6.625 / 3.421875 = 424/219."""
    number = of(fit(slope, package="numpy", tolerance="0.0001"), records, "x", "y", missing="skip", digits=2)
    assert number.value == Interval.point("1.9361")
    assert number.stands_for == Interval.closed("1.9360", "1.9362")
    assert number.stands_for.contains(Fraction(424, 219))
    assert number.package == f"numpy {np.__version__}"
    assert number.formula.name.endswith("test_measure.slope")


@pytest.mark.parametrize(
    ("tolerance", "package", "told"),
    [
        ("0.01", "numpy", "below half a unit of its last digit"),
        ("0", "numpy", "below half a unit of its last digit"),
        ("0.0001", "no-such-package", "no such package"),
    ],
)
def test_a_tolerance_too_coarse_and_a_package_that_is_not_there_are_refused(
    records: Table, tolerance: str, package: str, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        of(fit(slope, package, tolerance), records, "x", "y", missing="skip", digits=2)


def test_an_estimate_that_is_not_finite_is_refused(records: Table) -> None:
    @of_the_paper
    def endless(frame: pd.DataFrame) -> float:
        return float("nan")

    with pytest.raises(InputError, match="an estimate of nan"):
        of(fit(endless, "numpy", "0.1"), records, "y")


@pytest.mark.parametrize("warns", [False, True])
def test_an_estimate_that_has_not_converged_is_refused(records: Table, warns: bool) -> None:
    @of_the_paper
    def stuck(frame: pd.DataFrame) -> float:
        if not warns:
            raise RuntimeError("stuck")
        warnings.warn("stuck", UserWarning, stacklevel=1)
        return 1.0

    with pytest.raises(
        InputError, match=r"expected rows from which x\.a can be .* no estimate of numpy: stuck$"
    ):
        of(fit(stuck, "numpy", "0.1"), records, "y")


def test_text_columns_reach_an_estimate_as_texts(records: Table) -> None:
    @of_the_paper
    def share_of_a(frame: pd.DataFrame) -> float:
        return float((frame["group"] == "a").mean())

    assert of(fit(share_of_a, "numpy", "0.01"), records, "group").value == Interval.point("0.6")


def test_a_number_derived_from_measured_ones_rests_on_their_rows(records: Table) -> None:
    a, b = of(mean, records.where(group="a"), "y"), of(mean, records.where(group="b"), "y")
    gap = derive("x.gap", difference, b, a, unit="gram", words="b less a")
    assert gap.all_selections() == (*b.selections, *a.selections)
    assert {cell.key for cell in gap.all_cells()} == {record[0] for record in RECORDS}


@pytest.mark.parametrize("missing", ["drop", ""])
def test_another_rule_for_empty_cells_is_refused(records: Table, missing: str) -> None:
    with pytest.raises(ValueError, match="missing is 'refuse' or 'skip'"):
        of(mean, records, "y", missing=missing)


def test_a_figure_plots_the_rows_that_a_number_is_measured_over(tmp_path: Path) -> None:
    tables = load_records(tmp_path)
    one = measure("y.mean", mean, tables["records"], "y", unit="metre", words="mean")
    some = measure(
        "x.mean", mean, tables["records"].where(group="b"), "x", unit="metre", words="mean", missing="skip"
    )

    def spread_out(numbers: Numbers, cases: Sequence[str], tables: Tables) -> list[Record]:
        return tables.measured(numbers["x.mean"]).records("id", "x", "y")

    numbers = Numbers()
    numbers.add([one, some, derive("gap", difference, one, some, unit="metre", words="gap")])
    made = figure(spread_out)
    assert made.name == "spread-out"
    assert made.shown(numbers, (), tables) == [{"id": "r3", "x": 4.0, "y": 7.0}]  # r4 has no x
    assert figure(lambda numbers, cases: [{"n": len(numbers)}]).shown(numbers, (), tables) == [{"n": 3}]
    with pytest.raises(
        InputError, match="expected a number that is measured over rows of one table, found gap, which"
    ):
        tables.measured(numbers["gap"])
