"""The guards on one execution: reads its text back as the engines will, and gives the guards what they ask."""

import csv
from collections.abc import Iterable
from pathlib import Path

from analysis import paths
from analysis.checks.guards import Findings, Guarded, guard
from analysis.checks.orphans import read_sources
from analysis.checks.passages import read_text
from analysis.press.printed import written
from analysis.press.settings import document_metadata, project_settings
from analysis.press.tree import Origin, Reading
from analysis.press.verdict import Executed
from analysis.study.load import Tables
from analysis.study.numbers import Numbers


def guard_execution(
    executed: Executed, tables: Tables, numbers: Numbers, figures: Path | None = None
) -> Findings:
    """What the guards find in an execution on these tables and numbers; `figures` is where the figures drawn
    from them are kept, None where they are not kept.
    """
    reading = Reading(executed.woven.markdown)
    settings = project_settings(paths.ROOT, executed.profile)
    metadata = document_metadata(settings, executed.manuscript.metadata)
    origin = Origin(executed)
    bibliography = paths.ROOT / str(metadata.get("bibliography", paths.REFERENCES.name))
    names = case_names(tables["cases"].column("case"))
    markdown = executed.woven.markdown
    text = read_text(reading.tree(), markdown, str(metadata.get("lang", "id")))
    return guard(
        Guarded(
            text=written(text, markdown, numbers, tables),
            metadata=metadata,
            front_matter=executed.manuscript.front_matter,
            place=origin.place,
            file=executed.manuscript.name,
            sources=read_sources(bibliography.read_text(encoding="utf-8-sig")),
            names=names,
            figures=figures,
        ),
        tables,
        numbers,
    )


def case_names(cases: Iterable[str]) -> dict[str, frozenset[str]]:
    """What the paper may call each case: its code, or the trade name that `names.csv` gives it."""
    trade: dict[str, str] = {}
    if paths.NAMES.is_file():
        with paths.NAMES.open(encoding="utf-8-sig", newline="") as file:
            trade = {row["case"]: row["name"] for row in csv.DictReader(file)}
    return {case: frozenset({f"Usaha {case}", trade.get(case, f"Usaha {case}")}) for case in cases}
