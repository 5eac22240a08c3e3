"""How figures look: the colours that they share with the page and the PDF, their letters and their axes.

A test holds the colours equal to those of `paper.css` and `paper.typ`. The page shows an SVG's by their names there,
so that a dark page has its own.
"""

from typing import TypeVar

INK, MUTED, RULE = "#1d1b18", "#5d574e", "#d9d2c5"
ACCENT, ACCENT_2, ACCENT_3, ALARM = "#27446b", "#85521f", "#00695c", "#96401f"
FONT, SIZE = "Source Sans Pro", 13
BAND = 0.16
"""Opacity of an area that lies behind marks, in a colour of the palette."""

_TEXT = {"labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": "normal"}
_INKED = {"labelColor": INK, "titleColor": INK}
CONFIG = {
    "font": FONT,
    "axis": {
        **_TEXT,
        **_INKED,
        "gridColor": RULE,
        "gridOpacity": 0.7,
        "domainColor": MUTED,
        "tickColor": MUTED,
        "titlePadding": 8,
    },
    "text": {"fontSize": SIZE, "color": INK},
    "view": {"stroke": None},
    "legend": {**_TEXT, **_INKED},
}

Chart = TypeVar("Chart")


def themed(chart: Chart, width: int, height: int) -> Chart:
    """The chart in the paper's style, so many pixels wide and high with its axes and titles."""
    looks = {"background": "white", "padding": 2, "autosize": {"type": "fit", "contains": "padding"}}
    styled: Chart = chart.properties(width=width, height=height, config=CONFIG, **looks)  # type: ignore[attr-defined]
    return styled
