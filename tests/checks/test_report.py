"""The verdict fits one screen and hides nothing; the audit prints every finding."""

import io
from dataclasses import replace

from rich.console import Console

from recomputed.ledger import verdicts as checks
from recomputed.ledger.audit import audit
from recomputed.ledger.report import print_audit, print_verdict, verdict_lines
from recomputed.quantity.numbers import MEASURED
from tests.checks.ledgers import article, claim, ledger, number

LEDGER, NUMBERS = article()
OUTCOMES = checks.judge(LEDGER, NUMBERS)
FINDINGS = audit(LEDGER, NUMBERS)


def printed(show, *arguments, width=120):
    text = io.StringIO()
    show(*arguments, Console(file=text, width=width))
    return text.getvalue()


def test_the_verdict_has_counts_every_disagreement_and_the_findings_on_one_screen():
    text = printed(print_verdict, OUTCOMES, FINDINGS)
    assert (
        "37 are recomputed from others, 20 returned from coding, 84 looked up as reported; 17 claims compare."
        in text
    )
    assert all(outcome.id in text for outcome in OUTCOMES if outcome.verdict == "disagrees")
    assert f"{len(FINDINGS)} findings about the article: 2 contradiction" in text
    assert len(text.splitlines()) <= 24


def test_plain_lines_say_the_same():
    lines = verdict_lines(OUTCOMES, FINDINGS)
    assert lines[0].startswith(
        "212 claims: 143 agree, 1 agrees within rounding, 3 agree within hedge, 11 disagree"
    )
    assert lines[0].endswith("all as expected.")
    assert sum(line.startswith("  ≠ ") for line in lines) == 11


def test_what_is_measured_over_rows_is_counted_apart():
    outcomes = checks.judge(ledger(claim("right", "3")), {"synthetic": replace(number(3), kind=MEASURED)})
    assert verdict_lines(outcomes, ())[1] == (
        "Of the quantities 1 measured over rows, 0 are recomputed from others, 0 looked up as reported; "
        "0 claims compare."
    )


def test_an_unexpected_verdict_is_marked_and_told():
    outcomes = checks.judge(ledger(claim("worse", "4")), {"synthetic": number(3)})
    lines = verdict_lines(outcomes, ())
    assert lines[0] == (
        "1 claims: 0 agree, 0 agree within rounding, 0 agree within hedge, 1 disagrees, 0 not a quantity; "
        "1 not as expected."
    )
    assert lines[2] == "  ! worse (synthetic.p1): published 4, recomputed 3; expected agrees, found disagrees"
    assert "expected agrees" in printed(print_verdict, outcomes, ())


def test_brackets_in_a_cell_are_printed_not_read_as_markup():
    outcomes = checks.judge(ledger(claim("x", "4", printed="[4]")), {"synthetic": number(3)})
    assert "[4]" in printed(print_verdict, outcomes, ())


def test_the_audit_prints_every_finding_with_its_severity_and_places():
    text = printed(print_audit, FINDINGS, width=400)
    for finding in FINDINGS:
        assert finding.message["en"] in text
        assert finding.assumption["en"] in text
        assert finding.id in text
        assert all(place in text for place in finding.locators)
    assert all(text.count(f"\n{severity} ") == 1 for severity in {finding.severity for finding in FINDINGS})
