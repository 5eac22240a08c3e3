"""The paper's figures: what each shows, as plain records, and its Vega-Lite chart. Each mark has its label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from analysis.words import say
from recomputed import Interval, Number, Numbers, Record, Tables, figure, labelled, lazily
from recomputed.language.wording import hedge_word, write, write_end, write_range
from recomputed.manuscript.figures import NARROW
from recomputed.manuscript.theme import ACCENT, ACCENT_2, BAND, MUTED, themed

if TYPE_CHECKING:
    import altair as alt
else:
    alt = lazily("altair")

MARGIN = 64
"""Pixels to the right of the axis, for the label of the longest bar."""
READINGS = (".fewest", ".paired", "")


@figure
def uplift(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """The rise in turnover of each case (percent), the largest first, and the range of the literature."""
    rows = []
    for case in sorted(cases, key=lambda case: -_end(numbers[f"turnover.uplift.{case}"].value, "high")):
        hedge = hedge_word(numbers[f"turnover.index.{case}"].hedge)
        rows.append(_mark(case, labelled(case), numbers[f"turnover.uplift.{case}"], hedge))
    literature = numbers["context.uplift.literature"]
    return [*rows, _band(say("literature"), literature)]


@uplift.chart
def plot_uplift(records: list[Record], width: int) -> alt.LayerChart:
    """A point a case, on the line of what its "about" leaves open. The article's figure 1."""
    return _rows(records, width, say("uplift"), left=125, row=40, zero=True)


@figure
def audience(numbers: Numbers, cases: Sequence[str], tables: Tables) -> list[Record]:
    """Viewers and comments of each case in a session, one mark for each place of the article that reports them."""
    records: list[Record] = []
    for case in cases:
        rows = [row for row in tables["audience"].rows if row["case"] == case]
        records += [{"case": case, "head": labelled(case)}] if rows else []
        for row in rows:
            number = numbers[f"audience.{row['repeats'] or row.key}"]
            place = say(".".join(row["locator"].split(".")[:2]))
            what = [say("mean")] * (row["statistic"] == "mean") + [say(row["measure"])]
            when = [say(row["condition"])] if row["condition"] != "session" else []
            name = f"{', '.join([' '.join(what), *when])}: {place}"
            hedge = hedge_word(number.hedge)
            records.append(_mark(case, name, number, hedge) | {"of": row["measure"]})
    return records


@audience.chart
def plot_audience(records: list[Record], width: int) -> alt.LayerChart:
    """A bar for each place that reports a range, a point for a figure, a line for what "about" leaves open."""
    return _rows(records, width, say("audience"), left=286, row=23, zero=False)


@figure
def conversion(numbers: Numbers, cases: Sequence[str]) -> list[Record]:
    """Items over viewers under each reading (percent), and the rate as published."""
    sold = [case for case in cases if f"sessions.conversion.{case}" in numbers]
    records: list[Record] = []
    for case in sold:
        records += [{"case": case, "head": labelled(case)}]
        for suffix in READINGS:
            mark = _mark(case, say(suffix), numbers[f"sessions.conversion.{case}{suffix}"])
            records.append(mark | {"from": _division(numbers, case, suffix)})
    if len(sold) == 1 and (id_ := f"sessions.conversion.{sold[0]}.reported") in numbers:
        records.append(_band(say(".reported"), numbers[id_]))
    return records


@conversion.chart
def plot_conversion(records: list[Record], width: int) -> alt.LayerChart:
    """A line for what each reading gives, with the division it comes from, over the band that is published."""
    return _rows(records, width, say("conversion"), left=220, row=46, zero=True)


def _division(numbers: Numbers, case: str, suffix: str) -> str:
    """What a reading divides: `12–21 items ÷ 150 viewers`."""
    units, viewers = numbers[f"sessions.units.{case}"], numbers[f"audience.viewers.{case}"]
    if suffix == ".paired":
        ends = [f"{write_end(units, end)} ÷ {write_end(viewers, end)}" for end in ("low", "high")]
        return f" {say('and')} ".join(ends)
    among = write_end(viewers, "low") if suffix == ".fewest" else write_range(viewers)
    return f"{write_range(units)} {say('units')} ÷ {among} {say('viewers')}"


def _mark(case: str, name: str, number: Number, hedge: str = "") -> Record:
    """A value or a range as printed, and what it stands for where it is hedged."""
    meant = number.stands_for if hedge else number.value
    record: Record = {"case": case, "name": name, "label": f"{hedge}{write(number)}", "of": "viewers"}
    record |= {end: _end(number.value, end) for end in ("low", "high")}
    return record | {f"meant_{end}": _end(meant, end) for end in ("low", "high")}


def _band(name: str, number: Number) -> Record:
    ends = {f"band_{end}": _end(number.value, end) for end in ("low", "high")}
    return {"label": f"{name}: {write(number)}", **ends}


def _end(interval: Interval, end: str) -> float:
    """An end as a binary float, for drawing only."""
    value = getattr(interval, end)
    if value is None:
        raise ValueError(f"{interval} cannot be drawn: it has no {end} end")
    return float(value)


def _rows(records: list[Record], width: int, title: str, left: int, row: int, zero: bool) -> alt.LayerChart:
    """A row for each record, its name to the left of its mark, or over it in a narrow drawing; bands behind all."""
    narrow = width == NARROW
    left, row = (2, row + 20) if narrow else (left, row)
    bands = [record for record in records if "band_low" in record]
    lines = [
        record | {"line": f"{record['case']} {record.get('name', '')}"}
        for record in records
        if record not in bands
    ]
    marks = [line for line in lines if "low" in line]
    x = _scale([*marks, *bands], zero, [left, width - MARGIN])
    at_ticks: dict[str, Any] = {"tickCount": 7} if zero else {"values": _ticks(marks)}
    axis = alt.Axis(domain=False, labelFlush=False, **at_ticks)
    y = alt.Y("line:N", sort=[line["line"] for line in lines], axis=None, scale=alt.Scale(padding=0))

    def at(end: str) -> alt.X:
        return alt.X(f"{end}:Q", title=title, scale=x, axis=axis)

    def chart(rows: list[Record]) -> alt.Chart:
        return alt.Chart({"values": rows}).encode(y=y)

    layers = [
        *_behind(bands, at),
        chart(marks).mark_rule(strokeWidth=1.5, color=ACCENT).encode(x=at("meant_low"), x2="meant_high:Q"),
        chart([one for one in marks if one["low"] < one["high"]])
        .mark_bar(size=7, cornerRadius=2)
        .encode(x=at("low"), x2="high:Q", color=_colour()),
        chart([one for one in marks if one["low"] == one["high"]])
        .mark_point(filled=True, size=90, opacity=1)
        .encode(x=at("low"), color=_colour()),
        chart(marks)
        .mark_text(align="left", dx=8, fontWeight="bold")
        .encode(x=at("meant_high"), text="label:N"),
        *_names(lines, chart, -16 if narrow else 0),
    ]
    height = len(lines) * row + 56 + 20 * bool(bands)
    drawn: alt.LayerChart = themed(
        alt.LayerChart(layer=[layer for layer in layers if layer.data["values"]]), width, height
    )
    return drawn


def _names(lines: list[Record], chart: Any, shift: int) -> list[alt.Chart]:
    """What each row is, in bold where it heads others, with what it comes from under it."""
    heads, told = [one for one in lines if "head" in one], [one for one in lines if "from" in one]
    plain = [one for one in lines if "name" in one and "from" not in one]
    over = 1.5 * shift
    return [
        chart(heads).mark_text(align="left", fontWeight="bold").encode(x=alt.value(0), text="head:N"),
        chart(plain).mark_text(align="left", dy=shift).encode(x=alt.value(0), text="name:N"),
        chart(told).mark_text(align="left", dy=over - 8).encode(x=alt.value(0), text="name:N"),
        chart(told).mark_text(align="left", dy=over + 8, color=MUTED).encode(x=alt.value(0), text="from:N"),
    ]


def _behind(bands: list[Record], at: Any) -> list[alt.Chart]:
    """A range that others are held against, with its label over it."""
    area = alt.Chart({"values": bands}).encode(x=at("band_low"), x2="band_high:Q")
    text = alt.Chart({"values": bands}).mark_text(align="right", dy=-10, color=ACCENT_2, fontWeight="bold")
    return [
        area.mark_rect(color=ACCENT_2, opacity=BAND),
        text.encode(x=at("band_high"), y=alt.value(0), text="label:N"),
    ]


def _colour() -> alt.Color:
    scale = alt.Scale(domain=["viewers", "comments"], range=[ACCENT, ACCENT_2])
    return alt.Color("of:N", scale=scale, legend=None)


def _scale(drawn: list[Record], zero: bool, pixels: list[int]) -> alt.Scale:
    """From 0, or from the least of what is drawn on a logarithm, to the largest."""
    low, high = _extent(drawn)
    if zero:
        return alt.Scale(domain=[min(0.0, low), max(0.0, high) or 1.0], nice=False, range=pixels)
    kind: Any = "log" if low > 0 else "symlog"  # no logarithm shows a session without viewers
    return alt.Scale(type=kind, domain=[0.9 * low, max(high, 1)], nice=False, range=pixels)


def _extent(drawn: list[Record]) -> tuple[float, float]:
    lows, highs = ("meant_low", "low", "band_low"), ("meant_high", "high", "band_high")
    ends = [[one[end] for one in drawn for end in ends if end in one] for ends in (lows, highs)]
    return min(ends[0]), max(ends[1])


def _ticks(drawn: list[Record]) -> list[float]:
    low, high = _extent(drawn)
    return [tick for power in range(6) for digit in (1, 2, 5) if low <= (tick := digit * 10**power) <= high]
