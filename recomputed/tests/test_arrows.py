"""What may import what: a room of the engine knows only those below it."""

import ast
from collections.abc import Iterator

from recomputed import paths

ROOMS = (
    "quantity",
    "language",
    "tables",
    "ledger",
    "manuscript",
    "descriptions",
    "guards",
    "typeset",
    "reading",
)
"""From the ground up. Beside them: `judgement` and `study` join them, `exchange`, `proofs`, `deposit`, `privacy`,
`preview`, `authoring` and `commands` use all.
"""
ABOVE = ("exchange", "proofs", "deposit", "privacy", "preview", "authoring", "commands", "cli")


def upward() -> Iterator[tuple[str, str]]:
    """Each module of a room with a module of a higher one that it imports."""
    for file in sorted(paths.ENGINE.rglob("*.py")):
        own = ".".join(file.relative_to(paths.ENGINE).with_suffix("").parts)
        room = own.split(".")[0]
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if room in ROOMS else ():
            for name in modules(node):
                other = name.split(".")[0]
                if other in ABOVE or (other in ROOMS and ROOMS.index(other) > ROOMS.index(room)):
                    yield own, name


def modules(node: ast.AST) -> list[str]:
    """The engine's modules that a statement imports."""
    if isinstance(node, ast.ImportFrom) and node.module == "recomputed":
        return [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("recomputed."):
        return [str(node.module).removeprefix("recomputed.")]
    named = [one.name for one in node.names] if isinstance(node, ast.Import) else []
    return [one.removeprefix("recomputed.") for one in named if one.startswith("recomputed.")]


def test_no_room_imports_one_above_it() -> None:
    assert not list(upward())
