"""`anonymise`: private records to a shareable data directory, or to nothing, as the paper's own module makes it."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from recomputed.faults import Fault, InputError


def anonymise(
    private: Annotated[Path, typer.Argument(metavar="PRIVATE", help="The folder of private records.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where to; written whole or not at all.")],
    threshold: Annotated[int, typer.Option(min=2, help="Fewest records behind a figure.")] = 3,
) -> None:
    """Make private records shareable, in the way that the paper's module says."""
    from recomputed.commands.given import require_directory, require_output
    from recomputed.paper_toml import paper_settings
    from recomputed.privacy.release import Recipe
    from recomputed.privacy.release import anonymise as release
    from recomputed.study import study

    require_directory("PRIVATE", private)
    require_output("--out", out)
    module = paper_settings().paper.anonymise
    if not module:
        expected = "the key `anonymise`: the module that makes this paper's private records shareable"
        raise InputError(Fault("paper.toml", expected, "none"))
    study()  # the way to the paper's own code
    recipe = getattr(import_module(module), "RECIPE", None)
    if not isinstance(recipe, Recipe):
        raise InputError(Fault(module, "a RECIPE, of recomputed.privacy.release", "none"))
    release(recipe, private, out, threshold)
