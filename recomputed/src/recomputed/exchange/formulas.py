"""What a formula of a Word file says, in one line, however the program that saved it builds it."""

from collections.abc import Iterator
from typing import Any

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_SIGNS = {  # what is not said by text: a structure's letters, with what they are where none are named
    "d": (("begChr", "("), ("endChr", ")")),
    "nary": (("chr", "∫"),),
    "acc": (("chr", "\N{COMBINING CIRCUMFLEX ACCENT}"),),
}
_BEFORE = {"sup": "^", "sub": "_", "den": "/", "deg": "√"}


def said_in(formula: Any) -> str:
    """The letters and signs of a formula, with what is raised, lowered or divided marked as such, without spaces."""
    return "".join("".join(_said(formula)).split())


def _said(node: Any) -> Iterator[str]:
    name = node.tag.removeprefix(M) if isinstance(node.tag, str) else ""
    if name == "t":
        yield node.text or ""
        return
    signs = [_sign(node, name, *sign) for sign in _SIGNS.get(name, ())]
    within = "".join(part for child in node for part in _said(child))
    if within and name in _BEFORE:
        within = f"{_BEFORE[name]}{within}"
    yield f"{signs[0] if signs else ''}{within}{signs[1] if len(signs) > 1 else ''}"


def _sign(node: Any, name: str, sign: str, default: str) -> str:
    found = node.find(f"{M}{name}Pr/{M}{sign}")
    return default if found is None else str(found.get(f"{M}val", ""))
