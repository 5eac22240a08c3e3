"""Every guard over one execution of the paper, and what `check --json` says of them."""

import json
import re
from collections.abc import Iterator, Mapping, Set, Sized
from dataclasses import asdict, dataclass, replace
from datetime import MAXYEAR
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.descriptions.blocks import blocks
from recomputed.editions import profiles
from recomputed.faults import CheckFailed
from recomputed.guards.allowed import read_allowances
from recomputed.guards.beside import Subjects
from recomputed.guards.comparing import ComparingWords, read_comparisons, unused_statements
from recomputed.guards.leftovers import has_unread, left_in_line, unread, without_echo, without_escaped
from recomputed.guards.named import NamedCases
from recomputed.guards.orphans import find_orphans, orphan_cell, unused_cells, unused_settings
from recomputed.guards.passages import Text, code_of, read_text
from recomputed.guards.pictures import caption_units, picture_faults, pictures_of
from recomputed.guards.references import entry_faults, read_references
from recomputed.guards.rounded import Rounded
from recomputed.guards.told import ToldNumbers, read_told
from recomputed.guards.tree import Origin, explained, tree_of
from recomputed.guards.typed_numbers import TypedNumbers, told_place
from recomputed.guards.units import Units
from recomputed.judgement import Executed
from recomputed.ledger.attested import unattested
from recomputed.ledger.examination import Examination
from recomputed.manuscript.figure_files import MANIFEST, SUFFIXES, faults_of, read_manifest, shown
from recomputed.manuscript.frontmatter import document_date
from recomputed.manuscript.inline import Inlines
from recomputed.manuscript.keys import is_date
from recomputed.manuscript.list_of_numbers import table_of_numbers
from recomputed.manuscript.markdown import parse
from recomputed.manuscript.names import by_code, read_names
from recomputed.manuscript.source import uncommented
from recomputed.study import study


@dataclass(frozen=True, slots=True)
class Findings:
    """What the guards found. `report` is their part of `check --json`; `failures` has a sentence for each
    thing that must not be, `unused` for each row that another edition may need and this one does not.
    """

    report: Mapping[str, Any]
    summary: str
    failures: tuple[str, ...]
    unused: tuple[str, ...] = ()


def guard_execution(executed: Executed, examination: Examination, figures: Path | None = None) -> Findings:
    """What the guards find in an execution on the tables examined; `figures` is where the figures drawn from
    them are kept, None where they are not kept.
    """
    tables, numbers, markdown = examination.tables, examination.numbers, executed.woven.markdown
    metadata, file, origin = executed.metadata(), executed.manuscript.name, Origin(executed)
    allowed = read_allowances()
    sources = read_references((paths.ROOT / name, name) for name in metadata.get("bibliography", ()))
    year = document_date(metadata).year if is_date(metadata.get("date")) else MAXYEAR
    subjects, told, units = looks(examination, file)
    comparisons = read_comparisons(examination.ledger.comparisons, numbers)
    rounded = Rounded(comparisons, numbers, file)
    words = ComparingWords(comparisons, numbers, allowed, file)
    entries = list(entry_faults(sources, year, allowed))
    cells = [orphan_cell(cell, allowed) for cell in unused_cells(tables, numbers)]
    quotable = examination.quotable()
    text = text_for_guards(executed, examination)  # last of these: pandoc may still be reading it

    def cited_at(key: str) -> str:
        found = re.search(rf"@\{{?{re.escape(key)}(?![\w-])", markdown)
        return f", in {told_place(file, origin.place_at(found.start(), found[0]))}" if found else ""

    digits = TypedNumbers(numbers, _names(examination), allowed, file, text.lang, quotable)
    typed = [
        *digits.in_text(text, origin.place),
        *digits.in_metadata(metadata, executed.manuscript.front_matter),
    ]
    misplaced = [one for look in (subjects, told, units) for one in look.in_text(text, origin.place)]
    misplaced += rounded.in_text(text, origin.place)
    pictures = pictures_of(text, examination)
    misplaced += caption_units(text, pictures, file, origin.place)
    orphans = list(find_orphans(text, numbers, study().labels(), sources, allowed, cited_at))
    compared = list(words.in_text(text, origin.place))
    named = NamedCases(told.rows, subjects, numbers, (subjects, told, words), file)
    unnamed = list(named.in_text(text, origin.place))
    unexpected = [one.message for one in (*orphans, *cells) if not one.expected]
    failures = [
        *_left_over(executed, origin),
        *(one.message for one in typed),
        *(one.message for one in compared),
        *(one.message for one in misplaced),
        *(one.message for one in unnamed),
        *map(str, entries),
        *unexpected,
        *(stale_figures(text, figures) if figures else ()),
        *picture_faults(text, pictures, figures),
        *unused_statements(words.used),
        *map(str, unattested(tables, numbers)),
        *map(str, unused_settings(examination)),
    ]
    unused = (*map(str, told.unused()), *map(str, named.unused()), *allowed.faults())
    if len(profiles()) == 1:
        failures, unused = [*failures, *unused], ()
    report = {
        "typed_numbers": [asdict(one) for one in typed],
        "unused_cells": [asdict(one) for one in cells],
        "references": [asdict(fault) for fault in entries],
        "orphans": [asdict(one) for one in orphans],
        "comparing_words": [asdict(one) for one in compared],
        "misplaced_numbers": [asdict(one) for one in misplaced],
        "untold_cases": [asdict(one) for one in unnamed],
    }
    summary = (
        f"{_counted(typed, 'typed number').capitalize()}; {_counted(compared, 'comparing word')} that the data do "
        f"not bear out; {_counted(misplaced, 'number')} in another's place; {len(unexpected) or 'nothing'} left over."
    )
    return Findings(report, summary, tuple(failures), unused)


def _counted(found: Sized, noun: str) -> str:
    """`no numbers`, `1 number`, `2 numbers`."""
    return f"{len(found) or 'no'} {noun}{'s' * (len(found) != 1)}"


def looks(examination: Examination, file: str) -> tuple[Subjects, ToldNumbers, Units]:
    """What looks for numbers of the examination that stand in another's place in the manuscript `file`."""
    numbers = examination.numbers
    names = _names(examination)
    told = ToldNumbers(read_told([*numbers, *names]), numbers, file)
    return Subjects(names, numbers, file), told, Units(numbers, file)


def _names(examination: Examination) -> dict[str, frozenset[str]]:
    """What the paper may call each case: its code, or the trade name that `names.csv` gives it."""
    named = read_names(examination.tables.cases)
    return {case: frozenset({by_code(case), name}) for case, name in named.items()}


_read: list[tuple[Executed, Text]] = []


def text_of(executed: Executed) -> Text:
    """The text of an execution. It is read once: those of a few editions are kept.

    Raises InputError with what pandoc warns of, CheckFailed where it cannot read the text.
    """
    for known, text in _read:
        if known is executed:
            return text
    markdown = executed.woven.markdown
    try:
        tree = tree_of(markdown)
    except CheckFailed as error:
        raise explained(executed, error) from None
    text = read_text(tree, markdown, executed.manuscript.metadata.get("lang"))
    _read[:] = [*_read[-3:], (executed, text)]
    return text


def text_for_guards(executed: Executed, examination: Examination) -> Text:
    """The text that an author wrote of an execution, and what its cells print for it."""
    code = code_of(executed.manuscript.metadata.get("lang"))
    printed = _printed(executed.woven.markdown, code, examination)  # first: pandoc may still be reading
    return _without(text_of(executed), printed)


def without_printed(text: Text, markdown: str, examination: Examination) -> Text:
    """`text`, read from `markdown`, without the appendix's table of all numbers and the cards' data.

    They name numbers and data rows in plain text and are not held to what an author writes, so long as they are, to
    the letter, what the registry prints, and nothing else is of their class.
    """
    return _without(text, _printed(markdown, text.lang, examination))


def _printed(markdown: str, code: str, examination: Examination) -> set[str]:
    """The classes of the blocks that are what the registry prints in a language."""
    numbers = table_of_numbers(Inlines(examination.numbers, code), examination.tables.package.units)
    printed = {"numbers": numbers, **blocks(examination, code)}
    return {
        name
        for name, block in printed.items()
        if block.strip() in markdown and markdown.count(f"{{.{name}") == 1
    }


def _without(text: Text, classes: Set[str]) -> Text:
    return replace(text, passages=tuple(passage for passage in text.passages if passage.of not in classes))


def stale_figures(text: Text, folder: Path) -> list[str]:
    """A sentence for each figure of the paper whose files are not those that the present numbers, code and packages
    make, and for each file or record in the folder that no figure of the paper has.
    """
    faults = [fault for name, key in text.keys.items() for fault in faults_of(folder, name, key)]
    known = {f"{name}{suffix}" for name in text.keys for suffix in SUFFIXES} | {MANIFEST}
    here = sorted(path.name for path in folder.glob("*") if path.name not in profiles()[1:])
    faults += [
        f"{shown(folder)}/{name} is the file of no figure of the paper" for name in here if name not in known
    ]
    faults += [
        f"{shown(folder)}/{MANIFEST} records {name}, which is no figure of the paper"
        for name in read_manifest(folder)
        if name not in text.keys
    ]
    if faults:
        edition = f" --profile {folder.name}" if folder.name in profiles()[1:] else ""
        faults[-1] += f". Hint: `render{edition}` draws the figures again."
    return faults


def _left_over(executed: Executed, origin: Origin) -> Iterator[str]:
    """A sentence for each leftover of a failed computation or of markup that nobody read, at its place."""
    markdown, name = executed.woven.markdown, executed.manuscript.name
    places = [
        (match[0], origin.place_in(nth, match.start(), match[0]))
        for nth, line in enumerate(without_echo(uncommented(markdown, " ")).split("\n"))
        for match in left_in_line(line, origin.printed(nth))
    ]
    if has_unread(text := text_of(executed)):
        other = without_escaped(markdown)
        for passage, match in unread(text, read_text(json.loads(parse(other)), other)):
            places.append((match[0], origin.place(passage, match.start(), match[0]) or (1, 1)))
    for left, place in places:
        yield f"{told_place(name, place)}: {left!r} is left in the text, of what failed or was not read"
