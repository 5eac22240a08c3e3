"""Which numbers rest on an assumption, and what names nothing that there is."""

from dataclasses import replace

import pytest

from recomputed.language.catalogue import Text
from recomputed.ledger.assumptions import resting, unmatched
from recomputed.manuscript.paper import open_paper
from recomputed.paper_toml import Assumption, PaperSettings, paper_settings
from recomputed.quantity.arithmetic import difference
from recomputed.quantity.numbers import Coding, Number, derive
from recomputed.reading.appendix import open_appendix
from synthetic.variants import examined


def assumption(**more: object) -> Assumption:
    return Assumption("A7", Text(en="x"), Text(en="y"), Text(en="z"), **more)  # type: ignore[arg-type]


@pytest.fixture
def number() -> Number:
    return examined().numbers["growth.index.north"]


def rests(number: Number, one: Assumption) -> bool:
    return resting([number], [one])[number.id] == ("A7",)


def test_a_number_rests_on_it_by_id_by_coding_and_by_its_operands(number: Number) -> None:
    coded = replace(number, id="coded", coding=Coding("claim.north", "rule"))
    less = derive("less", difference, number, coded, unit="index", words="less")
    for one, expected in (
        (assumption(numbers=("growth.index.*",)), {"growth.index.north", "less"}),
        (assumption(claims=("claim.*",)), {"coded", "less"}),
        (assumption(numbers=("less",)), {"less"}),
        (assumption(findings=("growth.*",)), set()),
    ):
        assert {own.id for own in (number, coded, less) if rests(own, one)} == expected


def test_what_is_measured_rests_on_no_cell_of_a_coder(number: Number) -> None:
    measured = replace(number, kind="measured")
    assert not rests(measured, assumption(numbers=("growth.*",), value="5", cells=("growth:*:granularity",)))
    assert rests(measured, assumption(numbers=("growth.*",)))


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (
            {"numbers": ("growth.indx.north",)},
            "of one of the numbers, found 'growth.indx.north' (did you mean 'growth.index.north'?)",
        ),
        (
            {"claims": ("nowhere",)},
            "assumptions[1].claims: expected the id of one of the claims, found 'nowhere'",
        ),
        ({"findings": ("nowhere.*",)}, "assumptions[1].findings: expected the id of one of the findings"),
        ({"value": "5", "cells": ("grwth:*:index",)}, "found 'grwth' (did you mean 'growth'?)"),
        (
            {"value": "6", "cells": ("growth:*:granularity",)},
            "a cell that holds the value, '6', found growth:*:granularity",
        ),
    ],
)
def test_what_names_nothing_is_told(more: dict[str, object], told: str) -> None:
    found = examined()
    faults = unmatched(
        [assumption(**more)],
        found.tables,
        found.numbers,
        found.ledger.stated,
        [one.id for one in found.findings],
    )
    assert told in "\n".join(map(str, faults))


def test_the_appendix_lists_each_and_a_caption_names_those_of_its_numbers() -> None:
    appendix = open_appendix(open_paper())
    listed = appendix.assumptions()
    assert [f"#assumption-{one.id}" in listed for one in paper_settings().assumptions] == [True, True, True]
    assert appendix.assumed("growth.rise.north", "growth.rank.north").startswith("assumptions\u00a0[[A1]")
    assert (
        appendix.assumed("growth.rise.north", "growth.rank.north").count("A3") == 3
    )  # text, quotation, link
    assert appendix.assumed("growth.before.north") == ""
    assert "#assumption-A1" in next(
        line for line in open_paper().table_of_numbers().split("\n") if "`growth.spread`{" in line
    )


def test_no_assumption_is_no_fault() -> None:
    assert PaperSettings().assumptions == ()
