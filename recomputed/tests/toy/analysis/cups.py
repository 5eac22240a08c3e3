"""What is measured over the records: cups, waiting time, leaves and heat."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from recomputed import Number, Numbers, Tables, derive, fit, measure
from recomputed.quantity.arithmetic import difference
from recomputed.quantity.summaries import correlation, mean, number_of, sd

if TYPE_CHECKING:
    import pandas as pd


def slope(frame: "pd.DataFrame") -> float:
    """The slope of the least-squares line of the second column on the first."""
    import numpy as np

    x, y = (frame[name] for name in frame.columns)
    return float(np.polyfit(x, y, 1)[0])


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """How many cups; mean and spread of the waiting time; how leaves and heat go together, and by how much."""
    cups = tables["cups"]
    yield measure("cups.count", number_of, cups, unit="cup", words="cups that were timed")
    means = {
        case: measure(
            f"cups.wait.{case}",
            mean,
            cups.where(case=case),
            "wait_s",
            unit="second",
            words="mean waiting time",
            digits=1,
            missing="skip",
            subject=case,
            quantity="wait",
        )
        for case in tables.cases
    }
    yield from means.values()
    yield measure(
        "cups.wait.sd",
        sd,
        cups,
        "wait_s",
        unit="second",
        words="standard deviation",
        digits=1,
        missing="skip",
    )
    yield measure(
        "cups.leaves.heat",
        correlation,
        cups,
        "leaves_g",
        "heat_c",
        unit="correlation",
        words="correlation of leaves and heat",
        digits=2,
    )
    yield measure(
        "cups.heat.slope",
        fit(slope, package="numpy", tolerance="0.001"),
        cups,
        "leaves_g",
        "heat_c",
        unit="degree-per-gram",
        words="slope of heat on leaves",
        digits=1,
    )
    yield derive(
        "cups.wait.gap",
        difference,
        means["hill"],
        means["north"],
        unit="second",
        words="mean wait at the one stall less that at the other",
        digits=1,
    )
