"""`new`: a paper that builds, checks and tests green at once."""

from pathlib import Path
from typing import Annotated

import typer


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
