"""Bad ledgers are refused, each with file, row and column."""

import pytest

from recomputed.faults import InputError
from recomputed.tables.load import load
from synthetic.ledgers import article, edited, row_of

CONVERSION = row_of("published", "audience.conversion.K1")
STATED_NOT = row_of("published", "table1.viewers.K1")


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "told"),
    [
        (
            "published",
            CONVERSION,
            {"number": "sessions.conversion.K9"},
            "number",
            "did you mean 'sessions.conversion.K1'?",
        ),
        (
            "published",
            CONVERSION,
            {"unit": "ratio"},
            "unit",
            "'percent-share', the unit of sessions.conversion.K1",
        ),
        ("published", CONVERSION, {"reason": ""}, "reason", "a reason why it is expected to disagree"),
        ("published", CONVERSION, {"formula": "audience.units.K1 /"}, "formula", "found 'the end'"),
        (
            "published",
            CONVERSION,
            {"formula": "audience.unit.K1 / 2"},
            "formula",
            "did you mean 'audience.units.K1'?",
        ),
        (
            "published",
            CONVERSION,
            {"formula": "table1.viewers.K1 / 2"},
            "formula",
            "a claim that states a figure",
        ),
        ("published", CONVERSION, {"low": "15"}, "low", "at most high, which is 14"),
        ("published", CONVERSION, {"hedge": "roughly"}, "hedge", "one of exact, none, about"),
        ("published", CONVERSION, {"hedge": ""}, "hedge", "a hedge"),
        ("published", CONVERSION, {"hedge": "about"}, "hedge", "needs a granularity"),
        ("published", CONVERSION, {"hedge": "up-to"}, "hedge", "single figure"),
        ("published", CONVERSION, {"id": "abstract.id.cases"}, "id", "which row 2 has too"),
        ("published", CONVERSION, {"locator": ""}, "locator", "a value"),
        ("published", CONVERSION, {"case": "K7"}, "case", "a key of cases"),
        ("published", CONVERSION, {"expected": "fine"}, "expected", "one of agrees"),
        ("published", STATED_NOT, {"hedge": "none"}, "hedge", "an empty cell, as low is empty"),
        ("published", STATED_NOT, {"high": "9"}, "high", "an empty cell, as low is empty"),
        (
            "comparisons",
            2,
            {"expression": "turnover.uplift.K8 > 0"},
            "expression",
            "did you mean 'turnover.uplift.K",
        ),
        ("comparisons", 2, {"expression": "turnover.uplift.K1"}, "expression", "a statement over numbers"),
        ("comparisons", 2, {"kind": "size"}, "kind", "one of order"),
        ("comparisons", 2, {"expected": "disagrees"}, "reason", "a reason why it is expected to disagree"),
        ("relations", 3, {"id": "audience.prime"}, "id", "an id that"),
        ("relations", 3, {"x": "schedule.weeks"}, "x", "did you mean 'schedule.weekly'?"),
        ("source_tokens", 2, {"claim": "abstract.id.case"}, "claim", "did you mean 'abstract.id.cases'?"),
        ("source_tokens", 2, {"claim": ""}, "claim", "found neither"),
        ("source_tokens", 2, {"reason": "idiom"}, "claim", "found both"),
        ("source_tokens", 2, {"position": "400"}, "position", "expected 1, the next position"),
    ],
)
def test_a_bad_ledger_is_refused_with_file_row_and_column(tmp_path, table, row, cells, column, told):
    folder = edited(tmp_path, table, row, **cells)
    with pytest.raises(InputError) as refusal:
        article(folder)
    faults = [fault for fault in refusal.value.faults if fault.column == column]
    assert [(fault.file, fault.row) for fault in faults] == [(f"{folder}/{table}.csv", row)]
    assert told in str(faults[0])


def test_all_faults_are_told_together(tmp_path):
    edited(tmp_path, "published", 2, number="counts.case")
    edited(tmp_path, "comparisons", 2, expression="1 <")
    with pytest.raises(InputError) as refusal:
        article(edited(tmp_path, "source_tokens", 3, reason="idiom"))
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [
        (2, "number"),
        (2, "expression"),
        (3, "claim"),
    ]


def test_the_ledger_of_the_article_has_no_fault():
    ledger, _ = article()
    assert len(ledger.claims) == len(load()["published"])
