"""The numbers of the paper: what each is worth, what it stands for, and what it rests on.

A number is *transcribed* (read from cells of `data/`, as the article reports it), *coded* (read from cells that a coder
made from a statement by a rule), *measured* (computed from rows of records) or *derived* (a function of other numbers,
or a count of rows). A function takes and gives `Interval`s and is
evaluated twice: on the operands' nominal values, which gives `value`, and on what they stand for given their hedges and
rounding, which gives `stands_for`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from recomputed.faults import Fault, InputError, Unknown
from recomputed.paths import CARRIED, ENGINE, ROOT
from recomputed.quantity.intervals import Interval

CODED = "coded"
DERIVED = "derived"
MEASURED = "measured"
TRANSCRIBED = "transcribed"


class Place(NamedTuple):
    """Where a cell stands: file, key of its row, column, and row as a spreadsheet counts (header is 1)."""

    file: str
    key: str
    column: str
    sheet_row: int


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one file that a number is measured over, however many: `rows` are their indices, 0 the first record.

    `columns` are those measured, `by` those that the `condition` is about (empty: all rows). Of the rows where it
    holds, `left_out` lacked a value and are not among `rows`.
    """

    file: str
    columns: tuple[str, ...]
    rows: Sequence[int] = field(compare=False)
    by: tuple[str, ...] = ()
    condition: str = ""
    left_out: int = 0


class Coding(NamedTuple):
    """How a coder made a figure: the id of the claim that it was made from, the rule in the paper's words,
    and what the statement rests on (empty where the data do not say)."""

    claim: str
    rule: str
    evidence: str = ""


class UnknownNumber(Unknown):
    """No number has this id. Names the nearest ones."""

    def __init__(self, id_: str, known: Iterable[str]):
        super().__init__(id_)
        self.id, self._known = id_, known

    def __str__(self) -> str:
        near = get_close_matches(self.id, list(self._known), n=3, cutoff=0.5)
        hint = f" Hint: did you mean {' or '.join(near)}?" if near else " Hint: `trace` lists all ids."
        return f"no number has the id {self.id!r}.{hint}"


@dataclass(frozen=True, slots=True)
class Formula:
    """The function that computes a number: its dotted name, its file from the project's root, its line."""

    name: str
    file: str
    line: int

    @classmethod
    def of(cls, function: Callable[..., object]) -> "Formula":
        if not hasattr(function, "__code__"):
            raise TypeError(f"{function!r} has no line to show: call it in a function of the paper")
        code = function.__code__
        return cls(f"{function.__module__}.{function.__qualname__}", code_file(function), code.co_firstlineno)


def code_file(function: Callable[..., object]) -> str:
    """The file of a function, from the project's root; of the engine, wherever it is, as a paper carries it."""
    if not (file := _file(function.__code__.co_filename)):
        raise TypeError(f"{function!r} is no function of the paper: call it in one that is")
    return file


@cache
def _file(compiled: str) -> str:
    """The file that code was compiled from, from the project's root; empty for one that is not the paper's."""
    file = Path(compiled).resolve()
    if file.is_relative_to(ENGINE):
        return (CARRIED / file.relative_to(ENGINE)).as_posix()
    return file.relative_to(ROOT).as_posix() if file.is_relative_to(ROOT) else ""


def code_path(file: str) -> Path:
    """Where the file is that `code_file` named."""
    path = Path(file)
    return ENGINE / path.relative_to(CARRIED) if path.is_relative_to(CARRIED) else ROOT / path


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the paper.

    `value` is the nominal value, a point or a range, in `unit`; `stands_for` the interval that it can mean.
    `digits` is how many decimals it is printed with. `words` is the expression in the paper's words.
    `subject` is the case or group that it is about, `quantity` what it is a figure of; empty where nobody says.
    `operands` are the numbers it is computed from, `cells` the data cells that it reads itself: of many rows the
    first ones alone, `selections` holds them all. `package` is the one that estimated it, with its version.
    `coding` says how a coded number was made.
    """

    id: str
    value: Interval
    stands_for: Interval
    unit: str
    kind: str
    digits: int
    words: str
    formula: Formula
    operands: tuple["Number", ...] = ()
    cells: tuple[Place, ...] = ()
    hedge: str = "none"
    subject: str = ""
    quantity: str = ""
    selections: tuple[Selection, ...] = ()
    package: str = ""
    coding: Coding | None = None

    def __post_init__(self) -> None:
        """Raises TypeError and ValueError, in the line of the paper that makes it, for what is no number."""
        for name, kind in _KINDS.items():
            if not isinstance(found := getattr(self, name), kind):
                raise TypeError(f"of {self.id!r} {name} is to be {kind.__name__}, not {found!r}")
        if not re.fullmatch(r"[\w.-]+", self.id):
            raise ValueError(f"an id has letters, digits, dots and hyphens alone, not {self.id!r}")

    def codings(self) -> tuple[Coding, ...]:
        """Every coding that the number rests on, its operands' included, each once, in order."""
        own = dict.fromkeys([self.coding] if self.coding else [])
        for operand in self.operands:
            own.update(dict.fromkeys(operand.codings()))
        return tuple(own)

    def all_cells(self) -> tuple[Place, ...]:
        """Every data cell that the number rests on, its operands' included, each once, in order; of a selection of
        many rows the first ones."""
        own = dict.fromkeys(self.cells)
        for operand in self.operands:
            own.update(dict.fromkeys(operand.all_cells()))
        return tuple(own)

    def all_selections(self) -> tuple[Selection, ...]:
        """Every selection of rows that the number rests on, its operands' included, each once, in order."""
        own = dict.fromkeys(self.selections)
        for operand in self.operands:
            own.update(dict.fromkeys(operand.all_selections()))
        return tuple(own)


_KINDS = {
    "id": str,
    "value": Interval,
    "stands_for": Interval,
    "unit": str,
    "digits": int,
    "words": str,
    "subject": str,
    "quantity": str,
}


class Numbers(Mapping[str, Number]):
    """All numbers by id, in the order they were made. An unknown id raises `UnknownNumber`."""

    def __init__(self) -> None:
        self._by_id: dict[str, Number] = {}

    def add(self, numbers: Iterable[Number]) -> None:
        """Add numbers. Raises InputError for an id that is there already, or is derived without words for how."""
        for number in numbers:
            if number.kind == DERIVED and not number.words.strip():
                raise InputError(Fault("analysis", f"words that say how {number.id} is computed", "none"))
            if number.id in self._by_id:
                both = f"{self._by_id[number.id].words!r} and {number.words!r}"
                raise InputError(Fault("analysis", f"one number with the id {number.id!r}", f"two: {both}"))
            self._by_id[number.id] = number

    def __getitem__(self, id_: str) -> Number:
        try:
            return self._by_id[id_]
        except KeyError:
            raise UnknownNumber(id_, self._by_id) from None

    def __contains__(self, id_: object) -> bool:
        return id_ in self._by_id

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_id)

    def __len__(self) -> int:
        return len(self._by_id)


def derive(
    id_: str,
    function: Callable[..., Interval],
    *operands: Number,
    unit: str,
    words: str,
    digits: int = 0,
    subject: str | None = None,
    quantity: str = "",
) -> Number:
    """The number `id_` = `function(*operands)`, evaluated on the nominal values and on what they stand for.

    Its subject, unless given, is that of its operands where they have a single one. Raises InputError, naming the cells
    that it rests on, where the function has no value for them, and where there are no operands.
    """
    if not operands:
        raise InputError(Fault("analysis", f"numbers from which {id_} can be computed", "none"))
    try:
        value = function(*(operand.value for operand in operands))
        stands = function(*(operand.stands_for for operand in operands))
    except (ArithmeticError, ValueError) as error:
        raise InputError(list(_without_value(id_, operands, error))) from None
    if subject is None:
        subjects = {operand.subject for operand in operands} - {""}
        subject = subjects.pop() if len(subjects) == 1 else ""
    return Number(
        id=id_,
        value=value,
        stands_for=stands,
        unit=unit,
        kind=DERIVED,
        digits=digits,
        words=words,
        formula=Formula.of(function),
        operands=operands,
        subject=subject,
        quantity=quantity,
    )


def _without_value(id_: str, operands: Sequence[Number], reason: Exception) -> Iterator[Fault]:
    """A fault at each cell that leaves the number without a value; of a division, those that may be 0."""
    zeros = [one for one in operands if one.stands_for.contains(0)]
    divides = isinstance(reason, ZeroDivisionError) and zeros
    expected = f"{'no zero' if divides else 'figures'} from which {id_} can be computed"
    for operand in zeros if divides else operands:
        found = f"{operand.value}" if divides else f"{operand.value} ({reason})"
        cells = operand.all_cells()
        for file, _, column, row in cells:
            yield Fault(file, expected, found, row, column)
        if not cells:  # a count of no rows
            yield Fault("analysis", expected, f"{operand.id}, which is {found}")
