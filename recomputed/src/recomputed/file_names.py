"""Names of files that every system takes: Windows reserves some, and there and on macOS case tells no two apart."""

import re
from collections.abc import Iterable

_RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])(\..*)?", re.IGNORECASE)


def unusable(path: str) -> str:
    """Why a relative path cannot be made on every system, in words; empty if it can."""
    for name in path.split("/"):
        if _RESERVED.fullmatch(name):
            return f"{name!r}, which Windows reserves"
        if name.endswith((" ", ".")) or re.search(r'[<>:"|?*\\\x00-\x1f]', name):
            return f"{name!r}, which no file is called on Windows"
    return ""


def same_by_case(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two names that differ by case alone."""
    seen: dict[str, str] = {}
    for name in names:
        if (first := seen.setdefault(name.casefold(), name)) != name:
            return first, name
    return None
