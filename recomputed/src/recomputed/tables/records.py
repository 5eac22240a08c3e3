"""Loaded tables as a researcher reads them: `for row in tables["sessions"].rows: row.decimal("low")`.

Cells are kept as the text that the file holds, column by column: `10` and `10.0` stay two different reports.
Nothing here can be changed after loading.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import TYPE_CHECKING, overload

from recomputed.faults import Fault, InputError
from recomputed.quantity.numbers import Place as Place
from recomputed.tables.cell_rules import nearest
from recomputed.tables.schema import NUMERIC, Field, Package, Resource

if TYPE_CHECKING:
    import pandas as pd


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
            place = self.place(column)
            raise InputError(Fault(place.file, "a whole number", repr(self[column]), place.sheet_row, column))
        return None if value is None else int(value)

    @property
    def key(self) -> str:
        """The cells of the primary key, joined by dots where there are several."""
        return ".".join(self[column] for column in self._table.resource.primary_key)

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

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Row) and (self._table, self._index) == (other._table, other._index)

    def __hash__(self) -> int:
        return hash((id(self._table), self._index))

    def __repr__(self) -> str:
        return f"<{self._table.file} row {self.sheet_row}: {self.key}>"


class Rows(Sequence[Row]):
    """The rows of a table in the file's order, each made when it is asked for: a million cost no memory."""

    __slots__ = ("_table",)

    def __init__(self, table: "Table"):
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    def __iter__(self) -> Iterator[Row]:
        return map(partial(Row, self._table), range(len(self._table)))

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        indices = range(len(self._table))[index]
        if isinstance(indices, int):
            return Row(self._table, indices)
        return tuple(Row(self._table, each) for each in indices)


class Table:
    """One file of `data/`: its description, its columns of text, and its rows in the file's order."""

    def __init__(self, resource: Resource, file: str, columns: Mapping[str, tuple[str, ...]]):
        self.resource = resource
        self.name = resource.name
        self.file = file
        self._columns = columns
        self._fields = {field.name: field for field in resource.fields}

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    @property
    def rows(self) -> "Rows":
        return Rows(self)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.resource.columns

    def column(self, name: str) -> tuple[str, ...]:
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

    def numbers(self, name: str) -> tuple[str, ...]:
        """As `column`; raises `InputError` where the column does not hold numbers."""
        field = self.field(name)
        if field.type not in NUMERIC:
            raise InputError(Fault(self.file, "a column of numbers", f"type {field.type}", column=name))
        return self._columns[name]

    def row(self, *key: str) -> Row:
        """The row whose primary key is `key`. Raises `InputError` that names the nearest key."""
        try:
            return self.rows[self._index[key]]
        except KeyError:
            shown, known = ".".join(key), [".".join(cells) for cells in self._index]
            hint = nearest(shown, known)
            raise InputError(Fault(self.file, "the key of a row", f"{shown!r}{hint}")) from None

    def where(self, **cells: str) -> tuple[Row, ...]:
        """The rows whose columns hold exactly these texts, in the file's order: `where(case="K1")`."""
        wanted = [(self.column(name), text) for name, text in cells.items()]
        return tuple(
            row
            for index, row in enumerate(self.rows)
            if all(column[index] == text for column, text in wanted)
        )

    def frame(self) -> "pd.DataFrame":
        """The table for figures and printing: numbers as floats, empty cells as NaN. Not for computing."""
        import pandas as pd

        frame = pd.DataFrame({name: list(cells) for name, cells in self._columns.items()}, dtype=str)
        frame = frame.mask(frame.isin(list(self.resource.missing)))
        numeric = [field.name for field in self.resource.fields if field.numeric]
        frame[numeric] = frame[numeric].astype(float)
        return frame

    @cached_property
    def _index(self) -> dict[tuple[str, ...], int]:
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
        return self["cases"].column("case") if "cases" in self else ()

    def rows(self, name: str) -> Sequence[Row]:
        """The rows of a table that a paper may do without; none where it does."""
        return self[name].rows if name in self else ()

    def places(self, *roles: str) -> Iterator[Place]:
        """Each cell that is not empty and whose column has one of `roles`, table by table, row by row."""
        for table in self._tables.values():
            columns = [field.name for field in table.resource.fields if field.role in roles]
            for row in table.rows:
                yield from (row.place(column) for column in columns if row.text(column) is not None)
