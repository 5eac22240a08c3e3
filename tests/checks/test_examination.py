"""The article examined: the numbers that count its verdicts, and what the paper may quote."""

from dataclasses import replace

import pytest

from recomputed.faults import InputError
from recomputed.ledger.examination import COUNTED, examine
from recomputed.quantity.numbers import Numbers
from tests.variants import examined, studied


def test_each_count_is_the_number_of_the_outcomes_it_counts():
    examination = examined()
    for name, chosen in COUNTED.items():
        expected = sum(map(chosen, examination.outcomes))
        assert examination.numbers[f"ledger.{name}"].value.value == expected


def test_every_statement_has_one_verdict_and_is_counted_once():
    value = {name: examined().numbers[f"ledger.{name}"].value.value for name in COUNTED}
    verdicts = ("agree", "within-rounding", "within-hedge", "disagree", "not-quantities")
    assert sum(value[name] for name in verdicts) == value["statements"]
    kinds = ("derived", "transcribed", "returned", "compared", "not-quantities")
    assert sum(value[name] for name in kinds) == value["statements"]


def test_a_unit_that_the_data_do_not_describe_is_told_with_the_nearest():
    tables, numbers = studied()
    other = Numbers()
    other.add(replace(one, unit="itm") if one.id == "relation.orders" else one for one in numbers.values())
    with pytest.raises(InputError) as told:
        examine(tables, other)
    assert "the unit of relation.orders among units: " in str(told.value)
    assert str(told.value).endswith("found 'itm' (did you mean 'item'?)")


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
