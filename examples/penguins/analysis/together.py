"""How the measurements go together: correlations, and the least-squares line of mass on flipper length.

The line is computed exactly, as a fraction; no statistics package takes part.
"""

from collections.abc import Iterator
from fractions import Fraction

from analysis.measures import COLUMNS, PAIRS
from analysis.sizes import interval_of
from recomputed import Interval, Number, Numbers, Statistic, Tables, Values, derive, measure
from recomputed.quantity.arithmetic import percent, product
from recomputed.quantity.summaries import correlation, mean, root


def deviations(x: Values, y: Values) -> Fraction:
    """The sum of the products of the deviations from the means."""
    mean_x, mean_y = mean(x), mean(y)
    return sum(((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True)), start=Fraction(0))


def slope(x: Values, y: Values) -> Fraction:
    """The slope of the least-squares line of y on x."""
    return deviations(x, y) / deviations(x, x)


def intercept(x: Values, y: Values) -> Fraction:
    """Where that line meets x = 0."""
    return mean(y) - slope(x, y) * mean(x)


def slope_error(x: Values, y: Values) -> Interval:
    """The standard error of the slope, from the residuals with n − 2 degrees of freedom."""
    of_x, both, of_y = deviations(x, x), deviations(x, y), deviations(y, y)
    return root((of_y - both**2 / of_x) / (len(x) - 2) / of_x)


def explained(r: Interval, again: Interval) -> Interval:
    """The share of the variance that a line explains, in percent: 100 · r²."""
    return percent(product(r, again))


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The correlation of each pair of measurements, of bill length and depth by species; the line."""
    penguins = tables["penguins"]
    pairs = {}
    for one, other in PAIRS:
        pairs[one, other] = measure(
            f"correlations.{one}.{other}",
            correlation,
            penguins,
            COLUMNS[one],
            COLUMNS[other],
            unit="correlation",
            words="correlation over all penguins",
            digits=2,
            missing="skip",
        )
    yield from pairs.values()
    for case in tables.cases:
        yield measure(
            f"within.bills.{case}",
            correlation,
            penguins.where(species=case),
            "bill_length_mm",
            "bill_depth_mm",
            unit="correlation",
            words="correlation of bill length and depth within the species",
            digits=2,
            missing="skip",
            subject=case,
        )
    line: dict[str, Statistic] = {"slope": slope, "error": slope_error, "intercept": intercept}
    units = {"intercept": "gram"}
    fitted = {
        name: measure(
            f"line.{name}",
            function,
            penguins,
            "flipper_length_mm",
            "body_mass_g",
            unit=units.get(name, "gram-per-millimetre"),
            words="least squares of body mass on flipper length",
            digits=0 if name == "intercept" else 1,
            missing="skip",
        )
        for name, function in line.items()
    }
    yield from fitted.values()
    yield derive(
        "line.interval",
        interval_of,
        fitted["slope"],
        fitted["error"],
        unit="gram-per-millimetre",
        words="95 % interval of the slope",
        digits=1,
    )
    r = pairs["flipper", "mass"]
    yield derive(
        "line.explained", explained, r, r, unit="percent-share", words="square of the correlation", digits=0
    )
