"""The references: each held to its own entry of the proof's bibliography, in whatever order a house sets its parts."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from recomputed.proofs.matched import Matched, joined
from recomputed.proofs.words import NUMBER, SIGN, WORD, Token

_ALIKE = 0.7  # of the letters of a name, where one is meant for the other
_ENTRY = 80  # tokens that a reference has at most
_ADDRESS = ("uri", "ext-link", "pub-id")
_LEFT_OUT = (
    "pub-id",
    "uri",
    "ext-link",
    "issue",
    "month",
    "day",
    "date-in-citation",
)  # by some houses, of a reference


def hold_references(both: Matched) -> None:
    """Find each reference's parts in its own entry of the proof, in whatever order; tell what differs."""
    entries = sorted(_entries(both), key=lambda one: one[0])
    for ordinal, (start, ours) in enumerate(entries, start=1):
        stop = entries[ordinal][0] if ordinal < len(entries) else len(both.proof)
        window = _window(both, ours, start, stop)
        free = _in_any_order(both, ours, window)
        left = [nth for nth in ours if both.match[nth] < 0]
        _hold_numbers(both, left, free, window, ordinal)
        _hold_words(both, left, free, window)
        _hold_title(both, ours, free)
        both.use(window)


def _entries(both: Matched) -> Iterator[tuple[int, list[int]]]:
    """Where each reference begins in the proof, and the places of its tokens in the paper."""
    references: dict[str, list[int]] = {}
    for nth, one in enumerate(both.paper):
        if one.run.zone == "ref" and (id_ := one.run.group.split("|")[0]):
            references.setdefault(id_, []).append(nth)
    for ours in references.values():
        runs = _runs(
            [nth for nth in ours if both.paper[nth].kind == WORD and _part(both.paper[nth]) not in _ADDRESS],
            both.match,
        )
        if not runs:
            both.tell(ours, [], 0)
            continue
        title = both.match[max(runs, key=len)[0]]
        first = both.paper[ours[0]].key
        near = range(title, max(-1, title - _ENTRY), -1)
        named = [at for at in near if both.proof[at].key == first]
        named = named or [at for at in near if _is_misprint(first, both.proof[at].key) and not both.used[at]]
        begins = [at for at in named if both.proof[at].starts or (at and both.proof[at - 1].starts)]
        yield (begins or named or [title])[0], ours


def _window(both: Matched, ours: Sequence[int], start: int, stop: int) -> range:
    """The places of an entry: up to the next one, or what is matched of another zone."""
    last = max(at for at in (both.match[nth] for nth in ours) if start <= at < stop)
    end = min(stop, start + 2 * _ENTRY)
    others = {at for one, at in both.pairs() if one.run.zone != "ref"}
    return range(start, next((at for at in range(last + 1, end) if at in others), end))


def _in_any_order(both: Matched, ours: Sequence[int], window: range) -> list[int]:
    """Match what stands in the entry, not what only happens to stand elsewhere; the places that are left of it."""
    for nth in ours:
        if both.match[nth] >= 0 and both.match[nth] not in window:
            both.leave(nth)
    free = [at for at in window if not both.used[at]]
    for nth in (nth for nth in ours if both.match[nth] < 0):
        at = next((at for at in free if both.proof[at].key == both.paper[nth].key), None)
        if at is not None:
            both.take(nth, at)
            free.remove(at)
    return free


def _hold_words(both: Matched, left: Sequence[int], free: list[int], window: range) -> None:
    for nth in (nth for nth in left if both.paper[nth].kind == WORD):
        word, part = both.paper[nth].key, _part(both.paper[nth])
        if word in joined(both.proof[at] for at in (window if part in _ADDRESS else free)):
            continue  # parted at a line's end
        likely = [at for at in free if _is_misprint(word, both.proof[at].key)][:1]
        if likely:
            free.remove(likely[0])
        if likely or part == "article-title":
            before = both.match[nth - 1] if nth else -1
            both.tell([nth], likely, likely[0] if likely else max(before, window.start))


def _hold_title(both: Matched, ours: Sequence[int], free: Sequence[int]) -> None:
    """Tell what is between two words of the title."""
    for nth in ours[:-1]:
        low, high = both.match[nth], both.match[nth + 1]
        between = [at for at in range(low + 1, high) if at in free]
        if (
            {_part(both.paper[one]) for one in (nth, nth + 1)} == {"article-title"}
            and 0 <= low < high
            and len(between) == high - low - 1 < 4
            and between
        ):
            both.tell([], between, low)


def _hold_numbers(
    both: Matched, left: Sequence[int], free: Sequence[int], window: range, ordinal: int
) -> None:
    ours = [nth for nth in left if both.paper[nth].kind == NUMBER]
    theirs = [
        at
        for at in free
        if both.proof[at].kind == NUMBER
        and (
            both.proof[at].key not in (str(ordinal), str(ordinal + 1))
            or not both.proof[at].starts
            or both.proof[at - 1].kind == SIGN  # the end of a range, on the next line
        )
    ]
    if "".join(both.paper[nth].key for nth in ours) == "".join(both.proof[at].key for at in theirs):
        return
    for nth in list(ours):
        if parts := _parted(both, both.paper[nth].key, theirs):
            ours.remove(nth)
            theirs = [at for at in theirs if at not in parts]
    for nth, at in list(_likest(both, ours, theirs)):
        ours.remove(nth)
        theirs.remove(at)
        if not (_part(both.paper[nth]) == "lpage" and both.paper[nth].key.endswith(both.proof[at].key)):
            both.tell([nth], [at], at)
    for nth in ours:
        if len(theirs) >= len(ours):
            at = theirs.pop(0)
            both.tell([nth], [at], at)
        elif _part(both.paper[nth]) not in _LEFT_OUT:
            both.tell([nth], [], window[-1])
    for at in theirs:
        both.tell([], [at], at)


def _likest(both: Matched, ours: Sequence[int], theirs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pairs of figures of which half is the same, the likest first, each once."""
    ratios = {(nth, at): _ratio(both.paper[nth].key, both.proof[at].key) for nth in ours for at in theirs}
    paired: set[int] = set()
    taken: set[int] = set()
    for nth, at in sorted(ratios, key=lambda pair: -ratios[pair]):
        if ratios[nth, at] >= 0.5 and nth not in paired and at not in taken:
            paired.add(nth)
            taken.add(at)
            yield nth, at


def _parted(both: Matched, key: str, theirs: Sequence[int]) -> range | None:
    """The places of a number of an address, as `10.1371`, that a line's end parts."""
    for first in theirs:
        for last in (at for at in theirs if at > first):
            places = range(first, last + 1)
            if joined(both.proof[at] for at in places) == key and any(
                both.proof[at].starts for at in places[1:]
            ):
                return places
    return None


def _runs(places: Sequence[int], match: Sequence[int]) -> list[list[int]]:
    """The runs of places that are matched one after another."""
    runs: list[list[int]] = []
    for nth in (nth for nth in places if match[nth] >= 0):
        if runs and match[nth] == match[runs[-1][-1]] + 1:
            runs[-1].append(nth)
        else:
            runs.append([nth])
    return runs


def _part(token: Token) -> str:
    """The part of a reference that it is of: `year`, `volume`, `article-title`."""
    return token.run.group.partition("|")[2]


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _is_misprint(one: str, other: str) -> bool:
    """Whether two words differ by a letter or two and neither is short for the other."""
    if min(len(one), len(other)) < 4 or one.startswith(other) or other.startswith(one):
        return False
    return _ratio(one, other) >= _ALIKE
