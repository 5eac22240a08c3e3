"""What the guards let pass, each with a reason: the rows of `allowed.csv`. A row that nothing needs fails."""

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.language.catalogue import CODES
from recomputed.language.number_words import find_numbers
from recomputed.tables.sheet import read_lines

FILE = paths.LEDGER / "allowed.csv"
COLUMNS = ("guard", "text", "where", "reason")
IN_TEXT = ("typed-number", "comparing-word")
"""The guards whose allowances hold words of the text: with the words around a number, as in `SDG 8`."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """One row: which guard passes over `text`, in passages of the kind `where` (any if empty), and why.

    `where` may use `*`, and `text` too: of words, for the rest of one; alone, for all that stands there.
    """

    guard: str
    text: str
    where: str
    reason: str
    row: int

    def covers(self, guard: str, text: str, where: str) -> bool:
        """Whether this row lets that text pass there."""
        return self._is_for(guard, where) and fnmatchcase(text, self.text)

    def covers_words(self, guard: str, text: str, start: int, end: int, where: str) -> bool:
        """Whether this row lets pass what stands from `start` to `end` of a text: its words hold all of it."""
        return self._is_for(guard, where) and (
            self.text == "*" or any(a <= start and end <= b for a, b in _places(self.text, text))
        )

    def _is_for(self, guard: str, where: str) -> bool:
        return guard == self.guard and fnmatchcase(where, self.where or "*")


@cache
def _words(text: str) -> re.Pattern[str]:
    """A row's words: any space for a space, the rest of a word for `*`, one of several characters for `[…]`."""
    parts = re.split(r"(\*|\[[^\]]+\]|\s+)", text)
    written = {"*": r"\S*"}
    pattern = "".join(
        written.get(part) or (r"\s+" if part.isspace() else part if part.startswith("[") else re.escape(part))
        for part in parts
    )
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


@lru_cache(maxsize=256)
def _places(words: str, text: str) -> list[tuple[int, int]]:
    return [match.span() for match in _words(words).finditer(text)]


@dataclass(slots=True)
class Allowances:
    """All rows, and which of them have been needed."""

    rows: tuple[Allowance, ...]
    needed: set[Allowance] = field(default_factory=set)

    def permit(self, guard: str, text: str, where: str = "") -> bool:
        """Whether a row lets this pass; remembers that the row was needed."""
        return self._needs([row for row in self.rows if row.covers(guard, text, where)])

    def permit_words(self, guard: str, text: str, start: int, end: int, where: str) -> bool:
        """Whether a row's words hold what stands from `start` to `end` of a text; remembers that it was needed."""
        return self._needs([row for row in self.rows if row.covers_words(guard, text, start, end, where)])

    def _needs(self, covering: list[Allowance]) -> bool:
        self.needed.update(covering)
        return bool(covering)

    @property
    def next_row(self) -> int:
        """The row that one more would be, as a worksheet counts."""
        return max((row.row for row in self.rows), default=1) + 1

    def faults(self) -> list[str]:
        """A sentence for each row that has not been needed."""
        return [
            str(Fault(f"data/ledger/{FILE.name}", "a row that something needs",
                      f"{row.guard} {row.text!r}, which nothing needs", row.row))
            for row in self.rows
            if row not in self.needed
        ]  # fmt: skip


def read_allowances(file: Path = FILE) -> Allowances:
    """The rows of the file.

    Raises InputError where it is no such table, a row has no guard or no reason, or lets a bare number pass anywhere.
    """
    shown = f"data/ledger/{file.name}"
    lines = read_lines(file, COLUMNS, shown, ("guard", "text", "reason"), ("guard", "text", "where"))
    bare = [
        Fault(
            shown,
            "the words around a number, as in `SDG 8`, or where it may stand",
            line["text"],
            line.row,
            "text",
        )
        for line in lines
        if line["guard"] in IN_TEXT
        and line["where"] in ("", "*")
        and line["text"] != "*"
        and _is_bare(line["text"])
    ]
    if bare:
        raise InputError(bare)
    return Allowances(tuple(Allowance(**line.cells, row=line.row) for line in lines))


def _is_bare(text: str) -> bool:
    """Whether a text is a number and nothing else."""
    return not re.search(r"[^\W\d_]", text) or any(
        found.text == text and not re.search(r"[^\W\d_]\d", text) for found in find_numbers(text, *CODES)
    )
