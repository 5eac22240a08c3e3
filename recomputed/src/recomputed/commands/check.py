"""`check`: recompute and compare, without typesetting."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths, streams
from recomputed.faults import CheckFailed


def check(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="Another data directory.")] = paths.DATA,
    json_file: Annotated[
        str | None,
        typer.Option("--json", metavar="FILE", help="Write the verdict as JSON; - is standard output."),
    ] = None,
) -> None:
    """Recompute every number and compare it with what the article states; no typesetting."""
    from recomputed.commands.answer import require_target, write_json
    from recomputed.commands.given import require_directory
    from recomputed.judgement import Edition, recompute

    require_directory("--data", data)
    json_file = require_target(json_file)
    edition = Edition(paths.ROOT, data, draws=False)
    with edition.kernel() as kernel:
        from recomputed.judgement import prepare

        executed, judge = recompute(edition, kernel, prepare)
    from recomputed.guards.chance import require_same
    from recomputed.typeset.build import writable_cache

    with ThreadPoolExecutor(1) as pool:
        repeating = pool.submit(require_same, edition, executed, writable_cache())
        verdict = judge(executed)
    streams.progress()
    shown = sys.stderr if json_file == "-" else sys.stdout
    print(*verdict.summary, sep="\n", file=shown)
    if json_file:
        write_json(verdict.report, json_file)
    if not verdict.holds:
        raise CheckFailed("\n".join(verdict.failures))
    repeating.result()
