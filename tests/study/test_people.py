"""Staff sums, against the article's profile."""

import pytest


@pytest.mark.parametrize(
    ("case", "published"),
    [
        ("K1", 12),  # 10 operational + 2 hosts: results, profile, paragraph 1; table 1
        ("K2", 2),  # owner + 1 employee: table 1
        ("K3", 6),  # 3 + 3 by city: results, profile, paragraph 3; table 1
    ],
)
def test_the_parts_sum_to_the_published_staff(numbers, case, published):
    assert numbers[f"people.sum.{case}"].value.value == published
    assert numbers[f"people.total.{case}"].value.value == published


def test_all_cases_employ_twenty(numbers):
    assert numbers["people.sum.all"].value.value == 12 + 2 + 6


def test_affiliates_are_more_than_ten(numbers):
    # results, profile, paragraph 1
    affiliates = numbers["people.affiliate.K1"].stands_for
    assert not affiliates.contains(10)
    assert affiliates.contains(11)
