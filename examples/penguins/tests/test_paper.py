"""The published values, each with its place; where the data come from; the line and the intervals by another way."""

import hashlib
import math

import numpy as np
import pandas as pd
import pytest

from recomputed import cli, paths
from recomputed.ledger.examination import Examination, examine
from recomputed.tables.load import load

ORIGINAL = "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93"
"""SHA-256 of the package's file."""

SPECIES = ("Adelie", "Chinstrap", "Gentoo")
PUBLISHED = {
    "README.md, About the data": {"counts.penguins": 344, "counts.species": 3, "counts.islands": 3},
    "README.md, str(penguins)": {"counts.penguins": 344, "counts.variables": 8},
    "README.md, count(species)": dict(
        zip((f"counts.penguins.{one}" for one in SPECIES), (152, 68, 124), strict=True)
    ),
    "README.md, summarize: Adelie": {
        "means.bill-length.Adelie": 38.8, "means.bill-depth.Adelie": 18.3,
        "means.flipper.Adelie": 190, "means.mass.Adelie": 3701,
    },
    "README.md, summarize: Chinstrap": {
        "means.bill-length.Chinstrap": 48.8, "means.bill-depth.Chinstrap": 18.4,
        "means.flipper.Chinstrap": 196, "means.mass.Chinstrap": 3733,
    },
    "README.md, summarize: Gentoo": {
        "means.bill-length.Gentoo": 47.5, "means.bill-depth.Gentoo": 15.0,
        "means.flipper.Gentoo": 217, "means.mass.Gentoo": 5076,
    },
    "man/penguins.Rd, Format": {
        "counts.penguins": 344, "counts.variables": 8, "years.first": 2007, "years.last": 2009,
    },
    "vignettes/pca.Rmd, Correlation matrix": {
        "correlations.flipper.mass": 0.871, "correlations.bill-length.flipper": 0.656,
        "correlations.bill-depth.flipper": -0.584, "correlations.bill-length.mass": 0.595,
        "correlations.bill-depth.mass": -0.472, "correlations.bill-length.bill-depth": -0.235,
    },
    "penguins.py, table (Chinstrap apart)": {"counts.penguins.Adelie": 152, "counts.penguins.Gentoo": 124},
}  # fmt: skip
STEP = {
    "counts": 1,
    "years": 1,
    "flipper": 1,
    "mass": 1,
    "bill-length": 0.1,
    "bill-depth": 0.1,
    "correlations": 0.001,
}


@pytest.fixture(scope="module")
def examination() -> Examination:
    return examine(load())


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    return pd.read_csv(paths.DATA / "penguins.csv")


def value(examination: Examination, id_: str) -> float:
    return float(examination.numbers[id_].value.value)


@pytest.mark.parametrize("place", PUBLISHED)
def test_a_number_rounds_to_what_is_published_in_its_place(place: str, examination: Examination) -> None:
    for id_, published in PUBLISHED[place].items():
        subject, quantity = id_.split(".")[:2]
        step = STEP[quantity if subject == "means" else subject]
        assert published == pytest.approx(step * math.floor(value(examination, id_) / step + 0.5)), id_


def test_the_docstring_has_a_hundred_chinstraps_too_many(examination: Examination) -> None:
    """penguins.py, table: 168; its own example further down: 68."""
    assert (168, 68) == tuple(
        value(examination, id_) for id_ in ("stated.python.Chinstrap", "counts.penguins.Chinstrap")
    )
    told = {one.id: one.verdict for one in examination.outcomes}
    assert ["disagrees", "agrees"] == [told["python.count.Chinstrap"], told["python.example.Chinstrap"]]


def test_the_records_are_the_packages_file() -> None:
    lines = (paths.DATA / "penguins.csv").read_text(encoding="utf-8").splitlines()
    original = "".join(f"{line.partition(',')[2]}\n" for line in lines)
    assert ORIGINAL == hashlib.sha256(original.encode()).hexdigest()


def test_the_line_is_the_one_that_numpy_fits(examination: Examination, records: pd.DataFrame) -> None:
    measured = records.dropna(subset=["flipper_length_mm", "body_mass_g"])
    fitted, covariance = np.polyfit(measured["flipper_length_mm"], measured["body_mass_g"], 1, cov=True)
    named = [value(examination, f"line.{name}") for name in ("slope", "intercept", "error")]
    assert [*fitted, math.sqrt(covariance[0, 0])] == pytest.approx(named)


def test_the_interval_of_the_difference_reaches_as_far_as_the_standard_error_says(
    examination: Examination, records: pd.DataFrame
) -> None:
    gentoo, adelie = (
        records[records["species"] == one]["body_mass_g"].dropna() for one in ("Gentoo", "Adelie")
    )
    reach = 1.959964 * math.sqrt(gentoo.var() / len(gentoo) + adelie.var() / len(adelie))
    difference = gentoo.mean() - adelie.mean()
    interval = examination.numbers["difference.mass.interval"].value
    assert interval.low is not None
    assert interval.high is not None
    assert [difference - reach, difference + reach] == pytest.approx(
        [float(interval.low), float(interval.high)]
    )


def test_the_excess_of_males_is_that_of_their_mean(examination: Examination, records: pd.DataFrame) -> None:
    means = records.groupby(["species", "sex"])["body_mass_g"].mean().unstack()
    excess = (means["male"] / means["female"] - 1) * 100
    assert [excess[one] for one in SPECIES] == pytest.approx(
        [value(examination, f"excess.mass.{one}") for one in SPECIES]
    )


def test_the_paper_holds() -> None:
    """Every claim has the verdict that is expected, and no guard finds a fault."""
    assert cli.main(["check"]) == 0
