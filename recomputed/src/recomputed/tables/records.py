"""Loaded tables as a researcher reads them: `for row in tables["sessions"].rows: row.decimal("low")`.

Cells are kept as the text that the file holds, column by column: `10` and `10.0` stay two different reports.
Nothing here can be changed after loading.
"""

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from difflib import get_close_matches
from functools import cached_property, partial
from itertools import compress
from types import MappingProxyType
from typing import overload

from recomputed.faults import Fault, InputError
from recomputed.quantity.intervals import Exact
from recomputed.quantity.numbers import Number
from recomputed.quantity.numbers import Place as Place
from recomputed.quantity.summaries import Values
from recomputed.tables.cell_rules import nearest
from recomputed.tables.schema import NUMERIC, Field, Package, Resource


def no_row(file: str, key: str, known: Iterable[str]) -> Fault:
    """That a table has no row of this key; `known` are those that it has."""
    near = get_close_matches(key, list(known), n=1, cutoff=0.6)
    found = f"none; there is {near[0]!r}" if near else "none"
    return Fault(file, f"a row {key!r}, which the paper computes with", found)


class Row:
    """One record of a table. `row["low"]` is the cell's text; an unknown column raises `InputError`."""

    __slots__ = ("_index", "_table")

    def __init__(self, table: "Table", index: int):
        self._table = table
        self._index = index

    def __getitem__(self, column: str) -> str:
        return self._table.column(column)[self._index]

    def text(self, column: str) -> str | None:
        """The cell's text, or `None` where the cell is empty (one of the table's missing values)."""
        cell = self[column]
        return None if cell in self._table.resource.missing else cell

    def decimal(self, column: str) -> Decimal | None:
        """The cell as an exact number, `None` where it is empty. Raises `InputError` on a column of text."""
        cell = self._table.numbers(column)[self._index]
        return None if cell in self._table.resource.missing else Decimal(cell)

    def integer(self, column: str) -> int | None:
        """The cell as a whole number, or `None` where it is empty. Raises `InputError` on 12.5."""
        value = self.decimal(column)
        if value is not None and value != value.to_integral_value():
            raise InputError(self.fault(column, "a whole number", repr(self[column])))
        return None if value is None else int(value)

    @property
    def key(self) -> str:
        """The cells of the primary key, joined by dots where there are several; the sheet row where there is none."""
        columns = self._table.resource.primary_key
        return ".".join(self[column] for column in columns) if columns else str(self.sheet_row)

    @property
    def sheet_row(self) -> int:
        """The row that a spreadsheet shows: the header is row 1, the first record row 2."""
        return self._index + 2

    @property
    def table(self) -> "Table":
        return self._table

    def place(self, column: str) -> Place:
        self._table.field(column)
        return Place(self._table.file, self.key, column, self.sheet_row)

    def fault(self, column: str, expected: str, found: str) -> Fault:
        """That its cell in a column is not as expected."""
        return Fault(self._table.file, expected, found, self.sheet_row, column)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self._table, self._index) == (other._table, other._index)

    def __hash__(self) -> int:
        return hash((id(self._table), self._index))

    def __repr__(self) -> str:
        return f"<{self._table.file} row {self.sheet_row}: {self.key}>"


class Rows(Sequence[Row]):
    """Rows of a table in the file's order, each made when it is asked for: a million cost no memory.

    `indices` are theirs in the table. Where a `condition` chose them, it says so in words, `by` names its columns.
    """

    __slots__ = ("by", "condition", "indices", "table")

    def __init__(self, table: "Table", indices: Sequence[int], condition: str = "", by: tuple[str, ...] = ()):
        self.table, self.indices, self.condition, self.by = table, indices, condition, by

    def __len__(self) -> int:
        return len(self.indices)

    def __iter__(self) -> Iterator[Row]:
        return map(partial(Row, self.table), self.indices)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        if isinstance(index, slice):
            return tuple(Row(self.table, each) for each in self.indices[index])
        return Row(self.table, self.indices[index])

    def where(self, **cells: str | Collection[str]) -> "Rows":
        """Those whose columns hold exactly these texts, or one of several: `where(species=("oak", "elm"))`."""
        rows = self
        for name, wanted in cells.items():
            texts = (wanted,) if isinstance(wanted, str) else tuple(wanted)
            pairs = zip(rows.indices, rows.texts(name), strict=True)
            chosen = [index for index, text in pairs if text in texts]
            rows = rows._chosen(chosen, f"{name} = {' | '.join(texts)}", name)
        return rows

    def between(self, column: str, low: Exact | None = None, high: Exact | None = None) -> "Rows":
        """Those whose number in `column` is at least `low` and at most `high`; an empty cell is neither."""
        within = self.values(column).within(low, high)
        told = f"{low} ≤ {column} ≤ {high}"
        if low is None or high is None:
            told = f"{column} ≤ {high}" if low is None else f"{column} ≥ {low}"
        return self._chosen(compress(self.indices, within), told, column)

    def values(self, column: str) -> Values:
        """The numbers of one column in these rows. Raises `InputError` where the column does not hold numbers."""
        return self.table.values(column).at(self.indices)

    def absent(self, column: str) -> Sequence[bool] | None:
        """Whether the cell of each row is empty; None where none is."""
        if self.table.field(column).numeric:
            marks = self.values(column).absent
            return None if marks is None or not marks.any() else marks.tolist()
        texts = self.texts(column)
        empty = self.table.resource.missing.intersection(texts)
        return list(map(empty.__contains__, texts)) if empty else None

    def texts(self, column: str) -> Sequence[str]:
        """The texts of one column in these rows."""
        cells = self.table.column(column)
        return cells if len(self) == len(cells) else tuple(map(cells.__getitem__, self.indices))

    def records(self, *columns: str) -> list[dict[str, float | str | None]]:
        """Plain records for a figure: numbers as floats, texts as they are, None for an empty cell."""
        cells = [self._plain(name) for name in columns]
        return [dict(zip(columns, row, strict=True)) for row in zip(*cells, strict=True)]

    def _plain(self, column: str) -> Sequence[float | str | None]:
        texts, missing = self.texts(column), self.table.resource.missing
        made: Callable[[str], float | str] = float if self.table.field(column).numeric else str
        return [None if text in missing else made(text) for text in texts]

    def _chosen(self, indices: Iterable[int], condition: str, column: str) -> "Rows":
        told = ", ".join(filter(None, (self.condition, condition)))
        return Rows(self.table, array("q", indices), told, (*self.by, column))


class Table:
    """One file of `data/`: its description, its columns of text, and its rows in the file's order."""

    def __init__(
        self,
        resource: Resource,
        file: str,
        columns: Mapping[str, Sequence[str]],
        numbers: Mapping[str, Values] = MappingProxyType({}),
    ):
        self.resource = resource
        self.name = resource.name
        self.file = file
        self._columns = columns
        self._fields = {field.name: field for field in resource.fields}
        self._values = dict(numbers)

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    @property
    def rows(self) -> Rows:
        return Rows(self, range(len(self)))

    @property
    def columns(self) -> tuple[str, ...]:
        return self.resource.columns

    def column(self, name: str) -> Sequence[str]:
        """The texts of one column, top down."""
        try:
            return self._columns[name]
        except KeyError:
            raise self._unknown(name) from None

    def field(self, name: str) -> Field:
        """What the column is: type, role, constraints."""
        try:
            return self._fields[name]
        except KeyError:
            raise self._unknown(name) from None

    def numbers(self, name: str) -> Sequence[str]:
        """As `column`; raises `InputError` where the column does not hold numbers."""
        field = self.field(name)
        if field.type not in NUMERIC:
            raise InputError(Fault(self.file, "a column of numbers", f"type {field.type}", column=name))
        return self._columns[name]

    def row(self, *key: str) -> Row:
        """The row whose primary key is `key`. Raises `InputError` that names the nearest key."""
        if key not in self._index:
            raise InputError(no_row(self.file, ".".join(key), map(".".join, self._index)))
        return self.rows[self._index[key]]

    def where(self, **cells: str | Collection[str]) -> Rows:
        """The rows whose columns hold these texts (see `Rows.where`)."""
        return self.rows.where(**cells)

    def between(self, column: str, low: Exact | None = None, high: Exact | None = None) -> Rows:
        """The rows whose number in a column is within bounds (see `Rows.between`)."""
        return self.rows.between(column, low, high)

    def values(self, name: str) -> "Values":
        """A column of numbers, exact, read once. Raises `InputError` where the column does not hold numbers."""
        if name not in self._values:
            self._values[name] = Values.read(self.numbers(name), self.resource.missing)
        return self._values[name]

    @cached_property
    def _index(self) -> dict[tuple[str, ...], int]:
        if not self.resource.primary_key:
            return {(row.key,): index for index, row in enumerate(self.rows)}
        key = zip(*(self._columns[name] for name in self.resource.primary_key), strict=True)
        return {cells: index for index, cells in enumerate(key)}

    def _unknown(self, name: str) -> InputError:
        expected = f"one of the columns {', '.join(self.columns)}"
        return InputError(Fault(self.file, expected, f"{name!r}{nearest(name, self.columns)}"))


class Tables(Mapping[str, Table]):
    """Every table by name, as `datapackage.json` describes them. An unknown name raises `InputError`."""

    def __init__(self, package: Package, tables: Mapping[str, Table], shown: str):
        self.package = package
        self.shown = shown
        self._tables = dict(tables)

    def __getitem__(self, name: str) -> Table:
        try:
            return self._tables[name]
        except KeyError:
            expected = f"one of the tables {', '.join(self._tables)}"
            raise InputError(Fault(self.shown, expected, f"{name!r}{nearest(name, self._tables)}")) from None

    def __contains__(self, name: object) -> bool:
        return name in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    @property
    def cases(self) -> tuple[str, ...]:
        """The codes of the cases, in their order; none where the paper has no table of cases."""
        return tuple(self["cases"].column("case")) if "cases" in self else ()

    def rows(self, name: str) -> Sequence[Row]:
        """The rows of a table that a paper may do without; none where it does."""
        return self[name].rows if name in self else ()

    def measured(self, number: Number) -> Rows:
        """The rows that a number is measured over, as a figure plots them. Raises InputError where there are none."""
        if len(number.selections) != 1:
            found = f"{number.id}, which is measured over {len(number.selections)} selections of rows"
            raise InputError(Fault(self.shown, "a number that is measured over rows of one table", found))
        (over,) = number.selections
        (table,) = (table for table in self._tables.values() if table.file == over.file)
        return Rows(table, over.rows, over.condition, over.by)

    def places(self, *roles: str, without: Set[tuple[str, str]] = frozenset()) -> Iterator[Place]:
        """Each cell that is not empty and whose column has one of `roles`, table by table, row by row.

        `without` are files and columns to leave out.
        """
        for table in self._tables.values():
            columns = [field.name for field in table.resource.fields if field.role in roles]
            columns = [name for name in columns if (table.file, name) not in without]
            for row in table.rows if columns else ():
                yield from (row.place(column) for column in columns if row.text(column) is not None)
