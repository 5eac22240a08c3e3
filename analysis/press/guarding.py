"""The guards on one execution: reads its text back as the engines will, and gives the guards what they ask."""

import re
from collections.abc import Iterable, Sequence
from datetime import MAXYEAR
from pathlib import Path

from analysis import paths
from analysis.checks.examination import Examination
from analysis.checks.guards import Findings, Guarded, guard
from analysis.checks.passages import Text, read_text
from analysis.checks.references import read_references
from analysis.press.frontmatter import document_date
from analysis.press.keys import is_date
from analysis.press.printed import written
from analysis.press.settings import document_metadata, project_settings
from analysis.press.tree import Origin, tree_of
from analysis.press.verdict import Executed
from analysis.study.names import read_names


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
        line, column = origin.place(found.start(), found[0]) if found else (None, None)
        return f", in {executed.manuscript.name}, line {line}, column {column}" if line else ""

    names = case_names(tables["cases"].column("case"))
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
        ),
        tables,
        numbers,
    )


def proof_formats(executed: Executed, out: Path, formats: Sequence[str]) -> list[str]:
    """What is wrong with the typeset formats in `out`, read back, a sentence each."""
    from analysis.checks.formats import format_faults

    return format_faults(out, formats, text_of(executed))


_read: list[tuple[Executed, Text]] = []


def text_of(executed: Executed) -> Text:
    """The text of an execution. It is read once: the last one is kept."""
    for known, text in _read:
        if known is executed:
            return text
    markdown = executed.woven.markdown
    lang = str(executed.manuscript.metadata.get("lang", "id"))
    text = read_text(tree_of(markdown), markdown, lang)
    _read[:] = [(executed, text)]
    return text


def case_names(cases: Iterable[str]) -> dict[str, frozenset[str]]:
    """What the paper may call each case: its code, or the trade name that `names.csv` gives it."""
    return {case: frozenset({f"Usaha {case}", name}) for case, name in read_names(cases).items()}
