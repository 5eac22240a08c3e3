"""Turnover: the rise after live sessions, from the index rows, and how the three cases compare."""

from collections.abc import Iterator

from recomputed import MEASURED, Interval, Number, Numbers, Tables, count, derive, transcribe_cell
from recomputed.quantity.arithmetic import count_below, largest, mean, percent, rank, smallest, spread
from recomputed.quantity.intervals import rise


def uplift(after: Interval, before: Interval) -> Interval:
    """The rise of the index in percent, 100 · (after/before − 1)."""
    return percent(rise(after, before))


def numbers(tables: Tables, known: Numbers) -> Iterator[Number]:
    """Index, window and rise of each case; mean, extremes, ranks; how many lie below the literature's range."""
    uplifts: dict[str, Number] = {}
    for case in tables["cases"].column("case"):
        row = tables["turnover"].row(case)
        before = transcribe_cell(f"turnover.before.{case}", row, "before", unit=row["unit"], made=True)
        after = transcribe_cell(
            f"turnover.index.{case}", row, "index", unit=row["unit"], hedge=row["hedge"], made=True
        )
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
            yield transcribe_cell(
                f"turnover.window.{case}",
                row,
                "window",
                unit=row["window_unit"],
                made=row["kind"] == MEASURED,  # of a coded row the window is as stated
            )
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
            subject=case,
        )
    summaries = {
        "mean": (mean, "rata-rata tak berbobot kenaikan semua kasus", 0),
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
        subject="",
    )
