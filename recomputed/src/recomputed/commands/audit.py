"""`audit`: the contradictions in the published article."""

from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths


def audit(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Another data directory.")] = paths.DATA,
    json_file: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE", help="Write the findings as JSON; - is standard output."),
    ] = None,
) -> None:
    """List where the published article contradicts itself, and what would save each statement."""
    from rich.console import Console

    from recomputed.commands.answer import require_target, write_json
    from recomputed.commands.given import require_directory
    from recomputed.ledger.baseline import numbered, read_known
    from recomputed.ledger.examination import examine
    from recomputed.ledger.report import print_audit
    from recomputed.tables.load import load

    require_directory("--data", data)
    json_file = require_target(json_file)
    examination = examine(load(data))
    number = numbered(read_known(examination.ledger.words.manuscript))
    findings = examination.findings
    print_audit(findings, Console(stderr=json_file == "-"), number)
    if json_file:
        write_json([{**one.as_json(), "number": number.get(one.id)} for one in findings], json_file)
