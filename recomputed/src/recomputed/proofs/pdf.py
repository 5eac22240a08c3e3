"""The text of a publisher's PDF in the order in which it is read, each line with its page and number.

PDFium gives characters and their boxes. The order in which they were set is kept, as it has a table's cells and a
column's lines together; only where it hops between two columns are lines put in order by place. Running heads, page
numbers, line numbers and contents are left out.
"""

import ctypes
import itertools
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from pypdfium2 import raw

from recomputed.proofs.words import DASHES, RAISED, Document, Picture, Run, blocks

_GAP = 1.5  # of the letters' size: a wider one begins another stretch
_SPACE = 0.13
_OBLIQUE = 0.05  # of a quarter: what is turned by more than that from one is not upright, however held
_BAND = 0.12  # of a page, at its head and foot
_LARGE = 2  # times the usual size: letters that may stand behind the text
_HYPHENS = "\x02\ufffe\u00ad"
_PROSE = 4  # words of a stretch that is no cell
_PAGE_NUMBER = re.compile(r"\W*(\d+)(?:\s*[/|]\s*(\d+))?\W*")  # 5, or 5/12
#: Of a drawing: how many marks, its points of width and height, and those between two marks.
_MARKS, _SMALLEST, _APART = 12, 30, 6
_PIXELS = 900  # of such a drawing's width
_Box = tuple[float, float, float, float]  # left, bottom, right, top
_LEADERS = re.compile(r"(?:\.\s?){4,}\W*\d*\s*$")


class NotReadable(ValueError):
    """The PDF is none, is damaged, asks for a password, or has no text."""


@dataclass(slots=True)
class Stretch:
    """Letters of one line without a gap: their text, page, and box with the line's foot (y grows upwards)."""

    text: str
    page: int
    left: float
    right: float
    y: float
    size: float
    turned: float = 0  # quarters of a turn, clockwise; whole ones but for what is oblique
    column: int = 0
    line: int = 0

    @property
    def is_prose(self) -> bool:
        """Whether it is part of a paragraph rather than a cell or a label."""
        return len(self.text.split()) >= _PROSE


def read_pdf(content: bytes) -> Document:
    """The document. Raises NotReadable."""
    stretches: list[Stretch] = []
    pictures: list[Picture] = []
    heights: dict[int, float] = {}
    try:
        with pdfium.PdfDocument(content) as document:
            for nth, page in enumerate(document, start=1):
                heights[nth] = page.get_height()
                stretches += (own := _stretches(page, nth))
                pictures += _pictures(page, nth, own)
    except pdfium.PdfiumError as error:
        why = "it is encrypted" if "password" in str(error).lower() else f"PDFium says: {error}"
        raise NotReadable(why) from None
    if sum(len(one.text.split()) for one in stretches) < 5 * len(heights):
        raise NotReadable("its pages are pictures without text, as a scan is")
    kept = _without_line_numbers(_without_heads(stretches, heights))
    kept = [one for one in kept if not _LEADERS.search(one.text)]
    ordered = [one for page in heights for one in in_order([one for one in kept if one.page == page])]
    found = blocks([list(_runs(ordered))])
    found.pictures = pictures
    return found


def _pictures(page: Any, nth: int, stretches: Sequence[Stretch]) -> Iterator[Picture]:
    """The pictures of a page, down each column between those that are wider than one."""
    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8)
    drawn = [(one.get_bounds(), partial(_pixels, one)) for one in images]
    drawn += [(box, partial(_rendered, page, box)) for box in _outlined(page, stretches)]
    middle = page.get_width() / 2
    wide = [box[3] for box, _ in drawn if box[2] - box[0] > middle]
    columns: list[float] = []  # where each ends
    for left, _, right, _ in sorted(box for box, _ in drawn if box[2] - box[0] <= middle):
        if not columns or left >= columns[-1]:
            columns.append(right)
        columns[-1] = max(columns[-1], right)

    def place(box: _Box) -> tuple[int, int, float]:
        left, _, right, top = box
        column = 0 if right - left > middle else sum(end <= left for end in columns)
        return sum(one >= top for one in wide), column, -top

    for _, pixels in sorted(drawn, key=lambda one: place(one[0])):
        yield Picture("", f"page {nth}", pixels())


def _pixels(image: Any) -> Any:
    try:
        return image.get_bitmap().to_numpy().copy()
    except pdfium.PdfiumError:  # one that it cannot read
        return np.empty(0)


def _rendered(page: Any, box: _Box) -> Any:
    """A part of the page, as it looks."""
    left, bottom, right, top = box
    crop = (left, bottom, page.get_width() - right, page.get_height() - top)
    scale = max(2, _PIXELS / (right - left))
    return page.render(scale=scale, crop=tuple(max(0, edge) for edge in crop)).to_numpy().copy()


def _outlined(page: Any, stretches: Sequence[Stretch]) -> Iterator[_Box]:
    """Where drawings of many marks are in which no letter is a letter, as a house's program may outline them."""
    groups: list[tuple[_Box, int]] = []
    marks = [one.get_bounds() for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)]
    for mark in sorted(marks, key=lambda box: (box[0] - box[2]) * (box[3] - box[1])):  # the largest first
        box, count = mark, 1
        while near := [one for one in groups if _touch(one[0], box)]:
            groups = [one for one in groups if one not in near]
            boxes = [box, *(one for one, _ in near)]
            lows, highs = (
                [fold(one[at] for one in boxes) for at in ats] for fold, ats in ((min, (0, 1)), (max, (2, 3)))
            )
            box, count = (*lows, *highs), count + sum(times for _, times in near)
        groups.append((box, count))
    for box, count in groups:
        left, bottom, right, top = box
        lettered = any(
            left <= (one.left + one.right) / 2 <= right and bottom <= one.y <= top
            for one in stretches
            if not one.turned
        )
        if count >= _MARKS and min(right - left, top - bottom) >= _SMALLEST and not lettered:
            yield box


def _touch(one: _Box, other: _Box) -> bool:
    across = one[0] - _APART <= other[2] and other[0] - _APART <= one[2]
    return across and one[1] - _APART <= other[3] and other[1] - _APART <= one[3]


def _stretches(page: Any, nth: int) -> list[Stretch]:
    text = page.get_textpage()
    found: list[Stretch] = []
    letters: list[tuple[str, float, float]] = []  # of the stretch being read, with foot and size
    box, x, y, end = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), 0.0
    parted = broken = glued = False  # PDFium sees a space, or a line's end, before what comes
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        letter = chr(code)
        if code in (0, 10, 13) or (raw.FPDFText_IsGenerated(text, at) == 1 and letter not in _HYPHENS):
            parted, broken = True, broken or code in (10, 13)
            continue
        if letter in "\u200b\u2060\ufeff":  # a word may break here: no space follows
            raw.FPDFText_GetLooseCharBox(text, at, box)
            glued = True
            continue
        raw.FPDFText_GetLooseCharBox(text, at, box)
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        turned = _quarters(raw.FPDFText_GetCharAngle(text, at))
        left, right, foot, size = _turned(box, x.value, y.value, turned)
        last = found[-1] if found else None
        goes_on = (
            last is not None
            and turned == last.turned
            # PDFium may see a line's end after each letter
            and (not broken or turned % 2 or abs(left - end) < _SPACE * size)
            and abs(foot - last.y) < 0.6 * max(size, last.size)
            and -1.3 * size < left - end < _GAP * max(size, last.size)
        )
        if last is None or not goes_on:
            if letter.isspace():
                continue
            if last is not None:
                last.text = _raised(letters, last.y, last.size)
            letters, parted, broken, glued = [(letter, foot, size)], False, False, False
            found.append(Stretch("", nth, left, right, foot, size, turned))
            end = right
            continue
        if not glued and left - end > (_SPACE if parted else 3 * _SPACE) * size and letters[-1][0] != " ":
            letters.append((" ", foot, size))
        parted = glued = False
        letters.append((letter, foot, size))
        if size > 1.15 * last.size:  # it began with a superscript
            last.y, last.size = foot, size
        end = max(end, right)
        last.right = last.right if letter.isspace() else end
    if found:
        found[-1].text = _raised(letters, found[-1].y, found[-1].size)
    return [one for one in found if one.text.strip()]


def _quarters(angle: float) -> float:
    """An angle in quarters of a turn, a whole number but where it is far from one."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < _OBLIQUE else round(quarters, 1)


def _turned(box: Any, x: float, y: float, quarter: float) -> tuple[float, float, float, float]:
    """Left, right, foot and size of a letter as it stands to who turns the page to read it."""
    if quarter % 1:
        angle, size = -quarter * math.pi / 2, 0.7 * (abs(box.right - box.left) + abs(box.top - box.bottom))
        along, foot = (math.cos(angle) * x + math.sin(angle) * y, math.cos(angle) * y - math.sin(angle) * x)
        return along, along + size / 2, foot, size
    if quarter == 0:
        return box.left, box.right, y, abs(box.top - box.bottom)
    if quarter == 2:
        return -box.right, -box.left, -y, abs(box.top - box.bottom)
    if quarter == 1:  # written downwards or upwards: PDFium counts clockwise
        return -box.top, -box.bottom, x, abs(box.right - box.left)
    return box.bottom, box.top, -x, abs(box.right - box.left)


def _raised(letters: Sequence[tuple[str, float, float]], y: float, size: float) -> str:
    """The stretch's text, with a mark before what is small and raised and has digits."""
    text, raised = "", False
    for nth, (letter, foot, own) in enumerate(letters, start=1):
        if letter in _HYPHENS and nth < len(letters):
            continue
        is_raised = own < 0.85 * size and foot > y + 0.12 * size and (letter.isdigit() or letter in DASHES)
        text += (RAISED if is_raised and not raised else " " if raised and not is_raised else "") + letter
        raised = is_raised
    return text


_STEP = 10  # from a numbered line to the next at most
_CELLS = 2  # that only this page has: the line is a row of a table


def _without_heads(stretches: Sequence[Stretch], heights: dict[int, float]) -> list[Stretch]:
    """Without what pages repeat at one height of their head or foot, or behind the text, as PROOF, but for a number
    that counts with them.
    """
    usual = statistics.median([one.size for one in stretches if one.is_prose] or [math.inf])

    def is_behind(one: Stretch) -> bool:
        return one.turned % 1 > 0 or one.size > _LARGE * usual

    def band(one: Stretch) -> tuple[str, int] | None:
        height = heights[one.page]
        if _BAND * height < one.y < (1 - _BAND) * height and not is_behind(one):
            return None
        text = " ".join(one.text.split())
        if re.search(r"[^\W\d]", text):
            text = re.sub(r"\d+", "#", text)
        elif counted := _PAGE_NUMBER.fullmatch(text):
            text = f"#{int(counted[1]) - one.page}{counted[2] or ''}"
        return text, round(one.y / 6)

    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one in stretches:
        if key := band(one):
            for near in (-1, 0, 1):
                pages[key[0], key[1] + near].add(one.page)
    often, seen = max(2, 0.3 * len(heights)), set[str]()

    def is_repeated(one: Stretch) -> bool:
        key = band(one)
        return key is not None and len(pages[key]) >= often

    own = Counter((one.page, round(one.y)) for one in stretches if not is_repeated(one))
    kept = []
    for one in stretches:
        key = band(one)
        repeated = is_repeated(one) and own[one.page, round(one.y)] < _CELLS
        alone = len(heights) == 1 and own[one.page, round(one.y)] <= _CELLS
        number = alone and key is not None and _PAGE_NUMBER.fullmatch(key[0].replace("#", ""))
        if (
            key is None
            or not (repeated or number)
            or not (
                key[0].startswith("#")
                or key[0] in seen
                or len(pages[key]) >= max(3, len(heights) / 2 - 1)
                or one.y < heights[one.page] / 2
                or is_behind(one)
            )
        ):
            kept.append(one)  # the first of a table's heads too, which few pages have
        if key is not None and repeated:
            seen.add(key[0])
    return kept


@dataclass(slots=True)
class _Count:
    """Numbers of a page that count up, one below another at one edge; how much of its prose stands there too."""

    numbers: list[Stretch]
    overlapped: int
    body: int

    @property
    def values(self) -> list[int]:
        return [int(one.text) for one in self.numbers]

    @property
    def is_sure(self) -> bool:
        """Whether they are surely those of lines: several, where nothing else of the page stands."""
        few = len(self.numbers) >= 10 and self.overlapped < self.body / 5
        return len(self.numbers) >= 3 and self.body > 0 and (self.overlapped == 0 or few)

    def goes_on(self, other: "_Count") -> bool:
        """Whether it goes on where another ends, or begins at its place as that does, on another page."""
        own, theirs = self.values, other.values
        step = theirs[-1] - theirs[-2] if len(theirs) > 1 else 1
        if all(after - before == step for before, after in itertools.pairwise((theirs[-1], *own))):
            return len(own) >= 3 or self.overlapped == 0
        first, last = self.numbers[0], other.numbers[0]
        at_edge = min(abs(first.left - last.left), abs(first.right - last.right)) <= 1
        return own[0] == theirs[0] and first.page != last.page and at_edge and self.overlapped == 0


def _without_line_numbers(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Without the numbers that count lines in a margin."""
    by_page: dict[int, list[Stretch]] = defaultdict(list)
    for one in stretches:
        by_page[one.page].append(one)
    counts = [one for page in by_page.values() for one in _counts(page)]
    found = [one for one in counts if one.is_sure]
    for count in found:
        found += [one for one in counts if one not in found and one.goes_on(count)]
    dropped = {id(number) for count in found for number in count.numbers}
    return [one for one in stretches if id(one) not in dropped]


def _counts(page: Sequence[Stretch]) -> Iterator[_Count]:
    numbers = [one for one in page if re.fullmatch(r"\s*\d{1,4}\s*", one.text) and not one.turned]
    body = [one for one in page if one.is_prose and not one.turned]
    for edge in {round(edge) for one in numbers for edge in (one.left, one.right)}:
        group = [one for one in numbers if min(abs(one.left - edge), abs(one.right - edge)) <= 1]
        group.sort(key=lambda one: -one.y)
        low, high = min(one.left for one in group), max(one.right for one in group)
        overlapped = sum(one.left < high and one.right > low for one in body)
        steps = {int(after.text) - int(before.text) for before, after in itertools.pairwise(group)}
        if min(steps, default=1) > 0 and max(steps, default=1) <= _STEP and len(steps) <= 2:
            yield _Count(group, overlapped, len(body))


def in_order(page: Sequence[Stretch]) -> list[Stretch]:
    """The stretches of a page as they are read, numbered by their lines.

    Their order is kept unless it hops between two columns; then each column is read down, between what spans both.
    """
    prose = [one for one in page if one.is_prose and not one.turned]
    order = list(page)
    if prose:
        middle = (min(one.left for one in prose) + max(one.right for one in prose)) / 2
        left = [one for one in prose if one.right <= middle + 6]
        right = [one for one in prose if one.left >= middle - 6]
        if min(len(left), len(right)) >= 4 and len(left) + len(right) > 0.6 * len(prose):
            for one in (one for one in page if not one.turned):
                one.column = 1 if one.right <= middle + 6 else 2 if one.left >= middle - 6 else 0
            sided = [one for one in prose if one.column]
            hops = (
                a.column != b.column and abs(a.y - b.y) < 0.4 * a.size for a, b in itertools.pairwise(sided)
            )
            if sum(hops) > len(sided) / 4:  # those of a table's cells are to another height
                order = _by_columns(page)
    for column in (0, 1, 2):
        line, y = 0, None
        for one in sorted((one for one in page if one.column == column), key=lambda one: -one.y):
            if y is None or abs(one.y - y) > 0.4 * one.size:
                line, y = line + 1, one.y
            one.line = line
    return order


def _by_columns(page: Sequence[Stretch]) -> list[Stretch]:
    """Down each column, between what spans both; what is turned stays behind what it was set behind."""
    spans = sorted((one.y for one in page if one.column == 0 and not one.turned), reverse=True)

    def place(group: Sequence[Stretch]) -> tuple[float, int, float, float]:
        above = sum(y >= group[0].y for y in spans)
        return (above, group[0].column, -round(group[0].y), group[0].left)

    groups: list[list[Stretch]] = []
    for one in page:
        if one.turned and groups:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [one for group in sorted(groups, key=place) for one in group]


def _runs(stretches: Sequence[Stretch]) -> Iterator[Run]:
    """The text of the stretches, a line a run; a word broken at a line's end is one word again."""
    for nth, one in enumerate(stretches):
        column = f", column {one.column}" if one.column else ""
        text = one.text.rstrip()
        follows = stretches[nth + 1].text.lstrip() if nth + 1 < len(stretches) else ""
        broken = (
            len(text) > 1 and text[-1] in _HYPHENS + "-‐" and text[-2].isalpha() and follows[:1].isalpha()
        )
        text = text[:-1] + "-" if broken else text.rstrip(_HYPHENS[:2]) + "\n"
        yield Run(text, f"page {one.page}{column}, line {one.line}")
