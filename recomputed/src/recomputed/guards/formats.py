"""The same numbers in every format: what was typeset is read back and held to what was executed.

HTML and JATS keep each number's id, Word a bookmark made from it; in the PDF each number must stand with the
words before it. Anything that only a failed computation leaves behind fails, and so does a page that would
load something from elsewhere.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile, zip_longest
from pathlib import Path
from unicodedata import bidirectional

from lxml.etree import XMLSyntaxError

from recomputed.guards.leftovers import DROPPED, SHOWN, left_in_format, texts_of
from recomputed.guards.passages import Passage, Piece, Text
from recomputed.guards.pdf_text import NotReadable, read_pdf, whole_words
from recomputed.guards.readers import Document, Shown, read_docx, read_html, read_jats, spaced
from recomputed.judgement import REVIEW
from recomputed.outputs import FILES, SUPPLEMENT

READERS: dict[str, Callable[[Path], Document]] = {"html": read_html, "docx": read_docx, "jats": read_jats}
_FROM_THE_RIGHT = ("R", "AL")
_BEFORE = 12  # characters before a number that identify it in the PDF


def expected_numbers(text: Text) -> list[Shown]:
    """The numbers that a typeset paper shows, with their ids, in its order."""
    return [
        Shown(piece.number, spaced(piece.text))
        for passage in typeset_order(text)
        for piece in passage.pieces
        if piece.number
    ]


def typeset_order(text: Text) -> list[Passage]:
    """The passages as the formats have them: abstracts first, a table's caption above it, footnotes last."""
    captions = {passage.of: passage for passage in text.passages if passage.kind == "caption"}
    ordered: list[Passage] = []
    for passage in text.passages:
        if passage.kind == "table" and passage.of in captions:
            ordered.append(captions.pop(passage.of))
        if passage.kind != "caption" or captions.pop(passage.of, None) is not None:
            ordered.append(passage)
    return sorted(ordered, key=lambda passage: {"abstract": 0, "footnote": 2}.get(passage.kind, 1))


def format_faults(
    folder: Path, formats: Sequence[str], text: Text, other: Callable[[], Iterable[str]] = list
) -> list[str]:
    """What is wrong with the formats in `folder`, a sentence each. `other` are texts that they show besides."""

    def shown() -> Iterable[str]:
        return [*texts_of(text), *other()]

    faults: list[str] = []
    for names, supplement in ((FILES, False), (SUPPLEMENT, True)):
        passages = tuple(one for one in text.passages if one.supplement == supplement)
        for name in (name for name in formats if name in names and passages):
            faults += _file_faults(folder / names[name], name, replace(text, passages=passages), shown)
    review = folder / REVIEW
    if "html" in formats and review.is_file():  # beside the paper's page, and with numbers of other papers
        faults += [f"{REVIEW} would load {address}" for address in read_html(review).loads]
    return faults


def _file_faults(file: Path, name: str, text: Text, shown: Callable[[], Iterable[str]]) -> list[str]:
    if name == "pdf":
        return list(_pdf_faults(file, text, shown))
    try:
        document = READERS[name](file)
    except XMLSyntaxError as error:
        return [f"{file.name} is not well-formed: {error}"]
    expected = expected_numbers(text)
    wanted = [Shown(_bookmark(one.id), one.text) for one in expected] if name == "docx" else expected
    return [
        *_sequence_faults(file.name, document.numbers, wanted),
        *_leftovers(file.name, document.text, shown),
        *(f"{file.name} would load {address}" for address in document.loads),
    ]


def _sequence_faults(name: str, found: Sequence[Shown], expected: Sequence[Shown]) -> Iterator[str]:
    """The first place where the sequences part; all that follows is a consequence."""
    for nth, (one, other) in enumerate(zip_longest(found, expected), start=1):
        if one != other:
            yield f"{name}: its number {nth} should be {_told(other)}, and is {_told(one)}"
            return


def _leftovers(name: str, shown: str, known: Callable[[], Iterable[str]]) -> Iterator[str]:
    for match in left_in_format(shown, known() if SHOWN.search(shown) else ()):
        around = spaced(shown[max(0, match.start() - 30) : match.end() + 30])
        yield f"{name}: {match[0]!r} is left in the text: {around}"


def _pdf_faults(file: Path, text: Text, known: Callable[[], Iterable[str]]) -> Iterator[str]:
    try:
        shown = "\n".join(read_pdf(file.read_bytes()))
    except NotReadable as error:
        yield f"{file.name} cannot be read back: {error}"
        return
    yield from _leftovers(file.name, whole_words(shown), known)
    run = DROPPED.sub("", shown)
    for passages in _together(typeset_order(text)):
        yield from _in_pdf(file.name, passages, run)


def _in_pdf(name: str, passages: Sequence[Passage], run: str) -> Iterator[str]:
    """Each number of the passages, in order, with the characters before it.

    Where a page ends just before a number, a figure or a page's head may come between; then the characters
    after it tell. Beside letters that run from the right no order is told, and each number is to be anywhere.
    """
    end, before = 0, ""  # where the last number found ends, and what stands before the next
    pieces = [piece for passage in passages for piece in passage.pieces]
    turned = any(bidirectional(letter) in _FROM_THE_RIGHT for piece in pieces for letter in piece.text)
    for nth, piece in enumerate(pieces):
        if _is_set_otherwise(piece):
            before = ""
            continue
        squeezed = DROPPED.sub("", piece.text)
        if piece.number:
            context = "" if turned else before[-_BEFORE:]
            at = run.find(context + squeezed, max(0, end - len(context)))
            plain = takewhile(lambda one: not one.number and not _is_set_otherwise(one), pieces[nth + 1 :])
            following = DROPPED.sub("", "".join(one.text for one in plain))[:_BEFORE]
            elsewhere = run.find(squeezed + following, end) if following else -1
            if at >= 0:
                end = 0 if turned else at + len(context) + len(squeezed)
            elif elsewhere >= 0:
                end = elsewhere + len(squeezed)
            else:
                yield f"{name}: {piece.number} should be there as {piece.text!r}, after {context!r}"
        before += squeezed


def _is_set_otherwise(piece: Piece) -> bool:
    """A citation, in whatever words the style gives it, or what is TeX of a formula."""
    return piece.text == "\u2060" or (piece.formula and not piece.is_resolved)


def _together(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """A table's cells in one run, every other passage alone."""

    def run(one: tuple[int, Passage]) -> object:
        nth, passage = one
        return passage.of if passage.kind == "table" else nth

    for _, together in groupby(enumerate(passages), run):
        yield [passage for _, passage in together]


def _bookmark(id_: str) -> str:
    """The bookmark's name that `numbers.lua` makes, without its count."""
    return "num_" + re.sub(r"[^A-Za-z0-9]", "_", id_)[-30:]


def _told(one: Shown | None) -> str:
    return f"{one.id} as {one.text!r}" if one else "nothing"
