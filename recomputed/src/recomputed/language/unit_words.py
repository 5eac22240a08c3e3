"""The words of units: those of a language as its file says under `[unit_words]`, those of a paper's own units as
`paper.toml` writes them around a figure, or lists them.

A word of `[unit_words_beside]` may stand behind numbers of its units alone, and none of them needs it.
"""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from recomputed.language.catalogue import ENGLISH, known
from recomputed.paper_toml import paper_settings

_CURRENCY = r"(?:US)?[$€£¥₹₩₫₱฿]"


class UnitWords:
    """The words of units, with the units that each is of, in some languages; English counts everywhere."""

    def __init__(self, *codes: str):
        self._units: dict[str, list[str]] = {}
        self._beside: dict[str, list[str]] = {}
        self._of: dict[str, list[str]] = {}
        prefixes, said = [], [r"[(\[]{word}[)\]]"]
        for language in known((*codes, ENGLISH)):
            said.append(language["unit_words_said"]["in"])
            for name, found in (("unit_words", self._units), ("unit_words_beside", self._beside)):
                for units, words in language[name].items():
                    _add(found, words, *units.split())
            for unit, wording in paper_settings().units.items():
                prefixes += [wording.prefix.get(language.code, "").strip()]
                for text in (wording.after, wording.prefix, wording.suffix, wording.words):
                    _add(self._units, text.get(language.code, ""), unit)
        longest = sorted({*self._units, *self._beside}, key=len, reverse=True)
        self._word = re.compile("|".join(map(_whole, longest)), re.IGNORECASE)
        signs = "|".join([_CURRENCY, *(rf"(?<!\w){re.escape(prefix)}" for prefix in prefixes if prefix)])
        self._last = re.compile(rf"({signs})\s*$", re.IGNORECASE)
        self._said = re.compile("|".join(said).replace("{word}", f"(?:{self._word.pattern})"), re.IGNORECASE)

    def behind(self, text: str) -> str:
        """The word of a unit with which a text begins, or nothing."""
        found = self._word.match(text, len(text) - len(text.lstrip()))
        return found[0] if found else ""

    def ahead(self, text: str) -> str:
        """The sign of a currency, or of a paper's own unit, with which a text ends, or nothing."""
        found = self._last.search(text)
        return found[1] if found else ""

    def are_of(self, word: str, unit: str) -> bool:
        """Whether a word may stand beside numbers of that unit."""
        key = re.sub(r"\s+", " ", word.lower())
        patterns = (*self._units.get(key, ()), *self._beside.get(key, ()))
        return any(fnmatchcase(unit, pattern) for pattern in patterns)

    def of(self, unit: str) -> list[str]:
        """The words of a unit, one of which its numbers need."""
        if unit not in self._of:
            self._of[unit] = [
                word for word, own in self._units.items() if any(fnmatchcase(unit, one) for one in own)
            ]
        return self._of[unit]

    def found_in(self, text: str) -> Iterator[str]:
        """The words of units in a text."""
        return (found[0] for found in self._word.finditer(text))

    def said_in(self, text: str) -> Iterator[str]:
        """The words of units in which a caption or a title says that its figures are: `(%)`, `[g]`, `in hours`."""
        panels = "(a)" in text  # with which a letter in parentheses is a panel's
        words = (word for found in self._said.finditer(text) for word in self.found_in(found[0]))
        return (word for word in words if not (panels and len(word) == 1 and word.isalpha()))


def _add(found: dict[str, list[str]], words: str, *units: str) -> None:
    for word in filter(None, (one.strip().lower() for one in words.split(";"))):
        found.setdefault(word, []).extend(units)


def _whole(word: str) -> str:
    begin, end = (r"(?<![^\W\d])" if word[0].isalpha() else ""), (r"(?!\w)" if word[-1].isalpha() else "")
    return begin + r"\s+".join(map(re.escape, word.split())) + end


@cache
def unit_words(*codes: str) -> UnitWords:
    """The words of units in these languages, and in English."""
    return UnitWords(*codes)
