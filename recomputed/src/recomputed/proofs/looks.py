"""Whether a picture in the proof is the paper's: by its bytes, else by how it looks, as a whole and in each part."""

import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from recomputed.proofs.corrections import NOTHING, Compared, Correction
from recomputed.proofs.words import Picture

_SIDE = 96
_WIDEST = 800  # pixels, to which parts are compared
_MARGIN = 0.03  # of a picture: its edge may have been found as far from where it is
_PATCH = 4  # pixels; a digit is about 7 by 10
SECONDS = 20
_PAGE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(read("picture", encoding: none), width: 480pt)'
_SET = "import sys, typst; typst.compile('main.typ', 'page.pdf', font_paths=sys.argv[1:], ignore_system_fonts=True)"
_LUMINANCE = (0.114, 0.587, 0.299)  # of blue, green and red, as PDFium orders them


class _Seen(NamedTuple):
    """A picture in grey, 0 black to 1 white, its white margins cut: at its own size, and at a fixed one."""

    ink: Any
    look: Any


def look(picture: Any) -> Any:
    """A picture in grey, 0 black to 1 white, its white margins cut, at a fixed size; None if it cannot be read."""
    seen = _seen(picture)
    return seen.look if seen else None


def _seen(picture: Any) -> _Seen | None:
    ink = _ink(picture)
    return None if ink is None else _Seen(ink, _scaled(ink, _SIDE, _SIDE))


def _ink(picture: Any) -> Any:
    """A picture in grey within its white margins, at its own size; None if it cannot be read."""
    pixels = drawn_pixels(picture) if isinstance(picture, bytes) else picture
    if pixels is None or pixels.size == 0:
        return None
    values = pixels.astype(np.float32) / 255
    if values.ndim == 3 and values.shape[2] == 4:
        values = values[:, :, :3] * values[:, :, 3:] + 1 - values[:, :, 3:]
    if values.ndim == 3:
        values = values @ np.array(_LUMINANCE, np.float32) if values.shape[2] == 3 else values.mean(axis=2)
    rows, columns = (np.flatnonzero((values < 0.9).any(axis=axis)) for axis in (1, 0))
    if not len(rows):
        return np.ones((_SIDE, _SIDE), np.float32)
    return values[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _scaled(grey: Any, height: int, width: int, *within: tuple[float, float]) -> Any:
    """What of a picture lies within shares of its height and width, at another size: the means of so many stretches."""
    for count, (first, last) in zip((height, width), within or ((0, 1), (0, 1)), strict=True):
        edges = np.linspace(first, last, count + 1, dtype=np.float32)[:, None] * len(grey)
        pixels = edges[:, 0].astype(int).clip(0, len(grey) - 1)
        sums = np.concatenate([np.zeros_like(grey[:1]), grey.cumsum(axis=0)])[pixels]
        grey = (np.diff(sums + (edges - pixels[:, None]) * grey[pixels], axis=0) / np.diff(edges, axis=0)).T
    return grey


def drawn_pixels(content: bytes) -> Any:
    """PNG, JPEG, GIF, WebP or SVG as pixels: typst sets it on a page in the figures' letters, and PDFium draws that.

    None for what it cannot read within SECONDS: a drawing of a few lines may have a million parts.
    """
    import pypdfium2 as pdfium

    from recomputed.typeset.pandoc import font_folders

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(_PAGE)
        (folder / "picture").write_bytes(content)  # typst takes a file that it is given as bytes for text
        command = [sys.executable, "-I", "-c", _SET, *map(str, font_folders())]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, check=True, timeout=SECONDS)
        except subprocess.SubprocessError:
            return None
        pdf = (folder / "page.pdf").read_bytes()
    with pdfium.PdfDocument(pdf) as document:
        return document[0].render(scale=2).to_numpy().copy()


def compare_pictures(
    ours: Sequence[Picture], theirs: Sequence[Picture], found: Compared | None = None
) -> Iterator[Correction]:
    """The figures that are another, changed, missing or in another's place in the proof, but those whose texts were
    `found` drawn there; what cannot be read is added to what is found.

    Each is held to the likest picture; one that has none to that which stands between its neighbours' and is no other
    figure's.
    """
    found = found or Compared()
    ours = [one for one in ours if one.name not in found.drawn]
    own = [[it for content in _contents(one) if (it := _seen(content))] for one in ours]
    seen = [_seen(one.content) for one in theirs]
    unread = [one for one, it in zip(theirs, seen, strict=True) if it is None]
    found.added += [
        (one.place, "a picture that cannot be read") for one in unread if ours and one.content is not None
    ]
    places = _places(own, seen)
    in_order = iter(sorted(at for at in places if at is not None))
    for nth, (figure, drawings, at) in enumerate(zip(ours, own, places, strict=True)):
        there, said = at, ""
        if at is None:
            said = NOTHING if figure.texts and not unread else ""
        elif (there := next(in_order)) != at:
            said = f"the picture of {ours[places.index(there)].name}"
        elif (other := seen[at]) and not _is_copy(theirs[at], figure):
            others = [one for some in own[:nth] + own[nth + 1 :] for one in some]
            said = _difference(drawings, other, others)
        if said:
            place = found.captions.get(figure.name, "no page") if there is None else theirs[there].place
            yield Correction("figure", place, said, f"the picture of {figure.name}", "", figure.name)


def _is_copy(picture: Picture, figure: Picture) -> bool:
    return isinstance(picture.content, bytes) and picture.content in _contents(figure)


def _contents(figure: Picture) -> Collection[Any]:
    """What a figure's drawings hold, each once: two may differ in their texts alone."""
    return dict.fromkeys(one.content for one in (figure, *figure.others))


def _places(own: Sequence[Sequence[_Seen]], theirs: Sequence[_Seen | None]) -> list[int | None]:
    """Which of their pictures is each figure's; None where there is none."""
    places: list[int | None] = [None] * len(own)
    apart = {
        (nth, at): min((unlike(one.look, other.look) for one in drawings), default=1.0)
        for nth, drawings in enumerate(own)
        for at, other in enumerate(theirs)
        if other
    }
    for nth, at in sorted(apart, key=lambda both: (round(apart[both], 3), abs(both[0] - both[1]))):
        if apart[nth, at] <= THRESHOLD and places[nth] is None and at not in places:
            places[nth] = at
    for nth, drawings in enumerate(own):
        if places[nth] is None and drawings:
            first = max((at for at in places[:nth] if at is not None), default=-1) + 1
            last = min((at for at in places[nth:] if at is not None), default=len(theirs))
            free = [at for at in range(first, last) if at not in places and theirs[at]]
            places[nth] = min(free, key=lambda at: apart[nth, at], default=None)
    return places


def _difference(own: Sequence[_Seen], theirs: _Seen, others: Sequence[_Seen]) -> str:
    """In what a picture is none of the own drawings; "" if it is one."""
    likest = min(own, key=lambda one: unlike(one.look, theirs.look))
    measured = unlike(likest.look, theirs.look)
    if measured > THRESHOLD or any(unlike(one.look, theirs.look) < measured for one in others):
        return f"another picture (it differs by {measured:.3f}; up to {THRESHOLD} is the same)"
    if any(unlike(one, theirs.look) < measured / 2 for one in _turned(likest.look)):
        return "the picture turned or mirrored"
    wider = {_wider(one.ink, theirs.ink): one.ink for one in own}
    whole = [ink for times, ink in wider.items() if 1 / RESHAPED < times < RESHAPED]
    if not whole:
        times = min(wider, key=lambda one: abs(one - 1))
        return f"the picture cut or stretched ({times:.2f} times as wide for its height)"
    parts = []
    for ink in whole:
        parts.append(_worst_part(ink, theirs.ink))
        if parts[-1][0] <= PART:
            return ""
    _, across, down = min(parts)
    return f"the picture with another number, label or mark at {across:.0%} of its width, {down:.0%} of its height"


def _turned(look: Any) -> Iterator[Any]:
    """A look turned and mirrored in all other ways."""
    for one in (look, look.T):
        yield from (one[::-1], one[:, ::-1], one[::-1, ::-1])
    yield look.T


def _wider(own: Any, theirs: Any) -> float:
    """How many times wider for its height it has become, as where a part of it was cut off."""
    return float((theirs.shape[1] / theirs.shape[0]) / (own.shape[1] / own.shape[0]))


def _worst_part(own: Any, theirs: Any) -> tuple[float, float, float]:
    """How much the patch differs in which they differ most, more than by a pixel's shift, and where, in shares of
    width and height. In a small picture it counts less, as its letters are blurred.
    """
    width = min(own.shape[1], theirs.shape[1], _WIDEST)
    height = max(_SIDE // 2, round(own.shape[0] * width / own.shape[1]))
    own = _scaled(own, height, width)
    borders = [(round(side * _MARGIN / (1 - 2 * _MARGIN)),) * 2 for side in theirs.shape]
    theirs = np.pad(theirs, borders, constant_values=1)
    theirs = _scaled(
        theirs, height, width, *(_within(own.mean(axis=axis), theirs.mean(axis=axis)) for axis in (1, 0))
    )
    differs = np.zeros_like(own)
    for one, other in ((own, theirs), (theirs, own)):
        near = _shifted(other, 3, beyond=1)
        differs = np.maximum(differs, np.maximum(one - near.max(axis=0), near.min(axis=0) - one))
    patches = _shifted(differs, _PATCH, beyond=0).sum(axis=0) / _PATCH**2
    down, across = np.unravel_index(patches.argmax(), patches.shape)
    return float(patches.max()) * min(1, width / _LEGIBLE) ** 2, float(across / width), float(down / height)


def _shifted(grey: Any, count: int, beyond: int) -> Any:
    """A picture in as many places in each direction, a pixel apart, and what comes in from beyond it."""
    height, width = grey.shape
    padded = np.pad(grey, count // 2, constant_values=beyond)
    return np.stack([padded[y : y + height, x : x + width] for y in range(count) for x in range(count)])


def _within(own: Any, theirs: Any) -> tuple[float, float]:
    """From where to where of a profile, in shares of it, another lies as it does in the own one."""
    first, last, reach, at = _MARGIN, 1 - _MARGIN, _MARGIN, np.linspace(0, 1, len(own))
    while reach * len(theirs) > 0.1:
        steps = np.linspace(-reach, reach, 25)
        ends = np.stack(np.meshgrid(first + steps, last + steps), axis=-1).reshape(-1, 2)
        places = (ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * at) * len(theirs) - 0.5
        tried = np.interp(places, np.arange(len(theirs)), theirs)
        first, last = ends[np.abs(tried - own).mean(axis=1).argmin()]
        reach /= 10
    return float(first), float(last)


def unlike(one: Any, other: Any) -> float:
    """How much two looks differ: 0 for the same, 1 for black and white."""
    return 1.0 if one is None or other is None else float(np.abs(one - other).mean())


THRESHOLD = 0.07
"""Mean difference of two looks from which they are two pictures: a figure drawn again at another size has up to
0.04, two charts of one paper 0.1 and more."""

PART = 0.14
"""Difference of a patch from which it is another: drawn again, as JPEG or at half the size it has up to 0.125, with
another digit mostly 0.14 and more, with a bar a twentieth shorter 0.5."""

_LEGIBLE = 500  # pixels of width

RESHAPED = 1.05
"""How much wider or narrower, for its height, a picture may have become: drawn again it has a hundredth."""
