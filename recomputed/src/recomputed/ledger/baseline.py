"""The findings that the paper knows: rows of `data/ledger/findings.csv`, each with a number that stays and a reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.language.catalogue import language
from recomputed.ledger.findings import Finding
from recomputed.paper_toml import paper_settings
from recomputed.tables.sheet import read_lines

FILE = paths.LEDGER / "findings.csv"
COLUMNS = ("id", "finding", "reason")
SHOWN = f"data/ledger/{FILE.name}"


@dataclass(frozen=True, slots=True)
class Known:
    """One finding that was looked at. `id`: its number, such as F7, which no other finding gets while it stands."""

    id: str
    finding: str
    reason: str
    row: int


def read_known(file: Path = FILE) -> tuple[Known, ...]:
    """The rows of the file, none without it. Raises InputError for no such table and for an id of another form."""
    if not file.exists():
        return ()
    lines = read_lines(file, COLUMNS, SHOWN, COLUMNS, ("id",))
    rows = tuple(Known(**line.cells, row=line.row) for line in lines)
    prefix, seen, faults = _prefix(), set[str](), []
    for row in rows:
        if not (row.id.startswith(prefix) and row.id[len(prefix) :].isdecimal()):
            faults.append(Fault(SHOWN, f"{prefix} and a number", repr(row.id), row.row, "id"))
        if row.finding in seen:
            faults.append(Fault(SHOWN, "each finding once", repr(row.finding), row.row, "finding"))
        seen.add(row.finding)
    if faults:
        raise InputError(faults)
    return rows


def _prefix() -> str:
    """What the numbers of findings begin with: in all editions what they do in the paper's first language."""
    return str(language(paper_settings().paper.languages[0])["findings.prefix"])


def numbered(known: Sequence[Known]) -> Mapping[str, str]:
    """The number of each known finding by the id that the rules give it."""
    return {row.finding: row.id for row in known}


def changes(findings: Sequence[Finding], known: Sequence[Known]) -> Iterator[str]:
    """A sentence for each finding that the paper does not know of, and for each known one that is gone."""
    number, found = numbered(known), {finding.id for finding in findings}
    prefix = _prefix()
    free = max((int(row.id[len(prefix) :]) for row in known), default=0) + 1
    for finding in findings:
        if finding.id not in number:
            expected = f"a row {prefix}{free},{finding.id},<reason>, or a ledger without it"
            yield str(Fault(SHOWN, expected, f"a new finding: {finding.message['en']}"))
            free += 1
    for row in known:
        if row.finding not in found:
            yield str(
                Fault(SHOWN, f"the finding {row.finding} ({row.id})", "no such finding", row.row, "finding")
            )
