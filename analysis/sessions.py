"""Sales in live sessions: conversion rate in its three readings, and the least revenue for each item sold."""

from collections.abc import Iterator

from recomputed import Interval, Number, Numbers, Reported, Tables, derive, transcribe
from recomputed.quantity.arithmetic import percent
from recomputed.quantity.intervals import ratio_ends, ratio_hull, ratio_paired


def conversion(units: Interval, viewers: Interval) -> Interval:
    """Items sold for each hundred viewers, the hull: [units.low/viewers.high, units.high/viewers.low]."""
    return percent(ratio_hull(units, viewers))


def conversion_paired(units: Interval, viewers: Interval) -> Interval:
    """Items sold for each hundred viewers, low end with low end and high end with high end."""
    return percent(ratio_paired(units, viewers))


def conversion_of_low_ends(units: Interval, viewers: Interval) -> Interval:
    """The least items sold for each hundred of the least viewers."""
    return percent(Interval.point(ratio_ends(units, viewers)[0]))


def conversion_of_high_ends(units: Interval, viewers: Interval) -> Interval:
    """The most items sold for each hundred of the most viewers."""
    return percent(Interval.point(ratio_ends(units, viewers)[1]))


def conversion_at_fewest(units: Interval, viewers: Interval) -> Interval:
    """Items sold for each hundred viewers, if every session had only the fewest viewers of the range."""
    if viewers.low is None:
        raise ValueError(f"{viewers} has no fewest viewers")
    return percent(ratio_hull(units, Interval.point(viewers.low)))


def least_revenue_per_item(revenue: Interval, units: Interval) -> Interval:
    """The least revenue of one session over the most items sold in one. There is no most: the revenue is open above."""
    if revenue.low is None:
        raise ValueError(f"{revenue} has no least revenue")
    return Interval.point(ratio_ends(Interval.point(revenue.low), units)[1])


READINGS = {
    "": (conversion, "unit terjual dibagi penonton, semua pasangan yang mungkin"),
    ".paired": (
        conversion_paired,
        "unit terjual dibagi penonton, ujung bawah dengan ujung bawah dan atas dengan atas",
    ),
    ".low-ends": (conversion_of_low_ends, "unit paling sedikit dibagi penonton paling sedikit"),
    ".high-ends": (conversion_of_high_ends, "unit paling banyak dibagi penonton paling banyak"),
    ".fewest": (conversion_at_fewest, "unit terjual dibagi jumlah penonton paling sedikit saja"),
}


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """The reported sales figures; conversion by reading and the least revenue for each item where both are reported."""
    reported = Reported(transcribe(tables["sessions"]))
    yield from reported.values()
    for case in tables["cases"].column("case"):
        units, viewers = reported.get(f"sessions.units.{case}"), known.get(f"audience.viewers.{case}")
        if units is None or viewers is None:
            continue
        for suffix, (function, words) in READINGS.items():
            yield derive(
                f"sessions.conversion.{case}{suffix}",
                function,
                units,
                viewers,
                unit="percent-share",
                words=words,
            )
        revenue = reported.get(f"sessions.revenue.{case}")
        if revenue is not None:
            yield derive(
                f"sessions.revenue-per-item.{case}",
                least_revenue_per_item,
                revenue,
                units,
                unit="rupiah",
                words="omzet paling sedikit satu sesi dibagi unit terjual paling banyak dalam satu sesi",
                digits=-5,
            )
