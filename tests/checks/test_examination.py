"""The article examined: the numbers that count its verdicts, and what the paper may quote."""

import pytest

from recomputed.language.sections import describe_place
from recomputed.ledger.examination import COUNTED
from tests.variants import examined, studied


def test_each_count_is_the_number_of_the_outcomes_it_counts():
    examination = examined()
    for name, (chosen, _) in COUNTED.items():
        expected = sum(map(chosen, examination.outcomes))
        assert examination.numbers[f"ledger.{name}"].value.value == expected


def test_every_statement_has_one_verdict_and_is_counted_once():
    value = {name: examined().numbers[f"ledger.{name}"].value.value for name in COUNTED}
    verdicts = ("agree", "within-rounding", "within-hedge", "disagree", "not-quantities")
    assert sum(value[name] for name in verdicts) == value["statements"]
    kinds = ("derived", "transcribed", "compared", "not-quantities")
    assert sum(value[name] for name in kinds) == value["statements"]


def test_severities_sum_to_all_findings():
    numbers = examined().numbers
    severities = [id_ for id_ in numbers if id_.startswith("audit.") and id_ != "audit.findings"]
    assert sum(numbers[id_].value.value for id_ in severities) == numbers["audit.findings"].value.value
    assert numbers["audit.findings"].value.value == len(examined().findings)


def test_the_study_s_numbers_are_all_there_and_unchanged():
    study = studied()[1]
    assert {id_: examined().numbers[id_] for id_ in study} == dict(study)


def test_comparisons_are_quoted_in_indonesian():
    quotable = examined().quotable()
    assert quotable["recomputed:turnover.in-line"] == "tidak berlaku"
    assert quotable["published:turnover.in-line"].startswith("kenaikan omzet sejalan")
    assert quotable["published:audience.conversion.K1"] == "8–14 %"


@pytest.mark.parametrize(
    ("locator", "said"),
    [
        ("abstract.id", "Abstrak"),
        ("results.profile.p2", "Profil, paragraf 2"),
        ("results.table1.viewers", "Tabel 1, penonton"),
        ("recommendations.2", "Rekomendasi, butir 2"),
    ],
)
def test_places_are_said_as_a_reader_would(locator, said):
    assert describe_place(locator) == said


@pytest.mark.parametrize("locator", ["results", "preface.p1", "results.profile.x2", "introductions"])
def test_a_place_that_the_article_has_not_is_refused(locator):
    with pytest.raises(ValueError, match=r"Hint|neither"):
        describe_place(locator)
