"""Which block of a file is which of the base: kept, changed, moved, new or gone."""

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

Words = Sequence[Hashable]
LIKE = 0.4  # of two blocks that are one, changed


def aligned(base: Sequence[Words], other: Sequence[Words]) -> dict[int, int]:
    """For blocks of `other` their block of `base`: the same, changed, or moved."""
    pairs = in_order(base, other)
    gone = [nth for nth in range(len(base)) if nth not in pairs.values()]
    for nth in (nth for nth in range(len(other)) if nth not in pairs):
        best = max(gone, key=lambda one: likeness(base[one], other[nth]), default=None)
        if best is not None and likeness(base[best], other[nth]) > 0.6:
            pairs[nth] = best
            gone.remove(best)
    return pairs


def in_order(base: Sequence[Words], other: Sequence[Words]) -> dict[int, int]:
    """For blocks of `other` their block of `base`, the same or changed, none moved past another."""
    pairs: dict[int, int] = {}
    codes = SequenceMatcher(None, [*map(tuple, base)], [*map(tuple, other)], autojunk=False).get_opcodes()
    for kind, i1, i2, j1, j2 in codes:
        if kind == "equal":
            pairs.update(zip(range(j1, j2), range(i1, i2), strict=True))
        elif kind == "replace":
            pairs.update(_most_alike(base, other, range(i1, i2), range(j1, j2)))
    return pairs


def _most_alike(base: Sequence[Words], other: Sequence[Words], of: range, to: range) -> dict[int, int]:
    """The pairs in order that are most alike in all."""
    if len(of) == len(to) == 1:
        return {to[0]: of[0]} if likeness(base[of[0]], other[to[0]]) > LIKE / 2 else {}
    best: dict[tuple[int, int], tuple[float, dict[int, int]]] = {}
    for i in range(len(of) + 1):
        for j in range(len(to) + 1):
            found = [best[at] for at in ((i - 1, j), (i, j - 1)) if min(at) >= 0]
            if i and j and (like := likeness(base[of[i - 1]], other[to[j - 1]])) > LIKE:
                before = best[i - 1, j - 1]
                found.append((before[0] + like, {**before[1], to[j - 1]: of[i - 1]}))
            best[i, j] = max(found, key=lambda one: one[0], default=(0.0, {}))
    return best[len(of), len(to)][1]


def likeness(one: Words, other: Words) -> float:
    """How much two blocks have in common, from 0 to 1."""
    counts = [Counter(key for key in words if key != " ") for words in (one, other)]
    whole = sum(counts[0].values()) + sum(counts[1].values())
    return 2 * sum((counts[0] & counts[1]).values()) / whole if whole else 1.0
