"""What only a failed computation, or markup that nobody read, leaves in a text.

It is looked for in the Markdown that is typeset, where text that is meant, a data cell's say, is written otherwise:
`escape` and its like write it so that it never matches. Each finished format is then held to that Markdown: what
looks like a leftover in it must be a text that stands there.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from recomputed.guards.passages import Passage, Piece, Text
from recomputed.manuscript.inline import PRINTED, UNEXECUTED

_UNREAD = r"\]\{(?:[.#]\w|[\w-]+=)|\{#(?:eq|fig|tbl|sec)-|(?<!\S):::+(?!\S)|\[\^[^\]\s]+\]"
_ESCAPED = re.compile(r"\\[\]{:#]|&#(?:35|58|93|123);")
#: What nobody writes in a manuscript; that, what no cell prints, and what typesetting itself may leave.
WRITTEN = re.compile(UNEXECUTED)
UNREAD = re.compile(_UNREAD)
SHOWN = re.compile(rf"{PRINTED.pattern}|{_UNREAD}|\{{python\}}|\?\?|@(?:fig|tbl|sec|eq)-\w")

DATA = ("number-cards", "number-rows", "statements")  # for the page, in JSON
_BESIDE = 12  # characters that identify a text's place
_FAR = 200  # of them with spaces
#: What breaking lines adds or takes away.
DROPPED = re.compile(r"[\s\u00ad\u2060\u200b-]+")
_ECHO = re.compile(r"^(`{3,}) ?\{[^}]*\.cell-code\}.*?^\1$", re.MULTILINE | re.DOTALL)


def left_in_line(line: str, printed: bool) -> Iterator[re.Match[str]]:
    """The leftovers in a line of Markdown that an author wrote, or that a cell `printed`."""
    yield from (PRINTED if printed else WRITTEN).finditer(line)


def without_echo(markdown: str) -> str:
    """`markdown` with the code that cells show blanked out, line by line."""
    return _ECHO.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), markdown)


def has_unread(text: Text) -> bool:
    """Whether markup stands as it is in the text, be it meant or not."""
    return any(UNREAD.search(passage.text) for passage in _all(text))


def without_escaped(markdown: str) -> str:
    """`markdown` that reads the same, but whose escaped brackets, colons and number signs are another character."""
    return _ESCAPED.sub("\ue000", markdown)


def unread(text: Text, other: Text) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Markup that nobody read, in the passages of `text`; `other` is what `without_escaped` reads as. In code and
    formulas it is meant.
    """
    for passage, without in zip(_all(text), _all(other), strict=True):
        for match in UNREAD.finditer(without.text):
            _, piece = without.piece(match.start())
            if not (piece.code or piece.formula):
                yield passage, match


def _all(text: Text) -> Iterator[Passage]:
    yield from (passage for passage in text.passages if passage.of not in DATA)
    for one in text.alternatives:
        yield Passage("text alternative", "", (), (Piece(one.text, one.at),))


def left_in_format(shown: str, known: Iterable[str]) -> Iterator[re.Match[str]]:
    """What looks like a leftover in a format's text and is in no text that is known to stand there."""
    found = list(SHOWN.finditer(shown))
    if not found:
        return
    meant = [place for text in known for place in _places(text)]
    for match in found:
        before = _squeezed(shown[max(0, match.start() - _FAR) : match.start()])
        after = _squeezed(shown[match.end() : match.end() + _FAR])
        if not any(
            word == match[0].casefold()
            and ((left and before.endswith(left)) or (right and after.startswith(right)) or not left + right)
            for left, word, right in meant
        ):
            yield match


def texts_of(text: Text) -> Iterator[str]:
    """Every text of the paper, as a format may show it; of what is data for the page, each text in it."""
    for passage in text.passages:
        if passage.of in DATA:
            yield from _strings(json.loads(passage.text))
        else:
            yield from passage.text.split("\u2060")
    yield from (alternative.text for alternative in text.alternatives)


def _places(text: str) -> Iterator[tuple[str, str, str]]:
    """What looks like a leftover in a text that is meant, with the characters before and after it."""
    for match in re.finditer(f"(?=({SHOWN.pattern}))", text):  # within another too: a line may break there
        left, right = _squeezed(text[: match.start()]), _squeezed(text[match.end(1) :])
        yield left[-_BESIDE:], match[1].casefold(), right[:_BESIDE]


def _squeezed(text: str) -> str:
    return DROPPED.sub("", text).casefold()


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, Sequence):
        for one in value:
            yield from _strings(one)
