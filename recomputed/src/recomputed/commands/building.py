"""`render`, which is the default command, and `check`: the paper's one execution judged, and typeset."""

import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recomputed import paths, streams
from recomputed.commands.options import (
    DataDirectory,
    JsonFile,
    program,
    require_directory,
    require_output,
    require_target,
    require_template,
    write_json,
)
from recomputed.editions import output_of, profile_named, taking
from recomputed.faults import CheckFailed

if TYPE_CHECKING:
    from concurrent.futures import Future

    from recomputed.judgement import Executed, Verdict


def render(
    to: Annotated[str, typer.Option(help="Formats, separated by commas.")] = "html,pdf,docx,jats",
    engine: Annotated[
        str, typer.Option(help="auto, quarto or pandoc; auto is pandoc, the sooner one.")
    ] = "auto",
    profile: Annotated[
        str,
        typer.Option(
            metavar="blind|en",
            help="An edition: double-blind, of another language by its code, or both, as en,blind.",
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Where to.", show_default="_manuscript, _manuscript-blind, …"),
    ] = None,
    reference_doc: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A journal's DOCX, whose styles the Word file gets.")
    ] = None,
) -> None:
    """Check the paper and typeset it: HTML, PDF, Word, JATS XML."""
    from recomputed.judgement import prepare
    from recomputed.ledger.lines import print_lines
    from recomputed.outputs import FILES
    from recomputed.typeset.build import build, paper_order
    from recomputed.typeset.engines import formats_named

    edition = profile_named(profile)
    out = out or output_of(edition)
    require_output("--out", out)
    formats = formats_named(to)
    reference = require_template(reference_doc, formats) if reference_doc else None
    order = paper_order(engine, formats, edition, out, reference)
    built = build(order, prepare, tell=streams.say)
    streams.progress()
    print_lines((*built.verdict.summary, ""), sys.stdout)
    state = "unchanged since the last build" if built.unchanged else "written"
    print(f"{_shown(out)}: {', '.join(built.formats)} by {built.engine}, {state}.")
    print(_next())
    if built.outdated:
        files = ", ".join(FILES[name] for name in built.outdated)
        again = f"render --to {','.join(built.outdated)}"
        streams.warn(
            f"{_shown(out)}: {files} out of date, kept from an earlier state.\nHint: {program()} {again}"
        )


def _next(failures: Sequence[str] = ()) -> str:
    """The hint on what to do after the verdict."""
    if failures:
        return f"Hint: {len(failures)} told below; mend each at its place, or give the ledger its reason."
    return f"Hint: {program()} audit explains each finding, trace ID a number."


def _shown(out: Path) -> str:
    """The path as one would type it from here."""
    path = out.resolve()
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()


def check(
    data: DataDirectory = paths.DATA,
    json_file: JsonFile = None,
) -> None:
    """Recompute and compare with the article; no typesetting."""
    from recomputed.judgement import Verdict
    from recomputed.kept import Check
    from recomputed.ledger.lines import print_lines

    require_directory("--data", data)
    json_file = require_target(json_file)
    kept, state = Check(data), []
    if last := kept.last():
        verdict, outdated = Verdict.from_json(last["verdict"]), last["outdated"]
        state.append(f"{', '.join(last['editions'])}: unchanged since the last check.")
    else:
        verdict, outdated, repeating, executed = _checked(data)
    streams.progress()
    shown = sys.stderr if json_file == "-" else sys.stdout
    print_lines((*verdict.summary, "", *state, _next(verdict.failures)), shown)
    if json_file:
        write_json(verdict.report, json_file)
    for sentence in outdated:
        streams.warn(sentence.replace(" Hint: ", "\nHint: "))
    if not verdict.holds:
        raise CheckFailed("\n".join(verdict.failures))
    if not last:
        for repeated in repeating:
            repeated.result()
        asked = [asked for one in executed for asked in one.asked]
        editions = [one.manuscript.name for one in executed]
        kept.keep(asked, verdict=verdict.as_json(), outdated=outdated, editions=editions)


def _checked(data: Path) -> "tuple[Verdict, list[str], list[Future[None]], list[Executed]]":
    """The verdict on all editions; a sentence for each generated file that is out of date; what ends once the cells
    have given the same again; the executions.
    """
    from recomputed.judgement import editions, prepare, recompute_all, together
    from recomputed.kept import writable_cache

    run = editions(paths.ROOT, data)
    executed, judge = recompute_all(run, prepare, writable_cache())
    from recomputed.authoring.generated import stale
    from recomputed.guards.chance import require_same
    from recomputed.guards.editions import differences

    with ThreadPoolExecutor(1) as pool:
        repeating = [
            pool.submit(require_same, edition, one, writable_cache())
            for edition, one in zip(run, executed, strict=True)
        ]
        verdicts = {}
        for edition, one in zip(run, executed, strict=True):
            with taking(edition.profile, edition.lang):
                verdicts[edition.manuscript] = judge(one)
        verdict = together(verdicts, differences(executed))
        outdated = list(stale(verdict.examination)) if data.resolve() == paths.DATA.resolve() else []
    return verdict, outdated, repeating, executed
