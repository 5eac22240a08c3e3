"""Rule 13: GRIM, and test statistics against their p."""

from dataclasses import replace

import pytest

from recomputed.ledger.rules.tested import impossible_for_n, statistic_against_p
from recomputed.paper_toml import UnitWording
from synthetic.ledgers import SETTINGS, Words, claim, ledger

WHOLE = Words(replace(SETTINGS, units={"item": UnitWording(whole=True)}))


@pytest.mark.parametrize(
    ("mean", "n", "found"),
    [
        ("5.19", 28, 1),  # Brown & Heathers 2017: 145 / 28 is 5.18, 146 / 28 is 5.21
        ("5.18", 28, 0),
        ("5.21", 28, 0),
        ("3.5", 2, 0),
        ("3.4", 2, 1),
        ("-5.19", 28, 1),
    ],
)
def test_a_mean_is_a_whole_total_over_n(mean, n, found):
    claims = (claim("mean", mean, statistic="mean"), claim("n", n, statistic="n", hedge="exact"))
    assert len(list(impossible_for_n(ledger(*claims, words=WHOLE), {}))) == found
    assert list(impossible_for_n(ledger(*claims), {})) == []  # not said to come in whole numbers


@pytest.mark.parametrize(
    ("share", "n", "found"), [("33.3", 3, 0), ("33.4", 3, 1), ("50", 7, 1), ("57", 7, 0)]
)
def test_a_percentage_is_a_whole_count_of_n(share, n, found):
    claims = (claim("share", share, unit="percent-share"), claim("n", n, statistic="n", hedge="exact"))
    assert len(list(impossible_for_n(ledger(*claims), {}))) == found


def test_an_approximate_mean_and_an_approximate_n_prove_nothing():
    about = claim("mean", "5.19", statistic="mean", hedge="about", granularity="0.1")
    exact = claim("mean", "5.19", statistic="mean")
    n = claim("n", 28, statistic="n", hedge="exact")
    assert list(impossible_for_n(ledger(about, n, words=WHOLE), {})) == []
    assert list(impossible_for_n(ledger(exact, n._replace(hedge="about"), words=WHOLE), {})) == []


def printed(name, value, p, *df, kind="p", hedge="none"):
    return ledger(
        claim("test", value, statistic=name),
        claim("p", p, statistic=kind, hedge=hedge),
        *(claim(f"d{n}", one, statistic=("df", "df2")[n], hedge="exact") for n, one in enumerate(df)),
    )


RIGHT = [  # from tables of each distribution: the value that 5 % of it lie beyond
    ("t", "2.042", "0.050", (30,)),
    ("F", "3.32", "0.050", (2, 30)),
    ("chi2", "3.84", "0.050", (1,)),
    ("r", "0.349", "0.050", (30,)),
    ("z", "1.96", "0.050", ()),
]


@pytest.mark.parametrize(("name", "value", "p", "df"), RIGHT)
def test_a_statistic_at_its_critical_value_has_that_p_and_no_other(name, value, p, df):
    pytest.importorskip("scipy")
    assert list(statistic_against_p(printed(name, value, p, *df), {})) == []
    (finding,) = statistic_against_p(printed(name, value, "0.005", *df), {})
    assert finding.severity == "contradiction"
    assert finding.claims[:2] == ("test", "p")


def test_half_of_the_p_is_one_sided_which_a_p_may_be_and_chi_squared_has_not():
    pytest.importorskip("scipy")
    assert list(statistic_against_p(printed("z", "1.96", "0.025"), {})) == []
    assert list(statistic_against_p(printed("z", "1.96", "0.025", kind="p-one-sided"), {})) == []
    assert len(list(statistic_against_p(printed("z", "1.96", "0.050", kind="p-one-sided"), {}))) == 1
    assert len(list(statistic_against_p(printed("chi2", "3.84", "0.025", 1), {}))) == 1


def test_a_negative_statistic_has_the_p_of_its_size_and_a_bound_is_met_or_not():
    pytest.importorskip("scipy")
    assert list(statistic_against_p(printed("t", "-2.042", "0.050", 30), {})) == []
    assert list(statistic_against_p(printed("z", "2.60", "0.01", hedge="up-to"), {})) == []
    assert len(list(statistic_against_p(printed("z", "1.20", "0.05", hedge="up-to"), {}))) == 1


def test_without_degrees_of_freedom_nothing_is_said():
    assert list(statistic_against_p(printed("t", "2.042", "0.9"), {})) == []
    assert list(statistic_against_p(printed("F", "3.32", "0.9", 2), {})) == []
