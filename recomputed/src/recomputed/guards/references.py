"""The bibliography, read with its lines, and what is wrong in it: the one place that knows BibTeX.

What cannot be read one way only (an entry that does not end, a key or a field twice) is bad input. What reads well and
prints wrong (no journal, a year that cannot be, a DOI that is an address) is a failure, which a row of `allowed.csv`
for `reference-entry`, with the entry's key and the field, lets pass.
"""

import datetime as dt
import logging
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, ImplicitComment

from recomputed.faults import Fault, InputError, nearest
from recomputed.guards.allowed import Allowances
from recomputed.language.catalogue import CODES, known
from recomputed.text_files import read_text

ENTRY = "reference-entry"  # the guard's name in allowed.csv
OLDEST = 1450  # printing

_CONTAINERS = {  # by kinds of entry: what it appeared in, or who issued it
    "article periodical": "journal journaltitle",
    "inproceedings conference incollection inbook suppbook inreference": "booktitle",
    "book mvbook collection proceedings reference manual": "publisher organization institution howpublished",
    "thesis phdthesis mastersthesis": "school institution",
    "report techreport": "institution publisher",
    "misc online electronic www dataset software booklet unpublished patent": (
        "howpublished publisher organization institution url doi eprint note number"
    ),
}
CONTAINERS = {kind: fields.split() for kinds, fields in _CONTAINERS.items() for kind in kinds.split()}
_CREATORS = ("author", "editor", "organization", "institution", "publisher", "howpublished")
_NAMES = (
    "abstract addendum address annotation author booksubtitle booktitle chapter crossref date doi edition editor "
    "eissn eprint eprinttype eventdate eventtitle howpublished institution isbn issn issue journal journaltitle "
    "keywords langid language location month note number organization pages pagetotal part publisher pubstate "
    "school series shortjournal shorttitle subtitle title titleaddon translator type url urldate venue version "
    "volume volumes year"
)
_FIELDS = _NAMES.split()
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DOI = re.compile(r"10\.\d{4,9}/[^\s{}\\]+")
_DOI_WITHIN = re.compile(r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-\d\d(?:-\d\d)?)?(?:/(?:\d{4}(?:-\d\d(?:-\d\d)?)?|\.\.)?)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry: its key and kind, its file and row, its fields without outer braces and the row of each."""

    key: str
    kind: str
    file: str
    row: int
    fields: Mapping[str, str]
    rows: Mapping[str, int]

    def text(self, *names: str) -> str:
        """The first of these fields that is filled, without braces; empty where none is."""
        texts = (
            re.sub(r"[{}]|\s+", lambda one: " " * one[0].isspace(), self.fields.get(name, ""))
            for name in names
        )
        return next((text.strip() for text in texts if text.strip()), "")

    def fault(self, field: str, expected: str, found: str) -> Fault:
        """What is wrong with a field, in its row, or in the entry's where it has none."""
        return Fault(
            self.file, f"{self.key} with {expected}", found or "none", self.rows.get(field, self.row), field
        )


def read_references(files: Iterable[tuple[Path, str]]) -> list[Reference]:
    """The entries of BibTeX files, each given with its name in messages, in order.

    Raises InputError, with every fault, for a file that is no text, an entry that cannot be read, a key given
    twice (in capitals or not, in one file or in two), a field given twice and a kind that there is not.
    """
    references: list[Reference] = []
    faults: list[Fault] = []
    for path, file in files:
        try:
            library = _parsed(read_text(path, file))
        except InputError as error:
            faults += error.faults
            continue
        faults += [*_unread(library, file), *_undefined(library, file)]
        references += [
            Reference(
                entry.key,
                entry.entry_type.lower(),
                file,
                _row(entry),
                {field.key.lower(): str(field.value) for field in entry.fields},
                {field.key.lower(): _row(field) for field in entry.fields},
            )
            for entry in library.entries
        ]
    first: dict[str, Reference] = {}
    for one in references:
        if (other := first.setdefault(one.key.lower(), one)) is not one:
            found = f"{one.key!r}, as in {other.file}, row {other.row}"
            faults.append(Fault(one.file, "a key of its own for each entry", found, one.row))
        if one.kind not in CONTAINERS:
            found = f"@{one.kind}{nearest(one.kind, CONTAINERS)}"
            faults.append(Fault(one.file, "a kind of entry that BibTeX knows", found, one.row))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: (fault.file, fault.row or 0)))
    return references


def entry_faults(references: Sequence[Reference], year: int, allowed: Allowances) -> Iterator[Fault]:
    """What would print wrong, but for what `allowed` lets pass; `year` is the paper's own, the latest that can be."""
    journals = {one.text("journal", "journaltitle").casefold() for one in references} - {""}
    keys = {one.key for one in references}
    seen: dict[tuple[str, ...], str] = {}
    for one in references:
        wrong = [*_entry(one, keys), *_title(one, journals), *_when(one, year), *_addresses(one)]
        for field, expected, found in (*wrong, *_twice(one, seen)):
            if not allowed.permit(ENTRY, one.key, field):
                yield one.fault(field, expected, found)


def _parsed(text: str) -> Library:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # it also logs each fault that it returns
    return parse_string(text)


def _row(block: object) -> int:
    return int(getattr(block, "start_line", 0)) + 1


def _unread(library: Library, file: str) -> Iterator[Fault]:
    """The blocks that are no entry and not meant as a comment."""
    for failed in library.failed_blocks:
        if isinstance(failed, DuplicateBlockKeyBlock):
            expected, found = "a key of its own for each entry", f"{failed.key!r} again"
        elif isinstance(failed, DuplicateFieldKeyBlock):
            expected, found = "each field only once", f"{', '.join(sorted(failed.duplicate_keys))} again"
        else:
            expected = "an entry `@kind{key, field = {text}, …}`"
            found = str(getattr(failed.error, "abort_reason", "") or "another text").strip()
        yield Fault(file, expected, found[:200], _row(failed))
    for block in library.blocks:
        if isinstance(block, ImplicitComment):
            for row, line in enumerate(block.comment.split("\n"), _row(block)):
                if re.match(r"\s*@?\w+\s*\{", line):
                    yield Fault(file, "an entry, which begins with `@` at its line's begin", line[:80], row)
    if not library.entries and not library.failed_blocks:
        yield Fault(file, "entries `@kind{key, field = {text}, …}`", "none")


def _undefined(library: Library, file: str) -> Iterator[Fault]:
    """The names that stand for a text which no `@string` gives."""
    for entry in library.entries:
        enclosing = entry.parser_metadata.get("removed_enclosing", {})
        resolved = entry.parser_metadata.get("ResolveStringReferences", ())
        for field in entry.fields:
            bare = enclosing.get(field.key) == "no-enclosing" and field.key not in resolved
            if bare and re.fullmatch(r"[A-Za-z]\w*", field.value) and field.value.lower() not in _MONTHS:
                strings = (string.key for string in library.strings)
                found = f"{field.value}{nearest(field.value, strings)}"
                yield Fault(
                    file, "a text in braces, or the name of a `@string`", found, _row(field), field.key
                )


Wrong = tuple[str, str, str]
"""A field, what it must be, and what it is."""


def _entry(one: Reference, keys: Set[str]) -> Iterator[Wrong]:
    """What is wrong with an entry by itself."""
    containers = CONTAINERS[one.kind]
    inherited = one.text("crossref")
    if inherited and inherited not in keys:
        yield "crossref", "a `crossref` to another entry", inherited
    if not inherited and not one.text(*containers):
        yield containers[0], f"{' or '.join(f'`{name}`' for name in containers)}, where it appeared", ""
    if not one.text("title"):
        yield "title", "a `title`", ""
    if not one.text(*_CREATORS):
        yield "author", "an `author` or another creator", ""
    pages = re.fullmatch(r"(\d+)\s*[-–—]+\s*(\d+)", one.text("pages"))
    if pages and len(pages[1]) <= len(pages[2]) and int(pages[1]) > int(pages[2]):
        yield "pages", "`pages` that begin before they end", one.text("pages")
    if re.search(r"\bet al\b|\bdkk\b|;|…|\.\.\.", one.text("author")):
        yield "author", "`author` with `and` between names, `and others` for the rest", one.text("author")
    for name in one.fields:
        if name not in _FIELDS and (near := get_close_matches(name, _FIELDS, n=1, cutoff=0.85)):
            yield name, "fields that BibTeX knows", f"{name!r} (did you mean {near[0]!r}?)"


@cache
def _journal() -> re.Pattern[str]:
    """How a journal's name begins, in any language."""
    journals, of = (
        "|".join(words.replace(", ", "|").replace(" ", r"\s+") for words in filter(None, said))
        for said in ([one[f"references.{key}"] for one in known(CODES)] for key in ("journals", "journal_of"))
    )
    return re.compile(rf"(?:[^:]{{1,40}}:\s*)?(?:(?:{of})\s+)?(?:{journals})\b", re.IGNORECASE)


def _title(one: Reference, journals: set[str]) -> Iterator[Wrong]:
    title = one.text("title")
    if title and (title.casefold() in journals or (one.kind == "article" and _journal().match(title))):
        yield "title", "a `title` that is not a journal's name", title


def _when(one: Reference, year: int) -> Iterator[Wrong]:
    field = "date" if one.text("date") else "year"
    given = one.text(field)
    day = _DAY.fullmatch(given)
    if day is None and not (one.text("pubstate") and not given):
        yield field, f"`{field}` of four digits", given
    elif day and not OLDEST <= int(day[1]) <= year:
        yield field, f"`{field}` from {OLDEST} to {year}, the paper's own", given
    elif day and not all(_exists(part) for part in given.split("/")):
        yield field, f"`{field}` that exists", given
    month = one.text("month").lower()
    if month and month[:3] not in _MONTHS and not (month.isdigit() and 1 <= int(month) <= 12):
        yield "month", "`month` from 1 to 12, or its English name", month


def _exists(day: str) -> bool:
    """Whether a year, a month of a year, or a day of a month exists."""
    try:
        return day in ("", "..") or bool(dt.date.fromisoformat(day + "-01" * (2 - day.count("-"))))
    except ValueError:
        return False


def _addresses(one: Reference) -> Iterator[Wrong]:
    doi, url = one.fields.get("doi", "").strip(), one.text("url")
    if doi and not _DOI.fullmatch(doi):
        bare = _DOI_WITHIN.sub("", doi)
        hint = f" (write {bare})" if _DOI.fullmatch(bare) else ""
        yield (
            "doi",
            "`doi` as 10.1234/abc, without address or `doi:`, which every format adds",
            f"{doi}{hint}",
        )
    if url and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", url):
        yield "url", "`url` that begins with http:// or https:// and has no spaces", url


def _twice(one: Reference, seen: dict[tuple[str, ...], str]) -> Iterator[Wrong]:
    """The same work before it under another key: by its DOI, or by creator, title and year."""
    doi = _DOI_WITHIN.sub("", one.text("doi")).casefold()
    work = [one.text("title").casefold(), one.text("author").casefold(), one.text("year", "date")[:4]]
    for identity in (("doi", doi), ("title", *work)):
        if all(identity) and seen.setdefault(identity, one.key) != one.key:
            yield identity[0], "a work that is not there twice", f"the {identity[0]} of {seen[identity]}"
