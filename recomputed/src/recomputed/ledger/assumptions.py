"""What the paper assumes (`[[assumptions]]` of paper.toml): which numbers rest on it, and other values for it."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from recomputed import paths
from recomputed.faults import Fault, nearest
from recomputed.paper_toml import Assumption
from recomputed.quantity.numbers import MEASURED

if TYPE_CHECKING:
    from recomputed.quantity.numbers import Number
    from recomputed.tables.records import Tables


def resting(numbers: Iterable["Number"], assumptions: Sequence[Assumption]) -> dict[str, tuple[str, ...]]:
    """The ids of the assumptions that each number rests on, its operands' and codings' included, by its id."""
    found: dict[str, tuple[str, ...]] = {}

    def of(number: "Number") -> tuple[str, ...]:
        if number.id not in found:
            below = {id_ for operand in number.operands for id_ in of(operand)}
            found[number.id] = tuple(one.id for one in assumptions if one.id in below or _own(one, number))
        return found[number.id]

    for number in numbers:
        of(number)
    return found


def _own(one: Assumption, number: "Number") -> bool:
    """What is measured rests on no cell of a coder, whatever its id."""
    if number.kind == MEASURED and one.cells:
        return False
    coded_from = number.coding.claim if number.coding else ""
    return is_of(number.id, one.numbers) or (bool(coded_from) and is_of(coded_from, one.claims))


def is_of(id_: str, patterns: Iterable[str]) -> bool:
    """Whether an id is one of these, which may have `*`."""
    return any(fnmatchcase(id_, pattern) for pattern in patterns)


def cells_of(one: Assumption, tables: "Tables") -> Iterator[tuple[str, str, str]]:
    """Table, row and column of each cell that holds what is assumed."""
    for pattern in one.cells:
        name, row_pattern, column = pattern.split(":")
        for row in tables.rows(name):
            if fnmatchcase(row.key, row_pattern) and column in row.table.columns and row[column] == one.value:
                yield name, row.key, column


def unmatched(
    assumptions: Sequence[Assumption],
    tables: "Tables",
    numbers: Iterable[str],
    claims: Iterable[str],
    findings: Iterable[str],
) -> Iterator[Fault]:
    """What the assumptions name and the paper does not have."""
    known = {"numbers": list(numbers), "claims": list(claims), "findings": list(findings)}
    for nth, one in enumerate(assumptions, start=1):
        at = f"{paths.SETTINGS_FILE}, assumptions[{nth}]"
        for kind, ids in known.items():
            for pattern in getattr(one, kind):
                if not any(fnmatchcase(id_, pattern) for id_ in ids):
                    expected = f"the id of one of the {kind}"
                    yield Fault(f"{at}.{kind}", expected, f"{pattern!r}{nearest(pattern, ids)}")
        for pattern in one.cells:
            name = pattern.partition(":")[0]
            if name not in tables:
                yield Fault(
                    f"{at}.cells",
                    f"one of the tables {', '.join(tables)}",
                    f"{name!r}{nearest(name, tables)}",
                )
        if one.cells and not any(True for _ in cells_of(one, tables)):
            yield Fault(f"{at}.cells", f"a cell that holds the value, {one.value!r}", ", ".join(one.cells))
