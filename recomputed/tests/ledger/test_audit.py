"""The audit as a whole: what others script against, in any language, and in linear time."""

from collections import Counter
from dataclasses import replace
from time import process_time

from recomputed.language.catalogue import Text
from recomputed.ledger.audit import audit
from recomputed.ledger.findings import as_json
from recomputed.ledger.terms import Words
from synthetic.ledgers import article

LEDGER, NUMBERS = article()
FINDINGS = audit(LEDGER, NUMBERS)


def test_a_third_language_says_every_finding() -> None:
    """Of a paper that has it alone: its statements too, and no name of a quantity."""
    comparisons, relations = (
        tuple(one._replace(statement=Text(en=one.statement["en"], id=one.id)) for one in records)
        for records in (LEDGER.comparisons, LEDGER.relations)
    )
    settings = LEDGER.words.settings
    limits = tuple(
        replace(limit, message=Text(), assumption=Text(), reason=Text(en="so", id="begitu"))
        for limit in settings.limits
    )
    said = replace(settings, paper=replace(settings.paper, languages=("id",)), findings={}, limits=limits)
    words = Words(said, "id")
    found = audit(replace(LEDGER, comparisons=comparisons, relations=relations, words=words), NUMBERS)
    assert [finding.id for finding in FINDINGS] == [finding.id for finding in found]
    for text in (text for finding in found for text in (finding.message, finding.assumption)):
        assert {"en", "id"} == set(text)
        assert text["id"] != text["en"]
        assert text["id"].endswith(".")
        assert "{" not in text["id"]


def test_json_has_every_field_that_others_script_against() -> None:
    plain = as_json(FINDINGS)
    fields = {"id", "rule", "severity", "claims", "message", "assumption"}
    assert plain
    assert all(fields <= set(finding) and isinstance(finding["claims"], list) for finding in plain)


def test_a_ledger_of_twenty_thousand_claims_is_audited_in_linear_time() -> None:
    """About a second; were one rule quadratic it would be hours."""
    copies = [
        claim._replace(
            id=f"{claim.id}.copy{copy}", locator=f"{claim.locator}.copy{copy}", formula="", part_of=""
        )
        for copy in range(20_000 // len(LEDGER.claims))
        for claim in LEDGER.claims
    ]
    many = replace(LEDGER, claims=(*LEDGER.claims, *copies), tokens=())
    started = process_time()
    found = Counter(finding.rule for finding in audit(many, NUMBERS))
    assert process_time() - started < 20
    assert found.keys() <= {finding.rule for finding in FINDINGS}
    assert found
