"""Where text stands on the pages of a PDF, and whether any lies over other text."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points
MARGIN = 31 / 25.4 * 72
OVERHANG = 6  # of punctuation over the margin


def pages(file: Path) -> pdfium.PdfDocument:
    """The pages of a PDF."""
    return pdfium.PdfDocument(file.read_bytes())


def boxes(page: pdfium.PdfPage) -> Iterator[Box]:
    """The box around each run of text."""
    text = page.get_textpage()
    yield from (text.get_rect(nth) for nth in range(text.count_rects()))


def overlapping(found: Sequence[Box]) -> list[tuple[Box, Box]]:
    """Boxes that lie over each other by more than kerning does, a fifth of the letters' height."""
    return [
        (one, other)
        for nth, one in enumerate(found)
        for other in found[nth + 1 :]
        if _common(one, other, 0) > (slack := max(1, 0.2 * min(one[3] - one[1], other[3] - other[1])))
        and _common(one, other, 1) > slack
    ]


def _common(one: Box, other: Box, side: int) -> float:
    return min(one[side + 2], other[side + 2]) - max(one[side], other[side])


def assert_tidy(document: pdfium.PdfDocument) -> None:
    """No text lies over other text or leaves the margins."""
    for page in document:
        found = list(boxes(page))
        assert [] == overlapping(found)
        assert max(box[2] for box in found) <= page.get_width() - MARGIN + OVERHANG
        assert min(box[1] for box in found) > 0
