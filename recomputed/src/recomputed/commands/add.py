"""`add`: what one more number, figure, table, claim or case needs."""

from typing import Annotated

import typer


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
