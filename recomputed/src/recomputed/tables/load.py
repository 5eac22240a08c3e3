"""Loads `data/` and validates all of it before anything is returned; all faults are told at once.

The schema is a Frictionless Data Package, and a test holds this loader and `frictionless` to the same verdict
on the same packages. It is not `frictionless` itself for two reasons. A build starts with it, many times a
day: `frictionless` took 11 times as long over `data/`, imports counted, and 8 times as long for each of many
rows. And each fault must be one message: the row that a spreadsheet shows, what was expected, what was found.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from recomputed import paths, streams
from recomputed.faults import Fault, InputError
from recomputed.quantity.summaries import Values
from recomputed.tables.cell_rules import Cell, nearest, rules_of, same_key
from recomputed.tables.descriptor import read_package
from recomputed.tables.large import LargeColumns, read_large
from recomputed.tables.records import Place, Row, Table, Tables
from recomputed.tables.schema import ForeignKey, Package, Resource, Unit
from recomputed.tables.sheet import Columns, read_table

__all__ = ["Place", "Row", "Table", "Tables", "load"]

_LISTED, _SEARCHED = 12, 1000  # keys of another table that a message lists, or searches for the nearest
_DIGITS = 30  # of a number in a cell
_lent: dict[Path, Tables] = {}


def load(folder: Path = paths.DATA) -> Tables:
    """Read and validate the data package in `folder`.

    Raises `InputError` with every fault of every file; each names the file, the row as a spreadsheet counts,
    the column, what was expected and what was found. Writes nothing.
    """
    return _lent.get(folder) or load_as(read_package(folder, shown_as(folder)), folder)


@contextmanager
def lending_tables(folder: Path, tables: Tables) -> Iterator[None]:
    """While it lasts, `load(folder)` gives these tables: those of the folder, read and validated already."""
    _lent[folder] = tables
    try:
        yield
    finally:
        del _lent[folder]


def load_as(package: Package, folder: Path) -> Tables:
    """As `load`, for files in `folder` that `package` describes from elsewhere."""
    shown = shown_as(folder)
    read: dict[str, Columns | LargeColumns] = {}
    told: dict[str, list[Fault]] = {}
    numbers: dict[str, dict[str, Values]] = {}
    faults: list[Fault] = []
    for resource in package.resources:
        file = f"{shown}/{resource.path}"
        streams.progress(f"reading {file}")
        if large := read_large(folder, resource, package.units, file):
            read[resource.name], numbers[resource.name] = large
            told[resource.name] = []
            continue
        columns, found = read_table(folder, resource, file)
        streams.progress(f"checking {file}: {max(map(len, columns.values()), default=0):,} rows")
        found += validate(resource, package.units, columns, file)
        told[resource.name] = found
        read[resource.name] = columns
    for resource in package.resources:
        found = told[resource.name]
        wrong = {(fault.row, fault.column) for fault in found}
        links = dangling(resource, read, f"{shown}/{resource.path}")
        found += [fault for fault in links if (fault.row, fault.column) not in wrong]
        faults += in_reading_order(found, resource)
    if faults:
        raise InputError(faults)
    tables = {
        resource.name: Table(
            resource,
            f"{shown}/{resource.path}",
            _frozen(read.pop(resource.name)),
            numbers.get(resource.name, {}),
        )
        for resource in package.resources
    }
    return Tables(package, tables, shown)


def shown_as(folder: Path) -> str:
    """How messages name `folder`: relative to the repository when inside it, else as given."""
    path = folder.relative_to(paths.ROOT) if folder.is_relative_to(paths.ROOT) else folder
    return path.as_posix()


def validate(
    resource: Resource, units: Mapping[str, Unit], columns: Mapping[str, Sequence[Cell]], file: str
) -> list[Fault]:
    """Every rule on the cells that were read; a rule on a missing column is silent: that is told already."""
    faults = []
    for rule in rules_of(resource, units):
        if all(name in columns for name in rule.columns):
            for index, expected in rule.broken(columns):
                cell = columns[rule.blamed][index]
                faults.append(Fault(file, expected, _brief(cell), index + 2, rule.blamed))
    unique = [
        (field.name,) for field in resource.fields if field.unique and (field.name,) != resource.primary_key
    ]
    for names in [resource.primary_key, *unique]:
        if names and all(name in columns for name in names):
            faults += _repeated(names, columns, file, resource)
    for names in resource.counted:
        if all(name in columns for name in names):
            faults += _miscounted(names, columns, file)
    return faults


def dangling(resource: Resource, read: Mapping[str, Mapping[str, Sequence[Cell]]], file: str) -> list[Fault]:
    """Foreign keys that lead nowhere; silent where either table lacks the columns: that is told already."""
    faults = []
    for link in resource.foreign_keys:
        own, other = read[resource.name], read[link.target]
        if not all(name in own for name in link.columns) or not all(
            name in other for name in link.target_columns
        ):
            continue
        targets = {cells for cells in _tuples(link.target_columns, other) if None not in cells}
        told: dict[tuple[Cell, ...], tuple[str, str]] = {}
        for index, cells in enumerate(_tuples(link.columns, own)):
            if cells in targets or None in cells or all(cell in resource.missing for cell in cells):
                continue
            if cells not in told:
                told[cells] = _no_target(link, cells, targets)
            expected, found = told[cells]
            faults.append(Fault(file, expected, found, index + 2, ", ".join(link.columns)))
        if link.target == resource.name:
            faults += _led_on(link, own, file, resource.missing)
    return faults


def _led_on(
    link: ForeignKey, columns: Mapping[str, Sequence[Cell]], file: str, missing: frozenset[str]
) -> Iterator[Fault]:
    """Keys into the same table that lead to a row that leads on, or to the row itself."""
    own, targets = list(_tuples(link.columns, columns)), _tuples(link.target_columns, columns)
    leading = {target for target, cells in zip(targets, own, strict=True) if not missing.issuperset(cells)}
    column = ", ".join(link.columns)
    for row, cells in enumerate(own, start=2):
        if cells in leading and None not in cells:
            yield Fault(file, f"the key of a row whose {column} is empty", _shown(cells), row, column)


def in_reading_order(faults: Sequence[Fault], resource: Resource) -> list[Fault]:
    """Top down, then in the order of the columns."""
    place = {name: index for index, name in enumerate(resource.columns)}
    return sorted(faults, key=lambda fault: (fault.row or 0, place.get(fault.column or "", -1)))


def _no_target(link: ForeignKey, cells: tuple[Cell, ...], targets: Set[tuple[Cell, ...]]) -> tuple[str, str]:
    """What was expected and found where a foreign key leads nowhere; a few keys are listed, more are searched."""
    known = sorted(", ".join(map(str, target)) for target in targets) if len(targets) <= _SEARCHED else []
    listed = f": {'; '.join(known)}" if 0 < len(known) <= _LISTED else ""
    found = _shown(cells) + nearest(", ".join(map(str, cells)), known)
    return f"a key of {link.target} ({', '.join(link.target_columns)}){listed}", found


def _repeated(
    names: Sequence[str], columns: Mapping[str, Sequence[Cell]], file: str, resource: Resource
) -> list[Fault]:
    same = [same_key(field) for name in names for field in resource.fields if field.name == name]
    known: list[list[object]] = []
    for name, same_as in zip(names, same, strict=True):
        keys: dict[Cell, object] = {cell: same_as(cell) for cell in set(columns[name]) if cell is not None}
        known.append([keys.get(cell) for cell in columns[name]])
    if len(set(zip(*known, strict=True))) == len(known[0]):
        return []
    faults: list[Fault] = []
    first: dict[tuple[object, ...], tuple[int, tuple[Cell, ...]]] = {}
    together = zip(_tuples(names, columns), zip(*known, strict=True), strict=True)
    for row, (cells, key) in enumerate(together, start=2):
        if None in cells or resource.missing.intersection(cells):
            continue
        if key in first:
            other, written = first[key]
            as_written = "too" if written == cells else f"as {_shown(written)}"
            found = f"{_shown(cells)}, which row {other} has {as_written}"
            faults.append(Fault(file, "a key that no other row has", found, row, ", ".join(names)))
        first.setdefault(key, (row, cells))
    return faults


def _miscounted(names: Sequence[str], columns: Mapping[str, Sequence[Cell]], file: str) -> Iterator[Fault]:
    """Positions that do not count the rows of their group 1, 2, 3, …; what is no whole number is told already."""
    last: dict[
        tuple[Cell, ...], tuple[int, int]
    ] = {}  # how many rows of a group there were, its last position
    for row, (*group, cell) in enumerate(_tuples(names, columns), start=2):
        if cell is None or not cell.isdecimal() or len(cell) > _DIGITS:
            continue
        count, position = last.get(tuple(group), (0, 0))
        if cell not in (str(count + 1), str(position + 1)):  # one that is out of order is told once
            of = f" of {_shown(group)}" if group else ""
            yield Fault(file, f"{position + 1}, the next position{of}", repr(cell), row, names[-1])
        last[tuple(group)] = count + 1, int(cell)


def _tuples(names: Sequence[str], columns: Mapping[str, Sequence[Cell]]) -> Iterator[tuple[Cell, ...]]:
    return zip(*(columns[name] for name in names), strict=True)


def _frozen(columns: Columns | LargeColumns) -> Mapping[str, Sequence[str]]:
    """As tuples of text: where there are no faults, no cell is `None`."""
    if isinstance(columns, LargeColumns):
        return columns
    return {name: cast("tuple[str, ...]", tuple(columns.pop(name))) for name in list(columns)}


def _shown(cells: Sequence[Cell]) -> str:
    return ", ".join(map(_brief, cells))


def _brief(cell: Cell) -> str:
    text = repr(cell)
    return text if len(text) <= 80 else f"{text[:60]}… ({len(cell or '')} characters)"
