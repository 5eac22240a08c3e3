"""`archive` and `archive verify`: make the deposit, and verify one."""

from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths, streams
from recomputed.faults import CheckFailed, Fault, InputError

app = typer.Typer(invoke_without_command=True, no_args_is_help=False)


@app.callback()
def archive(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to.")] = paths.DIST,
) -> None:
    """Make the deposit: one file with sources, data, paper and what describes them, for an archive."""
    if context.invoked_subcommand is not None:
        return
    from recomputed.commands.given import require_output
    from recomputed.deposit.archive import archive as make
    from recomputed.judgement import prepare
    from recomputed.typeset.build import paper_order

    require_output("--out", out)
    target = make(paper_order(), prepare, out, tell=streams.say)
    print(f"{target}: {target.stat().st_size} bytes.")


@app.command()
def verify(file: Annotated[Path, typer.Argument(metavar="FILE", help="The deposit.")]) -> None:
    """Verify a deposit: every hash, nothing missing or added, its numbers those of its data."""
    from recomputed.deposit import verify as verifier

    try:
        good = verifier.verify(str(file))
    except OSError as error:
        raise InputError(Fault(str(file), "a file that can be read", error.strerror or "an error")) from None
    except verifier.Refused as reason:
        raise CheckFailed(f"{file}: refused: {reason}") from None
    print(*good, sep="\n")
