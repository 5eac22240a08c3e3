"""`render`, which is the default command, and `check`: the paper's one execution judged, and typeset."""

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
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
from recomputed.faults import CheckFailed, Fault, InputError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from recomputed.judgement import Executed, Verdict
    from recomputed.kept import Check


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
    kept = Check(data)
    if last := kept.last():
        verdict, outdated = Verdict.from_json(last["verdict"]), last["outdated"]
        state = [f"{', '.join(last['verdicts'])}: unchanged since the last check."]
    else:
        checked = _checked(data, kept)
        verdict, outdated, state = checked.verdict, checked.outdated, []
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
        for repeated in checked.repeated:
            repeated.result()
        kept.keep(checked.executed, checked.verdicts, verdict=verdict.as_json(), outdated=outdated)


@dataclass(frozen=True, slots=True)
class Checked:
    """A check: the executions of all editions, the verdict on each and on all, a sentence for each generated file that
    is out of date, and what raises CheckFailed for an execution whose cells do not give the same again.
    """

    executed: "list[Executed]"
    verdicts: "list[Verdict]"
    verdict: "Verdict"
    outdated: list[str]
    repeated: "list[Future[None]]"


def _checked(data: Path, kept: "Check") -> Checked:
    """Execute and judge all editions; those of which nothing has changed since `kept` have their last verdict.

    InputError for a text that holds and that `render` would refuse.
    """
    from concurrent.futures import ThreadPoolExecutor

    from recomputed.guards.chance import require_same, second_kernel
    from recomputed.judgement import Verdict, editions, prepare, recompute_all, together
    from recomputed.kept import writable_cache

    run, cache = editions(paths.ROOT, data), writable_cache()
    verdicts, faults = list[Verdict](), list[Fault]()
    with ExitStack() as stack:
        second = [stack.enter_context(second_kernel(edition, cache)) for edition in run]
        executed, judge = recompute_all(run, prepare, cache)
        from recomputed.authoring.generated import stale
        from recomputed.guards.all_guards import text_of
        from recomputed.guards.translations import differences
        from recomputed.typeset.pandoc import complaints, manuscript_text, unresolved

        pool = stack.enter_context(ThreadPoolExecutor(2))
        stand = [kept.verdict(edition) for edition in run]
        said = [
            None if verdict else pool.submit(complaints, one.woven.markdown, one.metadata(), paths.ROOT)
            for one, verdict in zip(executed, stand, strict=True)
        ]
        repeated = [
            pool.submit(require_same, edition, one, cache, kernel)
            for edition, one, kernel in zip(run, executed, second, strict=True)
        ]
        for one, verdict in zip(executed, stand, strict=True):
            if verdict:
                text_of(one)  # while pandoc may still be reading another's
        for edition, one, verdict, complained in zip(run, executed, stand, said, strict=True):
            with taking(edition.profile, edition.lang):
                verdicts.append(verdict or judge(one))
                if complained:
                    faults += unresolved(complained.result(), manuscript_text(paths.ROOT))
        names = [edition.manuscript for edition in run]
        verdict = together(dict(zip(names, verdicts, strict=True)), differences(executed))
        if verdict.holds and faults:
            raise InputError(faults)
        outdated = list(stale(verdict.examination)) if data.resolve() == paths.DATA.resolve() else []
    return Checked(executed, verdicts, verdict, outdated, repeated)
