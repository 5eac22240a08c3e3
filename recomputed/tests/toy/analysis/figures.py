"""The figures of the toy paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recomputed import Number, Numbers, Record, figure, lazily
from recomputed.language.wording import write
from recomputed.manuscript.theme import ACCENT, ACCENT_2, themed

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")


@figure
def growth(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The growth of each stall (percent), with what its hedge stands for."""
    return [_record(case, numbers[f"growth.rise.{case}"]) for case in cases]


@growth.chart
def draw_growth(records: list[Record], width: int) -> alt.LayerChart:
    """A bar a stall, with a line for the interval."""
    base = alt.Chart({"values": records}).encode(y=alt.Y("case:N", title=None))
    bars = base.mark_bar(color=ACCENT).encode(x=alt.X("value:Q", title="Growth of sales (%)"))
    lines = base.mark_rule(color=ACCENT_2, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", dx=6).encode(x="high:Q", text="label:N")
    return themed(bars + lines + labels, width, 190)


@figure
def wait(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The mean waiting time of each stall (seconds)."""
    return [_record(case, numbers[f"cups.wait.{case}"]) for case in cases]


@wait.chart
def draw_wait(records: list[Record], width: int) -> alt.Chart:
    """A bar a stall."""
    chart = alt.Chart({"values": records}).mark_bar(color=ACCENT)
    return themed(
        chart.encode(x=alt.X("value:Q", title="Mean wait (s)"), y=alt.Y("case:N", title=None)), width, 190
    )


def _record(case: str, number: Number) -> Record:
    low, high = number.stands_for.low, number.stands_for.high
    assert low is not None
    assert high is not None
    return {
        "case": case,
        "value": float(number.value.value),
        "low": float(low),
        "high": float(high),
        "label": write(number),
    }
