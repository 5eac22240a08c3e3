"""Years and dates, against the article's profile and table 1."""

import pytest

from recomputed.language.wording import write


@pytest.mark.parametrize(
    ("case", "founded", "tiktok", "live"),
    [("K1", 2020, 2022, 2022), ("K2", 2021, 2021, 2021), ("K3", 2020, 2022, 2022)],  # table 1, rows 1 to 3
)
def test_years(numbers, case, founded, tiktok, live):
    years = [numbers[f"profile.{event}.{case}"].value.value for event in ("founded", "tiktok", "live")]
    assert years == [founded, tiktok, live]


def test_years_of_live_until_the_interviews_of_2025(numbers):
    # interviews with two owners in May 2025: results, turnover, paragraph 1; the third is not dated
    assert [write(numbers[f"events.interviews.{case}.month"]) for case in ("K1", "K2")] == ["Mei", "Mei"]
    assert [numbers[f"profile.experience.{case}"].value.value for case in ("K1", "K2")] == [3, 4]
    assert not [id_ for id_ in numbers if id_.endswith("K3") and "experience" in id_]
    assert not [id_ for id_ in numbers if id_.startswith("events.interviews.K3")]


def test_years_from_founding_to_live(numbers):
    assert [numbers[f"profile.wait.{case}"].value.value for case in ("K1", "K2", "K3")] == [2, 0, 2]


def test_the_campaign_has_a_day_and_a_month_but_no_year(numbers):
    # "12.12": results, obstacles, paragraph 4
    assert numbers["events.campaign.day"].value.value == 12
    assert numbers["events.campaign.month"].value.value == 12
    assert "events.campaign.year" not in numbers
