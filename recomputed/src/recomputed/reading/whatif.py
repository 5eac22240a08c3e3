"""What else moves when data move: the same paper on two data directories, compared.

Both are executed as a build is, side by side, without figures: this tells, it typesets nothing.
"""

import csv
import io
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from recomputed import paths
from recomputed.faults import Fault, InputError
from recomputed.guards.all_guards import text_of, without_printed
from recomputed.guards.allowed import Allowances
from recomputed.guards.comparing import ComparingWords, read_comparisons
from recomputed.guards.passages import Passage, Text, sentences
from recomputed.guards.tree import Origin
from recomputed.guards.typed_numbers import Place
from recomputed.judgement import Edition, recompute
from recomputed.kept import writable_cache
from recomputed.language.catalogue import ENGLISH
from recomputed.language.numerals import show
from recomputed.language.selections import tell_rows
from recomputed.language.wording import write
from recomputed.ledger.assumptions import cells_of
from recomputed.ledger.examination import Examination, examine
from recomputed.ledger.verdicts import Outcome
from recomputed.paper_toml import assuming, paper_settings
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Number, Numbers
from recomputed.tables.cell_rules import nearest
from recomputed.tables.load import Tables, load

EDIT = re.compile(
    r"(?:data/)?(?P<table>[\w-]+)(?:\.csv)?:(?P<key>[^:=]+):(?P<column>[^:=]+)=(?P<value>.*)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class ChangedNumber:
    """A number that is worth something else: old and new text (empty where it is not there), by how much, and the
    English name of its unit.
    """

    id: str
    old: str
    new: str
    by: str
    unit: str


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence of the paper in which numbers changed. `parts` is its text in order: old and new text of each
    part, the same where it did not change.
    """

    line: int | None
    section: str
    numbers: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChangedVerdict:
    """A claim of the article whose verdict is another one."""

    id: str
    locator: str
    published: str
    recomputed: str
    old: str
    new: str
    given: str
    """What the data give, with its unit."""


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs. `broken` are the paper's own comparisons that hold no longer, `new_findings` and
    `gone_findings` those that are there only anew or no longer; a sentence each.
    """

    numbers: tuple[ChangedNumber, ...]
    sentences: tuple[ChangedSentence, ...]
    verdicts: tuple[ChangedVerdict, ...]
    broken: tuple[str, ...]
    new_findings: tuple[str, ...] = ()
    gone_findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The paper on one data directory."""

    numbers: Numbers
    units: Mapping[str, str]
    text: Text
    place: Place
    outcomes: Mapping[str, Outcome]
    findings: Mapping[str, str]
    broken: tuple[str, ...]


def compare(
    old: Path, new: Path, assumed: Mapping[str, str] | None = None, profile: str | None = None
) -> Difference:
    """What differs between the paper on `old` and on `new`, where other values are `assumed`, by the ids of the
    assumptions. Raises InputError if either does not validate.
    """
    with ThreadPoolExecutor(2) as pool:
        return difference(*pool.map(_read, (old, new), ({}, assumed or {}), (profile, profile)))


def difference(first: Reading, second: Reading) -> Difference:
    """What differs between two readings of the paper."""
    return Difference(
        numbers=tuple(changed_numbers(first.numbers, second.numbers, second.units)),
        sentences=tuple(_sentences(first, second)),
        verdicts=tuple(_verdicts(first.outcomes, second)),
        broken=tuple(told for told in second.broken if told not in first.broken),
        new_findings=tuple(_only(second.findings, first.findings)),
        gone_findings=tuple(_only(first.findings, second.findings)),
    )


def _only(findings: Mapping[str, str], others: Mapping[str, str]) -> Iterator[str]:
    """Each finding by its id that is not among the others, or says something else there."""
    return (f"{id_}: {told}" for id_, told in findings.items() if others.get(id_) != told)


def _edit_assumed(tables: Tables, target: Path, values: Mapping[str, str]) -> None:
    """Write the values that are assumed, by the ids of the assumptions, into the cells of the folder `target`."""
    for one in paper_settings().assumptions:
        for name, key, column in cells_of(one, tables) if one.id in values else ():
            _edit(tables, target, name, key, column, values[one.id])


def edit_cells(
    source: Path,
    edits: Sequence[str],
    target: Path,
    assumed: Mapping[str, str] | None = None,
    tables: Tables | None = None,
) -> None:
    """Copy a data directory to `target` with the cells of what is `assumed` edited, then each of `edits`, which are as
    `data/trees.csv:oak:height=12`. `tables` are those of the directory where they are loaded already.

    Raises InputError that lists what there is for a table, row or column that is not there.
    """
    tables = tables or load(source)
    shutil.copytree(source, target)
    _edit_assumed(tables, target, assumed or {})
    for edit in edits:
        match = EDIT.fullmatch(edit)
        if match is None:
            raise InputError(
                Fault("--set", "FILE:ROW:COLUMN=VALUE, as data/trees.csv:oak:height=12", repr(edit))
            )
        _edit(tables, target, match["table"], match["key"], match["column"], match["value"])


def _edit(tables: Tables, folder: Path, name: str, key: str, column: str, value: str) -> None:
    if name not in tables:
        raise InputError(
            Fault("--set", f"one of the tables {', '.join(tables)}", f"{name!r}{nearest(name, tables)}")
        )
    table = tables[name]
    keys = {row.key: row.sheet_row - 1 for row in table.rows}
    if key not in keys:
        raise InputError(Fault("--set", f"the key of a row of {name}", f"{key!r}{nearest(key, keys)}"))
    if column not in table.columns:
        found = f"{column!r}{nearest(column, table.columns)}"
        raise InputError(Fault("--set", f"one of the columns {', '.join(table.columns)}", found))
    file = folder / f"{Path(table.file).name}"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines))
    rows[keys[key]][rows[0].index(column)] = value
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    file.write_text(text.getvalue(), encoding="utf-8", newline="")


def _read(data: Path, assumed: Mapping[str, str], profile: str | None) -> Reading:
    edition = Edition(paths.ROOT, data, profile, draws=False, assumed=assumed)
    settings = assuming(assumed) if assumed else None
    executed, examination = recompute(
        edition, lambda data: examine(load(data), settings=settings), writable_cache()
    )
    text = without_printed(text_of(executed), executed.woven.markdown, examination)
    return reading(text, examination, Origin(executed).place, executed.manuscript.name)


def reading(text: Text, examination: Examination, place: Place, name: str) -> Reading:
    """The paper as it reads, with what was found of the article on the same data."""
    comparisons = read_comparisons(examination.ledger.comparisons, examination.numbers)
    look = ComparingWords(comparisons, examination.numbers, Allowances(()), name)
    claiming = [one for one in text.passages if any(piece.claims for piece in one.pieces)]
    claims = look.in_text(replace(text, passages=tuple(claiming)), place)
    broken = tuple(one.message for one in claims if one.claim)
    outcomes = {outcome.id: outcome for outcome in examination.outcomes}
    units = {code: unit.called(ENGLISH) for code, unit in examination.tables.package.units.items()}
    findings = {finding.id: finding.message[ENGLISH] for finding in examination.findings}
    return Reading(examination.numbers, units, text, place, outcomes, findings, broken)


def changed_numbers(
    old: Mapping[str, Number], new: Mapping[str, Number], units: Mapping[str, str]
) -> Iterator[ChangedNumber]:
    """The numbers that are worth, or can mean, something else; `units` has what units are called."""
    for id_ in dict.fromkeys((*old, *new)):
        before, after = old.get(id_), new.get(id_)
        same = before and after and (before.value, before.stands_for) == (after.value, after.stands_for)
        if not same:
            by = _by(before, after) if before and after else ""
            if before and after and before.value == after.value:
                by = f"can mean {_meant(after)}, {_meant(before)} before"
            if after and after.selections:
                by = "; ".join(filter(None, [by, *_over(before, after)]))
            unit = getattr(after or before, "unit", "")
            yield ChangedNumber(id_, _text(before), _text(after), by, units.get(unit) or unit)


def _over(old: Number | None, new: Number) -> Iterator[str]:
    """The rows that a number is measured over, and how many there were where that is another figure."""
    counts = [len(selection.rows) for selection in old.selections] if old else []
    for nth, selection in enumerate(new.selections):
        before = counts[nth] if nth < len(counts) else len(selection.rows)
        more = f", {before} before" if before != len(selection.rows) else ""
        yield f"over {tell_rows(selection, 'en')}{more}"


def _text(number: Number | None) -> str:
    return write(number, ENGLISH) if number else ""


def _meant(number: Number) -> str:
    return show(number.stands_for, digits=max(number.digits, 1))


def _by(old: Number, new: Number) -> str:
    """New less old: one figure, or that of each end where the ends moved differently."""
    moved = []
    for end in ("low", "high"):
        before, after = getattr(old.value, end), getattr(new.value, end)
        if before is not None and after is not None:
            moved.append(after - before)
    told = [
        ("+" if step > 0 else "") + show(Interval.point(step), digits=max(old.digits, 1)) for step in moved
    ]
    return " / ".join(dict.fromkeys(told))


def _sentences(old: Reading, new: Reading) -> Iterator[ChangedSentence]:
    for before, after in _aligned(old.text.passages, new.text.passages):
        texts = {nth: piece.text for nth, piece in enumerate(before.pieces)}
        if len(before.pieces) != len(after.pieces) or before.text == after.text:
            continue
        for start, end in sentences(after):
            parts, ids, at, first = [], [], 0, None
            for nth, piece in enumerate(after.pieces):
                if start <= at < end:
                    parts.append((texts[nth], piece.text))
                    if texts[nth] != piece.text:
                        ids.append(piece.number)
                        first = at if first is None else first
                at += len(piece.text)
            if first is not None:
                line, _ = new.place(after, first, "") or (None, None)
                section = after.section[-1] if after.section else after.kind
                yield ChangedSentence(line, section, tuple(ids), tuple(_merged(parts)))


def _aligned(old: Sequence[Passage], new: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """The passages of the one that are those of the other, numbers apart."""
    first, second = [_shape(passage) for passage in old], [_shape(passage) for passage in new]
    for _, a, b, size in (
        (0, *block) for block in SequenceMatcher(None, first, second, False).get_matching_blocks()
    ):
        yield from zip(old[a : a + size], new[b : b + size], strict=True)


def _shape(passage: Passage) -> tuple[str, str, str]:
    words = "".join(f"\ufffc{piece.number}" if piece.number else piece.text for piece in passage.pieces)
    return passage.kind, passage.of, words


def _merged(parts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Neighbouring parts that did not change, as one, without the parentheses of references, which have no text yet."""
    run = ""
    for old, new in parts:
        if old == new:
            run += new.replace("\u2060", "")
            continue
        if run:
            yield (_without_references(run),) * 2
        run = ""
        yield old, new
    if run.strip():
        yield (_without_references(run),) * 2


def _without_references(text: str) -> str:
    return re.sub(r"\s*\([\s;,]*\)", "", text)


def _verdicts(old: Mapping[str, Outcome], new: Reading) -> Iterator[ChangedVerdict]:
    for id_, after in new.outcomes.items():
        before = old.get(id_)
        if before is not None and before.verdict != after.verdict:
            yield ChangedVerdict(
                id_,
                after.locator,
                after.published,
                after.recomputed,
                before.verdict,
                after.verdict,
                _given(after, new),
            )


def _given(outcome: Outcome, reading: Reading) -> str:
    """What the data give, with its unit where its figure has none."""
    if outcome.number not in reading.numbers:
        return outcome.recomputed
    number = reading.numbers[outcome.number]
    return with_unit(write(number, ENGLISH), reading.units.get(number.unit, ""))


def with_unit(figure: str, unit: str) -> str:
    """A figure and the name of its unit, which one with a sign or a word of its own, such as 8%, has already."""
    return f"{figure} {unit}".rstrip() if figure[-1:].isdigit() else figure
