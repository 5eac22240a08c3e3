"""Which token of the proof is which of the paper: stretches in common anywhere, then what lies between."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_LENGTHS = (8, 5, 3)  # of the runs that are looked for, each where it is the only one left
_BEYOND = 40  # tokens of a gap that are tried beyond as many as there are on the other side


def align(paper: Sequence[str], proof: Sequence[str], starts: Sequence[int] = ()) -> list[int]:
    """For each key of the paper its place in the proof, or -1. Blocks, each from one of `starts` on, may have moved."""
    match, used = [-1] * len(paper), [False] * len(proof)
    for length in _LENGTHS:
        _common_runs(paper, proof, match, used, length)
        _fill(paper, proof, match, used)
    blocks = set(starts)
    for start in starts:
        for edge, step in ((start, 1), (start - 1, -1)):
            _keep_together(paper, proof, match, used, blocks, edge, step)
    return match


def _keep_together(
    paper: Sequence[str],
    proof: Sequence[str],
    match: list[int],
    used: list[bool],
    starts: set[int],
    edge: int,
    step: int,
) -> None:
    """Give the first words of a block (step 1), or its last (-1), that have no place or only go on where its neighbour
    ends the places beside the rest of their own block, where they are there too, if no word in its own block's run has
    them.
    """
    rest = range(edge, edge + step * _LENGTHS[0], step)
    own = next((at for at in rest if _is_placed(match, at) and not _goes_on(match, at, step)), edge)
    strays = range(own - step, edge - step, -step)
    there = [match[own] - step * (nth + 1) for nth in range(len(strays))] if _is_placed(match, own) else []
    if not there or not all(0 <= at < len(proof) for at in there):
        return
    holders = [match.index(at) for at in there if used[at]]
    same = [paper[at] for at in strays] == [proof[at] for at in there]
    if same and not any(_is_in_run(match, starts, holder) for holder in holders):
        for holder in holders:
            match[holder] = -1
        for stray, at in zip(strays, there, strict=True):
            if match[stray] >= 0:
                used[match[stray]] = False
            used[at], match[stray] = True, at


def _is_placed(match: Sequence[int], at: int) -> bool:
    return 0 <= at < len(match) and match[at] >= 0


def _is_in_run(match: Sequence[int], starts: set[int], at: int) -> bool:
    """Whether its place is beside that of a neighbour in its own block."""
    return any(one not in starts and _goes_on(match, one, 1) for one in (at, at + 1))


def _goes_on(match: Sequence[int], at: int, step: int) -> bool:
    """Whether a place follows that of the key before it, seen in the direction of the step."""
    inside = 0 <= at < len(match) and 0 <= at - step < len(match)
    return inside and match[at] >= 0 and match[at] == match[at - step] + step


def _common_runs(
    paper: Sequence[str], proof: Sequence[str], match: list[int], used: list[bool], length: int
) -> None:
    """Match each run that both have once among what is left, as far as it goes to either side."""
    ours = _once(paper, [place < 0 for place in match], length)
    theirs = _once(proof, [not one for one in used], length)
    for run, at in ours.items():
        there = theirs.get(run, -1)
        figures = sum(not key.isalpha() for key in run)
        if there < 0 or match[at] >= 0 or used[there] or (length < _LENGTHS[0] and figures > length // 4):
            continue  # a few figures elsewhere have been exchanged, not moved
        while (
            at and there and match[at - 1] < 0 and not used[there - 1] and paper[at - 1] == proof[there - 1]
        ):
            at, there = at - 1, there - 1
        while at < len(paper) and there < len(proof) and match[at] < 0 and not used[there]:
            if paper[at] != proof[there]:
                break
            match[at], used[there] = there, True
            at, there = at + 1, there + 1


def _once(keys: Sequence[str], free: Sequence[bool], length: int) -> dict[tuple[str, ...], int]:
    """The runs of free keys that are there once, with their places."""
    places: dict[tuple[str, ...], int] = {}
    begun = 0  # of the free keys up to here
    for end in range(1, len(keys) + 1):
        begun = begun + 1 if free[end - 1] else 0
        if begun >= length:
            run = tuple(keys[end - length : end])
            places[run] = -1 if run in places else end - length
    return {run: at for run, at in places.items() if at >= 0}


def _fill(paper: Sequence[str], proof: Sequence[str], match: list[int], used: list[bool]) -> None:
    """Compare what is left between two matches of the paper with what is left behind and before them in the proof."""
    for start, end in gaps(match):
        there = around(match, used, start, end)
        matcher = SequenceMatcher(None, paper[start:end], [proof[at] for at in there], autojunk=False)
        for block in matcher.get_matching_blocks():
            for nth in range(block.size):
                at = there[block.b + nth]
                match[start + block.a + nth], used[at] = at, True


def gaps(match: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where runs without a match begin and end."""
    start = None
    for at, place in enumerate((*match, 0)):
        if place < 0 and start is None:
            start = at
        elif place >= 0 and start is not None:
            yield start, at
            start = None


def around(match: Sequence[int], used: Sequence[bool], start: int, end: int) -> list[int]:
    """The free places of the proof behind the match before a gap, then those before the match after it."""
    longest = 2 * (end - start) + _BEYOND
    behind = match[start - 1] + 1 if start else 0
    before = match[end] if end < len(match) else len(used)
    first: list[int] = []
    while behind < len(used) and not used[behind] and len(first) < longest:
        first.append(behind)
        behind += 1
    last: list[int] = []
    while before > 0 and not used[before - 1] and len(last) < longest:
        before -= 1
        last.append(before)
    return first + [at for at in reversed(last) if not first or not first[0] <= at <= first[-1]]
