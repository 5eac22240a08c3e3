"""The paper's figures: what each shows, as plain records, and the chart drawn from them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from typing import TYPE_CHECKING, Any

from analysis.measures import COLUMNS, TITLES
from recomputed import Number, Numbers, Record, Tables, figure, lazily
from recomputed.language.wording import write
from recomputed.manuscript.names import name_lines
from recomputed.manuscript.theme import ACCENT, ACCENT_2, ACCENT_3, ALARM, MUTED, themed

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")

ALL = "All penguins"
COLOURS = {"Adélie": ACCENT_2, "Chinstrap": ACCENT, "Gentoo": ACCENT_3}
OTHERS = (ALARM, MUTED)
"""Of species that have no colour yet, in turn."""


@figure
def mass(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The mean body mass of each species (g), and its standard deviation."""
    return [
        {
            "case": name,
            "mean": _float(numbers[f"means.mass.{case}"]),
            "sd": _float(numbers[f"sd.mass.{case}"]),
            "label": write(numbers[f"means.mass.{case}"]),
        }
        for case, name in _names(cases).items()
    ]


@mass.chart
def draw_mass(records: list[Record], width: int) -> alt.LayerChart:
    """A point a species on the line from one standard deviation below it to one above."""
    chart = _chart(records).transform_calculate(
        low=alt.datum.mean - alt.datum.sd, high=alt.datum.mean + alt.datum.sd
    )
    base = chart.encode(y=alt.Y("case:N", title=None), color=_colour(records))
    scale = alt.Scale(zero=False, padding=20)
    lines = base.mark_rule(strokeWidth=3).encode(
        x=alt.X("low:Q", scale=scale, title="Body mass (g)"), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=110, opacity=1).encode(x="mean:Q")
    drawn: alt.LayerChart = themed(lines + points + _labels(base, "mean:Q", dy=-14), width, 190)
    return drawn


@figure
def bills(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The correlation of bill length and bill depth: over all penguins, and within each species."""
    found = {ALL: numbers["correlations.bill-length.bill-depth"]}
    found |= {name: numbers[f"within.bills.{case}"] for case, name in _names(cases).items()}
    return [
        {"case": name, "correlation": _float(number), "label": write(number), "end": max(_float(number), 0)}
        for name, number in found.items()
    ]


@bills.chart
def draw_bills(records: list[Record], width: int) -> alt.LayerChart:
    """A bar for each correlation."""
    order = [record["case"] for record in records]
    base = _chart(records).encode(y=alt.Y("case:N", title=None, sort=order))
    scale = alt.Scale(domain=[-0.4, 0.8])
    bars = base.mark_bar(size=20).encode(
        x=alt.X("correlation:Q", title="Correlation of bill length and bill depth", scale=scale),
        color=_colour(records),
    )
    drawn: alt.LayerChart = themed(bars + _labels(base, "end:Q", align="left", dx=6), width, 200)
    return drawn


@figure
def line(numbers: Numbers, cases: Sequence[str], tables: Tables) -> list[Record]:
    """Flipper length (mm) and body mass (g) of each penguin of the line's fit, and the line over its two ends."""
    slope, intercept = numbers["line.slope"], numbers["line.intercept"]
    flipper, mass, names = COLUMNS["flipper"], COLUMNS["mass"], _names(cases)
    points: list[Record] = [
        {"case": names[str(row["species"])], "flipper": row[flipper], "mass": row[mass]}
        for row in tables.measured(slope).records("species", flipper, mass)
    ]
    lengths = [point["flipper"] for point in points]
    ends = [
        {"case": ALL, "flipper": x, "slope": _float(slope), "intercept": _float(intercept)}
        for x in (min(lengths), max(lengths))
    ]
    return [*points, *ends]


@line.chart
def draw_line(records: list[Record], width: int) -> alt.LayerChart:
    """A point a penguin, and the line through all of them."""
    scale = alt.Scale(zero=False, padding=10)
    base = _chart(records).encode(
        x=alt.X("flipper:Q", scale=scale, title="Flipper length (mm)"),
        y=alt.Y("mass:Q", scale=scale, title="Body mass (g)"),
        color=_colour(records, alt.Legend(title=None, orient="top")),
    )
    points = base.transform_filter(alt.datum.case != ALL).mark_point(size=26, opacity=0.7)
    ends = base.transform_filter(alt.datum.case == ALL).transform_calculate(
        mass=alt.datum.intercept + alt.datum.slope * alt.datum.flipper
    )
    drawn: alt.LayerChart = themed(points + ends.mark_line(strokeWidth=2.5), width, 380)
    return drawn


@figure
def dimorphism(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The males' excess over the females (%) in each measurement, by species."""
    return [
        {"case": name, "measure": TITLES[measure], "excess": _float(number), "label": write(number)}
        for measure in COLUMNS
        for case, name in _names(cases).items()
        for number in (numbers[f"excess.{measure}.{case}"],)
    ]


@dimorphism.chart
def draw_dimorphism(records: list[Record], width: int) -> alt.LayerChart:
    """Three bars for each measurement."""
    order = list(dict.fromkeys(record["measure"] for record in records))
    base = _chart(records).encode(
        y=alt.Y("measure:N", title=None, sort=order, axis=alt.Axis(ticks=False, domain=False)),
        yOffset=alt.YOffset("case:N"),
    )
    scale = alt.Scale(domain=[0, 1.15 * max(record["excess"] for record in records)], nice=False)
    bars = base.mark_bar().encode(
        x=alt.X("excess:Q", title="Males above females (%)", scale=scale),
        color=_colour(records, alt.Legend(title=None, orient="top")),
    )
    drawn: alt.LayerChart = themed(bars + _labels(base, "excess:Q", align="left", dx=5), width, 330)
    return drawn


def _names(cases: Sequence[str]) -> dict[str, str]:
    """What each species is called; one without a name, by its code."""
    named = {line["case"]: line["name"] for line in name_lines()}
    return {case: named.get(case, case) for case in cases}


def _float(number: Number) -> float:
    """The value as a binary float, for drawing only."""
    return float(number.value.value)


def _colour(records: list[Record], legend: alt.Legend | None = None) -> alt.Color:
    kinds = list(dict.fromkeys(record["case"] for record in records))
    others = cycle(OTHERS)
    colours = {ALL: MUTED, **COLOURS}
    scale = alt.Scale(domain=kinds, range=[colours.get(kind) or next(others) for kind in kinds])
    return alt.Color("case:N", scale=scale, legend=legend)


def _labels(base: alt.Chart, x: str, **place: Any) -> alt.Chart:
    labels: alt.Chart = base.mark_text(**place).encode(x=x, text="label:N")
    return labels


def _chart(records: list[Record]) -> alt.Chart:
    return alt.Chart({"values": records})
