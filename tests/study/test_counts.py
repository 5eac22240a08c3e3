"""The counted things, against the words that the article counts them in."""

import pytest


@pytest.mark.parametrize(
    ("what", "published"),
    [
        ("cases", 3),  # both abstracts; introduction, paragraph 5; method, paragraph 1; conclusion
        ("hypotheses", 2),  # introduction, paragraph 5
        ("stages", 3),  # method, paragraph 2
        ("elements", 3),  # results, content, paragraph 1
        ("recommendations", 4),  # recommendations, first paragraph
        ("patterns", 3),  # results, audience: first, second, third
        ("parallels", 3),  # results, literature: first, second, third
        ("limits", 3),  # conclusion: first, second; method, third paragraph: detailed sales withheld
    ],
)
def test_counts(numbers, what, published):
    assert numbers[f"counts.{what}"].value.value == published


def test_a_count_rests_on_each_row_it_counts(numbers):
    assert [cell.key for cell in numbers["counts.cases"].cells] == ["K1", "K2", "K3"]


def test_delay_before_results(numbers):
    # two months: results, obstacles, paragraph 3
    assert numbers["obstacles.lag.K3"].value.value == 2
