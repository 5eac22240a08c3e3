"""`trace`: one number followed home, or all numbers listed."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.press.trace import Tracer

WIDE = 400  # columns where no terminal sets a width


def trace(
    id_: Annotated[
        str, typer.Argument(metavar="[ID]", help="A number's id; without one, all are listed.")
    ] = "",
    search: Annotated[
        str,
        typer.Option(metavar="TEXT", help="List the numbers whose id, value, unit or expression has TEXT."),
    ] = "",
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write it as JSON; - is standard output.")
    ] = None,
) -> None:
    """Follow a number home: value, expression, rows, code, where the paper and the article state it."""
    from analysis.checks.appendix import open_appendix
    from analysis.commands.answer import require_target, write_json
    from analysis.faults import Fault, InputError
    from analysis.press.trace import Tracer
    from analysis.study.manuscript import open_paper
    from analysis.study.numbers import UnknownNumber

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
