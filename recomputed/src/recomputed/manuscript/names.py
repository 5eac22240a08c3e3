"""The trade names of the cases, from `names.csv`, which may be left out: without it a case goes by its code."""

import os
from collections.abc import Iterable
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError, nearest
from recomputed.paper_language import paper_language
from recomputed.paper_toml import paper_settings
from recomputed.tables.sheet import Line, read_lines

COLUMNS = ("case", "name")


def read_names(cases: Iterable[str]) -> dict[str, str]:
    """The name of each case. As `by_code` says where there is no `names.csv`.

    Raises InputError where the file cannot be read, or has a case that the data have not, a case without a row,
    or one name for two cases.
    """
    names = dict.fromkeys(cases)
    if not os.path.lexists(paths.NAMES):
        return {case: by_code(case) for case in names}
    file = paths.NAMES.name
    lines = name_lines()
    expected = f"one of the cases of the data, {', '.join(names)}"
    faults = [
        Fault(file, expected, f"{line['case']!r}{nearest(line['case'], names)}", line.row, "case")
        for line in lines
        if line["case"] not in names
    ]
    named = {line["case"]: line["name"].strip() for line in lines}
    faults += [Fault(file, f"a row for the case {case}", "none") for case in names if case not in named]
    first: dict[str, int] = {}
    for line in lines:
        row = first.setdefault(line["name"].strip().casefold(), line.row)
        if row != line.row:
            found = f"{line['name']!r}, as in row {row}"
            faults.append(Fault(file, "a name for one case only", found, line.row, "name"))
    if faults:
        raise InputError(faults)
    return named


def name_lines(file: Path | None = None) -> list[Line]:
    """The rows of `names.csv`; none where there is no such file. Raises InputError where it cannot be read."""
    file = file or paths.NAMES
    return read_lines(file, COLUMNS, filled=COLUMNS) if os.path.lexists(file) else []


def labelled(case: str) -> str:
    """A case's name with its code, as a figure and a table call it; without a name as `by_code` says."""
    named = {line["case"]: line["name"].strip() for line in name_lines()}
    return f"{named[case]} ({case})" if case in named else by_code(case)


def by_code(case: str) -> str:
    """What a case without a name is called: its code, after what `paper.toml` calls a case."""
    return f"{paper_settings().paper.case.get(paper_language().code, '')} {case}".strip()
