"""One palette: figures, page and PDF have the same colours, which can be read and told apart."""

import re
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.manuscript import theme

EXTENSION = Path(paths.__file__).parents[3] / "_extensions" / "recomputed"
CSS = (EXTENSION / "paper.css").read_text(encoding="utf-8")
NAMES = {
    "INK": "ink", "MUTED": "muted", "RULE": "rule", "ACCENT": "accent", "ACCENT_2": "accent-2",
    "ACCENT_3": "accent-3", "ALARM": "alarm",
}  # fmt: skip
TEXTS = ("ink", "muted", "accent", "accent-2", "accent-3", "alarm")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", part))
    for part in re.findall(r":root \{(.*?)\n *\}", CSS, re.S)[:2]
)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_figures_and_page_have_the_same_colours(name: str) -> None:
    colour = getattr(theme, name)
    assert LIGHT[NAMES[name]] == colour
    for property_ in ("fill", "stroke"):
        assert f'svg [{property_}="{colour}"] {{ {property_}: var(--{NAMES[name]}); }}' in CSS


def test_the_pdf_has_the_same_colours() -> None:
    typst = (EXTENSION / "paper.typ").read_text(encoding="utf-8")
    assert set(re.findall(r'rgb\("(#\w{6})"\)', typst)) <= {getattr(theme, name) for name in NAMES}


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("name", TEXTS)
def test_text_can_be_read_on_the_page_in_both_schemes(scheme: dict[str, str], name: str) -> None:
    assert contrast(scheme[name], scheme["paper"]) >= 4.5


def test_what_is_drawn_can_be_seen_on_paper() -> None:
    assert all(contrast(getattr(theme, name), "#ffffff") >= 4.5 for name in NAMES if name != "RULE")
