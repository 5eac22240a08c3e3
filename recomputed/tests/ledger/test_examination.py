"""The article examined: the numbers that count its verdicts, and what the paper may quote."""

from collections import Counter
from dataclasses import replace

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.ledger.examination import COUNTED, examine, lending
from recomputed.paper_toml import UnitWording, paper_settings
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import Tables, load, load_as
from synthetic.variants import examined, studied


def test_each_count_is_the_number_of_the_outcomes_it_counts():
    examination = examined()
    for name, chosen in COUNTED.items():
        expected = sum(map(chosen, examination.outcomes))
        assert examination.numbers[f"ledger.{name}"].value.value == expected


def test_every_statement_has_one_verdict_and_is_counted_once():
    value = {name: examined().numbers[f"ledger.{name}"].value.value for name in COUNTED}
    verdicts = ("agree", "within-rounding", "within-hedge", "disagree", "not-quantities")
    assert sum(value[name] for name in verdicts) == value["statements"]
    kinds = Counter(outcome.kind for outcome in examined().outcomes)
    told = ("derived", "transcribed", "returned", "compared", "not-quantities")
    assert sum(value[name] for name in told) == value["statements"] - kinds["measured"]


def test_a_unit_of_paper_toml_that_the_data_do_not_describe_is_told():
    settings = replace(paper_settings(), units={"crwn": UnitWording()})
    with pytest.raises(
        InputError, match=r"^paper\.toml, units: expected a unit of data/datapackage\.json: .*, found 'crwn' "
    ):
        examine(load(paths.DATA), settings=settings)


def test_a_unit_that_the_data_do_not_describe_is_told_with_the_nearest():
    tables, numbers = studied()
    other = Numbers()
    other.add(replace(one, unit="cp") if one.id == "cups.count" else one for one in numbers.values())
    with pytest.raises(InputError) as told:
        examine(tables, other)
    assert "the unit of cups.count among units: " in str(told.value)
    assert str(told.value).endswith("found 'cp' (did you mean 'cup'?)")


def test_severities_sum_to_all_findings():
    numbers = examined().numbers
    severities = [id_ for id_ in numbers if id_.startswith("audit.") and id_ != "audit.findings"]
    assert sum(numbers[id_].value.value for id_ in severities) == numbers["audit.findings"].value.value
    assert numbers["audit.findings"].value.value == len(examined().findings)


def test_the_study_s_numbers_are_all_there_and_unchanged():
    study = studied()[1]
    assert {id_: examined().numbers[id_] for id_ in study} == dict(study)


def test_what_the_paper_may_quote_is_in_its_language():
    quotable = examined().quotable()
    assert quotable["recomputed:days.busier"] == "does not hold"
    assert quotable["published:days.busier"].startswith("more guests come")
    assert quotable["published:guests.north"] == "40–60"


def test_numbers_that_are_lent_are_those_computed_and_not_computed_again(tables: Tables) -> None:
    computed = study().compute(tables)
    with lending(paths.DATA, examine(tables)):
        lent = study().compute(tables)
        assert list(lent.items()) == list(computed.items())
        assert lent is study().compute(tables)
        assert lent is not study().compute(load_as(tables.package, paths.DATA))
    assert lent is not study().compute(tables)


def test_an_examination_that_is_lent_is_not_made_again_and_serves_no_other_tables(tables: Tables) -> None:
    examination = examine(tables)
    with lending(paths.DATA, examination):
        assert tables is load(paths.DATA)
        assert examination is examine(tables)
        assert examination is not examine(load_as(tables.package, paths.DATA))
        assert examination is not examine(tables, settings=paper_settings())
    assert tables is not load(paths.DATA)
    assert examination is not examine(tables)
