"""Lists in a terminal: whole words and whole ids, at most 80 columns unless an id alone is longer."""

import textwrap
from collections.abc import Iterator, Sequence

COLUMNS = 80
BESIDE = 36  # a longer id stands on a line of its own


def listed(rows: Sequence[tuple[str, str]], width: int = COLUMNS) -> Iterator[str]:
    """Lines of an id and what is told of it, the ids in a column; what is told goes on below itself."""
    column = min(max((len(id_) for id_, _ in rows), default=0), BESIDE, width // 2)
    for id_, told in rows:
        if len(id_) > column:
            yield id_
        yield from textwrap.wrap(
            told,
            width,
            initial_indent=("" if len(id_) > column else id_).ljust(column + 2),
            subsequent_indent=" " * (column + 2),
            break_long_words=False,
            break_on_hyphens=False,
        ) or ([id_] if len(id_) <= column else [])


def cut_at_words(text: str, longest: int) -> str:
    """A text with its middle left out between two words where it is longer; blanks at its ends stay."""
    if len(text) <= longest:
        return text
    half = longest // 2
    head, blank, _ = text[:half].rpartition(" ")
    _, _, tail = text[-half:].partition(" ")
    return f"{head if blank else text[:half]} … {tail or text[-half:]}"
