"""The editions of a paper say the same, section by section: numbers, cases, claims, citations, pictures, findings.

A language has its own order of words, so in a section each must stand as often in one as in the other, in whatever
order; sections, those whose ids begin with `sec-`, follow one another alike. What may differ stands in
`data/ledger/editions.csv`: section, what, id (`*` for any rest) and the reason. The front matter of each has the
others' titles, and the same authors and date. A cell of a table is not in another's language, but where a span says
so: `[…]{lang=en}`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.faults import Fault
from recomputed.guards.all_guards import text_of
from recomputed.guards.passages import PRINTED, Passage
from recomputed.guards.tree import Origin
from recomputed.judgement import Executed
from recomputed.tables.sheet import Line, read_lines

FILE = paths.LEDGER / "editions.csv"
COLUMNS = ("section", "what", "id", "reason")
SHOWN = f"data/ledger/{FILE.name}"
FRONT, ABSTRACT = "front matter", "abstract"
_SAME = ("date", "license", "doi")
_WORD = re.compile(r"[^\W\d_]+")

Item = tuple[str, str]
"""What it is, and its id."""


@dataclass
class Said:
    """What one edition says: in each section its items, each with its places, an alternative's as an offset."""

    executed: Executed
    origin: Origin
    sections: dict[str, dict[Item, list[tuple[Passage, int] | int | None]]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.executed.manuscript.name

    def line(self, section: str, item: Item) -> int:
        """The line of the item's last place in a section, else of the section."""
        text = item[1].removeprefix("fig-").removeprefix("tbl-")  # as a cell names it
        for place in self.sections.get(section, {}).get(item, ())[-1:]:
            if isinstance(place, int):
                return self.origin.place_at(place, text)[0]
            if place and (found := self.origin.place(*place, text)):
                return found[0]
        return self.row(rf"\.{ABSTRACT}\b" if section == ABSTRACT else rf"\{{#{re.escape(section)}(?![\w-])")

    def row(self, pattern: str) -> int:
        """The first line in the manuscript in which `pattern` is, else the first."""
        text = (paths.ROOT / self.name).read_text(encoding="utf-8-sig")
        found = re.search(pattern, text, re.MULTILINE)
        return text.count("\n", 0, found.start()) + 1 if found else 1


def differences(executed: Sequence[Executed], file: Path = FILE) -> list[str]:
    """A sentence for each difference of the other editions from the first that no row allows, and each idle row."""
    rows = read_lines(file, COLUMNS, SHOWN, COLUMNS, COLUMNS[:3]) if file.exists() else []
    used: set[int] = set()
    said = [_said(one) for one in executed]
    looks = (_front, _compared, _foreign)
    found = [one for other in said[1:] for look in looks for one in look(said[0], other)]
    faults = [str(fault) for section, item, fault in found if not _allowed(rows, used, section, item)]
    idle = (line for line in rows if line.row not in used)
    expected = "a difference between the editions"
    return faults + [
        str(Fault(SHOWN, expected, f"none in {line['section']}: {line['what']} {line['id']}", line.row))
        for line in idle
    ]


def _allowed(rows: Sequence[Line], used: set[int], section: str, item: Item) -> bool:
    covering = {
        line.row
        for line in rows
        if (line["section"], line["what"]) == (section, item[0]) and fnmatchcase(item[1], line["id"])
    }
    used |= covering
    return bool(covering)


def _said(executed: Executed) -> Said:
    text, said = text_of(executed), Said(executed, Origin(executed))
    for passage in text.passages:
        abstract = passage.kind == ABSTRACT
        if passage.of in PRINTED or (abstract and passage.lang != text.lang):
            continue
        own = [id_ for id_ in passage.section if id_.startswith("sec-")]  # another is made from the heading
        section = ABSTRACT if abstract else ["", *own][-1]
        for item, position in _items(passage):
            said.sections.setdefault(section, {}).setdefault(item, []).append((passage, position))
    for alternative in text.alternatives:
        section = f"fig-{Path(alternative.image).stem}"
        for id_ in alternative.numbers:
            said.sections.setdefault(section, {}).setdefault(("number", id_), []).append(alternative.at)
    return said


def _items(passage: Passage) -> Iterator[tuple[Item, int]]:
    claims = set()
    for start, piece in passage.placed():
        if piece.number:
            yield ("number", piece.number), start
        if piece.case:
            yield ("case", piece.case), start
        if piece.quoted.startswith("number:"):
            yield ("finding", piece.text), start
        for claim in piece.claims:
            if claim.nth not in claims:
                claims.add(claim.nth)
                yield ("claim", claim.id), start
    for key in passage.cites:
        yield ("reference" if key.startswith(("fig-", "tbl-", "sec-", "eq-")) else "citation", key), 0
    if passage.kind == "caption":
        kind = {"fig-": "figure", "tbl-": "table"}.get(passage.of[:4])
        if kind:
            yield (kind, passage.of), 0


def _compared(first: Said, other: Said) -> Iterator[tuple[str, Item, Fault]]:
    for section in dict.fromkeys([*first.sections, *other.sections]):
        for one, two in ((first, other), (other, first)):
            if section not in two.sections:
                where = f"as in {one.name}, line {one.line(section, ('', ''))}"
                expected = f"a section {section or 'before the first'}, {where}"
                yield section, ("section", section), Fault(two.name, expected, "none", 1)
        if section in first.sections and section in other.sections:
            yield from _in_section(section, first, other)
    orders = [[name for name in one.sections if name in two.sections] for one, two in _both(first, other)]
    for expected, found in zip(*orders, strict=True):
        if expected != found:
            line = first.line(expected, ("", ""))
            told = f"the section {expected} here, as in {first.name}, line {line}"
            yield expected, ("section", expected), Fault(other.name, told, found, other.line(found, ("", "")))
            return


def _in_section(section: str, first: Said, other: Said) -> Iterator[tuple[str, Item, Fault]]:
    for one, two in _both(first, other):
        counts = [
            Counter({item: len(at) for item, at in said.sections[section].items()}) for said in (one, two)
        ]
        for item in counts[0] - counts[1]:
            times = f"{counts[0][item]} times " if counts[0][item] > 1 else ""
            where = f"as in {one.name}, line {one.line(section, item)}"
            expected = f"in {section} the {item[0]} {item[1]} {times}{where}"
            found = f"{counts[1][item]}" if counts[1][item] else "none"
            yield section, item, Fault(two.name, expected, found, two.line(section, item))


def _both(first: Said, other: Said) -> tuple[tuple[Said, Said], tuple[Said, Said]]:
    return (first, other), (other, first)


def _front(first: Said, other: Said) -> Iterator[tuple[str, Item, Fault]]:
    """What the front matters of two editions say of each other, and of the paper."""
    for one, two in _both(first, other):
        own, its = one.executed.manuscript.metadata, two.executed.manuscript.metadata
        for key in ("title", "subtitle"):
            named = f"{key}-{_lang(one)}"
            if own.get(key) and own[key] != its.get(named):
                expected = f"`{named}:` with {key} of {one.name}, line {one.row(rf'^{key}:')}, {own[key]!r}"
                found = repr(its[named]) if named in its else "none"
                yield FRONT, ("title", named), Fault(two.name, expected, found, two.row(rf"^{named}:"))
    ours, theirs = (_same(one.executed.manuscript.metadata) for one in (first, other))
    for key, value in ours.items():
        if value != theirs[key]:
            expected = f"`{key}:` as in {first.name}, line {first.row(rf'^{key}:')}, {value}"
            fault = Fault(other.name, expected, str(theirs[key]), other.row(rf"^{key}:"))
            yield FRONT, ("front matter", key), fault


def _foreign(first: Said, other: Said) -> Iterator[tuple[str, Item, Fault]]:
    """The cells of each edition's tables that are in the other's language, by what words the prose of either has."""
    for one, two in _both(first, other):
        its, own = _prose(one), {word.lower() for word in _prose(two)}
        only_its = {word.lower() for word in its} - own
        no_names = {word for word in its if word.islower()} - own
        alike = [_words(cell) for cell in _cells(one)]
        for cell in _cells(two):
            words = _words(cell)
            foreign = words & only_its
            if not (_is_label(cell) and words in alike):
                # no names, as an `iPhone` may be told of in one edition alone; and one word may be borrowed
                foreign = words & no_names
                foreign = foreign if foreign == words or len(foreign) > 1 else set()
            if len(foreign) > len(words & own):
                place = two.origin.place(cell, 0, cell.text) or (two.line(cell.of, ("table", cell.of)), 1)
                expected = f"words of its own language in {cell.of}, not those of {one.name}"
                yield cell.of, ("words", cell.text), Fault(two.name, expected, repr(cell.text), place[0])


def _cells(said: Said) -> Iterator[Passage]:
    """The cells of an edition's tables that are in its language."""
    text = text_of(said.executed)
    for passage in text.passages:
        if passage.kind == "table" and passage.of not in PRINTED and passage.lang == text.lang:
            yield passage


def _is_label(cell: Passage) -> bool:
    """Whether a cell is at the head of a row or a column, or has a number."""
    return sum(map(bool, cell.heads)) < 2 or any(piece.number for piece in cell.pieces)


def _prose(said: Said) -> set[str]:
    """The words that an edition's text has outside of its tables, in its own language, as they are written."""
    text = text_of(said.executed)
    own = (
        one
        for one in text.passages
        if one.kind != "table" and one.of not in PRINTED and one.lang == text.lang
    )
    return {word for passage in own for word in _WORD.findall(_own(passage))}


def _own(passage: Passage) -> str:
    """What an author wrote of a passage, without what a span says to be in another language."""
    pieces = tuple(piece for piece in passage.pieces if piece.lang in ("", passage.lang))
    return replace(passage, pieces=pieces).typed


def _words(passage: Passage) -> set[str]:
    return {word.lower() for word in _WORD.findall(_own(passage))}


def _lang(said: Said) -> str:
    return text_of(said.executed).lang


def _same(metadata: Mapping[str, Any]) -> dict[str, Any]:
    from recomputed.manuscript.frontmatter import people

    authors = [author["name"] for author in people(metadata)[0]]
    return {"author": authors, **{key: str(metadata.get(key, "none")) for key in _SAME}}
