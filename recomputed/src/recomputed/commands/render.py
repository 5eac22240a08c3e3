"""`render`, and the default command: typeset the paper's one, judged execution."""

from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths, streams
from recomputed.faults import Fault, InputError

PROFILES = ("blind",)


def render(
    to: Annotated[str, typer.Option(help="Formats, separated by commas.")] = "html,pdf,docx,jats",
    engine: Annotated[
        str, typer.Option(help="auto, quarto or pandoc; auto is pandoc, the sooner one.")
    ] = "auto",
    profile: Annotated[
        str, typer.Option(metavar="blind", help="The double-blind edition: no authors, no trade names.")
    ] = "",
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to.")] = paths.MANUSCRIPT,
) -> None:
    """Typeset the paper, after checking it: HTML, PDF, Word and JATS XML."""
    from recomputed.commands.given import require_output
    from recomputed.judgement import prepare
    from recomputed.typeset.build import build, paper_order
    from recomputed.typeset.engines import FILES, formats_named

    if profile and profile not in PROFILES:
        raise InputError(Fault("--profile", ", ".join(PROFILES), profile))
    require_output("--out", out)
    order = paper_order(engine, formats_named(to), profile or None, out)
    built = build(order, prepare, tell=streams.say)
    streams.progress()
    print(*built.verdict.summary, sep="\n")
    state = "unchanged since the last build" if built.unchanged else "written"
    print(f"{_shown(out)}: {', '.join(built.formats)} by {built.engine}, {state}.")
    if built.outdated:
        files = ", ".join(FILES[name] for name in built.outdated)
        again = f"render --to {','.join(built.outdated)}"
        streams.say(
            f"{_shown(out)}: {files} out of date, kept from an earlier state.\nHint: reproduce.py {again}"
        )


def _shown(out: Path) -> str:
    """The path as one would type it from here."""
    path = out.resolve()
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
