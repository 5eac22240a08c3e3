"""Rule 7: changes that are not measured alike, put side by side."""

from recomputed.ledger.rules.windows import unlike_changes
from synthetic.ledgers import claim, ledger


def rise(id_, case, locator="abstract", **columns):
    return claim(id_, 25, quantity="growth", case=case, locator=locator, **columns)


def found(*claims):
    return [(finding.severity, finding.claims) for finding in unlike_changes(ledger(*claims), {})]


def test_a_window_said_elsewhere_still_tells_two_cases_apart():
    side_by_side = [rise("a", "A"), rise("b", "C")]
    elsewhere = rise("c", "C", "results.p3", window="3 month")
    assert found(*side_by_side, elsewhere) == [("not comparable", ("a", "b"))]


def test_another_basis_tells_them_apart_and_the_same_does_not():
    one, other = rise("a", "A", basis="before-rain"), rise("b", "C", basis="after-rain")
    assert found(one, other) == [("not comparable", ("a", "b"))]
    assert found(one, other._replace(basis="before-rain")) == []


def test_places_with_the_same_cases_make_one_finding():
    claims = [
        rise(f"{case}.{place}", case, place) for place in ("abstract", "conclusion.p2") for case in ("A", "C")
    ]
    claims[0] = claims[0]._replace(window="3 month")
    assert [len(ids) for _, ids in found(*claims)] == [4]


def test_figures_in_different_places_or_of_no_change_are_left_alone():
    apart = [rise("a", "A", "p1", window="3 month"), rise("b", "C", "p2")]
    assert found(*apart) == []
    assert found(claim("a", 1, case="A"), claim("b", 2, case="C")) == []
    assert found(rise("a", "A"), rise("b", "C")) == []


def test_the_literature_is_a_subject_of_its_own():
    literature = claim("lit", 30, 60, quantity="growth", condition="literature", locator="abstract")
    (finding,) = unlike_changes(ledger(rise("a", "A", basis="before-rain"), literature), {})
    assert "the literature against no stated basis" in finding.message["en"]
