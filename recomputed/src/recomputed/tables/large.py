"""Reads a large table whole columns at a time, if it is plainly in order; whatever is not is left to `sheet`.

One pattern over the file's bytes says that each line has its cells and each number its form; then pandas reads it. So a
million rows cost little more than pandas' own reading. Nothing is told here: `read_large` gives None where anything is
wrong, or only unusual (a cell of several lines, a number of more than 15 digits), and the slow reader, which looks at
every cell, says what it is.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from recomputed.faults import InputError
from recomputed.quantity.summaries import Values
from recomputed.tables.cell_rules import cell_rule, is_name, untidy
from recomputed.tables.schema import UNIT_COLUMN, Field, Resource, Unit
from recomputed.tables.sheet import LARGEST_TABLE
from recomputed.text_files import file_fault, read_bytes, text_fault

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGE = 2**22  # bytes from which on it pays to load pandas

# Two decimals of at most 15 digits that are the same float are the same number; a whole number has one text.
_FORMS = {
    "number": rb"-?[0-9]{1,9}+(?:\.[0-9]{1,6}+)?+",
    "integer": rb"(?:0|-?[1-9][0-9]{0,14}+)",
    "year": rb"[1-9][0-9]{3}",
}
_TEXT = rb'(?:[^",\r\n]{0,99999}+|"[^"\r\n]{0,99999}+")'
_MOST_PLACES, _MOST_DIGITS = 6, 15

Floats = Mapping[str, "NDArray[Any]"]


class Wholes(Sequence[str]):
    """The texts of a column of whole numbers, none of them absent, each made when it is asked for."""

    def __init__(self, numbers: "NDArray[Any]"):
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[str, ...]: ...
    def __getitem__(self, index: int | slice) -> str | tuple[str, ...]:
        found = self._numbers[index].tolist()
        return tuple(map(str, found)) if isinstance(index, slice) else str(found)

    def __iter__(self) -> Iterator[str]:
        return map(str, self._numbers.tolist())


class LargeColumns(Mapping[str, Sequence[str]]):
    """The columns of a large table as text; one of numbers that have decimals is read from the file when asked for."""

    def __init__(self, path: Path, names: tuple[str, ...], texts: dict[str, Sequence[str]]):
        self._path, self._names, self._texts = path, names, texts

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self._texts:
            if name not in self._names:
                raise KeyError(name)
            if fault := file_fault(self._path, self._path.name):
                raise InputError(fault)
            self._texts[name] = _texts(_read(self._path, dtype=object, usecols=[name], na_filter=False)[name])
        return self._texts[name]

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self._names, key=lambda name: name not in self._texts)

    def __len__(self) -> int:
        return len(self._names)


def read_large(
    folder: Path, resource: Resource, units: Mapping[str, Unit], file: str
) -> tuple[LargeColumns, dict[str, Values]] | None:
    """The table's columns, and those of numbers as such; None where it is small or must be looked at cell by cell."""
    path = folder / resource.path
    if file_fault(path, file) or not path.resolve().is_relative_to(folder.resolve()):
        return None
    if not LARGE <= path.stat().st_size <= LARGEST_TABLE or not _is_plain(path, resource, file):
        return None
    numeric = [field.name for field in resource.fields if field.numeric]
    kinds = {name: float if name in numeric else object for name in resource.columns}
    frame = _read(path, dtype=kinds, na_values={name: list(resource.missing) for name in numeric})
    floats = {name: frame.pop(name).to_numpy() for name in numeric}
    texts: dict[str, Sequence[str]] = {
        name: _texts(frame.pop(name)) for name in resource.columns if name in frame
    }
    values = {name: column for name in numeric if (column := _values(floats[name]))}
    if len(values) < len(numeric) or not _Columns(resource, texts, floats).in_order(units):
        return None
    for field in resource.fields:
        if field.type in ("integer", "year") and values[field.name].absent is None:
            texts[field.name] = Wholes(values[field.name].scaled)
    return LargeColumns(path, resource.columns, texts), values


def _texts(column: Any) -> tuple[str, ...]:
    return tuple(column.to_numpy().tolist())


def _read(path: Path, **how: Any) -> Any:
    import pandas as pd

    return pd.read_csv(path, encoding="utf-8-sig", keep_default_na=False, **how)


def _is_plain(path: Path, resource: Resource, file: str) -> bool:
    """Whether the file is UTF-8 with this header, and each line has the cells that the columns' types ask for."""
    content = read_bytes(path, file, LARGEST_TABLE)
    header, _, _ = content[: 2**16].partition(b"\n")
    named = next(csv.reader([header.decode("utf-8-sig", "replace").rstrip("\r")]), [])
    if tuple(named) != resource.columns or len(named) < 2 or text_fault(content, file):
        return False
    if any(re.fullmatch(_FORMS["number"], missing.encode()) for missing in resource.missing):
        return False  # pandas would take 9.0 for the missing value 9, too
    line = b",".join(_cell(field, resource) for field in resource.fields)
    lines = re.compile(rb"(?:" + line + rb"\r?+\n)*+(?:" + line + rb")?+")
    return len(header) + 1 < len(content) and lines.fullmatch(content, len(header) + 1) is not None


def _cell(field: Field, resource: Resource) -> bytes:
    if not field.numeric:
        return _TEXT
    required = field.required or field.name in resource.primary_key
    missing = () if required else sorted(map(re.escape, resource.missing), reverse=True)
    return rb"(?:" + b"|".join([_FORMS[field.type], *(text.encode() for text in missing)]) + rb")"


def _values(floats: "NDArray[Any]") -> Values | None:
    """The decimals that these floats were read from; None where they have more places than the forms allow."""
    import numpy as np

    absent = np.isnan(floats)
    whole = np.where(absent, 0, floats) if absent.any() else floats
    for places in range(_MOST_PLACES + 1):
        scaled = np.rint(whole * 10**places)
        if np.array_equal(scaled / 10**places, whole):
            return Values(scaled.astype(np.int64), places, absent if absent.any() else None)
    return None


class _Columns:
    """A table's columns, texts and floats, held to the rules that the description lays on it.

    Each answer is a sure yes, or no where a rule is broken or it takes a look at each cell to say.
    """

    def __init__(self, resource: Resource, texts: Mapping[str, Sequence[str]], floats: Floats):
        self.resource, self.texts, self.floats = resource, texts, floats
        self.distinct = {name: set(cells) for name, cells in texts.items()}

    def in_order(self, units: Mapping[str, Unit]) -> bool:
        """Whether every rule holds."""
        resource, floats = self.resource, self.floats
        rarer = (resource.needs, resource.dates, resource.steps, resource.counted)
        keys = [resource.primary_key, *((field.name,) for field in resource.fields if field.unique)]
        return (
            not any(rarer)
            and all(map(self._holds, resource.fields))
            and all(low in floats and high in floats for low, high in resource.ordered)
            and not any((floats[low] > floats[high]).any() for low, high in resource.ordered)
            and self._within_units(units)
            and all(map(self._are_unique, filter(None, keys)))
        )

    def _holds(self, field: Field) -> bool:
        ruled = field.enum or field.pattern or field.min_length is not None or field.max_length is not None
        bounded = field.minimum is not None or field.maximum is not None
        if field.name in self.floats:
            return not ruled and _within(self.floats[field.name], field.minimum, field.maximum)
        cells = self.distinct[field.name]
        if ruled or bounded or field.type != "string":
            return not any(map(cell_rule(field, self.resource), cells))
        required = field.required or field.name in self.resource.primary_key
        if required and not cells.isdisjoint(self.resource.missing):
            return False
        return not is_name(field, self.resource) or _are_tidy(cells)

    def _within_units(self, units: Mapping[str, Unit]) -> bool:
        """Whether each unit is known, and each value within the bounds of its unit."""
        named = next((field for field in self.resource.fields if field.name == UNIT_COLUMN), None)
        if not units or named is None:
            return True
        used = self.distinct.get(UNIT_COLUMN, set())
        if not used or (named.enum is None and used - set(units) - self.resource.missing):
            return False
        values = [field.name for field in self.resource.fields if field.role == "value" and field.numeric]
        for name in sorted(used & set(units)):
            cells = self.texts[UNIT_COLUMN]
            here = [cell == name for cell in cells] if len(used) > 1 else slice(None)
            if not all(_fits(self.floats[value][here], units[name]) for value in values):
                return False
        return True

    def _are_unique(self, names: tuple[str, ...]) -> bool:
        """Whether no two rows have the same key; case and spaces tell none apart."""
        import numpy as np

        if len(names) > 1:
            columns = [
                self.texts[name] if name in self.texts else self.floats[name].tolist() for name in names
            ]
            folded = {tuple(_folded(str(cell)) for cell in cells) for cells in zip(*columns, strict=True)}
            return len(folded) == len(columns[0])
        (name,) = names
        if name in self.floats:
            return len(np.unique(self.floats[name])) == len(self.floats[name])
        together = "\n".join(self.distinct[name])
        unique = len(self.distinct[name]) == len(self.texts[name])
        return unique and (
            together == _folded(together) or len(set(_folded(together).split("\n"))) == len(self.texts[name])
        )


def _folded(text: str) -> str:
    return text.casefold().replace(" ", "")


def _are_tidy(cells: Set[str]) -> bool:
    """Whether no text by which rows are found has an odd space or an invisible character."""
    together = "\n".join(["", *cells, ""])
    if not together.isascii():
        return not any(map(untidy, cells))
    odd = any(space in together for space in ("\n ", " \n", "  "))
    return not odd and together.replace("\n", "").isprintable()


def _within(values: "NDArray[Any]", minimum: Decimal | str | None, maximum: Decimal | str | None) -> bool:
    for bound in (minimum, maximum):
        if bound is not None and len(Decimal(bound).as_tuple().digits) > _MOST_DIGITS:
            return False
    below = minimum is not None and (values < float(minimum)).any()
    above = maximum is not None and (values > float(maximum)).any()
    return not (below or above)


def _fits(values: "NDArray[Any]", unit: Unit) -> bool:
    whole = not unit.integer or not (values % 1 > 0).any()
    return whole and _within(values, unit.minimum, unit.maximum)
