"""The benchmark of the ledger judges what it says: every copy anew, about cases of its own."""

from collections import Counter

from benchmarks.claims import repeated
from recomputed.ledger.audit import audit
from recomputed.ledger.examination import examine
from recomputed.ledger.verdicts import judge
from recomputed.tables.load import load


def test_each_copy_has_the_verdicts_of_the_article() -> None:
    examination = examine(load())
    ledger, once = examination.ledger, len(examination.ledger.claims)
    large = repeated(ledger, 3 * once)
    assert len({claim.id for claim in large.claims}) == 3 * once
    verdicts = [outcome.verdict for outcome in judge(large, examination.numbers)][: 3 * once]
    assert verdicts[:once] == verdicts[once : 2 * once] == verdicts[2 * once :]
    assert repeated(ledger, 100).claims == ledger.claims[:100]


def test_the_audit_finds_in_each_copy_what_it_finds_of_a_case() -> None:
    examination = examine(load())
    ledger = examination.ledger
    large = repeated(ledger, 2 * len(ledger.claims))
    once, twice = (Counter(f.rule for f in audit(one, examination.numbers)) for one in (ledger, large))
    assert sum(twice.values()) > sum(once.values())
    assert all(twice[rule] >= once[rule] for rule in once)
