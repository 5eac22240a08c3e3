"""Does a release tell who somebody is, what they earn, or what one session was like? Looked at with other eyes.

The check knows the private records and reads the release as a stranger would: every cell of every table, every
line of every other file, every file name. It does not trust how the release was made; it counts the records
behind each cell again. What the paper's own public description says already is no disclosure.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import get_month_names

from recomputed.faults import Fault
from recomputed.language.catalogue import CODES, language
from recomputed.tables.records import Row, Tables
from recomputed.tables.schema import Field

if TYPE_CHECKING:
    from recomputed.privacy.release import Recipe

SHORTEST_WORD = 4  # letters; shorter ones, as of a form of address, tell nobody apart
PHONE = 7, 9  # digits: the fewest of a number, and the last ones, which are the same with any prefix
SMALLEST_AMOUNT = 1000  # below, an amount is no different from a count

_DIGITS = r"\d(?:[\s().-]{0,2}\d)"
_MONTHS = "|".join(
    sorted({name[:3].lower() for code in CODES for name in get_month_names("wide", locale=code).values()})
)
CONTACTS = {
    "no e-mail address": re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[a-z]{2,}", re.IGNORECASE),
    "no phone number": re.compile(rf"(?<![\d.])(?:\+\d{{1,3}}|0(?!\.\d{{5}}))[\s.-]?{_DIGITS}{{7,}}"),
    "no street address": re.compile(
        "|".join(language(code)["personal.street"] for code in CODES), re.IGNORECASE
    ),
}
"""What leads to a person in any text: no data of a paper have it, of which release ever."""
LOOKS = {
    **CONTACTS,
    "no date finer than a month": re.compile(
        rf"\b\d{{4}}[-/]\d{{1,2}}[-/]\d{{1,2}}\b|\b\d{{1,2}}[-/]\d{{1,2}}[-/]\d{{2,4}}\b"
        rf"|\b\d{{1,2}}\.? (?:{_MONTHS})[^\W\d]* \d{{4}}\b",
        re.IGNORECASE,
    ),
}
"""What no release has, and what looks like it in any text; a paper's recipe adds its own."""
_NUMBER = re.compile(r"\d+(?:[.,\s]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell of a table, a line of another file, or a file's name (row 0)."""

    file: str
    row: int
    column: str | None
    text: str

    def fault(self, expected: str, found: str) -> Fault:
        return Fault(self.file, expected, found, self.row or None, self.column)


@dataclass(frozen=True)
class Secrets:
    """What the private records hold that nobody else may read, each with where it stands there."""

    private: Tables
    named: str
    """The table whose key names whom they are about."""
    public: str

    @cached_property
    def texts(self) -> dict[str, str]:
        """Names, addresses and accounts whole, and their longer words, in plain letters."""
        known = plain(self.public)
        found: dict[str, str] = {}
        for place, text in self._secret("text"):
            whole = plain(text)
            for part in (whole, *(word for word in whole.split() if len(word) >= SHORTEST_WORD)):
                if part and not part.isdigit() and f" {part} " not in f" {known} ":
                    found.setdefault(part, place)
        return found

    @cached_property
    def phones(self) -> dict[str, str]:
        """The last digits of phone numbers, so that one with a country's prefix and one without are the same."""
        fewest, last = PHONE
        digits = ((re.sub(r"\D", "", text), place) for place, text in self._secret("phone"))
        return {number[-last:]: place for number, place in digits if len(number) >= fewest}

    @cached_property
    def amounts(self) -> dict[Decimal, str]:
        """Amounts of money, each and together for one whom the records are about."""
        found: dict[Decimal, str] = {}
        for name, table in self.private.items():
            whose = next(
                (key.columns[0] for key in table.resource.foreign_keys if key.target == self.named), ""
            )
            for field in self._fields(name, "amount"):
                totals: dict[str, Decimal] = {}
                for row in table.rows:
                    if (amount := row.decimal(field.name)) is not None:
                        found.setdefault(amount, _told(row, field.name))
                        own = row[whose] if whose else row.key
                        totals[own] = totals.get(own, Decimal(0)) + amount
                for amount in totals.values():
                    found.setdefault(amount, f"the sum of {field.name} in {table.resource.path}")
        return {amount: place for amount, place in found.items() if amount >= SMALLEST_AMOUNT}

    def _secret(self, kind: str) -> Iterator[tuple[str, str]]:
        for name, table in self.private.items():
            for row in table.rows if self._fields(name, kind) else ():
                for field in self._fields(name, kind):
                    if (text := row.text(field.name)) is not None:
                        yield _told(row, field.name), text

    def _fields(self, table: str, kind: str) -> list[Field]:
        return [field for field in self.private[table].resource.fields if field.secret == kind]


def disclosures(
    recipe: "Recipe",
    folder: Path,
    release: Tables,
    private: Tables,
    codes: Mapping[str, str],
    threshold: int,
    public: str,
) -> list[Fault]:
    """Everything in `folder` that must not leave; `release` are its tables, `codes` gives cases by name.

    `public` is text that anyone can read already. A fault says where the secret stands, never what it is.
    """
    secrets = Secrets(private, recipe.named, public)
    faults = [
        fault for piece in pieces(folder) for fault in told_by(piece, secrets, {**LOOKS, **recipe.looks})
    ]
    return [*faults, *small_cells(recipe, release, private, codes, threshold)]


def pieces(folder: Path) -> Iterator[Piece]:
    """Everything that can be read in the files of `folder`, and their names."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        file = path.relative_to(folder).as_posix()
        yield Piece(file, 0, None, file)
        text = path.read_text(encoding="utf-8", errors="replace")
        if path.suffix == ".csv":
            records = list(csv.reader(text.splitlines(keepends=True)))
            for row, record in enumerate(records, start=1):
                for index, cell in enumerate(record):
                    yield Piece(file, row, records[0][index] if index < len(records[0]) else None, cell)
        else:
            for row, line in enumerate(text.splitlines(), start=1):
                yield Piece(file, row, None, line)


def told_by(piece: Piece, secrets: Secrets, looks: Mapping[str, re.Pattern[str]]) -> Iterator[Fault]:
    """What a piece of text discloses: a private text or amount, or what looks like one."""
    words = f" {plain(piece.text)} "
    together = words.replace(" ", "")
    for secret, place in secrets.texts.items():
        squeezed = secret.replace(" ", "")
        if f" {secret} " in words or (len(squeezed) >= 2 * SHORTEST_WORD and squeezed in together):
            yield piece.fault("nothing that identifies anybody", place)
    digits = re.sub(r"(?<=\d)[\s().+-]+(?=\d)", "", piece.text)
    for phone, place in secrets.phones.items():
        if phone in digits:
            yield piece.fault("no phone number", place)
    for number in _NUMBER.findall(piece.text):
        for amount in _readings(number) & secrets.amounts.keys():
            yield piece.fault("no amount of money", secrets.amounts[amount])
    for expected, pattern in looks.items():
        if pattern.search(piece.text):
            yield piece.fault(expected, "what looks like one")


def small_cells(
    recipe: "Recipe", release: Tables, private: Tables, codes: Mapping[str, str], threshold: int
) -> Iterator[Fault]:
    """Rows of the release that rest on fewer than `threshold` private records, counted anew."""
    names = {case: name for name, case in codes.items()}
    for table in release.values():
        for row in table.rows if table.name != "cases" else ():
            records = recipe.behind(row, private, names.get(row["case"], ""))
            if records < threshold:
                expected = f"at least {threshold} records behind {row.key}"
                yield Fault(table.resource.path, expected, str(records), row.sheet_row)


def plain(text: str) -> str:
    """Lower-case letters and digits without accents, in words separated by one space."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"[^\W_]+", "".join(one for one in letters if not unicodedata.combining(one))))


def _readings(number: str) -> set[Decimal]:
    """A printed number as it may be meant: with points for thousands, or with a decimal point or comma."""
    readings = {Decimal(re.sub(r"\D", "", number))}
    whole, separator, end = number.replace(",", ".").rpartition(".")
    if separator:
        readings.add(Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{end}"))
    return readings


def _told(row: Row, column: str) -> str:
    return f"the {column} in row {row.sheet_row} of {row.table.resource.path}"
