"""The figures of the toy paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recomputed import Number, Numbers, Record, figure, lazily
from recomputed.language.wording import write
from recomputed.manuscript.theme import ACCENT, ACCENT_2, themed
from recomputed.paper_language import paper_language

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
    bars = base.mark_bar(color=ACCENT).encode(
        x=alt.X("value:Q", title=_said("Growth of sales (%)", "Wachstum (%)"))
    )
    lines = base.mark_rule(color=ACCENT_2, strokeWidth=2).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", dx=6).encode(x="high:Q", text="label:N")
    drawn: alt.LayerChart = themed(bars + lines + labels, width, 190)
    return drawn


@figure
def wait(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The mean waiting time of each stall (seconds)."""
    return [_record(case, numbers[f"cups.wait.{case}"]) for case in cases]


@wait.chart
def draw_wait(records: list[Record], width: int) -> alt.Chart:
    """A bar a stall."""
    title = _said("Mean wait (s)", "Mittlere Wartezeit (s)")
    chart = alt.Chart({"values": records}).mark_bar(color=ACCENT)
    placed = chart.encode(x=alt.X("value:Q", title=title), y=alt.Y("case:N", title=None))
    drawn: alt.Chart = themed(placed, width, 190)
    return drawn


def _said(english: str, german: str) -> str:
    """The words in the language of the edition."""
    return german if paper_language().code == "de" else english


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
