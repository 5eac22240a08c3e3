"""The rise in turnover: published values are the article's, with their place in it."""

from fractions import Fraction
from pathlib import Path
from shutil import copytree

import pytest

from analysis.turnover import count_below, largest, mean, rank, smallest, spread, uplift
from recomputed import paths
from recomputed.faults import InputError
from recomputed.quantity.intervals import Interval
from recomputed.study import study
from recomputed.tables.load import load


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ("K1", 25),  # both abstracts; results, turnover, paragraph 2; conclusion, paragraph 2
        ("K2", 10),  # the same places
        (
            "K3",
            30,
        ),  # both abstracts; results, profile p. 3, turnover p. 1, audience p. 3, literature p. 4; conclusion
    ],
)
def test_uplift_is_the_published_percentage(numbers, case, published):
    assert numbers[f"turnover.uplift.{case}"].value == Interval.point(published)


def test_uplift_stands_for_the_interval_that_its_hedge_declares(numbers):
    # "sekitar 25 %": results, turnover, paragraph 2; steps of 5
    assert numbers["turnover.uplift.K1"].stands_for == Interval.closed("22.5", "27.5")


def test_uplift_rests_on_the_index_and_on_the_state_before(numbers):
    cells = [
        str(cell.file) + ":" + cell.key + ":" + cell.column
        for cell in numbers["turnover.uplift.K2"].all_cells()
    ]
    assert cells == ["data/turnover.csv:K2:index", "data/turnover.csv:K2:before"]


def test_uplift_is_derived_and_the_index_is_coded_from_the_statement_of_it(numbers):
    assert numbers["turnover.uplift.K3"].kind == "derived"
    index, window = numbers["turnover.index.K3"], numbers["turnover.window.K3"]
    assert (index.kind, window.kind) == ("coded", "transcribed")
    assert index.coding.claim == "turnover.uplift.K3"
    assert index.coding.evidence == "owner-statement"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("turnover.uplift.K1,", ",", "row 2, column coded_from: expected the claim and the rule"),
        ("indeks sebelum", "", "row 2, column rule: expected the claim and the rule"),
        (
            "coded,turn",
            "measured,turn",
            "row 2, column coded_from: expected an empty cell, as the row is not coded",
        ),
        (
            "coded,turn",
            "guessed,turn",
            "row 2, column kind: expected one of coded, measured, found 'guessed'",
        ),
    ],
)
def test_a_coded_row_names_its_claim_and_its_rule_and_no_other_row_does(tmp_path: Path, old, new, fault):
    copytree(paths.DATA, data := tmp_path / "data")
    header, first, *others = (data / "turnover.csv").read_text(encoding="utf-8").split("\n")
    cells = first.replace(old, new) if new else first.split(",")
    if not new:
        cells[header.split(",").index("rule")] = ""
        cells = ",".join(cells)
    assert cells != first
    (data / "turnover.csv").write_text("\n".join([header, cells, *others]), encoding="utf-8")
    with pytest.raises(InputError) as told:
        study().compute(load(data))
    assert f"turnover.csv, {fault}" in str(told.value)


def test_only_the_third_case_states_a_window(numbers):
    # results, audience, paragraph 3: three months
    assert numbers["turnover.window.K3"].value == Interval.point(3)
    assert "turnover.window.K1" not in numbers
    assert "turnover.window.K2" not in numbers


def test_ranks_and_extremes_follow_the_uplifts(numbers):
    assert [numbers[f"turnover.rank.{case}"].value.value for case in ("K3", "K1", "K2")] == [1, 2, 3]
    assert numbers["turnover.uplift.highest"].value == Interval.point(30)
    assert numbers["turnover.uplift.lowest"].value == Interval.point(10)
    assert numbers["turnover.uplift.spread"].value == Interval.point(20)
    assert numbers["turnover.uplift.mean"].value == Interval.point(Fraction(65, 3))


def test_two_of_three_uplifts_are_below_the_literature(numbers):
    # 30–60 %: results, turnover, paragraph 2
    assert numbers["turnover.below-literature"].value == Interval.point(2)


def test_uplift_of_a_fall_is_negative():
    assert uplift(Interval.point(80), Interval.point(100)) == Interval.point(-20)


def test_rank_is_a_range_where_values_overlap():
    assert rank(Interval.closed(1, 3), Interval.closed(2, 4)) == Interval.closed(1, 2)


def test_extremes_of_ranges_bound_every_choice():
    values = (Interval.closed(1, 5), Interval.closed(2, 3))
    assert smallest(*values) == Interval.closed(1, 3)
    assert largest(*values) == Interval.closed(2, 5)
    assert spread(*values) == Interval.closed(-1, 4)


def test_mean_of_ranges_is_the_range_of_means():
    assert mean(Interval.closed(1, 3), Interval.closed(2, 4)) == Interval.closed("1.5", "3.5")


def test_count_below_counts_the_certain_and_the_possible():
    bound = Interval.closed(30, 60)
    assert count_below(
        bound, Interval.point(10), Interval.closed(25, 35), Interval.point(40)
    ) == Interval.closed(1, 2)
