"""A record of what the paper says with each number: its section, the words before it, its text, its id.

A person can read it, and a change to the paper shows in it: that `penduduk` now follows another number than it
did. `python -m tests.golden` writes it anew; look at the difference before you commit it.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from recomputed.guards.passages import Text

FILE = Path(__file__).with_name("numbers.txt")


def file_of(profile: str | None) -> Path:
    """The record of an edition: `numbers.txt`, or `numbers.en.txt` of `paper.en.qmd`."""
    return FILE.with_name(f"numbers.{profile}.txt") if profile else FILE


_BEFORE = 48  # characters


def record(text: Text) -> str:
    """One line for each number of the body and of the figures' text alternatives, in order."""
    return "".join(f"{line}\n" for line in (*_body(text), *_alternatives(text)))


def _body(text: Text) -> Iterator[str]:
    for passage in text.passages:
        if passage.of == "numbers":
            continue
        before = ""
        section = passage.section[-1] if passage.section else f"{passage.kind}-{passage.lang}"
        for piece in passage.pieces:
            if piece.number:
                words = re.sub(r"\s+", " ", before.replace("\u2060", ""))[-_BEFORE:].strip()
                yield f"{section} {passage.kind} | {words} [{piece.text}] {piece.number}".replace(
                    "\u00a0", " "
                )
            before += piece.text


def _alternatives(text: Text) -> Iterator[str]:
    for alternative in text.alternatives:
        yield f"{alternative.image} | {alternative.text} {' '.join(alternative.numbers)}".replace(
            "\u00a0", " "
        )
