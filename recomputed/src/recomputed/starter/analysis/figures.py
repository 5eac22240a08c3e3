"""The paper's figures: what each shows, as plain records, and the chart drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recomputed import Numbers, Record, figure, labelled, lazily
from recomputed.manuscript.theme import ACCENT, themed

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")  # loaded when a figure is drawn; most runs draw none


@figure
def parts(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The days of each part of the year. The function's name is the figure's: `figures/parts.svg`, `fig-parts`."""
    return [
        {"case": case, "name": labelled(case), "days": int(numbers[f"days.part.{case}"].value.value)}
        for case in cases
    ]


@parts.chart
def draw_parts(records: list[Record], width: int) -> alt.LayerChart:
    """A bar a part with its value. No number is typed here: what is drawn and written comes from the records. It is
    drawn twice, for a page and for a phone.
    """
    base = alt.Chart({"values": records}).encode(
        x=alt.X("days:Q", title="$days"), y=alt.Y("name:N", title=None, sort=None)
    )
    labels = base.mark_text(align="left", dx=6, fontWeight="bold").encode(text="days:Q")
    return themed(base.mark_bar(color=ACCENT, size=16) + labels, width, height=150)
