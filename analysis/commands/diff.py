"""`diff`: what else moves when data move."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis import paths
from analysis.faults import Fault, InputError

if TYPE_CHECKING:
    from rich.console import Console

    from analysis.press.whatif import Difference


def diff(
    data: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Another data directory; the paper's own without one."),
    ] = None,
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FILE:ROW:COLUMN=VALUE", help="Edit one cell; may be given again."),
    ] = None,
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write it as JSON; - is standard output.")
    ] = None,
) -> None:
    """The same paper on other data: numbers, sentences, verdicts and comparisons that change."""
    from analysis.commands.answer import require_target, write_json
    from analysis.commands.given import require_directory
    from analysis.press.whatif import compare, edit_cells

    if data is None and not edits:
        raise InputError(Fault("diff", "a data directory, or --set, or both", "neither"))
    if data is not None:
        require_directory("DIR", data)
    json_file = require_target(json_file)
    with tempfile.TemporaryDirectory() as scratch:
        new = data or paths.DATA
        if edits:
            edit_cells(new, edits, Path(scratch) / "data")
            new = Path(scratch) / "data"
        try:
            difference = compare(paths.DATA, new)
        except InputError as error:  # of a copy that nobody has seen: name the original's files
            named = [replace(fault, file=fault.file.removeprefix(f"{scratch}/")) for fault in error.faults]
            raise InputError(named) from None
    if json_file:
        write_json(_as_json(difference), json_file)
    if json_file != "-":
        _show(difference)


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
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not difference.numbers:
        console.print("No number changes.")
    else:
        table = Table("number", "old", "new", "by", box=None, pad_edge=False, header_style="bold")
        for one in difference.numbers:
            table.add_row(Text(one.id), Text(one.old), Text(one.new), Text(one.by))
        console.print(table)
    _show_sentences(console, difference)
    if difference.verdicts:
        console.print("\nThe article's claims whose verdict changes", style="bold")
        for claim in difference.verdicts:
            told = (
                f"  {claim.id} ({claim.published}; recomputed {claim.recomputed}): {claim.old} → {claim.new}"
            )
            console.print(Text(told))
    if difference.broken:
        console.print("\nComparisons of the paper that hold no longer", style="bold")
        for sentence in difference.broken:
            console.print(Text(f"  {sentence}"))


def _show_sentences(console: "Console", difference: "Difference") -> None:
    from rich.text import Text

    if difference.sentences:
        console.print(f"\nSentences that change ({len(difference.sentences)})", style="bold")
    for sentence in difference.sentences:
        line = Text(f"  {sentence.line or ''}  ".rjust(7), style="dim")
        for old, new in sentence.parts:
            if old == new:
                line.append(_shortened(new))
            else:
                line.append(old, style="red strike").append(" → ").append(new, style="bold green")
        console.print(line)


def _shortened(text: str, longest: int = 60) -> str:
    """What surrounds a change, its middle left out where it is long."""
    return (
        text
        if len(text) <= longest
        else f"{text[: longest // 2].rstrip()} … {text[-longest // 2 :].lstrip()}"
    )
