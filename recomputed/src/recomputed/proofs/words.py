"""The words and numbers of a document in their order.

A token's key is what two house styles have in common: a number's digits, a word's small letters. How the number is
written, its sign, and the punctuation before it stay beside the key.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from recomputed.language.catalogue import CODES, known

RAISED = "\ue000"  # stands before what is set as a superscript
NUMBER, WORD, SIGN = "number", "word", "sign"
DASHES = "-‐‑‒–—―−"
_PERCENTS = "percent-share percent-change percent-ratio"  # the units that the catalogue has these words of
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_TOKEN = re.compile(
    rf"(?P<raised>{RAISED}[{DASHES}]?\d+)|(?P<number>(?:(?<![\w.,)\]”’»])[.,·](?=\d))?\d+(?:[.,·'’]\d+)*)"
    rf"|(?P<word>[^\W\d_]+(?:[{DASHES[:3]}'’][^\W\d_]+)*)|(?P<sign>[&%‰°±<>=≤≥≈~×÷+$€£¥])|(?P<dash>[{DASHES}])"
)


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is all of one kind. `place` is where it stands, as a reader would look for it; `zone` and
    `group` say what it is part of (`ref`, and which); `id` is the number's.
    """

    text: str
    place: str
    zone: str = "text"
    group: str = ""
    id: str = ""
    lang: str = ""


@dataclass(slots=True)
class Token:
    """A number, a word or a sign: its key, as it is shown, and the punctuation before it."""

    kind: str
    key: str
    shown: str
    before: str
    sign: str
    run: Run
    starts: bool  # a block or a line


@dataclass(slots=True)
class Picture:
    """A picture: its name, place, content (a file's, pixels, or None if it cannot be had), the texts drawn in it, and
    other drawings of the same.
    """

    name: str
    place: str
    content: Any = None
    texts: tuple[str, ...] = ()
    others: tuple["Picture", ...] = ()


@dataclass(slots=True)
class Document:
    """A document's tokens, and its pictures in their order."""

    tokens: list[Token] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def clean(text: str) -> str:
    """Ligatures, wide and narrow spaces and what nobody sees, as plain text; superscript digits with their mark."""
    if text.isascii():
        return text
    text = re.sub(r"(?<=\d)[\u2009\u202f](?=\d{3}(?!\d))", "’", text)
    return "".join(
        f"{RAISED}{unicodedata.normalize('NFKC', one)}"
        if unicodedata.decomposition(one).startswith("<super>") and one.isdigit()
        else unicodedata.normalize("NFKC", one)
        for one in unicodedata.normalize("NFC", text.translate(_UNSEEN))
    ).replace("µ", "μ")


@cache
def same_words() -> dict[str, str]:
    """What words and signs have one key: percent and %, the words of a range and its dash, "and" and &."""
    same: dict[str, str] = {}
    for language in known(CODES):
        same |= {language["numbers.to"]: "to", _bare(language["findings.and"].format(first="", last="")): "&"}
        percents = language["unit_words"].get(_PERCENTS, "").split(";")
        same |= {_bare(word): "%" for word in percents if _bare(word)}
    return same


@cache
def _parted_words() -> set[tuple[str, str]]:
    """The names of a sign that are two words, as "per cent"."""
    percents = (one["unit_words"].get(_PERCENTS, "").split(";") for one in known(CODES))
    parts = [tuple(map(_bare, word.split())) for words in percents for word in words]
    return {(one[0], one[1]) for one in parts if len(one) == 2}


def _bare(text: str) -> str:
    return "".join(filter(str.isalpha, text.lower()))


def tokens_of(runs: Sequence[Run]) -> list[Token]:
    """The tokens of one block. A number's sign is told from the dash of a range by what stands around it."""
    runs = [replace(run, text=clean(run.text)) for run in runs]
    text = "".join(run.text for run in runs)
    owners = [run for run in runs for _ in run.text]
    tokens: list[Token] = []
    end, sign, begun = 0, "", 0
    for found in _TOKEN.finditer(text):
        kind, shown, start = str(found.lastgroup), found[0], found.start()
        between = text[end : begun if sign else start]
        if kind == "dash":
            follows = re.match(rf"\s*[{DASHES}]?[.,]?\d", text[found.end() :])
            tight = text[found.end() : found.end() + 1].strip() != ""
            behind = r"[\d%°)\]]\Z" if shown == "−" else r"[\w%°)\]]\Z"  # no word has a minus at its end
            if follows and tight and not re.search(behind, text[:start]):
                sign, begun = ("-" if shown in "-‐‑–−" else ""), start
                continue
            numbers = tokens and (tokens[-1].kind == NUMBER or tokens[-1].key == "%")
            if not (follows and numbers) or between.strip():
                continue
            kind = SIGN
            token = Token(SIGN, "to", shown, between, "", owners[start], False)
        elif kind == "raised":
            token = Token(NUMBER, "^" + _minus(shown[1:]), shown[1:], between, "", owners[start], False)
        elif kind == "number":
            digits = ("0" if not shown[0].isdigit() else "") + "".join(filter(str.isdigit, shown))
            token = Token(NUMBER, digits, shown, between, sign, owners[start], False)
        elif kind == "word":
            key = _bare(shown)
            if tokens and not between.strip() and (tokens[-1].key, key) in _parted_words():
                tokens[-1].key, tokens[-1].shown = "%", f"{tokens[-1].shown} {shown}"
                end = found.end()
                continue
            token = Token(WORD, same_words().get(key, key), shown, between, "", owners[start], False)
        else:
            token = Token(SIGN, shown, shown, between, "", owners[start], False)
        token.starts = not tokens or "\n" in between
        tokens.append(token)
        end, sign = found.end(), ""
    return tokens


def _minus(text: str) -> str:
    return "-" + text[1:] if text[0] in DASHES else text


def blocks(texts: Iterable[Sequence[Run]]) -> Document:
    """The document of blocks of runs."""
    return Document([token for runs in texts for token in tokens_of(runs)])
