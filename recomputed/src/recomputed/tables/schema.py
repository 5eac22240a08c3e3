"""What the data's own description says: tables, columns, constraints and units. `descriptor` reads it.

`data/datapackage.json` is a Frictionless Data Package (Table Schema). Standard properties say what a cell may
hold; custom ones say what the standard cannot:

- field `"role"`: what the cell is for. One of `key`, `value` (a reported quantity), `qualifier` (takes part
  in computation: unit, hedge, case, condition) or `documentation` (locator, note: only documents).
- field `"secret"`, in the description of private records: what nobody else may read. One of `text` (names, addresses,
  accounts), `phone` or `amount` (of money).
- resource `"ordered"`: pairs of columns, `[["low", "high"]]`; the first, a number or a date, may not exceed the second.
- resource `"needs"`: pairs, `[["day", "month"]]`; where the first is filled, the second is.
- resource `"dates"`: year, month and day, `[["year", "month", "day"]]`, that are a day of the calendar.
- resource `"steps"`: a step and the figures given in it, `[["granularity", "low", "high"]]`; the step is above 0 and at
  most the largest of them.
- resource `"counted"`: groups and a position, `[["list", "position"]]`; in each group the rows count 1, 2, 3, …
- package `"units"`: `{unit: {"minimum": 0, "maximum": 100, "integer": true, "title": "…", "title_de": "…"}}`, with a
  title for each language that calls the unit otherwise. The
  bounds hold for every numeric value column of a row whose `unit` column names that unit: a share stays within
  0 and 100 and a count is whole and not negative, while a change in percent may be below 0 or above 100.
- a row is called by its `primaryKey`, where there is none by its number on a worksheet, which another row's going
  changes. Keys that differ only in case or spaces are the same key; a key or a qualifier has no invisible character and
  no space at its ends.
- a foreign key into its own table leads to a row that leads nowhere itself.

What the standard allows but this project does not use (other delimiters, encodings, remote paths, further
types and constraints) is refused, not ignored: a rule that is written down is a rule that is enforced.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

ROLES = ("key", "value", "qualifier", "documentation")
SECRETS = ("text", "phone", "amount")
NUMERIC = ("integer", "number", "year")
DATES = ("date", "time", "yearmonth")
TYPES = ("string", *NUMERIC, "boolean", *DATES)
CONSTRAINTS = ("required", "unique", "enum", "minimum", "maximum", "pattern", "minLength", "maxLength")
UNIT_COLUMN = "unit"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what its cells may hold and what they are for. Bounds are `Decimal` for numeric types."""

    name: str
    type: str
    role: str
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] | None = None
    minimum: Decimal | str | None = None
    maximum: Decimal | str | None = None
    pattern: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    secret: str = ""

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """`columns` of this table must be found among `target_columns` of `target` (a resource name)."""

    columns: tuple[str, ...]
    target: str
    target_columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One table: where it is and what it must be like."""

    name: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()
    ordered: tuple[tuple[str, ...], ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()
    dates: tuple[tuple[str, ...], ...] = ()
    steps: tuple[tuple[str, ...], ...] = ()
    counted: tuple[tuple[str, ...], ...] = ()
    missing: frozenset[str] = frozenset({""})

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.fields)


@dataclass(frozen=True, slots=True)
class Unit:
    """What the values of a unit may be; `None` is unbounded. `titles` are by language; `title` is for all others."""

    name: str
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    integer: bool = False
    title: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    def called(self, lang: str) -> str:
        """What the unit is called in a language."""
        return self.titles.get(lang) or self.title


@dataclass(frozen=True, slots=True)
class Package:
    """The whole description: tables in their order, and units by name (none declared: no rule by unit)."""

    name: str
    resources: tuple[Resource, ...]
    units: Mapping[str, Unit] = field(default_factory=dict)
