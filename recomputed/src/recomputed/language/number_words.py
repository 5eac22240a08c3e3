"""Which words of a text state a number: digits, and cardinals and ordinals of Indonesian and of English.

Both languages' words count everywhere, so that an English phrase in Indonesian prose hides nothing.

Decided: *salah satu* and *satu per satu* contain *satu* and count, so that prose says it otherwise (*sebuah*,
*tiap-tiap*). *Sebuah*, *seorang*, *sekali* are an article and an adverb and do not count. *Satu-satunya* and
*pertama-tama* do not count either: the first is a comparing word and is held to the data as such, the second
orders a text. *Kesatuan*, *persatuan*, *satuan*, *bersatu* are other words. *Ribuan*, *jutaan*, *separuh*,
*kedua*, *keduanya*, *half*, *both*, *once* and *twice* count.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple


def _listed(words: str) -> list[str]:
    return words.split()


_UNITS = _listed("nol satu dua tiga empat lima enam tujuh delapan sembilan")
_SCALES = _listed("belas puluh ratus ribu juta miliar triliun")
_ONES = _listed("sepuluh sebelas seratus seribu sejuta semiliar setriliun")  # se-: one of them
_INDONESIAN = {
    *(*_UNITS, *_SCALES, *_ONES),
    *(f"ke{word}" for word in (*_UNITS, *_ONES)),
    *(f"ber{word}" for word in _UNITS[2:]),
    *(f"per{word}" for word in (*_UNITS[2:], *_ONES)),
    *(f"{word}an" for word in _SCALES),
    *_listed("pertama setengah separuh separo seperdua sepertiga seperempat sepersepuluh"),
    *_listed("selusin lusin sekodi kodi sepasang"),
}
_ENGLISH = {
    *_listed("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"),
    *_listed("sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"),
    *_listed("hundred thousand million billion trillion hundreds thousands millions billions dozen dozens"),
    *_listed("zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"),
    *_listed("thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"),
    *_listed("thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"),
    *_listed("hundredth thousandth millionth billionth"),
    *_listed("half halves quarter quarters both once twice thrice double triple"),
}
NUMBER_WORDS = frozenset(_INDONESIAN | _ENGLISH)
PARTICLES = ("nya", "lah", "kah", "pun")
NOT_NUMBERS = frozenset({"satu-satunya", "pertama-tama", "pertama-tamanya"})

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FILLER = {"and", "per"}  # inside a number in words: one hundred and two, dua per tiga
_CLUSTER = re.compile(r"\S+")
_EDGES = "\"'“”‘’()[]{}<>.,;:!?…*_/|—"


class Stated(NamedTuple):
    """A stretch of a text that states a number."""

    start: int
    end: int
    text: str


def find_numbers(text: str) -> Iterator[Stated]:
    """Every stretch of `text` that states a number, in order; neighbouring words and figures are one."""
    found = sorted({*_figures(text), *_words(text)})
    run: list[tuple[int, int]] = []
    for start, end in found:
        if run and _joined(text[run[-1][1] : start]):
            run.append((start, end))
            continue
        if run:
            yield _stated(text, run)
        run = [(start, end)]
    if run:
        yield _stated(text, run)


def is_number_word(word: str) -> bool:
    """Whether a word, hyphens and particles included, states a number."""
    word = word.lower()
    if word in NOT_NUMBERS:
        return False
    return any(_bare(part) in NUMBER_WORDS for part in word.split("-"))


def _bare(word: str) -> str:
    if word in NUMBER_WORDS:
        return word
    for particle in PARTICLES:
        if word.endswith(particle):
            return word.removesuffix(particle)
    return word


def _figures(text: str) -> Iterator[tuple[int, int]]:
    """Whatever stands between spaces and contains a digit of any script, a fraction or a Roman numeral sign."""
    for match in _CLUSTER.finditer(text):
        if any(character.isnumeric() for character in match[0]):
            left = len(match[0]) - len(match[0].lstrip(_EDGES))
            stripped = match[0].strip(_EDGES)
            yield match.start() + left, match.start() + left + len(stripped)


def _words(text: str) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text):
        if is_number_word(match[0]):
            yield match.span()


def _joined(between: str) -> bool:
    return between.strip().lower() in {"", *_FILLER}


def _stated(text: str, run: list[tuple[int, int]]) -> Stated:
    start, end = run[0][0], max(end for _, end in run)
    return Stated(start, end, text[start:end])
