"""Whether a picture in the proof is the paper's: by its bytes, else by how it looks."""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from recomputed.proofs.corrections import Correction
from recomputed.proofs.words import Picture

_SIDE = 96


def look(picture: Any) -> Any:
    """A picture in grey, 0 black to 1 white, its white margins cut, at a fixed size; None if it cannot be read."""
    pixels = _pixels(picture) if isinstance(picture, bytes) else picture
    if pixels is None or pixels.size == 0:
        return None
    values = pixels.astype(float) / 255
    if values.ndim == 3 and values.shape[2] == 4:
        values = values[:, :, :3] * values[:, :, 3:] + 1 - values[:, :, 3:]
    grey = values.mean(axis=2) if values.ndim == 3 else values
    rows, columns = (np.flatnonzero((grey < 0.97).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return np.ones((_SIDE, _SIDE))
    grey = grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    for axis in (0, 1):  # the mean of each of so many stretches
        edges = np.linspace(0, grey.shape[axis], _SIDE + 1).astype(int)
        parts = (
            np.take(grey, range(at, max(at + 1, end)), axis, mode="clip")
            for at, end in itertools.pairwise(edges)
        )
        grey = np.stack([part.mean(axis=axis) for part in parts], axis=axis)
    return grey


def _pixels(content: bytes) -> Any:
    """PNG, JPEG, GIF, WebP or SVG as pixels: typst sets it on a page, and PDFium draws that."""
    import pypdfium2 as pdfium
    import typst

    source = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(read("picture", encoding: none), width: 480pt)'
    try:
        compiled: Any = typst.compile  # its files may be given by their names, which its types do not say
        pdf = compiled({"main.typ": source, "picture": content}, format="pdf")
    except (typst.TypstError, RuntimeError, ValueError):
        return None
    with pdfium.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_numpy().copy()


def compare_pictures(ours: Sequence[Picture], theirs: Sequence[Picture]) -> Iterator[Correction]:
    """The figures that are another in the proof. Of as many pictures each is held to its own, in order; otherwise to
    the likest. A picture is another where one more of the paper's figures is likelier, or none is alike.
    """
    if not theirs or not ours:
        return
    own = {one.name: look(one.content) for one in ours}
    looks = [look(one.content) for one in theirs]
    for nth, figure in enumerate(ours):
        id_ = figure.name
        if own[id_] is None or all(one is None for one in looks):
            continue
        at = (
            nth
            if len(looks) == len(ours)
            else min(range(len(looks)), key=lambda at: unlike(own[id_], looks[at]))
        )
        if (
            theirs[at].content == figure.content
            if isinstance(theirs[at].content, bytes)
            else looks[at] is None
        ):
            continue
        measured = unlike(own[id_], looks[at])
        others = min((unlike(one, looks[at]) for other, one in own.items() if other != id_), default=1.0)
        if measured > THRESHOLD or others < measured:
            found = f"another picture (it differs by {measured:.3f}; up to {THRESHOLD} is the same)"
            yield Correction("figure", theirs[at].place, found, f"the picture of {id_}", "", id_)


def unlike(one: Any, other: Any) -> float:
    """How much two looks differ: 0 for the same, 1 for black and white."""
    return 1.0 if one is None or other is None else float(np.abs(one - other).mean())


THRESHOLD = 0.07
"""Mean difference of two looks from which they are two pictures: a figure drawn again at another size has up to
0.04, two charts of one paper 0.1 and more."""
