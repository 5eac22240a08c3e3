"""A publisher's proof held to the paper: what to correct, numbers first, then words.

The paper's tokens are those of its own JATS, where numbers know their ids. They are aligned with the proof's, blocks
wherever they stand. Each difference is a correction, a house's way of writing the same, or a house's own line.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from recomputed.proofs.alignment import around, gaps
from recomputed.proofs.corrections import KINDS, Compared, shown
from recomputed.proofs.drawn import hold_figures, texts_of
from recomputed.proofs.entries import hold_references
from recomputed.proofs.house_lines import Front, find_front, is_added, is_own_mark, use_repeated_heads
from recomputed.proofs.house_style import HouseStyle
from recomputed.proofs.matched import Matched
from recomputed.proofs.order import hold_order, take_parted_cells
from recomputed.proofs.words import DASHES, NUMBER, SIGN, Document, Token

_FEWEST = 0.3  # of the paper's tokens that a proof of it has


class AnotherPaper(ValueError):
    """The proof has little of the paper's text."""


def compare(paper: Document, proof: Document, lang: str) -> Compared:
    """Hold a proof to a paper in a language. Raises AnotherPaper."""
    both = Matched(paper.tokens, proof.tokens, lang)
    share = sum(at >= 0 for at in both.match) / max(1, len(paper.tokens))
    if share < _FEWEST:
        raise AnotherPaper(f"{share:.0%} of its words and numbers")
    front = find_front(both)
    hold_references(both)
    style = HouseStyle(both)
    hold_order(both)
    _hold_numbers(both, style)
    hold_figures(both, texts_of(paper.pictures))
    use_repeated_heads(both)
    take_parted_cells(both)
    _hold_missing(both, front, style)
    _hold_added(both, front)
    both.found.corrections.sort(key=lambda one: KINDS.index(one.kind))
    return both.found


def compare_likest(documents: Sequence[Document], proof: Document, lang: str) -> tuple[Document, Compared]:
    """Hold a proof to that of the documents which it has most of. Raises AnotherPaper."""
    words = Counter(one.key for one in proof.tokens)

    def shared(document: Document) -> float:
        own = Counter(one.key for one in document.tokens)
        return 2 * (own & words).total() / (own.total() + words.total())

    likest = max(documents, key=shared)
    return likest, compare(likest, proof, lang)


def _hold_numbers(both: Matched, style: HouseStyle) -> None:
    """Hold every matched figure to its value, sign and decimals; count what is only written otherwise."""
    pairs = [(nth, both.paper[nth], at) for nth, at in enumerate(both.match) if at >= 0]
    for nth, one, at in pairs:
        other = both.proof[at]
        held = one.kind == NUMBER and one.run.zone != "ref" and one.key[0] != "^"
        spaced = _is_spaced_range(both, nth, at)
        if spaced:
            both.match[nth - 1] = at
        signed = one.sign == other.sign or spaced or (one.sign == "-" and _is_parted_from_minus(other))
        if held and not (signed and style.is_same(one, other.shown)):
            both.tell([nth], [at], at)
        else:
            both.found.restyled += one.shown != other.shown


def _is_spaced_range(both: Matched, nth: int, at: int) -> bool:
    """Whether a minus is the dash of a range, set apart from what is before it alone: `50 -100`."""
    minus = both.proof[at].sign == "-" and both.paper[nth].sign == "" and nth > 1
    return (
        minus
        and (both.paper[nth - 1].kind, both.match[nth - 1]) == (SIGN, -1)
        and both.match[nth - 2] == at - 1
    )


def _is_parted_from_minus(token: Token) -> bool:
    """Whether the dash before a figure was left at the end of the line before."""
    return token.sign == "" and re.search(rf"[{DASHES}]\s*\n\s*\Z", token.before) is not None


def _hold_missing(both: Matched, front: Front, style: HouseStyle) -> None:
    """Judge what the paper has and the proof has not, with what stands there."""
    for start, end in list(gaps(both.match)):
        there = around(both.match, both.used, start, end)
        missing = [nth for nth in range(start, end) if both.paper[nth].run.zone != "ref"]
        ours = [nth for nth in missing if not front.is_optional(both.paper[nth])]
        both.found.restyled += len(ours) < len(missing)
        if not ours:
            continue
        theirs = _instead(ours, there, style)
        both.use(theirs)
        before = max(0, both.match[start - 1]) if start else 0
        if not theirs:
            for _, group in groupby(ours, lambda nth: both.paper[nth].run.zone):
                both.tell(list(group), [], before)
        elif style.is_restyled(ours, theirs):
            both.found.restyled += 1
        else:
            both.tell(ours, theirs, theirs[0])


def _instead(ours: Sequence[int], there: Sequence[int], style: HouseStyle) -> list[int]:
    """What of the places there stands for what is missing: no run much longer than it."""
    runs = ([at for _, at in run] for _, run in groupby(enumerate(there), lambda one: one[1] - one[0]))
    longest = 3 * len(ours) + 4
    return [at for run in runs if len(run) <= longest or style.is_cited_title(ours, run) for at in run]


def _hold_added(both: Matched, front: Front) -> None:
    """Judge what the proof has besides."""
    for theirs in both.unused():
        first, tokens = theirs[0], [both.proof[at] for at in theirs]
        if is_added(both, front, theirs):
            both.found.added.append((tokens[0].run.place, shown(tokens)))
        elif is_own_mark(both, theirs):
            both.found.restyled += 1
        else:
            both.tell([], theirs, first)
