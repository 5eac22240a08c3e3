"""Whether a picture in the proof is the paper's: by its bytes, else by how it looks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from recomputed.exchange.proof import Correction

THRESHOLD = 0.035
"""Mean difference of two pictures in grey, 0 to 1, white margins cut and both brought to one size, from which they are
two pictures. A figure drawn again at another resolution or saved as JPEG stays below 0.02."""
_SIDE = 96


def look(picture: Any) -> Any:
    """A picture in grey, 0 black to 1 white, its white margins cut, at a fixed size; None if it cannot be read."""
    grey = _grey(picture)
    if grey is None:
        return None
    rows, columns = np.flatnonzero((grey < 0.97).any(axis=1)), np.flatnonzero((grey < 0.97).any(axis=0))
    if not len(rows):
        return np.ones((_SIDE, _SIDE))
    grey = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    for axis in (0, 1):  # the mean of each of so many stretches
        grey = np.stack([part.mean(axis=axis) for part in _parts(grey, axis)], axis=axis)
    return grey


def _parts(grey: Any, axis: int) -> Iterator[Any]:
    size = grey.shape[axis]
    for nth in range(_SIDE):
        first = nth * size // _SIDE
        yield np.take(grey, range(first, max(first + 1, (nth + 1) * size // _SIDE)), axis=axis)


def _grey(picture: Any) -> Any:
    pixels = _pixels(picture) if isinstance(picture, bytes) else picture
    if pixels is None or pixels.size == 0:
        return None
    values = pixels.astype(float) / 255
    if values.ndim == 3:
        if values.shape[2] == 4:
            values = values[:, :, :3] * values[:, :, 3:] + 1 - values[:, :, 3:]
        values = values.mean(axis=2)
    return values


def _pixels(content: bytes) -> Any:
    """PNG, JPEG, GIF, WebP or SVG as pixels: typst sets it on a page, and PDFium draws that."""
    import pypdfium2 as pdfium
    import typst

    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(read("/picture", encoding: none), width: 480pt)'
    try:
        pdf = typst.compile({"main.typ": source, "picture": content}, format="pdf")
    except (typst.TypstError, RuntimeError, ValueError):
        return None
    with pdfium.PdfDocument(pdf) as document:
        return document[0].render(scale=1).to_numpy().copy()


def compare_pictures(
    ours: Mapping[str, bytes], theirs: Sequence[tuple[str, str, Any]]
) -> Iterator[Correction]:
    """The figures whose picture in the proof is another: of as many pictures each is held to its own, in order;
    otherwise each is looked for among all.
    """
    if not theirs:
        return
    looks = [(place, look(content)) for _, place, content in theirs]
    same = {content for _, _, content in theirs if isinstance(content, bytes)}
    for nth, (id_, content) in enumerate(ours.items()):
        if len(theirs) != len(ours) and content in same:
            continue
        own = look(content)
        here = [looks[nth]] if len(looks) == len(ours) else looks
        read = [
            (float(np.abs(own - one).mean()), place)
            for place, one in here
            if one is not None and own is not None
        ]
        if not read:
            continue
        difference, place = min(read)
        if difference > THRESHOLD:
            found = f"another picture (it differs by {difference:.3f}; up to {THRESHOLD} is the same)"
            yield Correction("figure", place, found, f"the picture of {id_}", "", id_)
