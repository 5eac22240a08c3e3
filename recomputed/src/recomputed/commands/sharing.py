"""`archive`, `archive verify`, `checklist` and `anonymise`: what leaves the project, and whether it may."""

from importlib import import_module
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from recomputed import paths, streams
from recomputed.commands.listing import listed
from recomputed.commands.options import require_directory, require_output
from recomputed.faults import CheckFailed, Fault, InputError

archive_app = typer.Typer(invoke_without_command=True, no_args_is_help=False)


@archive_app.callback()
def archive(
    context: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to.", show_default="dist")] = paths.DIST,
) -> None:
    """Make the deposit: one file with sources, data and paper."""
    if context.invoked_subcommand is not None:
        return
    from recomputed.deposit.archive import archive as make
    from recomputed.judgement import prepare
    from recomputed.typeset.build import paper_order

    require_output("--out", out)
    target = make(paper_order(), prepare, out, tell=streams.say)
    print(f"{target}: {target.stat().st_size} bytes.")


@archive_app.command()
def verify(file: Annotated[Path, typer.Argument(metavar="FILE", help="The deposit.")]) -> None:
    """Verify a deposit: hashes, files, and its numbers against its data."""
    from recomputed.deposit import verify as verifier

    try:
        good = verifier.verify(str(file))
    except OSError as error:
        raise InputError(Fault(str(file), "a file that can be read", error.strerror or "an error")) from None
    except verifier.Refused as reason:
        raise CheckFailed(f"{file}: refused: {reason}") from None
    print(*verifier.in_lines(good), sep="\n")


def checklist() -> None:
    """Print how each point of the Data and Code Standard is met."""
    from recomputed.deposit.checklist import report

    rows, failures = [], []
    print("Data and Code Availability Standard 1.0. No badge is claimed.")
    print("checked: a machine can tell; answered: there is an answer, for a person to judge")
    for point, faults in report():
        state = "FAILED" if faults else point.told_by
        rows.append((f"{point.number:2}  {state:8}", f"{point.name}: {point.how}"))
        failures += [f"{point.number} {point.name}: {fault}" for fault in faults]
    print(*listed(rows, get_terminal_size().columns), sep="\n")
    if failures:
        raise CheckFailed("\n".join(failures))


def anonymise(
    private: Annotated[Path, typer.Argument(metavar="PRIVATE", help="The folder of private records.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to; written whole or not at all.")],
    threshold: Annotated[int, typer.Option(min=2, help="Fewest records behind a figure.")] = 3,
) -> None:
    """Make private records shareable, as the paper's module says."""
    from recomputed.atomic import alone
    from recomputed.kept import writable_cache
    from recomputed.paper_toml import paper_settings
    from recomputed.privacy.release import Recipe
    from recomputed.privacy.release import anonymise as release
    from recomputed.study import study

    require_directory("PRIVATE", private)
    require_output("--out", out)
    module = paper_settings().paper.anonymise
    if not module:
        expected = "the key `anonymise`: the module that makes this paper's private records shareable"
        raise InputError(Fault("paper.toml", expected, "none"))
    study()  # the way to the paper's own code
    recipe = getattr(import_module(module), "RECIPE", None)
    if not isinstance(recipe, Recipe):
        raise InputError(Fault(module, "a RECIPE, of recomputed.privacy.release", "none"))
    with alone(out, writable_cache() / "locks"):
        release(recipe, private, out, threshold)
