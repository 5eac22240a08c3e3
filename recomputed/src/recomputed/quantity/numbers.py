"""The numbers of the paper: what each is worth, what it stands for, and what it rests on.

A number is *transcribed* (read from cells of `data/`, as the article reports it) or *derived* (a function of
other numbers, or a count of rows). A function takes and gives `Interval`s and is evaluated twice: on the
operands' nominal values, which gives `value`, and on what they stand for given their hedges and rounding,
which gives `stands_for`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from recomputed.faults import Fault, InputError, PaperError
from recomputed.paths import ENGINE, ROOT
from recomputed.quantity.intervals import Interval

DERIVED = "derived"
TRANSCRIBED = "transcribed"


class Place(NamedTuple):
    """Where a cell stands: file, key of its row, column, and row as a spreadsheet counts (header is 1)."""

    file: str
    key: str
    column: str
    sheet_row: int


class UnknownNumber(PaperError, KeyError):
    """No number has this id. Names the nearest ones."""

    __str__ = Exception.__str__  # a KeyError would print its message in quotes

    def __init__(self, id_: str, known: Iterable[str]):
        near = get_close_matches(id_, list(known), n=3, cutoff=0.5)
        hint = f" Hint: did you mean {' or '.join(near)}?" if near else " Hint: `trace` lists all ids."
        super().__init__(f"no number has the id {id_!r}.{hint}")


@dataclass(frozen=True, slots=True)
class Formula:
    """The function that computes a number: its dotted name, its file from the project's root, its line."""

    name: str
    file: str
    line: int

    @classmethod
    def of(cls, function: Callable[..., object]) -> "Formula":
        code = function.__code__
        return cls(f"{function.__module__}.{function.__qualname__}", code_file(function), code.co_firstlineno)


def code_file(function: Callable[..., object]) -> str:
    """The file of a function, from the project's root; an installed engine's from the folder that holds it."""
    file = Path(function.__code__.co_filename).resolve()
    root = ROOT if file.is_relative_to(ROOT) else ENGINE.parent
    return file.relative_to(root).as_posix()


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the paper.

    `value` is the nominal value, a point or a range, in `unit`; `stands_for` the interval that it can mean.
    `digits` is how many decimals it is printed with. `words` is the expression in the paper's words.
    `operands` are the numbers it is computed from, `cells` the data cells that it reads itself.
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

    def all_cells(self) -> tuple[Place, ...]:
        """Every data cell that the number rests on, its operands' included, each once, in order."""
        own = dict.fromkeys(self.cells)
        for operand in self.operands:
            own.update(dict.fromkeys(operand.all_cells()))
        return tuple(own)


class Numbers(Mapping[str, Number]):
    """All numbers by id, in the order they were made. An unknown id raises `UnknownNumber`."""

    def __init__(self) -> None:
        self._by_id: dict[str, Number] = {}

    def add(self, numbers: Iterable[Number]) -> None:
        """Add numbers. Raises ValueError for an id that is there already."""
        for number in numbers:
            if number.id in self._by_id:
                raise ValueError(f"two numbers have the id {number.id!r}")
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
) -> Number:
    """The number `id_` = `function(*operands)`, evaluated on the nominal values and on what they stand for.

    Raises InputError, naming the cells that it rests on, where the function has no value for them.
    """
    try:
        value = function(*(operand.value for operand in operands))
        stands = function(*(operand.stands_for for operand in operands))
    except (ArithmeticError, ValueError) as error:
        raise InputError(list(_without_value(id_, operands, error))) from None
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
    )


def _without_value(id_: str, operands: Sequence[Number], reason: Exception) -> Iterator[Fault]:
    """A fault at each cell that leaves the number without a value; of a division, those that may be 0."""
    zeros = [one for one in operands if one.stands_for.contains(0)]
    divides = isinstance(reason, ZeroDivisionError) and zeros
    expected = f"{'no zero' if divides else 'figures'} from which {id_} can be computed"
    for operand in zeros if divides else operands:
        found = f"{operand.value}" if divides else f"{operand.value} ({reason})"
        for file, _, column, row in operand.all_cells():
            yield Fault(file, expected, found, row, column)
