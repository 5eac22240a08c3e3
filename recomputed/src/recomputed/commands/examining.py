"""`trace`, `diff` and `audit`: a number followed home, what moves with data, where the article contradicts itself."""

import sys
import tempfile
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, Any

import typer

from recomputed import paths, streams
from recomputed.commands.listing import cut_at_words, listed
from recomputed.commands.options import (
    DataDirectory,
    JsonFile,
    require_directory,
    require_output,
    require_target,
    write_json,
)
from recomputed.editions import manuscript_of, output_of, profile_named, profiles, taking
from recomputed.faults import Fault, InputError, within

if TYPE_CHECKING:
    from rich.tree import Tree

    from recomputed.reading.trace import Tracer
    from recomputed.reading.whatif import ChangedNumber, ChangedVerdict, Difference

UNCUT = 4000  # columns in which no word is cut
LONG = 60  # characters around a change, of which the middle is left out


def trace(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="[ID|FILE[:ROW]]",
            help="A number's id, all without one; or a data file and row, or a line of code: what rests on it.",
        ),
    ] = "",
    search: Annotated[
        str,
        typer.Option(metavar="TEXT", help="List the numbers that have TEXT in id, value, unit or words."),
    ] = "",
    json_file: JsonFile = None,
) -> None:
    """Follow a number home: value, rows, code, where it is stated."""
    from recomputed.manuscript.paper import open_paper
    from recomputed.quantity.numbers import UnknownNumber
    from recomputed.reading.appendix import open_appendix
    from recomputed.reading.impact import impact, is_place, told
    from recomputed.reading.trace import Tracer

    if id_ and search:
        raise InputError(Fault("trace", "an id or --search", "both"))
    json_file = require_target(json_file)
    tracer = Tracer(open_appendix(open_paper()))
    if id_ not in tracer.records and is_place(id_):
        found = impact(tracer, id_)
        if json_file:
            write_json(found, json_file)
        else:
            print(*told(found), sep="\n")
        return
    try:
        if json_file:
            content = tracer.record(id_) if id_ else list(tracer.matching(search))
            write_json(content, json_file)
        elif id_:
            _print_tree(tracer.tree(id_))
        else:
            _list(tracer, search)
    except UnknownNumber as error:
        error.exit_code = InputError.exit_code
        raise


def _list(tracer: "Tracer", search: str) -> None:
    """All numbers that match: a list in a terminal, else one line each, tabs between its fields."""
    numbers = list(tracer.matching(search))
    rows = [(one["id"], one["formatted"]["en"], tracer.unit(one), one["kind"]) for one in numbers]
    if not sys.stdout.isatty():
        sys.stdout.writelines("\t".join(row) + "\n" for row in rows)
        return
    told = [(id_, f"{value}  {unit}, {kind}") for id_, value, unit, kind in rows]
    print(*listed(told, get_terminal_size().columns), sep="\n")
    print(f"{len(rows)} of {len(tracer.records)} numbers.", file=sys.stderr)


def _print_tree(tree: "Tree") -> None:
    """In the terminal's width, or 80 columns without one; wider where a word, such as an id, would be cut."""
    from rich.console import Console
    from rich.measure import Measurement

    console = Console(highlight=False, width=get_terminal_size().columns)
    least = Measurement.get(console, console.options.update(max_width=UNCUT), tree).minimum
    console.width = max(console.width, least)
    console.print(tree)


def diff(
    other: Annotated[
        str,
        typer.Argument(metavar="[DIR|REV]", help="Another data directory; or a commit, tag or branch."),
    ] = "",
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FILE:ROW:COLUMN=VALUE", help="Edit one cell; may be given again."),
    ] = None,
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="ID=VALUE", help="Assume otherwise; may be given again."),
    ] = None,
    profile: Annotated[
        str, typer.Option(metavar="blind|en", help="An edition, as of `render`; else the first.")
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Where the marked documents of a REV go.",
            show_default="_revision, _revision-blind, …",
        ),
    ] = None,
    json_file: JsonFile = None,
) -> None:
    """The paper on other data or assumptions, or at an earlier state."""
    from recomputed.paper_toml import assumed_otherwise, paper_settings
    from recomputed.reading.whatif import compare, edit_cells

    if not other and not edits and not assume:
        raise InputError(Fault("diff", "a data directory, a revision, --set or --assume", "none of them"))
    edition = profile_named(profile)
    assumed = assumed_otherwise(assume or (), paper_settings().assumptions)
    json_file = require_target(json_file)
    data = Path(other) if other and Path(other).is_dir() else None
    if other and data is None:
        if edits or assume:
            raise InputError(Fault("diff", "--set and --assume with a data directory", f"{other!r}, none"))
        _since(other, edition, out or output_of(edition, paths.REVISION), json_file)
        return
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder).resolve()
        new = data or paths.DATA
        if edits or assumed:
            edit_cells(new, edits or (), scratch / "data", assumed)
            new = scratch / "data"
        try:
            difference = compare(paths.DATA, new, assumed, edition)
        except InputError as error:  # of a copy that nobody has seen: name the original's files
            named = [within(fault, scratch) for fault in error.faults]
            raise InputError(named) from None
    if json_file:
        write_json(_as_json(difference), json_file)
    if json_file != "-":
        _show(difference)


def _since(revision: str, profile: str | None, out: Path, json_file: str | None) -> None:
    """What changed since a commit, tag or branch; and the documents that show it."""
    from recomputed.atomic import alone, content_of
    from recomputed.kept import writable_cache
    from recomputed.paper_language import stated_language
    from recomputed.reading.changes import require_own, write_changes
    from recomputed.reading.revision import both_states, check_out, difference

    require_output("--out", out)
    require_own(out)
    lang = stated_language(paths.ROOT, manuscript_of(profile))
    with taking(profile, lang), tempfile.TemporaryDirectory() as folder:
        earlier = check_out(revision, Path(folder).resolve(), profile)
        whose = "its own engine" if earlier.engine else "this engine: it carries none"
        streams.say(f"{revision}: executed in a folder of its own, by {whose}")
        old, new = both_states(earlier)
        found = difference(old, new)
        with alone(out, writable_cache() / "locks"):
            write_changes(old, new, found, out)
        for other in profiles():
            name = manuscript_of(other)
            if name != manuscript_of(profile) and content_of(old.root / name) != content_of(new.root / name):
                option = f"--profile {other}" if other else "no --profile"
                streams.say(f"{name}: another text too, which `diff {revision}` with {option} compares")
    if json_file:
        write_json(_as_json(found), json_file)
    if json_file != "-":
        _show(found)
        print(f"\n{out}: changes.docx and changes.pdf, what went and what came marked.")


def _as_json(difference: "Difference") -> dict[str, Any]:
    from dataclasses import asdict

    told = asdict(difference)
    for sentence in told["sentences"]:
        parts = sentence.pop("parts")
        sentence["old"] = "".join(old for old, _ in parts).strip()
        sentence["new"] = "".join(new for _, new in parts).strip()
    return told


def _show(difference: "Difference") -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    console = Console(highlight=False)
    if not difference.numbers:
        console.print("No number changes.")
    else:
        console.print(f"Numbers that change ({len(difference.numbers)})", style="bold")
        rows = [(one.id, _moved(one)) for one in difference.numbers]
        for row in listed(rows, console.width):
            console.print(Text(row), soft_wrap=True)
    sentences = []
    for sentence in difference.sentences:
        sentences.append(
            Text(f"line {sentence.line}: " if sentence.line else f"{sentence.section}: ", style="dim")
        )
        for old, new in sentence.parts:
            if old == new:
                sentences[-1].append(cut_at_words(new, LONG))
            else:
                sentences[-1].append(old, style="red strike").append(" → ").append(new, style="bold green")
    verdicts = [Text(_judged(claim)) for claim in difference.verdicts]
    for heading, lines in (
        (f"Sentences that change ({len(sentences)})", sentences),
        ("The article's claims whose verdict changes", verdicts),
        ("Comparisons of the paper that hold no longer", [Text(told) for told in difference.broken]),
        ("Findings that are new or say something else", [Text(told) for told in difference.new_findings]),
        ("Findings that are gone or said something else", [Text(told) for told in difference.gone_findings]),
    ):
        if lines:
            console.print(f"\n{heading}", style="bold")
        for line in lines:
            console.print(Padding(line, (0, 0, 0, 2), expand=False))


def _moved(one: "ChangedNumber") -> str:
    """`8% → 40%  percent change, +32`; a number that is there on one side only has `none` on the other."""
    by = f", {one.by}" if one.by else ""
    return f"{one.old or 'none'} → {one.new or 'none'}  {one.unit}{by}"


def _judged(claim: "ChangedVerdict") -> str:
    """`a: says “8%”, the data give 40%; agrees → disagrees`; of a statement that compares, the verdict says it."""
    from recomputed.language.catalogue import ENGLISH, language

    compares = claim.given in language(ENGLISH)["verdicts"]
    given = "" if compares or not claim.given else f", the data give {claim.given}"
    return f"{claim.id}: says “{claim.published}”{given}; {claim.old or 'none'} → {claim.new or 'none'}"


def audit(
    data: DataDirectory = paths.DATA,
    json_file: JsonFile = None,
) -> None:
    """List where the article contradicts itself, the gravest first."""
    from rich.console import Console

    from recomputed.ledger.assumptions import is_of
    from recomputed.ledger.baseline import numbered, read_known
    from recomputed.ledger.examination import examine
    from recomputed.ledger.report import print_audit
    from recomputed.tables.load import load

    require_directory("--data", data)
    json_file = require_target(json_file)
    examination = examine(load(data))
    number = numbered(read_known())
    findings = examination.findings
    print_audit(findings, Console(stderr=json_file == "-"), number, examination.assumptions)
    if json_file:
        write_json(
            [
                {
                    **one.as_json(),
                    "number": number.get(one.id),
                    "assumptions": [a.id for a in examination.assumptions if is_of(one.id, a.findings)],
                }
                for one in findings
            ],
            json_file,
        )
