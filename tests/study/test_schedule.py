"""Sessions a week, against the article's profile."""

import pytest

from analysis.schedule import length
from recomputed.language.wording import write
from recomputed.quantity.intervals import Interval


@pytest.mark.parametrize(
    ("case", "sessions", "days", "weekly"),
    [
        ("K1", 3, 7, 21),  # every day: results, profile, paragraph 1
        ("K2", 2, 6, 12),  # every day except Friday: paragraph 2
        ("K3", 2, 7, 14),  # every day: paragraph 3
    ],
)
def test_sessions_a_week(numbers, case, sessions, days, weekly):
    assert numbers[f"schedule.sessions.{case}"].value.value == sessions
    assert numbers[f"schedule.days.{case}"].value.value == days
    assert numbers[f"schedule.weekly.{case}"].value.value == weekly


def test_named_slots_are_as_many_as_sessions(numbers):
    for case in ("K1", "K2", "K3"):
        assert numbers[f"schedule.slots.{case}"].value == numbers[f"schedule.sessions.{case}"].value


def test_hours_a_week_only_where_a_duration_is_reported(numbers):
    # 2 hours each: table 1; no duration for the first case
    assert numbers["schedule.hours.K2"].value.value == 24
    assert numbers["schedule.hours.K3"].value.value == 28
    assert "schedule.hours.K1" not in numbers


def test_prime_time_lasts_two_hours_and_the_advised_one_three(numbers):
    # 19.00–21.00: results, audience, paragraph 2; 18.00–21.00: recommendations, 1
    assert write(numbers["schedule.prime"]) == "19.00–21.00"
    assert write(numbers["schedule.prime.advised"]) == "18.00–21.00"
    assert numbers["schedule.prime.length"].value.value == 2
    assert numbers["schedule.prime.advised.length"].value.value == 3


def test_an_endless_period_has_no_length():
    with pytest.raises(ValueError, match="has no length"):
        length(Interval(None, None))
