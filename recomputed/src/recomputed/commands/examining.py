"""`trace`, `diff` and `audit`: a number followed home, what moves with data, where the article contradicts itself."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recomputed import paths
from recomputed.commands.options import JsonFile, require_directory, require_target, write_json
from recomputed.faults import Fault, InputError

if TYPE_CHECKING:
    from rich.console import Console

    from recomputed.reading.trace import Tracer
    from recomputed.reading.whatif import Difference

WIDE = 400  # columns where no terminal sets a width
LONG = 60  # characters around a change, of which the middle is left out


def trace(
    id_: Annotated[
        str, typer.Argument(metavar="[ID]", help="A number's id; without one, all are listed.")
    ] = "",
    search: Annotated[
        str,
        typer.Option(metavar="TEXT", help="List the numbers whose id, value, unit or expression has TEXT."),
    ] = "",
    json_file: JsonFile = None,
) -> None:
    """Follow a number home: value, expression, rows, code, where the paper and the article state it."""
    from recomputed.manuscript.paper import open_paper
    from recomputed.quantity.numbers import UnknownNumber
    from recomputed.reading.appendix import open_appendix
    from recomputed.reading.trace import Tracer

    if id_ and search:
        raise InputError(Fault("trace", "an id or --search", "both"))
    json_file = require_target(json_file)
    tracer = Tracer(open_appendix(open_paper()))
    try:
        if json_file:
            content = tracer.record(id_) if id_ else list(tracer.matching(search))
            write_json(content, json_file)
        elif id_:
            _console().print(tracer.tree(id_))
        else:
            _list(tracer, search)
    except UnknownNumber as error:
        error.exit_code = InputError.exit_code
        raise


def _list(tracer: "Tracer", search: str) -> None:
    """All numbers that match: a table in a terminal, else one line each, tabs between its fields."""
    numbers = list(tracer.matching(search))
    rows = [(one["id"], one["formatted"]["en"], tracer.unit(one), one["kind"]) for one in numbers]
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(row) + "\n" for row in rows)
        return
    from rich.table import Table
    from rich.text import Text

    table = Table("id", "value", "unit", "kind", box=None, pad_edge=False)
    for row in rows:
        table.add_row(*map(Text, row))
    _console().print(table)
    print(f"{len(rows)} of {len(tracer.records)} numbers.", file=sys.stderr)


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)


def diff(
    data: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Another data directory; the paper's own without one."),
    ] = None,
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FILE:ROW:COLUMN=VALUE", help="Edit one cell; may be given again."),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="ID=VALUE", help="Assume otherwise; may be given again."),
    ] = None,
    json_file: JsonFile = None,
) -> None:
    """The same paper on other data or assumptions: numbers, sentences, verdicts, comparisons, findings that change."""
    from recomputed.paper_toml import assumed_otherwise, paper_settings
    from recomputed.reading.whatif import compare, edit_cells

    if data is None and not edits and not assume:
        raise InputError(Fault("diff", "a data directory, --set or --assume", "none of them"))
    assumed = assumed_otherwise(assume or (), paper_settings().assumptions)
    if data is not None:
        require_directory("DIR", data)
    json_file = require_target(json_file)
    with tempfile.TemporaryDirectory() as scratch:
        new = data or paths.DATA
        if edits or assumed:
            edit_cells(new, edits or (), Path(scratch) / "data", assumed)
            new = Path(scratch) / "data"
        try:
            difference = compare(paths.DATA, new, assumed)
        except InputError as error:  # of a copy that nobody has seen: name the original's files
            named = [replace(fault, file=fault.file.removeprefix(f"{scratch}/")) for fault in error.faults]
            raise InputError(named) from None
    if json_file:
        write_json(_as_json(difference), json_file)
    if json_file != "-":
        _show(difference)


def _as_json(difference: "Difference") -> dict[str, Any]:
    from dataclasses import asdict

    told = asdict(difference)
    for sentence in told["sentences"]:
        parts = sentence.pop("parts")
        sentence["old"] = "".join(old for old, _ in parts).strip()
        sentence["new"] = "".join(new for _, new in parts).strip()
    return told


def _show(difference: "Difference") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not difference.numbers:
        console.print("No number changes.")
    else:
        table = Table("number", "old", "new", "by", box=None, pad_edge=False, header_style="bold")
        for one in difference.numbers:
            table.add_row(Text(one.id), Text(one.old), Text(one.new), Text(one.by))
        console.print(table)
    sentences = []
    for sentence in difference.sentences:
        sentences.append(Text(f"  {sentence.line or ''}  ".rjust(7), style="dim"))
        for old, new in sentence.parts:
            if old == new:
                sentences[-1].append(
                    new if len(new) <= LONG else f"{new[:30].rstrip()} … {new[-30:].lstrip()}"
                )
            else:
                sentences[-1].append(old, style="red strike").append(" → ").append(new, style="bold green")
    verdicts = [
        Text(f"  {claim.id} ({claim.published}; recomputed {claim.recomputed}): {claim.old} → {claim.new}")
        for claim in difference.verdicts
    ]
    for heading, lines in (
        (f"Sentences that change ({len(sentences)})", sentences),
        ("The article's claims whose verdict changes", verdicts),
        ("Comparisons of the paper that hold no longer", [Text(f"  {told}") for told in difference.broken]),
        (
            "Findings that are new or say something else",
            [Text(f"  {told}") for told in difference.new_findings],
        ),
        (
            "Findings that are gone or said something else",
            [Text(f"  {told}") for told in difference.gone_findings],
        ),
    ):
        if lines:
            console.print(f"\n{heading}", style="bold")
        for line in lines:
            console.print(line)


def audit(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Another data directory.")] = paths.DATA,
    json_file: JsonFile = None,
) -> None:
    """List where the published article contradicts itself, and what would save each statement."""
    from rich.console import Console

    from recomputed.ledger.assumptions import is_of
    from recomputed.ledger.baseline import numbered, read_known
    from recomputed.ledger.examination import examine
    from recomputed.ledger.report import print_audit
    from recomputed.tables.load import load

    require_directory("--data", data)
    json_file = require_target(json_file)
    examination = examine(load(data))
    number = numbered(read_known(examination.ledger.words.manuscript))
    findings = examination.findings
    print_audit(findings, Console(stderr=json_file == "-"), number, examination.assumptions)
    if json_file:
        write_json(
            [
                {
                    **one.as_json(),
                    "number": number.get(one.id),
                    "assumptions": [a.id for a in examination.assumptions if is_of(one.id, a.findings)],
                }
                for one in findings
            ],
            json_file,
        )
