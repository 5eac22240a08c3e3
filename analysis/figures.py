"""The paper's figures: what each shows, as plain records, and its Vega-Lite chart. Cases are shown by code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recomputed import Interval, Number, Numbers, Record, figure, lazily
from recomputed.language.wording import write

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")

INDIGO, SOGA, GREY, INK = "#1f4e79", "#a4561f", "#6b7280", "#1f2328"
FONT = "Source Sans Pro"
WIDTH = 520
TEXT_SIZE = 13
LOG_TICKS = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]

SESSION = {
    "audience.viewers.{case}": "penonton",
    "audience.viewers.{case}.table": "penonton, tabel",
    "audience.comments.{case}": "komentar",
}
HOURS = {
    "audience.viewers.{case}.hour1": "penonton, jam awal",
    "audience.viewers.{case}.hour1.mean": "rata-rata, jam awal",
    "audience.viewers.{case}.hour2": "penonton, jam berikutnya",
    "audience.viewers.{case}.mean": "rata-rata, sesi penuh",
}
CONVERSION = {
    ".reported": "seperti terbit",
    "": "semua pasangan",
    ".paired": "ujung berpasangan",
    ".fewest": "penonton paling sedikit saja",
}


@figure
def uplift(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The rise in turnover of each case (percent), with the interval that its hedge stands for."""
    return [_record(case, numbers[f"turnover.uplift.{case}"]) for case in cases]


@uplift.chart
def plot_uplift(records: list[Record]) -> alt.LayerChart:
    """The rise in turnover of each case, with the interval that its hedge stands for. The article's figure 1."""
    base = _chart(records, height=150).encode(y=_rows(records))
    bars = base.mark_bar(color=INDIGO, size=26).encode(
        x=alt.X("value:Q", title="Kenaikan omzet (%)", scale=_from_zero(records), axis=alt.Axis(tickCount=8))
    )
    hedge = base.mark_rule(color=SOGA, strokeWidth=2.5).encode(x="low:Q", x2="high:Q")
    labels = base.mark_text(align="left", dx=6, color=INK, fontSize=TEXT_SIZE, fontWeight=600).encode(
        x="high:Q", text="label:N"
    )
    return _finish(bars + hedge + labels)


@figure
def audience(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """Viewers and comments of each case (a session), one for each place of the article that reports them."""
    return [
        _record(f"{case} {label}", numbers[id_]) | {"kind": _kind(id_)}
        for case in cases
        for pattern, label in (SESSION if f"audience.viewers.{case}" in numbers else HOURS).items()
        if (id_ := pattern.format(case=case)) in numbers
    ]


@audience.chart
def plot_audience(records: list[Record]) -> alt.LayerChart:
    """Viewers and comments of each case, one line for each place of the article that reports them."""
    low, high = min(record["low"] for record in records), max(record["high"] for record in records)
    scale = alt.Scale(type="log", domain=[0.8 * low, 1.8 * high], nice=False)
    if low <= 0:  # no logarithm shows a session without viewers
        scale = alt.Scale(type="symlog", domain=[low, max(1.8 * high, 1)], nice=False)
    ticks = [tick for tick in LOG_TICKS if 0.8 * low <= tick <= 1.8 * high]
    return _ranges(records, "Jumlah per sesi (skala logaritma)", scale, alt.Axis(values=ticks), height=270)


@figure
def conversion(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The conversion rate (percent) as published, and the ranges that units and viewers allow."""
    sold = [case for case in cases if f"sessions.conversion.{case}" in numbers]
    return [
        _record(f"{case} {label}" if len(sold) > 1 else label, numbers[id_])
        | {"kind": "terbit" if suffix == ".reported" else "dihitung"}
        for case in sold
        for suffix, label in CONVERSION.items()
        if (id_ := f"sessions.conversion.{case}{suffix}") in numbers
    ]


@conversion.chart
def plot_conversion(records: list[Record]) -> alt.LayerChart:
    """The conversion rate as published, and the ranges that units and viewers allow."""
    return _ranges(records, "Tingkat konversi (%)", _from_zero(records), alt.Axis(tickCount=8), height=160)


def _record(name: str, number: Number) -> Record:
    """One mark: nominal ends and, for a single figure, the interval that it stands for."""
    label = write(number)
    shown = number.value if not number.value.is_point else number.stands_for
    return {
        "name": name,
        "value": _float(number.value, "high"),
        "low": _float(shown, "low"),
        "high": _float(shown, "high"),
        "label": label,
    }


def _float(interval: Interval, end: str) -> float:
    """An end as a binary float, for drawing only."""
    value = getattr(interval, end)
    if value is None:
        raise ValueError(f"{interval} cannot be drawn: it has no {end} end")
    return float(value)


def _kind(id_: str) -> str:
    if ".comments." in id_:
        return "komentar"
    return "rata-rata" if id_.endswith(".mean") else "penonton"


def _from_zero(records: list[Record]) -> alt.Scale:
    """From 0 or the least value below it to the largest value or 0, and a sixth more: room for its label."""
    low = min(0.0, *(record["low"] for record in records))
    high = max(0.0, *(record["high"] for record in records))
    return alt.Scale(domain=[low, high + ((high - low) or 1) / 6], nice=False)


def _ranges(
    records: list[Record], title: str, scale: alt.Scale, axis: alt.Axis, height: int
) -> alt.LayerChart:
    kinds = list(dict.fromkeys(record["kind"] for record in records))
    base = _chart(records, height=height).encode(y=_rows(records))
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=kinds, range=[INDIGO, SOGA, GREY][: len(kinds)]),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    bars = base.mark_bar(size=12, cornerRadius=3, minBandSize=3).encode(
        x=alt.X("low:Q", title=title, scale=scale, axis=axis), x2="high:Q", color=colour
    )
    labels = base.mark_text(align="left", dx=6, color=INK, fontSize=TEXT_SIZE).encode(
        x="high:Q", text="label:N"
    )
    return _finish(bars + labels)


def _chart(records: list[Record], height: int) -> alt.Chart:
    return alt.Chart({"values": records}, width=WIDTH, height=height)


def _rows(records: list[Record]) -> alt.Y:
    names = [record["name"] for record in records]
    return alt.Y(
        "name:N",
        title=None,
        sort=names,
        axis=alt.Axis(labelLimit=240, labelPadding=8, ticks=False, domain=False),
    )


def _finish(chart: alt.LayerChart) -> alt.LayerChart:
    finished: alt.LayerChart = (
        chart.configure(font=FONT, background="white", padding=8)
        .configure_axis(
            labelFontSize=TEXT_SIZE,
            titleFontSize=TEXT_SIZE,
            titleFontWeight="normal",
            titleColor=INK,
            labelColor=INK,
            gridColor="#e5e7eb",
            domainColor="#9ca3af",
            tickColor="#9ca3af",
        )
        .configure_view(stroke=None)
        .configure_legend(labelFontSize=TEXT_SIZE, labelColor=INK)
    )
    return finished
