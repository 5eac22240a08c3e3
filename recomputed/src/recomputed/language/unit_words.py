"""The words of units: those of a language as its file says under `[unit_words]`, those of a paper's own units as
`paper.toml` writes them around a figure.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from recomputed.language.catalogue import ENGLISH, known
from recomputed.paper_toml import paper_settings


class UnitWords:
    """The words of units, with the units that each is of, in some languages; English counts everywhere."""

    def __init__(self, *codes: str):
        self._units: dict[str, list[str]] = {}
        for language in known((*codes, ENGLISH)):
            for units, words in language["unit_words"].items():
                for word in words.split(";"):
                    self._units.setdefault(word.strip().lower(), []).extend(units.split())
            for unit, wording in paper_settings().units.items():
                for text in (wording.after, wording.prefix, wording.suffix):
                    if word := text.get(language.code, "").strip().lower():
                        self._units.setdefault(word, []).append(unit)
        longest = sorted(self._units, key=len, reverse=True)
        self._word = re.compile("|".join(map(_whole, longest)), re.IGNORECASE)
        self._next = re.compile(rf"\s*({self._word.pattern})", re.IGNORECASE)

    def behind(self, text: str) -> str:
        """The word of a unit with which a text begins, or nothing."""
        found = self._next.match(text)
        return found[1] if found else ""

    def are_of(self, word: str, unit: str) -> bool:
        """Whether a word is one of that unit."""
        return any(fnmatchcase(unit, pattern) for pattern in self._units[re.sub(r"\s+", " ", word.lower())])

    def of(self, unit: str) -> list[str]:
        """The words of a unit."""
        return [word for word in self._units if self.are_of(word, unit)]

    def found_in(self, text: str) -> Iterator[str]:
        """The words of units in a text."""
        return (found[0] for found in self._word.finditer(text))


def _whole(word: str) -> str:
    begin, end = (r"(?<![^\W\d])" if word[0].isalpha() else ""), (r"(?!\w)" if word[-1].isalpha() else "")
    return begin + r"\s+".join(map(re.escape, word.split())) + end


@cache
def unit_words(*codes: str) -> UnitWords:
    """The words of units in these languages, and in English."""
    return UnitWords(*codes)
