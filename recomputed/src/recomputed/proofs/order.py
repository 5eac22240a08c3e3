"""What of a paragraph or a table stands elsewhere in it: blocks may move, what is within one may not."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from recomputed.proofs.alignment import gaps
from recomputed.proofs.matched import Matched
from recomputed.proofs.words import NUMBER

_KEPT = ("text", "table", "caption", "note")  # zones whose words have one order
_ROW = 40  # tokens of a row that the turn of a column or page may part
_FEWEST = 3  # words without a number that are more than a word like another


def hold_order(both: Matched) -> None:
    """Tell each run of words that has changed its place within its block, at both places."""
    for block in _blocks(both):
        runs = _runs(both, block)
        kept = _longest_in_order(both, runs)
        for run in runs:
            states = any(both.paper[nth].kind == NUMBER for nth in run)
            if id(run) in kept or not (states or len(run) >= _FEWEST):
                continue
            before = max((one for one in runs if id(one) in kept and one[-1] < run[0]), default=None)
            places = [both.match[nth] for nth in run]
            behind = both.match[before[-1]] if before else places[0]
            if before and both.paper[run[0]].run.zone == "table" and _is_parted_row(both, before, run):
                continue
            both.tell(run, [], behind)
            both.tell([], places, places[0])


def _is_parted_row(both: Matched, one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether of two runs near each other the later is the rest of a cell that the turn of a column or page parts."""
    first, later = sorted((one, other), key=lambda run: both.match[run[0]])
    rest, at = later[0], both.match[later[0]]
    if both.paper[rest].starts or both.match[rest - 1] < 0 or at - both.match[first[-1]] > _ROW:
        return False
    return _turn(both, at) != _turn(both, both.match[rest - 1])


def take_parted_cells(both: Matched) -> None:
    """Match the rest of each cell that the turn of a column or page parts, behind the table's head set again."""
    for start, end in list(gaps(both.match)):
        ours = both.paper[start:end]
        if start == 0 or ours[0].run.zone != "table" or ours[0].starts:
            continue
        last = both.match[start - 1]
        for theirs in both.unused():
            near = last < theirs[0] <= last + 2 * _ROW and _turn(both, theirs[0]) != _turn(both, last)
            if near and [both.proof[at].key for at in theirs] == [one.key for one in ours]:
                for nth, at in zip(range(start, end), theirs, strict=True):
                    both.take(nth, at)
                break


def _turn(both: Matched, at: int) -> str:
    """The page and column of a place."""
    return both.proof[at].run.place.rpartition(", line")[0]


def _blocks(both: Matched) -> Iterator[list[int]]:
    """The places in the paper of what is of one paragraph or table."""
    block = 0
    names: list[tuple[str, object]] = []
    for one in both.paper:
        block += one.starts
        names.append((one.run.zone, one.run.group if one.run.zone == "table" else block))
    for (zone, _), places in groupby(range(len(names)), key=lambda nth: _joined(names, nth)):
        if zone in _KEPT:
            yield list(places)


def _joined(names: Sequence[tuple[str, object]], nth: int) -> tuple[str, object]:
    """What a token is of; a citation or the like within a paragraph is of that."""
    zone, block = names[nth]
    return ("text", block) if zone == "cite" else (zone, block)


def _runs(both: Matched, block: Sequence[int]) -> list[list[int]]:
    """The runs of a block's tokens that stand one behind another in the proof."""
    runs: list[list[int]] = []
    for nth in (nth for nth in block if both.match[nth] >= 0):
        if runs and both.match[nth] == both.match[runs[-1][-1]] + 1:
            runs[-1].append(nth)
        else:
            runs.append([nth])
    return runs


def _longest_in_order(both: Matched, runs: Sequence[list[int]]) -> set[int]:
    """Which runs are the most words that stand in the paper's order."""
    best: list[tuple[int, list[int]]] = []  # of those that end with each run: their words, and them
    for run in runs:
        at = both.match[run[0]]
        earlier = (one for one, last in zip(best, runs, strict=False) if both.match[last[-1]] < at)
        words, kept = max(earlier, key=lambda one: one[0], default=(0, []))
        best.append((words + len(run), [*kept, id(run)]))
    return set(max(best, key=lambda one: one[0], default=(0, []))[1])
