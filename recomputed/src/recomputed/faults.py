"""What can go wrong, as data: one fault a message, and the exit code that it leads to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

LONGEST = 500  # characters of what was found that a message shows; what was expected may be a list, four times as long


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and where.

    `row` counts as a spreadsheet does: the header is row 1, the first record row 2.
    For a text file, `row` is the line and `column` the column, both from 1.
    """

    file: str
    expected: str
    found: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        place = [self.file] if self.file else []  # whoever tells it adds the place
        if self.row is not None:
            place.append(f"row {self.row}")
        if self.column is not None:
            place.append(f"column {self.column}")
        expected, found = _shortened(self.expected, 4 * LONGEST), _shortened(self.found, LONGEST)
        return plain(f"{', '.join(place)}{': ' * bool(place)}expected {expected}, found {found}")


def within(fault: Fault, folder: PurePath) -> Fault:
    """The fault with its file named from a folder that it is in, as one in a copy is told of the original."""
    return replace(fault, file=fault.file.removeprefix(f"{folder.as_posix()}/"))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"


def plain(text: str) -> str:
    """`text` on one line that a terminal only shows: what would break, hide or turn it is written as an escape."""
    return "".join(mark if mark.isprintable() else ascii(mark)[1:-1] for mark in text)


class PaperError(Exception):
    """Base of every error this project raises on purpose. Printed to stderr, never as a traceback."""

    exit_code = 1


class CheckFailed(PaperError):
    """Something that must hold does not: a number does not reproduce, a guard tripped. Exit code 1."""


def failed(program: str, said: bytes | str) -> CheckFailed:
    """That another program failed, in its own words, of which all but the first line are indented."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return CheckFailed(f"{program}: {words.strip()}".replace("\n", "\n  "))


class InputError(PaperError):
    """Bad input or usage. Exit code 2. Carries every fault, so that all are reported together."""

    exit_code = 2

    def __init__(self, faults: Sequence[Fault] | Fault):
        self.faults = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class Unknown(PaperError, KeyError):
    """Nothing has the name that the paper's text or code asks for. Its words are the message."""

    __str__ = Exception.__str__


def nearest(name: str, known: Iterable[str]) -> str:
    """A hint to append to a message: ` (did you mean 'low'?)`, or nothing when no known name is near."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), n=1)
    return f" (did you mean {near[0]!r}?)" if near and near[0] != name else ""
