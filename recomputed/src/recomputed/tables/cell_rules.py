"""What must hold in a table, as rules: each looks at some cells of one row and says what it expected there.

A rule is asked once for each distinct combination of cells, however many rows repeat it, so that a million
rows cost little more than reading them.
"""

import calendar
import datetime
import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from recomputed.faults import nearest as nearest
from recomputed.tables.schema import NUMERIC, UNIT_COLUMN, Field, Resource, Unit

Cell = str | None
"""A cell's text; `None` stands in for the cells of a row that has too few or too many of them."""

_FORMS = {
    "number": (r"-?[0-9]{1,30}(\.[0-9]{1,30})?", "a number with a decimal point"),
    "integer": (r"-?[0-9]{1,30}", "a whole number"),
    "year": (r"[0-9]{4}", "a year in four digits"),
    "yearmonth": (r"[0-9]{4}-(0[1-9]|1[0-2])", "a month as YYYY-MM"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a date as YYYY-MM-DD"),
    "time": (r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]", "a time as HH:MM:SS"),
    "boolean": (r"true|false", "true or false"),
    "string": (r"(?s:.*)", "text"),
}
_NUMBER = re.compile(_FORMS["number"][0])
_UNSEEN = "[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\ufe00-\ufe0f\uffa0]"  # and yet printable to Python
_INVISIBLE = re.compile(_UNSEEN)
PATTERN_SECONDS = 1, 60  # that a pattern may take: for one cell, for a column


@dataclass(frozen=True, slots=True)
class Rule:
    """`expected(*cells)` says what the `columns` of a row should have held, or `None` when they hold it.

    A broken rule is reported at the column `blamed`.
    """

    columns: tuple[str, ...]
    blamed: str
    expected: Callable[..., str | None]

    def broken(self, columns: Mapping[str, Sequence[Cell]]) -> Iterator[tuple[int, str]]:
        """Index and expectation of each row that breaks the rule, in order."""
        alone = len(self.columns) == 1
        absent = None if alone else (None,) * len(self.columns)
        distinct = set(self._cells(columns)) - {absent}
        wrong = {
            cells: told for cells in distinct if (told := self.expected(*((cells,) if alone else cells)))
        }
        for index, cells in enumerate(self._cells(columns)) if wrong else ():
            if cells in wrong:
                yield index, wrong[cells]

    def _cells(self, columns: Mapping[str, Sequence[Cell]]) -> Iterable[Any]:
        """For each row the cell that the rule looks at, or the cells together."""
        if len(self.columns) == 1:
            return columns[self.blamed]
        return zip(*(columns[name] for name in self.columns), strict=True)


def rules_of(resource: Resource, units: Mapping[str, Unit]) -> Iterator[Rule]:
    """Every rule that the description lays on a single row of `resource`."""
    for field in resource.fields:
        yield Rule((field.name,), field.name, cell_rule(field, resource))
    types = {field.name: field.type for field in resource.fields}
    for low, high in resource.ordered:
        yield Rule((low, high), low, _not_above(high, types[low] in NUMERIC, resource.missing))
    for filled, needed in resource.needs:
        yield Rule((filled, needed), needed, _filled_with(filled, resource.missing))
    for date in resource.dates:
        yield Rule(date, date[-1], _day_of_calendar)
    for columns in resource.steps:
        yield Rule(columns, columns[0], _step_of(columns[1:]))
    if units and UNIT_COLUMN in resource.columns:
        for field in resource.fields:
            if field.role == "value" and field.numeric:
                yield Rule((field.name, UNIT_COLUMN), field.name, _within_unit(units))
        if next(field.enum for field in resource.fields if field.name == UNIT_COLUMN) is None:
            yield Rule((UNIT_COLUMN,), UNIT_COLUMN, _one_of(tuple(units), resource.missing))


def cell_rule(field: Field, resource: Resource) -> Callable[[str], str | None]:
    """The rule of one column: required, type, then constraints; the first that a cell breaks is told."""
    form, described = _FORMS[field.type]
    has_form = re.compile(form).fullmatch
    allowed = _one_of(field.enum, frozenset(), field.numeric) if field.enum else None
    has_pattern = pattern_rule(field.pattern) if field.pattern else None
    required = field.required or field.name in resource.primary_key
    names = is_name(field, resource)

    def expected(cell: str) -> str | None:
        if cell in resource.missing:
            return "a value" if required else None
        if field.type == "string":
            if names and (told := untidy(cell)):
                return told
        elif not has_form(cell) or (field.type == "date" and not _is_date(cell)):
            return described
        if allowed and (told := allowed(cell)):
            return told
        if has_pattern and (told := has_pattern(cell)):
            return told
        if field.min_length is not None and len(cell) < field.min_length:
            return f"at least {field.min_length} characters"
        if field.max_length is not None and len(cell) > field.max_length:
            return f"at most {field.max_length} characters"
        return _within(Decimal(cell) if field.numeric else cell, field.minimum, field.maximum)

    return expected


def pattern_rule(pattern: str) -> Callable[[str], str | None]:
    """Whether a cell has the form of `pattern`, within PATTERN_SECONDS: a pattern may try endlessly many ways.

    One that takes longer is told once, and not tried on further cells.
    """
    import regex  # the one engine that can be stopped; slow to load, so only where there is a pattern

    matches = regex.compile(pattern).fullmatch
    one, all_ = PATTERN_SECONDS
    end = 0.0
    stopped = False

    def expected(cell: str) -> str | None:
        nonlocal end, stopped
        now = time.monotonic()
        end = end or now + all_
        if stopped:
            return None
        try:
            if matches(cell, timeout=max(min(one, end - now), 0.001)):
                return None
        except TimeoutError:
            stopped = True
            return f"text of which the pattern {pattern} tells within {one} s whether it fits"
        return f"text of the form {pattern}"

    return expected


def is_name(field: Field, resource: Resource) -> bool:
    """Whether rows are found, or told apart, by this column's texts."""
    return field.unique or field.name in resource.primary_key or field.role in ("key", "qualifier")


def untidy(cell: str) -> str | None:
    """What is not as it looks in a text by which rows are found, or None."""
    if cell != cell.strip() or "  " in cell:
        return "text without spaces at its ends, or two together"
    if not cell.isprintable() or _INVISIBLE.search(cell):
        return "text without invisible characters"
    if not unicodedata.is_normalized("NFC", cell):
        return "letters and their marks as one character each (Unicode NFC)"
    return None


def same_key(field: Field) -> Callable[[str], object]:
    """What two cells of a key have in common that name the same: case and spaces, or zeros, make no other name."""
    if field.type == "string":
        return lambda cell: "".join(cell.casefold().split())
    return (lambda cell: _number(cell) or cell) if field.numeric else lambda cell: cell


@lru_cache(maxsize=65536)
def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if _NUMBER.fullmatch(cell) else None


def _is_date(cell: str) -> bool:
    try:
        datetime.date.fromisoformat(cell)
    except ValueError:
        return False
    return True


def _within(value: Decimal | str, minimum: Decimal | str | None, maximum: Decimal | str | None) -> str | None:
    if minimum is not None and value < minimum:  # type: ignore[operator]  # both Decimal or both ISO text
        return f"at least {minimum}"
    if maximum is not None and value > maximum:  # type: ignore[operator]
        return f"at most {maximum}"
    return None


def _one_of(
    allowed: Sequence[str], missing: frozenset[str], numeric: bool = False
) -> Callable[[str], str | None]:
    values = {Decimal(text) for text in allowed} if numeric else set(allowed)

    def expected(cell: str) -> str | None:
        if cell in missing or (Decimal(cell) if numeric else cell) in values:
            return None
        return f"one of {', '.join(allowed)}{nearest(cell, allowed)}"

    return expected


def _not_above(high_column: str, numeric: bool, missing: frozenset[str]) -> Callable[[str, str], str | None]:
    def expected(low: str, high: str) -> str | None:
        if low in missing or high in missing:
            return None
        one, other = (_number(low), _number(high)) if numeric else (low, high)  # ISO dates sort as text
        if one is not None and other is not None and one > other:  # type: ignore[operator]
            return f"at most {high_column}, which is {high}"
        return None

    return expected


def _filled_with(column: str, missing: frozenset[str]) -> Callable[[str, str], str | None]:
    def expected(filled: str, needed: str) -> str | None:
        lacks = filled not in missing and needed in missing
        return f"a value, as {column} is {filled}" if lacks else None

    return expected


def _day_of_calendar(year: str, month: str, day: str) -> str | None:
    """Without a year, any day that some year has. A month or a day beyond any is told by its own column."""
    in_year, in_month, on = _number(year or "2000"), _number(month), _number(day)
    if in_year is None or in_month is None or on is None or not 1 <= in_month <= 12:
        return None
    _, last = calendar.monthrange(2000 + int(in_year) % 400, int(in_month))  # which returns after 400 years
    told = f"at most {last}, the last day of month {month}{f' of {year}' if year else ''}"
    return told if last < on <= 31 else None


def _step_of(figures: Sequence[str]) -> Callable[..., str | None]:
    def expected(step: str, *cells: str) -> str | None:
        size, values = _number(step), [value for cell in cells if (value := _number(cell)) is not None]
        if size is None or not values:
            return None
        largest = max(map(abs, values))
        if size <= 0:
            return "a step above 0"
        if largest and size > largest:
            return f"at most {largest}, the figure in {' or '.join(figures)}"
        return None

    return expected


def _within_unit(units: Mapping[str, Unit]) -> Callable[[str, str], str | None]:
    def expected(cell: str, name: str) -> str | None:
        unit, value = units.get(name), _number(cell)
        if unit is None or value is None:
            return None
        told = _within(value, unit.minimum, unit.maximum)
        if told is None and unit.integer and value != value.to_integral_value():
            told = "a whole number"
        return f"{told} (unit {name})" if told else None

    return expected
