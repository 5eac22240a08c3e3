"""`audit`: the contradictions in the published article."""

from typing import Annotated

import typer

from analysis import paths


def audit(
    json_file: Annotated[
        str, typer.Option("--json", metavar="FILE", help="Write the findings as JSON; - is standard output.")
    ] = "",
) -> None:
    """List where the published article contradicts itself, and what would save each statement."""
    from rich.console import Console

    from analysis.checks.examination import examine
    from analysis.checks.findings import as_json
    from analysis.checks.report import print_audit
    from analysis.commands.answer import write_json
    from analysis.study.load import load

    findings = examine(load(paths.DATA)).findings
    print_audit(findings, Console(stderr=json_file == "-"))
    if json_file:
        write_json(as_json(findings), json_file)
