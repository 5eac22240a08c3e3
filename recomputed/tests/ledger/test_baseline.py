"""The findings that a paper knows: numbered for good, and check fails on any other and on one that is gone."""

import pytest

from recomputed.faults import InputError
from recomputed.ledger.audit import audit
from recomputed.ledger.baseline import Known, changes, read_known
from recomputed.ledger.rules import repeated
from synthetic.ledgers import claim, ledger

FOUND = audit(ledger(claim("a", 3), claim("b", 9)), {}, (repeated.values_differ,))


def known(id_, finding):
    return Known(id_, finding, "looked at", 2)


def test_a_new_finding_is_told_with_the_next_number_that_was_never_used():
    (told,) = changes(FOUND, [])
    assert f"a row F1,{FOUND[0].id}," in told
    first, gone = changes(FOUND, [known("F7", "mean.other")])
    assert f"a row F8,{FOUND[0].id}," in first
    assert "the finding mean.other (F7)" in gone
    assert "no such finding" in gone


def test_known_findings_and_no_others_are_no_change():
    assert list(changes(FOUND, [known("F1", FOUND[0].id)])) == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("X1,mean.a,why", "F and a number"),
        ("F1,mean.a,why\nF1,mean.b,why", "id"),
        ("F1,mean.a,why\nF2,mean.a,why", "each finding once"),
        ("F1,mean.a,", "reason"),
    ],
)
def test_a_row_that_is_none_is_a_fault(tmp_path, rows, told):
    file = tmp_path / "findings.csv"
    file.write_text(f"id,finding,reason\n{rows}\n", encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_known(file)


def test_without_the_file_nothing_is_known(tmp_path):
    assert read_known(tmp_path / "none.csv") == ()
