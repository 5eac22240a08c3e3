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
    return _shrunk(_ink(picture))


def _ink(picture: Any) -> Any:
    """A picture in grey within its white margins, at its own size; None if it cannot be read."""
    pixels = drawn_pixels(picture) if isinstance(picture, bytes) else picture
    if pixels is None or pixels.size == 0:
        return None
    values = pixels.astype(float) / 255
    if values.ndim == 3 and values.shape[2] == 4:
        values = values[:, :, :3] * values[:, :, 3:] + 1 - values[:, :, 3:]
    grey = values.mean(axis=2) if values.ndim == 3 else values
    rows, columns = (np.flatnonzero((grey < 0.97).any(axis=axis)) for axis in (1, 0))
    return (
        grey[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if len(rows) else np.ones((_SIDE, _SIDE))
    )


def _shrunk(grey: Any) -> Any:
    """At a fixed size: the mean of each of so many stretches."""
    if grey is None:
        return None
    for axis in (0, 1):
        edges = np.linspace(0, grey.shape[axis], _SIDE + 1).astype(int)
        parts = (
            np.take(grey, range(at, max(at + 1, end)), axis, mode="clip")
            for at, end in itertools.pairwise(edges)
        )
        grey = np.stack([part.mean(axis=axis) for part in parts], axis=axis)
    return grey


def drawn_pixels(content: bytes) -> Any:
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
    the likest. A picture is another where one more of the paper's figures is likelier, or none is alike; else it may
    have been turned, mirrored, cut or stretched.
    """
    if not theirs or not ours:
        return
    inks = {one.name: _ink(one.content) for one in ours}
    own = {name: _shrunk(ink) for name, ink in inks.items()}
    their_inks = [_ink(one.content) for one in theirs]
    looks = [_shrunk(ink) for ink in their_inks]
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
        others = [one for other, one in own.items() if other != id_]
        if found := _difference(own[id_], looks[at], others) or _reshaped(inks[id_], their_inks[at]):
            yield Correction("figure", theirs[at].place, found, f"the picture of {id_}", "", id_)


def _difference(own: Any, theirs: Any, others: Sequence[Any]) -> str:
    """In what a look is not the own one; "" if it is."""
    measured = unlike(own, theirs)
    if measured > THRESHOLD or any(unlike(one, theirs) < measured for one in others):
        return f"another picture (it differs by {measured:.3f}; up to {THRESHOLD} is the same)"
    if any(unlike(one, theirs) < measured / 2 for one in _turned(own)):
        return "the picture turned or mirrored"
    return ""


def _turned(look: Any) -> Iterator[Any]:
    """A look turned and mirrored in all other ways."""
    for one in (look, look.T):
        yield from (one[::-1], one[:, ::-1], one[::-1, ::-1])
    yield look.T


def _reshaped(own: Any, theirs: Any) -> str:
    """That the same look has become wider or narrower, as where a part of it was cut off; "" if it has not."""
    wider = (theirs.shape[1] / theirs.shape[0]) / (own.shape[1] / own.shape[0])
    if 1 / RESHAPED < wider < RESHAPED:
        return ""
    return f"the picture cut or stretched ({wider:.2f} times as wide for its height)"


def unlike(one: Any, other: Any) -> float:
    """How much two looks differ: 0 for the same, 1 for black and white."""
    return 1.0 if one is None or other is None else float(np.abs(one - other).mean())


THRESHOLD = 0.07
"""Mean difference of two looks from which they are two pictures: a figure drawn again at another size has up to
0.04, two charts of one paper 0.1 and more."""

RESHAPED = 1.05
"""How much wider or narrower, for its height, a picture may have become: drawn again it has a hundredth."""
