"""`check`: recompute and compare, without typesetting."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from analysis import paths
from analysis.faults import CheckFailed, Fault, InputError


def check(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Another data directory.")] = paths.DATA,
    json_file: Annotated[
        str, typer.Option("--json", metavar="FILE", help="Write the verdict as JSON; - is standard output.")
    ] = "",
) -> None:
    """Recompute every number and compare it with what the article states; no typesetting."""
    from analysis.commands.answer import write_json
    from analysis.press.recompute import Edition, recompute

    if not data.is_dir():
        raise InputError(Fault("--data", "a directory", f"no directory {data}"))
    edition = Edition(paths.ROOT, data, draws=False)
    with edition.kernel() as kernel:
        from analysis.press.judge import prepare

        executed, judge = recompute(edition, kernel, prepare)
        verdict = judge(executed)
    shown = sys.stderr if json_file == "-" else sys.stdout
    print(*verdict.summary, sep="\n", file=shown)
    if json_file:
        write_json(verdict.report, json_file)
    if not verdict.holds:
        raise CheckFailed("\n".join(verdict.failures))
