"""The guards on one execution: reads its text back as the engines will, and gives the guards what they ask."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import MAXYEAR
from pathlib import Path

from recomputed import paths
from recomputed.guards.guards import Findings, Guarded, guard
from recomputed.guards.leftovers import has_unread, left_in_line, unread, without_echo, without_escaped
from recomputed.guards.passages import Text, read_text
from recomputed.guards.references import read_references
from recomputed.guards.typed_numbers import metadata_texts
from recomputed.ledger.examination import Examination
from recomputed.manuscript.frontmatter import document_date
from recomputed.manuscript.keys import is_date
from recomputed.manuscript.names import by_code, read_names
from recomputed.manuscript.settings import document_metadata, project_settings
from recomputed.manuscript.source import uncommented
from recomputed.manuscript.tree import Origin, tree_of
from recomputed.reading.printed import written
from recomputed.typeset.blind import leaks, names_to_hide
from recomputed.typeset.pandoc import parse, reference_texts
from recomputed.typeset.verdict import Executed


def guard_execution(executed: Executed, examination: Examination, figures: Path | None = None) -> Findings:
    """What the guards find in an execution on the tables examined; `figures` is where the figures drawn from
    them are kept, None where they are not kept.
    """
    tables, numbers = examination.tables, examination.numbers
    settings = project_settings(paths.ROOT, executed.profile)
    metadata = document_metadata(settings, executed.manuscript.metadata)
    origin = Origin(executed)
    markdown = executed.woven.markdown

    def cited_at(key: str) -> str:
        found = re.search(rf"@\{{?{re.escape(key)}(?![\w-])", markdown)
        line, column = origin.place_at(found.start(), found[0]) if found else (None, None)
        return f", in {executed.manuscript.name}, line {line}, column {column}" if line else ""

    names = case_names(tables.cases)
    return guard(
        Guarded(
            text=written(text_of(executed), markdown, examination),
            metadata=metadata,
            front_matter=executed.manuscript.front_matter,
            place=origin.place,
            file=executed.manuscript.name,
            sources=read_references((paths.ROOT / name, name) for name in metadata.get("bibliography", ())),
            cited_at=cited_at,
            year=document_date(metadata).year if is_date(metadata.get("date")) else MAXYEAR,
            names=names,
            figures=figures,
            comparisons=examination.ledger.comparisons,
            quotable=examination.quotable(),
            left_over=tuple(_left_over(executed, origin)),
        ),
        tables,
        numbers,
    )


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
    for left, (line, column) in places:
        yield f"{name}, line {line}, column {column}: {left!r} is left in the text, of what failed or was not read"


def proof_formats(executed: Executed, out: Path, formats: Sequence[str]) -> list[str]:
    """What is wrong with the typeset formats in `out`, read back, a sentence each."""
    from recomputed.guards.formats import format_faults

    metadata = document_metadata(project_settings(paths.ROOT, executed.profile), executed.manuscript.metadata)

    def other() -> Iterator[str]:
        yield from (text for _, text in metadata_texts(metadata))
        for name in metadata.get("bibliography", ()):
            yield from reference_texts(paths.ROOT / name)

    faults = format_faults(out, formats, text_of(executed), other)
    if executed.profile == "blind":
        faults += leaks(out, names_to_hide(metadata, paths.NAMES))
    return faults


_read: list[tuple[Executed, Text]] = []


def text_of(executed: Executed) -> Text:
    """The text of an execution. It is read once: the last one is kept."""
    for known, text in _read:
        if known is executed:
            return text
    markdown = executed.woven.markdown
    text = read_text(tree_of(markdown), markdown, executed.manuscript.metadata.get("lang"))
    _read[:] = [(executed, text)]
    return text


def case_names(cases: Iterable[str]) -> dict[str, frozenset[str]]:
    """What the paper may call each case: its code, or the trade name that `names.csv` gives it."""
    return {case: frozenset({by_code(case), name}) for case, name in read_names(cases).items()}
