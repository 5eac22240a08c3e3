"""What the guards let pass, each with a reason: the rows of `allowed.csv`. A row that nothing needs fails."""

from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault
from recomputed.tables.sheet import read_lines

FILE = paths.LEDGER / "allowed.csv"
COLUMNS = ("guard", "text", "where", "reason")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One row: which guard passes over `text`, in passages of the kind `where` (any if empty), and why.

    `text` and `where` may use `*`.
    """

    guard: str
    text: str
    where: str
    reason: str
    row: int

    def covers(self, guard: str, text: str, where: str) -> bool:
        """Whether this row lets that text pass there."""
        return guard == self.guard and fnmatchcase(text, self.text) and fnmatchcase(where, self.where or "*")


@dataclass(slots=True)
class Allowances:
    """All rows, and which of them have been needed."""

    rows: tuple[Allowance, ...]
    needed: set[Allowance] = field(default_factory=set)

    def permit(self, guard: str, text: str, where: str = "") -> bool:
        """Whether a row lets this pass; remembers that the row was needed."""
        covering = [row for row in self.rows if row.covers(guard, text, where)]
        self.needed.update(covering)
        return bool(covering)

    def faults(self) -> list[str]:
        """A sentence for each row that has not been needed."""
        return [
            str(Fault(f"data/ledger/{FILE.name}", "a row that something needs",
                      f"{row.guard} {row.text!r}, which nothing needs", row.row))
            for row in self.rows
            if row not in self.needed
        ]  # fmt: skip


def read_allowances(file: Path = FILE) -> Allowances:
    """The rows of the file. Raises InputError where it is no such table, or a row has no guard or no reason."""
    shown = f"data/ledger/{file.name}"
    lines = read_lines(file, COLUMNS, shown, ("guard", "text", "reason"), ("guard", "text", "where"))
    return Allowances(tuple(Allowance(**line.cells, row=line.row) for line in lines))
