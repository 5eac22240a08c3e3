"""`new`, `add`, `rename` and `test`: a paper that builds at once, one more thing in it, another id, its tests."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from recomputed import paths
from recomputed.faults import Fault, InputError

NO_TESTS = 5
"""What pytest ends with where no test is chosen."""


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or an empty directory.")],
    lang: Annotated[str, typer.Option(metavar="CODE", help="The language of the manuscript.")] = "en",
) -> None:
    """Make a new paper that builds at once, to be replaced by yours."""
    from recomputed.authoring.starter import new_paper

    new_paper(folder, lang)
    there = shlex.quote(str(folder))
    print(
        f"{folder}: a paper. Next: cd {there}, then recomputed, or python3 reproduce.py where nothing is installed."
    )


def add(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="number, figure, table, claim or case.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name; of a number its id.")],
) -> None:
    """Write what one more thing needs; say what is left to do."""
    from recomputed.authoring import additions

    made = additions.add(kind, name)
    made.write()
    print(f"{kind} {name}: written in {', '.join(made.files)}. Left to fill in:")
    print(*made.left, sep="\n")


def rename(
    old: Annotated[
        str, typer.Argument(metavar="OLD", help="The id of a number, or what several begin with.")
    ],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id that it gets.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the change; make none.")] = False,
) -> None:
    """Give a number, or all that begin alike, another id."""
    from recomputed.authoring import renaming

    files = renaming.rename(old, new)
    if dry_run:
        sys.stdout.writelines(renaming.as_diff(files))
        return
    renaming.write(files)
    print(*(f"{name}: {count}" for name, (_, _, count) in files.items()), sep="\n")
    print(f"{old} is {new}, {sum(count for _, _, count in files.values())} times in {len(files)} files.")
    print("Hint: `render` draws again the figures that show it; `check` says what else is to be made again.")


_CHOOSING = ("-m", "-k")  # pytest's options whose value chooses tests, and is no path


def test(context: typer.Context) -> None:
    """Run the paper's tests and the engine's; arguments go to pytest."""
    if find_spec("pytest") is None:
        raise InputError(Fault("test", "pytest in this environment", "none: pip install pytest brings it"))
    apart = {
        paths.VARIABLE,
        "RECOMPUTED_PROGRAM",
    }  # each suite is of the paper in its folder, or says of which
    environment = {name: value for name, value in os.environ.items() if name not in apart}
    codes = [
        subprocess.run(
            [sys.executable, "-P", "-m", "pytest", *arguments], cwd=folder, env=environment, check=False
        ).returncode
        for folder, arguments in suites(context.args)
    ]
    raise typer.Exit(max((code for code in codes if code != NO_TESTS), default=NO_TESTS))


def suites(arguments: Sequence[str]) -> Iterator[tuple[Path, list[str]]]:
    """Each folder to run pytest in, with its arguments: where they name paths, only the folder that has these.

    The engine's tests are of another paper, so they run in a process of their own. Paths are taken from the
    paper's folder.
    """
    engine = paths.ROOT / paths.CARRIED.parts[0]
    values = {arguments[at + 1] for at, one in enumerate(arguments[:-1]) if one in _CHOOSING}
    places = [one for one in arguments if one and one not in values and not one.startswith("-")]
    named = {place: (paths.ROOT / place.partition("::")[0]).resolve() for place in places}
    named = {place: path for place, path in named.items() if path.exists()}
    own = [place for place, path in named.items() if path.is_relative_to(engine.resolve())]
    if (engine / "tests").is_dir() and (own or not named):
        yield engine, [str(paths.ROOT / one) if one in own else one for one in arguments]
    if len(own) < len(named) or not named:
        yield paths.ROOT, list(arguments)
