"""`proof`: a publisher's proof held to the paper, as a list of corrections."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from recomputed import paths, streams
from recomputed.commands.options import JsonFile, require_target, require_writable, write_json
from recomputed.editions import profile_named
from recomputed.faults import Fault, InputError
from recomputed.file_kind import FILE, kind_at

if TYPE_CHECKING:
    from recomputed.proofs.corrections import Compared, Correction

FORMATS = ".pdf, .docx, .xml or .html"


def proof(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The publisher's PDF, DOCX, JATS XML or HTML.")
    ],
    profile: Annotated[str, typer.Option(metavar="PROFILE", help="The edition that it is a proof of.")] = "",
    json_file: JsonFile = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the list there, as text, too.")
    ] = None,
) -> None:
    """Hold a publisher's proof to the paper; list what to correct.

    One of the supplement is held to the supplement.
    """
    from recomputed.atomic import write_whole
    from recomputed.judgement import Edition
    from recomputed.proofs.comparison import AnotherPaper, compare_likest
    from recomputed.proofs.looks import compare_pictures
    from recomputed.proofs.opening import read_proof
    from recomputed.proofs.own_text import read_paper

    json_file = require_target(json_file)
    if to:
        require_writable("--to", to)
    if (kind := kind_at(file)) != FILE:
        raise InputError(Fault("proof", f"a file ({FORMATS})", f"{kind} at {file}"))
    document = read_proof(file)
    paper = read_paper(Edition(paths.ROOT, paths.DATA, profile_named(profile), draws=False))
    streams.progress("comparing")
    try:
        own, compared = compare_likest(paper.documents, document, paper.lang)
    except AnotherPaper as error:
        raise InputError(
            Fault(str(file), "a proof of this paper", f"{error}: of another paper or edition")
        ) from None
    compared.corrections += compare_pictures(own.pictures, document.pictures, compared)
    streams.progress()
    lines = list(report(compared, paper.made, "the supplement" if own is paper.supplement else ""))
    if json_file != "-":
        print(*lines, sep="\n")
    if json_file:
        content = compared.as_json()
        for one in content["corrections"]:
            one["made"] = [paper.made[id_] for id_ in one["numbers"] if id_ in paper.made]
        write_json(content, json_file)
    if to:
        write_whole(to, "\n".join(lines) + "\n")
    if compared.corrections:
        raise typer.Exit(1)


def report(compared: "Compared", made: Mapping[str, str], of: str) -> Iterator[str]:
    """The list of corrections, a place a line, and what was not listed; of what it is a proof, if not of the paper."""
    for one in compared.corrections:
        yield _told(one, made)
        if one.context:
            yield f"    {one.context}"
    for place, text in compared.added:
        yield f"{place}: the house's own, not compared: {text}"
    counts = [sum(one.kind == kind for one in compared.corrections) for kind in ("number", "word", "figure")]
    named = ("numbers", "words", "figures")
    told = ", ".join(f"{count} {name}" for count, name in zip(counts, named, strict=True))
    otherwise = f"{compared.restyled} places only written otherwise, of {compared.tokens} words and numbers"
    otherwise += f" of {of}" * bool(of)
    yield f"To correct: {told}; {otherwise}."


def _told(one: "Correction", made: Mapping[str, str]) -> str:
    about = [
        *([one.part] if one.part else ()),
        *(f"{id_}, made in {made[id_]}" if id_ in made else id_ for id_ in one.numbers),
    ]
    behind = f" ({'; '.join(about)})" if about else ""
    return f"{one.place}: {one.kind}: found {one.found}, should be {one.expected}{behind}"
