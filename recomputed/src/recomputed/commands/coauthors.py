"""`word out` and `word back`: the paper to co-authors as a Word file, and their changes of it back."""

import difflib
import re
import sys
import zipfile
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths, streams
from recomputed.commands.options import program, require_writable
from recomputed.editions import profile_named, taking
from recomputed.faults import CheckFailed, Fault, InputError
from recomputed.file_kind import FILE, kind_at

word_app = typer.Typer(
    help="The paper to co-authors as a Word file, and their changes back.", no_args_is_help=True
)
DEFAULT = Path("paper-coauthors.docx")


class Tracked(Enum):
    """What becomes of tracked changes."""

    take = "take"
    leave = "leave"


@word_app.command()
def out(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", show_default=str(DEFAULT))] = DEFAULT,
    profile: Annotated[str, typer.Option(help="Another edition, as of `render`.")] = "",
) -> None:
    """Write a DOCX for co-authors: numbers are locked controls, and the version it was made from is inside."""
    from recomputed.atomic import alone, write_whole
    from recomputed.exchange.out import coauthors_docx
    from recomputed.judgement import Edition, recompute
    from recomputed.kept import writable_cache
    from recomputed.ledger.examination import examine
    from recomputed.tables.load import load
    from recomputed.text_files import read_text

    require_writable("FILE", file)
    if kind_at(file) == FILE and not zipfile.is_zipfile(file):
        raise InputError(
            Fault("FILE", "a new name, or a DOCX to take the place of", f"another file at {file}")
        )
    edition = Edition(paths.ROOT, paths.DATA, profile_named(profile), draws=False)
    text = read_text(paths.ROOT / edition.manuscript)
    with taking(edition.profile, edition.lang):
        executed, examination = recompute(edition, lambda data: examine(load(data)), writable_cache())
        content = coauthors_docx(executed, text, paths.ROOT, examination)
    streams.progress()
    with alone(file, writable_cache() / "locks"):
        write_whole(file, content)
    print(f"{file}: written. Its numbers are locked; co-authors may edit, track changes and comment.")
    print(f"Hint: {program()} word back {file} shows what they changed.")


@word_app.command()
def back(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What came back.", show_default=False)],
    write: Annotated[bool, typer.Option("--write", help="Make the change, whole or not at all.")] = False,
    tracked: Annotated[
        Tracked, typer.Option(help="Tracked changes: take them, or leave them out.")
    ] = Tracked.take,
) -> None:
    """Print what co-authors changed as a change of the manuscript; --write makes it.

    Exit code 1 where something was refused, or the manuscript has changed since in the same place.
    """
    from recomputed.atomic import alone, write_whole
    from recomputed.exchange.back import manuscript_in, read_back
    from recomputed.kept import writable_cache
    from recomputed.manuscript.source import parse_manuscript
    from recomputed.text_files import kept, read_bytes, read_text

    content = read_bytes(file, str(file), 256 * 2**20)
    name = manuscript_in(content, str(file))
    current = read_text(paths.ROOT / name)
    found = read_back(content, str(file), current, _known(current), tracked is Tracked.take)
    shown = difflib.unified_diff(
        current.splitlines(keepends=True),
        found.text.splitlines(keepends=True),
        f"a/{name}",
        f"b/{name}",
    )
    if not found.conflicts:
        sys.stdout.writelines(
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in shown
        )
    for comment in found.comments:
        streams.say(f"{name}, row {comment.row}: comment by {comment.author or 'someone'}: {comment.text}")
    for told in (*found.typed, *found.lost):
        streams.warn(told)
    if tracked is Tracked.leave and found.tracked:
        streams.warn(f"{file}: {found.tracked} tracked changes left out.\nHint: --tracked take takes them")
    failures = list(found.refused)
    failures += [
        f"{name}, row {one.row}: changed here and in {file}; here: {one.here!r}; there: {one.there!r}"
        for one in found.conflicts
    ]
    if write and not found.conflicts:
        parse_manuscript(found.text, name)
        if found.text != current:
            with alone(paths.ROOT / name, writable_cache() / "locks"):
                write_whole(paths.ROOT / name, kept(paths.ROOT / name, found.text))
    if failures:
        raise CheckFailed("\n".join(failures))


def _known(manuscript: str) -> set[str]:
    """What may be cited: the keys of the bibliography, and the labels of the paper."""
    files = "\n".join(
        one.read_text(encoding="utf-8", errors="replace") for one in sorted(paths.ROOT.glob("*.bib"))
    )
    labels = re.findall(r"\{#([\w:.-]+)|@((?:fig|tbl|eq|sec)-[\w:.-]*\w)", manuscript)
    return set(re.findall(r"@\w+\{\s*([^,\s]+)", files)) | {one for pair in labels for one in pair if one}
