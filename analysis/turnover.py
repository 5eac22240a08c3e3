"""Turnover: the rise after live sessions, from the index rows, and how the three cases compare."""

from collections.abc import Iterator
from fractions import Fraction

from recomputed.quantity import intervals
from recomputed.quantity.intervals import Interval
from recomputed.tables.load import Tables
from recomputed.quantity.numbers import Number, Numbers, count, derive, transcribe_cell


def uplift(after: Interval, before: Interval) -> Interval:
    """The rise of the index in percent, 100 · (after/before − 1)."""
    return intervals.uplift(after, before) * 100


def mean(*values: Interval) -> Interval:
    """The unweighted arithmetic mean."""
    return total(*values) / len(values)


def total(*values: Interval) -> Interval:
    """The sum."""
    result = Interval.point(0)
    for value in values:
        result = result + value
    return result


def rank(own: Interval, *others: Interval) -> Interval:
    """The rank from the largest [-]; a range where intervals overlap."""
    above = sum(own.certainly_less(other) for other in others)
    perhaps = sum(own.possibly_less(other) for other in others)
    return Interval.closed(1 + above, 1 + perhaps)


def largest(*values: Interval) -> Interval:
    """The largest of several values."""
    return -smallest(*(-value for value in values))


def smallest(*values: Interval) -> Interval:
    """The smallest of several values: its lower end is the least, its upper end the least upper end."""
    lows, highs = [v.low for v in values], [v.high for v in values]
    low = None if None in lows else min(low for low in lows if low is not None)
    high = min((high for high in highs if high is not None), default=None)
    return Interval(low, high)


def spread(*values: Interval) -> Interval:
    """The largest minus the smallest."""
    return largest(*values) - smallest(*values)


def count_below(bound: Interval, *values: Interval) -> Interval:
    """How many values lie below the whole of `bound`: the certain ones up to the possible ones."""
    least = Interval.point(bound.low if bound.low is not None else Fraction(0))
    return Interval.closed(
        sum(value.certainly_less(least) for value in values),
        sum(value.possibly_less(least) for value in values),
    )


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """Index, window and rise of each case; mean, extremes, ranks; how many lie below the literature's range."""
    uplifts: dict[str, Number] = {}
    for row in tables["turnover"].rows:
        case = row["case"]
        before = transcribe_cell(f"turnover.before.{case}", row, "before", unit=row["unit"])
        after = transcribe_cell(f"turnover.index.{case}", row, "index", unit=row["unit"], hedge=row["hedge"])
        uplifts[case] = derive(
            f"turnover.uplift.{case}",
            uplift,
            after,
            before,
            unit="percent-change",
            words="indeks omzet sesudah siaran dibagi indeks sebelum siaran, dikurangi satu",
        )
        yield from (before, after, uplifts[case])
        if row["window"]:
            yield transcribe_cell(f"turnover.window.{case}", row, "window", unit=row["window_unit"])
    every = tuple(uplifts.values())
    for case, own in uplifts.items():
        others = tuple(number for number in every if number is not own)
        yield derive(
            f"turnover.rank.{case}",
            rank,
            own,
            *others,
            unit="rank",
            words="peringkat kenaikan, dari yang terbesar",
        )
    summaries = {
        "mean": (mean, "rata-rata tak berbobot kenaikan semua kasus", 1),
        "highest": (largest, "kenaikan terbesar", 0),
        "lowest": (smallest, "kenaikan terkecil", 0),
    }
    for name, (function, words, digits) in summaries.items():
        yield derive(
            f"turnover.uplift.{name}", function, *every, unit="percent-change", words=words, digits=digits
        )
    yield derive(
        "turnover.uplift.spread",
        spread,
        *every,
        unit="percent-point",
        words="kenaikan terbesar dikurangi terkecil",
    )
    yield derive(
        "turnover.below-literature",
        count_below,
        known["context.uplift.literature"],
        *every,
        unit="case",
        words="banyaknya kasus yang kenaikannya di bawah kisaran pustaka",
    )
    kinds = {row["evidence"]: row for row in tables["turnover"].rows}
    yield count(
        "turnover.evidence-kinds",
        list(kinds.values()),
        "evidence",
        unit="item",
        words="banyaknya jenis bukti yang menopang kenaikan omzet",
    )
