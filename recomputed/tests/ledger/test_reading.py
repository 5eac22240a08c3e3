"""Bad ledgers are refused, each with file, row and column."""

import pytest

from recomputed.faults import InputError
from recomputed.tables.load import load
from synthetic.ledgers import article, edited, row_of

GUESTS = row_of("published", "guests.north")
HOSTS = row_of("published", "hosts.all")
STATED_NOT = row_of("published", "guests.river.table")


@pytest.mark.parametrize(
    ("table", "row", "cells", "column", "told"),
    [
        (
            "published",
            GUESTS,
            {"number": "stalls.guests.nort"},
            "number",
            "did you mean 'stalls.guests.north'?",
        ),
        (
            "published",
            GUESTS,
            {"unit": "person"},
            "unit",
            "'guest', the unit of stalls.guests.north",
        ),
        ("published", HOSTS, {"reason": ""}, "reason", "a reason why it is expected to disagree"),
        ("published", HOSTS, {"formula": "hosts.north /"}, "formula", "found 'the end'"),
        (
            "published",
            HOSTS,
            {"formula": "hosts.nort / 2"},
            "formula",
            "did you mean 'hosts.north'?",
        ),
        (
            "published",
            HOSTS,
            {"formula": "guests.river.table / 2"},
            "formula",
            "a claim that states a figure",
        ),
        ("published", GUESTS, {"low": "70"}, "low", "at most high, which is 60"),
        ("published", GUESTS, {"hedge": "roughly"}, "hedge", "one of exact, none, about"),
        ("published", GUESTS, {"hedge": ""}, "hedge", "a hedge"),
        ("published", GUESTS, {"hedge": "about"}, "hedge", "needs a granularity"),
        ("published", GUESTS, {"hedge": "up-to"}, "hedge", "single figure"),
        ("published", GUESTS, {"id": "abstract.stalls"}, "id", "which row 2 has too"),
        ("published", GUESTS, {"locator": ""}, "locator", "a value"),
        ("published", GUESTS, {"case": "hills"}, "case", "a key of cases"),
        ("published", GUESTS, {"expected": "fine"}, "expected", "one of agrees"),
        ("published", STATED_NOT, {"hedge": "none"}, "hedge", "an empty cell, as low is empty"),
        ("published", STATED_NOT, {"high": "9"}, "high", "an empty cell, as low is empty"),
        (
            "comparisons",
            2,
            {"expression": "growth.rise.hil > 0"},
            "expression",
            "did you mean 'growth.rise.hill",
        ),
        ("comparisons", 2, {"expression": "growth.rise.hill"}, "expression", "a statement over numbers"),
        ("comparisons", 2, {"kind": "size"}, "kind", "one of order"),
        ("comparisons", 2, {"expected": "disagrees"}, "reason", "a reason why it is expected to disagree"),
        ("relations", 3, {"id": "days.busier"}, "id", "an id that"),
        ("relations", 3, {"x": "stalls.host"}, "x", "did you mean 'stalls.hosts'?"),
        ("source_tokens", 2, {"claim": "abstract.stall"}, "claim", "did you mean 'abstract.stalls'?"),
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
    edited(tmp_path, "published", 2, number="counts.stall")
    edited(tmp_path, "comparisons", 2, expression="1 <")
    with pytest.raises(InputError) as refusal:
        article(edited(tmp_path, "source_tokens", 3, reason="idiom"))
    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [
        (2, "number"),
        (2, "expression"),
        (3, "claim"),
    ]


def test_a_sound_ledger_has_no_fault():
    ledger, _ = article()
    assert len(ledger.claims) == len(load()["published"])
