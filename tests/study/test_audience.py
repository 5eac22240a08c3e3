"""Viewers and comments, place by place."""

from recomputed.quantity.intervals import Interval


def test_viewers_at_prime_time(numbers):
    # results, audience, paragraph 2
    assert numbers["audience.viewers.K1"].value == Interval.closed(150, 300)
    assert numbers["audience.viewers.K2"].value == Interval.closed(10, 50)
    assert numbers["audience.viewers.K3.hour1"].value == Interval.closed(25, 35)
    assert numbers["audience.viewers.K3.hour2"].value == Interval.closed(5, 10)


def test_a_session_spans_both_hours(numbers):
    assert numbers["audience.viewers.K3.hours"].value == Interval.closed(5, 35)


def test_a_figure_reported_in_another_place_stays_a_number_of_its_own_where_it_differs(numbers):
    # 25 in table 1 and in results, profile, paragraph 3; 10–50 in results, literature, paragraph 4
    assert numbers["audience.viewers.K3.hour1.mean"].value == Interval.point(25)
    assert numbers["audience.viewers.K3.mean"].value == Interval.closed(10, 50)


def test_a_repeated_figure_adds_its_cells_to_the_first(numbers):
    keys = {cell.key for cell in numbers["audience.viewers.K2"].cells}
    assert keys == {"viewers.K2", "viewers.K2.table"}
