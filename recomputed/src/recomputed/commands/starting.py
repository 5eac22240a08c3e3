"""`new`, `add` and `test`: a paper that builds at once, one more thing in it, and its tests."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths
from recomputed.faults import Fault, InputError


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty directory.")],
    lang: Annotated[str, typer.Option(metavar="CODE", help="The language of the manuscript.")] = "en",
) -> None:
    """Make a new paper: one number, one figure, one table, one claim, to be replaced by your own."""
    from recomputed.authoring.starter import new_paper

    new_paper(folder, lang)
    print(
        f"{folder}: a paper. Next: cd {folder}, then recomputed, or python3 reproduce.py where nothing is installed."
    )


def add(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="number, figure, table, claim or case.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name; of a number its id.")],
) -> None:
    """Write the code, the cell or the rows that one more thing needs, and say what is left to fill in."""
    from recomputed.authoring import additions

    made = additions.add(kind, name)
    made.write()
    print(f"{kind} {name}: written in {', '.join(made.files)}. Left to fill in:")
    print(*made.left, sep="\n")


def test(context: typer.Context) -> None:
    """Run the test suite. Arguments go to pytest."""
    if find_spec("pytest") is None:
        raise InputError(
            Fault("test", "pytest in this environment", 'none: pip install "recomputed[test]" brings it')
        )
    command = [sys.executable, "-m", "pytest", *context.args]
    raise typer.Exit(subprocess.run(command, cwd=paths.ROOT, check=False).returncode)
