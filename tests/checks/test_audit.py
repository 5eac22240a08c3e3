"""The audit of the article: what it finds, how gravely, and that it follows the ledger."""

import csv
import shutil
from collections import Counter

import pytest

from recomputed import paths
from recomputed.ledger.audit import RULES, audit
from recomputed.ledger.findings import SEVERITIES
from synthetic.ledgers import article, edited, row_of

LEDGER, NUMBERS = article()
FINDINGS = audit(LEDGER, NUMBERS)


def test_findings_by_severity():
    assert {finding.id: finding.severity for finding in FINDINGS} == {
        "values-differ.table1.staff.K2.employee": "contradiction",
        "values-differ.table1.viewers.K1.count": "contradiction",
        "comparison.turnover.in-line": "contradiction",
        "not-stated.table1.promotion.K1": "unsupported",
        "not-stated.table1.viewers.K1": "unsupported",
        "one-figure-two-quantities.table1.viewers.K1.count": "unsupported",
        "figure-of-another-case.literature.viewers.K3": "unsupported",
        "derived.literature.viewers.K3": "unsupported",
        "comparison.method.evidence.turnover": "unsupported",
        "comparison.table1.viewers.stable.K3": "unsupported",
        "comparison.literature.smaller.K3": "unsupported",
        "figure-after-source.introduction.penetration.malaysia": "unsupported",
        "missing-citation.turnover.uplift.literature": "unsupported",
        "advice-beyond-results.recommendations.prime": "unsupported",
        "advice-not-met.recommendations.bandwidth": "unsupported",
        "mean.profile.viewers.K3.hour1": "implausible",
        "mean.profile.viewers.K3.hour2": "implausible",
        "mean.turnover.viewers.K2": "implausible",
        "product.turnover.revenue.K1": "implausible",
        "unlike-changes.abstract.id.uplift.K1": "not comparable",
        "unlike-changes.turnover.uplift.K1": "not comparable",
        "mean.turnover.comments.K1": "untestable",
        "relation.abstract.marketplace": "untestable",
        "relation.introduction.hypothesis1": "untestable",
        "relation.introduction.hypothesis2": "untestable",
        "relation.audience.response": "untestable",
        "relation.audience.crucial": "untestable",
        "relation.audience.interaction": "untestable",
        "values-differ.table1.viewers.K3.hour1": "tighter than derivable",
        "derived.audience.conversion.K1": "tighter than derivable",
    }


NOT_HERE = {
    "parts_and_total",
    "part_above_whole",
    "extreme_against_values",
    "bound_of_nothing",
    "out_of_order",
    "direction_against_figures",
    "opposite_words",
    "units_differ",
    "impossible_for_n",
    "statistic_against_p",
    "cause_both_ways",
}
"""The rules that the article gives no ground; their own tests give them some."""


def test_every_other_rule_finds_something_in_the_article_and_the_gravest_come_first():
    assert {rule.__name__ for rule in RULES if not any(rule(LEDGER, NUMBERS))} == NOT_HERE
    order = [list(SEVERITIES).index(finding.severity) for finding in FINDINGS]
    assert order == sorted(order)


def test_ids_are_unique_and_claims_are_in_the_ledger_with_their_places():
    assert max(Counter(finding.id for finding in FINDINGS).values()) == 1
    places = {
        record.id: record.locator for record in (*LEDGER.claims, *LEDGER.comparisons, *LEDGER.relations)
    }
    for finding in FINDINGS:
        assert [places[id_] for id_ in finding.claims] == list(finding.locators)


def test_each_finding_is_one_sentence_in_every_language():
    for finding in FINDINGS:
        for text in (finding.message, finding.assumption):
            assert set(text) == {"en", "id"}
            for sentence in text.values():
                assert sentence[0].isupper()
                assert sentence.endswith(".")
                assert sentence.count(". ") == 0


BROKEN = {
    "chronology.table1.live.K2": ("table1.live.K2", {"low": "2020"}),
    "parts.profile.staff.K1": ("profile.staff.K1.host", {"low": "3"}),
    "part-above-whole.profile.staff.K2.host": ("profile.staff.K2.host", {"low": "3"}),
    "bound.audience.uplift.K3": ("audience.uplift.K3", {"low": "35"}),
    "missing-citation.introduction.population": ("introduction.population", {"source": "missing"}),
}


@pytest.mark.parametrize("finding", BROKEN)
def test_breaking_the_ledger_adds_the_finding(tmp_path, finding):
    id_, cells = BROKEN[finding]
    broken = article(edited(tmp_path, "published", row_of("published", id_), **cells))
    assert finding not in {found.id for found in FINDINGS}
    assert finding in {found.id for found in audit(*broken)}


def test_a_value_from_elsewhere_is_told_with_its_place():
    said = next(one for one in FINDINGS if one.id == "comparison.literature.smaller.K3").message["en"]
    assert "viewers of K3 per session 5–35 (computed, printed nowhere)" in said
    assert "viewers of K1 per session 150–300 (from Patterns of interaction, paragraph 2)" in said


@pytest.mark.parametrize(
    "true",
    [
        "introduction.penetration.indonesia",  # 221.56 of 278.7 million is 79.5 %
        "introduction.tiktok.rank",
        "introduction.tiktok.second",
        "introduction.neighbours.higher",
        "profile.staff.K1",  # 12 = 10 + 2
        "table1.staff.K2",  # 2 = 1 + 1
        "profile.staff.K3",  # 6 = 3 + 3
        "profile.sessions.K1",
        "profile.affiliates.K1",
        "audience.declines.K3",
        "audience.fewer.K3",
        "abstract.id.only",
        "abstract.id.positive",
        "conclusion.positive",
        "content.all-three",
        "audience.response.K1",
        "conclusion.cases",
    ],
)
def test_a_true_statement_raises_nothing(true):
    assert all(true not in finding.claims for finding in FINDINGS)


REPAIRS = {
    "values-differ.table1.staff.K2.employee": ("profile.staff.K2.employee", {"hedge": "exact"}),
    "values-differ.table1.viewers.K3.hour1": ("table1.viewers.K3.hour1", {"high": "35"}),
    "one-figure-two-quantities.table1.viewers.K1.count": ("table1.viewers.K1.count", {"low": "60"}),
    "figure-of-another-case.literature.viewers.K3": ("literature.viewers.K3", {"low": "5", "high": "35"}),
    "derived.literature.viewers.K3": ("literature.viewers.K3", {"low": "5", "high": "35"}),
    "derived.audience.conversion.K1": ("audience.conversion.K1", {"low": "4"}),
    "mean.profile.viewers.K3.hour1": ("profile.viewers.K3.hour1", {"low": "30"}),
    "mean.turnover.viewers.K2": ("turnover.viewers.K2", {"low": "30", "high": ""} | {"hedge": "none"}),
    "product.turnover.revenue.K1": ("turnover.revenue.K1", {"low": "10000000"}),
    "missing-citation.turnover.uplift.literature": ("turnover.uplift.literature", {"source": "Author"}),
    "advice-beyond-results.recommendations.prime": ("recommendations.prime", {"low": "19.00"}),
    "advice-not-met.recommendations.bandwidth": ("recommendations.bandwidth", {"low": "50"}),
}


@pytest.mark.parametrize("finding", REPAIRS)
def test_repairing_the_ledger_removes_the_finding(tmp_path, finding):
    id_, cells = REPAIRS[finding]
    repaired = article(edited(tmp_path, "published", row_of("published", id_), **cells))
    assert finding in {found.id for found in FINDINGS}
    assert finding not in {found.id for found in audit(*repaired)}


def test_measuring_alike_removes_what_is_not_comparable(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(paths.DATA, folder)
    with (folder / "published.csv").open(encoding="utf-8", newline="") as lines:
        records = list(csv.DictReader(lines))
    for record in records:
        if record["quantity"] == "uplift":
            record |= {"window": "3 month", "basis": "before-live"}
    with (folder / "published.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    assert "not comparable" not in {finding.severity for finding in audit(*article(folder))}


def test_another_rise_in_the_data_changes_the_comparisons(tmp_path):
    """Were all three rises 30 % or more, they would be in line with the literature."""
    edited(tmp_path, "turnover", 2, index="130")
    raised = article(edited(tmp_path, "turnover", 3, index="135"))
    assert "comparison.turnover.in-line" not in {finding.id for finding in audit(*raised)}
