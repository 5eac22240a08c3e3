"""Rule 8: relations that these cases cannot show."""

from recomputed.ledger.rules.related import cannot_be_shown, cause_both_ways
from synthetic.ledgers import ledger, number, relation

CASES = ("A", "B", "C", "D", "E")


def series(name, *values):
    return {f"{name}.{case}": number(value) for case, value in zip(CASES, values, strict=False)}


def found(*relations, numbers):
    return list(cannot_be_shown(ledger(relations=relations, cases=CASES), numbers))


def test_three_cases_cannot_show_any_correlation():
    numbers = series("weekly", 21, 12, 14) | series("rise", 25, 10, 30)
    (finding,) = found(relation("h1", "weekly", "rise"), numbers=numbers)
    assert finding.severity == "untestable"
    assert "figures of 3 cases the smallest possible one-sided p is 0.167" in finding.message["en"]
    assert "the rank correlation is 0.5, p 0.5" in finding.message["en"]


def test_even_a_perfect_order_of_three_cases_cannot():
    numbers = series("weekly", 1, 2, 3) | series("rise", 10, 20, 30)
    assert [finding.severity for finding in found(relation("h1", "weekly", "rise"), numbers=numbers)] == [
        "untestable"
    ]


def test_five_cases_in_disorder_do_not_and_in_order_do():
    disorder = series("weekly", 1, 2, 3, 4, 5) | series("rise", 30, 10, 50, 20, 40)
    assert [f.severity for f in found(relation("h1", "weekly", "rise"), numbers=disorder)] == ["unsupported"]
    repaired = series("weekly", 1, 2, 3, 4, 5) | series("rise", 10, 20, 30, 40, 50)
    assert found(relation("h1", "weekly", "rise"), numbers=repaired) == []


def test_a_case_counts_only_with_both_figures():
    numbers = series("weekly", 1, 2, 3, 4, 5) | series("rise", 10, 20)
    (finding,) = found(relation("h1", "weekly", "rise"), numbers=numbers)
    assert "figures of 2 cases" in finding.message["en"]
    (finding,) = found(relation("h1", "weekly", "rise"), numbers=series("weekly", 1, 2) | series("rise", 10))
    assert (
        "figures of 1 case the smallest possible one-sided p is 1, and no correlation"
        in finding.message["en"]
    )


def test_a_term_without_data_is_untestable_whatever_the_cases():
    numbers = series("weekly", 1, 2, 3, 4, 5) | series("rise", 10, 20, 30, 40, 50)
    for untold in (
        relation("h2", "", "rise"),
        relation("h2", "weekly", ""),
        relation("h2", "weekly", "rise", kind="mediates"),
    ):
        (finding,) = found(untold, numbers=numbers)
        assert finding.severity == "untestable"
        assert "nothing reported measures one of its terms" in finding.message["en"]


def test_one_relation_claimed_twice_makes_one_finding():
    numbers = series("weekly", 1, 2, 3) | series("rise", 10, 20, 30)
    (finding,) = found(relation("h1", "weekly", "rise"), relation("again", "weekly", "rise"), numbers=numbers)
    assert finding.claims == ("h1", "again")


def test_two_claims_without_data_make_two():
    assert len(found(relation("h2"), relation("h3"), numbers={})) == 2


def test_a_relation_is_tested_in_the_direction_in_which_it_is_claimed():
    """Faster replies (fewer seconds), more sales: perfect support, whose p is 1/120."""
    seconds = series("seconds", 50, 40, 30, 20, 10) | series("rise", 1, 2, 3, 4, 5)
    assert found(relation("h1", "seconds", "rise", sign="falls"), numbers=seconds) == []
    (against,) = found(relation("h1", "seconds", "rise"), numbers=seconds)
    assert "the rank correlation is −1, p 1" in against.message["en"]


def test_perfect_support_of_three_cases_is_told_as_support():
    seconds = series("seconds", 50, 40, 30) | series("rise", 1, 2, 3)
    (finding,) = found(relation("h1", "seconds", "rise", sign="falls"), numbers=seconds)
    assert finding.severity == "untestable"
    assert "their order is the one claimed, with p 0.17" in finding.message["en"]


def test_a_term_that_nothing_measures_follows_from_coding_and_a_test_from_figures():
    (gap,) = found(relation("h2"), numbers={})
    (test,) = found(relation("h1", "a", "b"), numbers=series("a", 1, 2, 3) | series("b", 3, 1, 2))
    assert (gap.follows, test.follows) == ("coding", "figures")


def test_two_things_that_each_drive_the_other_are_one_finding():
    pair = relation("one", "a", "b", kind="drives"), relation("two", "b", "a", kind="drives")
    (finding,) = cause_both_ways(ledger(relations=pair), {})
    assert finding.claims == ("one", "two")
    assert list(cause_both_ways(ledger(relations=pair[:1]), {})) == []
    assert list(cause_both_ways(ledger(relations=(pair[0], relation("two", "b", "a"))), {})) == []
