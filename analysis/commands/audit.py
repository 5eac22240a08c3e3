"""`audit`: the contradictions in the published article."""

from typing import Annotated

import typer

from analysis import paths


def audit(
    json_file: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE", help="Write the findings as JSON; - is standard output."),
    ] = None,
) -> None:
    """List where the published article contradicts itself, and what would save each statement."""
    from rich.console import Console

    from analysis.checks.examination import examine
    from analysis.checks.findings import as_json
    from analysis.checks.report import print_audit
    from analysis.commands.answer import require_target, write_json
    from analysis.study.load import load

    json_file = require_target(json_file)
    findings = examine(load(paths.DATA)).findings
    print_audit(findings, Console(stderr=json_file == "-"))
    if json_file:
        write_json(as_json(findings), json_file)
