"""A language: every word that the engine says in it, from `<code>.toml` beside this file.

A third language is one more file. Its keys are those of `en.toml`, and each text has the same `{places}`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from recomputed.faults import Fault, InputError, nearest

_FOLDER = Path(__file__).parent
ENGLISH = "en"
CODES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
"""The languages there are, by their codes."""


class Text(dict[str, str]):
    """One text in several languages, by their codes."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language. `words` is its file: tables of texts, lists and tables."""

    code: str
    words: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        """What stands at a dotted key, such as `labels.abstract`."""
        found: Any = self.words
        for part in key.split("."):
            found = found[part]
        return found

    def say(self, key: str, **parts: object) -> str:
        """The text at a dotted key with its places filled."""
        return str(self[key]).format(**parts)


@cache
def language(code: str) -> Language:
    """The language of that code; a region (`en-GB`) falls back on its language. InputError where there is none."""
    known = code if code in CODES else code.partition("-")[0]
    if known not in CODES:
        found = f"{code!r}{nearest(code, CODES)}"
        raise InputError(Fault("lang", f"one of the languages {', '.join(CODES)}", found))
    with (_FOLDER / f"{known}.toml").open("rb") as file:
        return Language(known, tomllib.load(file))
