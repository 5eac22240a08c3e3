"""How large the penguins of each species are, and by how much two species differ in mass."""

from collections.abc import Iterator

from analysis.measures import COLUMNS, DIGITS, UNITS
from recomputed import Interval, Number, Numbers, Tables, derive, measure
from recomputed.quantity.arithmetic import difference
from recomputed.quantity.intervals import exact
from recomputed.quantity.summaries import mean, root, sd

NORMAL = exact("1.959964")
"""The 0.975 quantile of the standard normal distribution."""


def interval_of(centre: Interval, error: Interval) -> Interval:
    """The 95 % interval of an estimate by its standard error, in the normal approximation."""
    reach = error * NORMAL
    return (centre - reach).hull(centre + reach)


def interval_of_difference(
    a: Interval, sd_a: Interval, n_a: Interval, b: Interval, sd_b: Interval, n_b: Interval
) -> Interval:
    """The 95 % interval of a − b for two independent means; their variances may differ."""
    variance = sd_a * sd_a / n_a + sd_b * sd_b / n_b
    assert variance.low is not None
    assert variance.high is not None
    return interval_of(a - b, root(variance.low).hull(root(variance.high)))


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """Mean of each measurement and standard deviation of the mass by species; the difference of two mean masses."""
    means, spreads = {}, {}
    for case in tables.cases:
        rows = tables["penguins"].where(species=case)
        for name, column in COLUMNS.items():
            means[name, case] = measure(
                f"means.{name}.{case}",
                mean,
                rows,
                column,
                unit=UNITS[name],
                words="mean of the species",
                digits=DIGITS[name],
                missing="skip",
                subject=case,
                quantity=name,
            )
        spreads[case] = measure(
            f"sd.mass.{case}",
            sd,
            rows,
            "body_mass_g",
            unit="gram",
            words="standard deviation of the body mass of the species",
            missing="skip",
            subject=case,
        )
    yield from (*means.values(), *spreads.values())
    pair = [
        (means["mass", case], spreads[case], known[f"counts.measured.{case}"])
        for case in ("Gentoo", "Adelie")
    ]
    yield derive(
        "difference.mass",
        difference,
        pair[0][0],
        pair[1][0],
        unit="gram",
        words="mean body mass of gentoos less that of Adélies",
    )
    yield derive(
        "difference.mass.interval",
        interval_of_difference,
        *pair[0],
        *pair[1],
        unit="gram",
        words="95 % interval of the difference, from the two standard deviations and counts",
    )
