"""The growth of sales since the signs were painted, from an index; how the stalls compare."""

from collections.abc import Iterator

from recomputed import Interval, Number, Numbers, Tables, derive, transcribe_cell
from recomputed.quantity import intervals
from recomputed.quantity.arithmetic import largest, mean, percent, rank, spread


def rise(after: Interval, before: Interval) -> Interval:
    """The rise in percent, 100 · (after/before − 1)."""
    return percent(intervals.rise(after, before))


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """Index and rise of each stall; their mean, largest and spread; each stall's rank."""
    rises: dict[str, Number] = {}
    for row in tables["growth"].rows:
        case = row["case"]
        before = transcribe_cell(f"growth.before.{case}", row, "before", unit="index")
        after = transcribe_cell(f"growth.index.{case}", row, "index", unit="index", hedge=row["hedge"])
        rises[case] = derive(
            f"growth.rise.{case}",
            rise,
            after,
            before,
            unit="percent-change",
            words="index after the sign over the index before it, less one",
            quantity="growth",
        )
        yield from (before, after, rises[case])
        if row["window"]:
            yield transcribe_cell(f"growth.window.{case}", row, "window", unit=row["window_unit"])
    every = tuple(rises.values())
    for case, own in rises.items():
        others = (number for number in every if number is not own)
        yield derive(
            f"growth.rank.{case}", rank, own, *others, unit="rank", words="rank of growth", subject=case
        )
    yield derive("growth.mean", mean, *every, unit="percent-change", words="unweighted mean", digits=1)
    yield derive("growth.largest", largest, *every, unit="percent-change", words="the largest")
    yield derive("growth.spread", spread, *every, unit="percent-point", words="the largest less the smallest")
