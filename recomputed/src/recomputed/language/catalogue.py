"""A language: every word that the engine says in it, from `<code>.toml` beside this file.

A third language is one more file. Its keys are those of `en.toml`, and each text has the same `{places}`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
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

    def listed(self, key: str) -> tuple[str, ...]:
        """The words at a dotted key. Each `{list}` in a word stands for every word of that list of the section."""
        lists = self[key.partition(".")[0]]["lists"]
        return tuple(form for word in self[key].split() for form in _expanded(word, lists))


def _about(source: str, words: Any) -> Any:
    if isinstance(words, dict):
        return {name: _about(source, one) for name, one in words.items()}
    if isinstance(words, list):
        return [_about(source, one) for one in words]
    return words.replace("{source}", source).replace("{Source}", source[:1].upper() + source[1:])


def _expanded(word: str, lists: Mapping[str, str]) -> Iterator[str]:
    before, brace, rest = word.partition("{")
    if not brace:
        yield word
        return
    name, _, after = rest.partition("}")
    for one in lists[name].split():
        for form in _expanded(one, lists):
            yield from _expanded(before + form + after, lists)


def known(codes: Iterable[str]) -> tuple[Language, ...]:
    """The languages of these codes, once each, that there are."""
    found = dict.fromkeys(_without_region(code) for code in codes)
    return tuple(language(code) for code in found if code in CODES)


def is_known(code: str) -> bool:
    """Whether there is a language of this code."""
    return _without_region(code) in CODES


def _without_region(code: str) -> str:
    return code if code in CODES else code.partition("-")[0]


@cache
def language(code: str, source: str = "") -> Language:
    """The language of that code; a region (`en-GB`) falls back on its language. InputError where there is none.

    With a `source`, what is examined, it stands for `{source}`, and for `{Source}` where a text begins with it.
    """
    base = _without_region(code)
    if base not in CODES:
        found = f"{code!r}{nearest(code, CODES)}"
        raise InputError(Fault("lang", f"one of the languages {', '.join(CODES)}", found))
    with (_FOLDER / f"{base}.toml").open("rb") as file:
        words = tomllib.load(file)
    return Language(base, _about(source, words) if source else words)
