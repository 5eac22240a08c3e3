"""Three-way merges of sequences, by their keys: the base, and two that were made from it."""

from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

Slice = tuple[int, int]


class Region(NamedTuple):
    """A stretch of the base, of one and of the other; `kind` is whose it is: `same`, `one`, `other`, `both` where both
    changed it alike, `conflict`.
    """

    kind: str
    base: Slice
    one: Slice
    other: Slice


def regions(base: Sequence[Hashable], one: Sequence[Hashable], other: Sequence[Hashable]) -> Iterator[Region]:
    """The merge of two sequences that come from `base`, stretch by stretch."""
    at = at_one = at_other = 0
    kept_one, kept_other = _kept(base, one), _kept(base, other)
    for nth in [*(nth for nth in kept_one if nth in kept_other), None]:
        ends = (len(base), len(one), len(other)) if nth is None else (nth, kept_one[nth], kept_other[nth])
        if (at, at_one, at_other) != ends:
            slices = (at, ends[0]), (at_one, ends[1]), (at_other, ends[2])
            texts = base[at : ends[0]], one[at_one : ends[1]], other[at_other : ends[2]]
            yield Region(_kind(*texts), *slices)
        if nth is not None:
            at, at_one, at_other = (end + 1 for end in ends)
            yield Region("same", (nth, at), (ends[1], at_one), (ends[2], at_other))


def _kind(base: Sequence[Hashable], one: Sequence[Hashable], other: Sequence[Hashable]) -> str:
    if one == other:
        return "both"
    return "other" if one == base else "one" if other == base else "conflict"


def _kept(base: Sequence[Hashable], other: Sequence[Hashable]) -> dict[int, int]:
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {one.a + nth: one.b + nth for one in blocks for nth in range(one.size)}


class Edit(NamedTuple):
    """A stretch of a text, and what it becomes."""

    start: int
    end: int
    text: str


def with_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with edits, of which none is within another; those at one place stay in their order."""
    order = sorted(enumerate(edits), key=lambda one: (one[1].start, one[1].end, one[0]), reverse=True)
    for _, edit in order:
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class Conflict(NamedTuple):
    """Lines that both changed, each in their own way: from which line on, from 1, in the manuscript and the merge."""

    row: int
    here: str
    there: str


def merged(base: str, here: str, there: str) -> tuple[str, list[Conflict]]:
    """The text `here`, with what `there` is otherwise than `base`; sentences of a line are merged where they can be."""
    out: list[str] = []
    conflicts: list[Conflict] = []
    lines = [text.splitlines(keepends=True) for text in (base, here, there)]
    for region in regions(*lines):
        texts = ["".join(of[slice(*part)]) for of, part in zip(lines, region[1:], strict=True)]
        if region.kind == "conflict":
            both = _by_sentence(*texts)
            if both is None:
                conflicts.append(Conflict(region.one[0] + 1, texts[1].strip(), texts[2].strip()))
            out.append(texts[1] if both is None else both)
        else:
            out.append(texts[2] if region.kind == "other" else texts[1])
    return "".join(out), conflicts


def _by_sentence(base: str, here: str, there: str) -> str | None:
    texts = [_sentences(one) for one in (base, here, there)]
    found = list(regions(*texts))
    if any(region.kind == "conflict" for region in found):
        return None
    return "".join(
        "".join(texts[2][slice(*one.other)] if one.kind == "other" else texts[1][slice(*one.one)])
        for one in found
    )


def _sentences(text: str) -> list[str]:
    import re

    return re.findall(r".*?(?:[.?!](?=\s)|\n|$)\s*", text, re.DOTALL)[:-1] or [text]
