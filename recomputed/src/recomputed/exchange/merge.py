"""Three-way merges of sequences, by their keys: the base, and two that were made from it."""

import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from recomputed.exchange.align import in_order

Slice = tuple[int, int]
_BLANK = re.compile(r"\n[ \t]*\n")
_COMMENT = re.compile(r" ?<!--.*?-->", re.DOTALL)
_SENTENCE = re.compile(r"\s*(?:<!--.*?-->|\S)(?:<!--.*?-->|.)*?(?:[.?!](?=\s)|\n|\Z)\s*", re.DOTALL)
_EXPRESSION = re.compile(r"`\{python\}[^`]*`")


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
    """The text `here`, with what `there` is otherwise than `base`: paragraph by paragraph; or by lines where fewer
    conflict so, as where paragraphs were joined, unless one moved what the other moved elsewhere or deleted.
    """
    paragraphs = _paragraphs(base)
    one, other = (_Side(paragraphs, _paragraphs(text)) for text in (here, there))
    apart = (one.moved - other.left.keys()) | (other.moved - one.left.keys())
    text, conflicts = _by_parts(paragraphs, one, other, _by_lines)
    found = text.rstrip("\n") + here[len(here.rstrip("\n")) :], conflicts
    if apart or not conflicts:
        return found
    return min(found, _by_lines(base, here, there), key=lambda one: len(one[1]))


def _by_lines(base: str, here: str, there: str, first: int = 1) -> tuple[str, list[Conflict]]:
    """A merge by lines, of which `here` begins with the row `first`; by sentences where a line conflicts."""
    out: list[str] = []
    conflicts: list[Conflict] = []
    lines = [text.splitlines(keepends=True) for text in (base, here, there)]
    for region in regions(*lines):
        texts = ["".join(of[slice(*part)]) for of, part in zip(lines, region[1:], strict=True)]
        if region.kind == "conflict":
            text, further = _by_sentences(texts[0], texts[1], texts[2], region.one[0] + first)
            out.append(text)
            conflicts += further
        else:
            out.append(texts[2] if region.kind == "other" else texts[1])
    return "".join(out), conflicts


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each with the blank lines behind it."""
    return re.findall(r".+?\n(?:[ \t]*\n)+", text.rstrip("\n") + "\n\n", re.DOTALL)


Within = Callable[[str, str, str, int], tuple[str, list[Conflict]]]
"""A merge of what one part is in a base and two texts, of which the first begins with that row."""


class _Side:
    """What one text made of the paragraphs or sentences of the base: those `left`, perhaps changed; those `put` in, by
    how many of the base's stand before; and those that are among these because they `moved`.
    """

    def __init__(self, base: Sequence[str], own: Sequence[str]) -> None:
        pairs = in_order(*([re.findall(r"\w+|[^\w\s]", one) for one in texts] for texts in (base, own)))
        self.left: dict[int, str] = {}
        self.put: dict[int, list[str]] = {}
        self._rows: dict[int, int] = {}
        before, row = 0, 1
        for nth, text in enumerate(own):
            if nth in pairs:
                self.left[pairs[nth]], self._rows[pairs[nth]] = text, row
                before = pairs[nth] + 1
            else:
                self.put.setdefault(before, []).append(text)
            row += text.count("\n")
        self._end = row
        new = {text for texts in self.put.values() for text in texts}
        self.moved = {of for of, text in enumerate(base) if of not in self.left and text in new}

    def row(self, of: int) -> int:
        """The row of a part of the base, or of what stands behind it."""
        return min((row for one, row in self._rows.items() if one >= of), default=self._end)

    def place(self, text: str) -> tuple[int, list[str]]:
        """Where a part was put, and with what."""
        return next((at, texts) for at, texts in self.put.items() if text in texts)

    def swap(self, text: str, *instead: str) -> None:
        """Put others in the place of a part that was put."""
        for texts in self.put.values():
            if text in texts:
                at = texts.index(text)
                texts[at : at + 1] = instead
                return


def _by_parts(base: Sequence[str], here: _Side, there: _Side, within: Within) -> tuple[str, list[Conflict]]:
    """A merge of parts, each by itself, `within` what both changed; one that only one text moved is there with what the
    other made of it.
    """
    out: list[str] = []
    conflicts: list[Conflict] = []

    def conflict(row: int, one: Sequence[str], other: Sequence[str]) -> None:
        conflicts.append(Conflict(row, "".join(one).strip(), "".join(other).strip()))

    for of in sorted(here.moved | there.moved):
        mover, other = (here, there) if of in here.moved else (there, here)
        text = base[of]
        if of in other.left:
            mover.swap(text, other.left[of])
        elif of not in other.moved or here.place(text) != there.place(text):
            conflict(here.row(of), [text] * (of in here.moved), [text] * (of in there.moved))
            there.swap(text)
    for nth in range(len(base) + 1):
        mine, theirs = here.put.get(nth, []), there.put.get(nth, [])
        if mine and theirs and mine != theirs:
            conflict(here.row(nth) - "".join(mine).count("\n"), mine, theirs)
        out += mine or theirs
        if nth == len(base) or nth in here.moved | there.moved:
            continue
        own, new = here.left.get(nth, ""), there.left.get(nth, "")
        if own == base[nth]:
            out.append(new)
        elif new in (own, base[nth]):
            out.append(own)
        else:
            text, further = _of_both(base[nth], own, new, here.row(nth), within)
            out.append(text)
            instead = ["".join(one).strip() for one in (mine, theirs)]  # of what went
            conflicts += [Conflict(at, one or instead[0], other or instead[1]) for at, one, other in further]
    return "".join(out), conflicts


def _of_both(base: str, own: str, new: str, row: int, within: Within) -> tuple[str, list[Conflict]]:
    """What a part becomes that both texts have otherwise, or that one has no more; comments stay in any case."""
    whole = [Conflict(row, own.strip(), new.strip())]
    text, conflicts = within(base, own, new, row) if own and new else (own, whole)
    if conflicts and (told := _comments(base, new)):
        return f"{own.rstrip()} {told}".lstrip() + base[len(base.rstrip()) :], []
    return text, conflicts


def _comments(base: str, text: str) -> str:
    """The comments in a text that is otherwise as its base."""
    if _COMMENT.sub("", text) != _COMMENT.sub("", base):
        return ""
    return " ".join(one.strip() for one in _COMMENT.findall(text) if one.strip() not in base)


def _by_sentences(base: str, here: str, there: str, first: int) -> tuple[str, list[Conflict]]:
    """A merge of one paragraph; on one line a sentence is the same at its end and before another."""
    texts = (base, here, there)
    whole = [Conflict(first, here.strip(), there.strip())]
    if any(not text.strip() or _BLANK.search(text.strip()) for text in texts):
        return here, whole
    if not any("\n" in text.strip() for text in texts):
        texts = (f"{base.rstrip()} ", f"{here.rstrip()} ", f"{there.rstrip()} ")
    parts, *others = map(_sentences, texts)
    one, other = (_Side(parts, own) for own in others)
    text, conflicts = _by_parts(parts, one, other, _with_expressions)
    if conflicts or not one.left.keys() & other.left.keys():  # of what is another paragraph
        return here, whole
    return text.rstrip() + here[len(here.rstrip()) :], []


def _with_expressions(base: str, here: str, there: str, first: int) -> tuple[str, list[Conflict]]:
    """`there` with the expressions of `here`, if those are all that is otherwise here, as after `rename`."""
    was, now = (_EXPRESSION.findall(text) for text in (base, here))
    renamed = dict(zip(was, now, strict=False))
    if here != _EXPRESSION.sub(lambda found: renamed.get(found[0], ""), base):
        return here, [Conflict(first, here, there)]
    return _EXPRESSION.sub(lambda found: renamed.get(found[0], found[0]), there), []


def _sentences(text: str) -> list[str]:
    """The sentences of a text, each with the blanks behind it; those in a comment are none."""
    return _SENTENCE.findall(text)
