"""The paper's figures: what each shows, as plain records, and the chart drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recomputed import Numbers, Record, figure, lazily

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")  # loaded when a figure is drawn; most runs draw none


@figure
def parts(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The days of each part of the year. The function's name is the figure's: `figures/parts.svg`, `fig-parts`."""
    return [{"case": case, "days": int(numbers[f"days.part.{case}"].value.value)} for case in cases]


@parts.chart
def draw_parts(records: list[Record]) -> alt.Chart:
    """A bar a part. No number is typed here: what is drawn and written comes from the records."""
    chart: alt.Chart = (
        alt.Chart({"values": records}, width=480, height=140)
        .mark_bar(color="#1f4e79")
        .encode(x=alt.X("days:Q", title="$days"), y=alt.Y("case:N", title=None))
        .configure(font="Source Sans Pro")
    )
    return chart
