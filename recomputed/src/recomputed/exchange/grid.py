"""A table as cells: what of its rows and columns came back, and a written one with what was changed in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from recomputed.exchange.align import aligned
from recomputed.exchange.tokens import Token, keys, plain, quoted, said_by, written

Cell = Sequence[Token]
Change = Callable[[Cell, Cell, Cell], list[Token]]
_DASHES = re.compile(r"\s*:?-+:?\s*")


class Grid:
    """A table as it was sent and as it came: `was` and `now` have the cells of each line, the second of dashes; `rows`
    and `columns` have for those of `now` which they were.
    """

    def __init__(self, base: Cell, now: Cell) -> None:
        self.was, self.now = _cells(base), _cells(now)
        self.rows = _matched(*map(_by_row, (self.was, self.now)))
        self.rows = {nth: of for nth, of in self.rows.items() if 1 not in (nth, of)} | {1: 1}
        self.columns = _matched(*map(_by_column, (self.was, self.now)))

    def pairs(self) -> Iterator[tuple[Cell, Cell]]:
        """Each cell that was there, with what it is now."""
        for (row, of), (column, was) in product(sorted(self.rows.items()), sorted(self.columns.items())):
            if row != 1:
                yield self.was[of][was], self.now[row][column]

    def told(self) -> Iterator[str]:
        """What was done to whole rows and columns, as of a co-author who did it."""
        of = (
            ("row", self.was, self.now, self.rows),
            ("column", _turned(self.was), _turned(self.now), self.columns),
        )
        for what, was, now, kept in of:
            for nth in sorted({*range(len(was))} - {*kept.values()}):
                yield f"deleted the {what} {quoted(_said(was[nth]))!r}"
            for nth in sorted({*range(len(now))} - {*kept}):
                yield f"put in the {what} {_said(now[nth])!r}"
            if [*dict(sorted(kept.items())).values()] != sorted(kept.values()):
                yield f"moved a {what} of {quoted(_said(was[0]))!r}"


def in_grid(base: Cell, source: Cell, now: Cell, change: Change) -> list[Token]:
    """The table `source`, which was sent as `base`, as it came back: each cell as `change` makes it of the three; its
    alignment is kept. Where it is written otherwise than with bars, all of it is as it came.
    """
    grid, own = Grid(base, now), _cells(source)
    if [len(row) for row in grid.was] != [len(row) for row in own]:
        return change(base, base, now)

    def cell(row: int, column: int) -> Cell:
        new, of = grid.now[row][column], (grid.rows.get(row), grid.columns.get(column))
        if of[0] is not None and of[1] is not None:
            return change(grid.was[of[0]][of[1]], own[of[0]][of[1]], new)
        return new if row == 1 else change((), (), new)

    newline = next(token for token in source if _is_newline(token))
    bar = Token("|", "|")
    lines = [
        [bar, *(token for column in range(len(cells)) for token in (*cell(row, column), bar))]
        for row, cells in enumerate(grid.now)
    ]
    return [*lines[0], *(token for line in lines[1:] for token in (newline, *line))]


def _is_newline(token: Token) -> bool:
    return token.key == " " and "\n" in token.text


def _cells(table: Cell) -> list[list[list[Token]]]:
    """The cells of each line; all lines are as long as the longest."""
    rows: list[list[list[Token]]] = [[[]]]
    for token in table:
        if _is_newline(token):
            rows.append([[]])
        elif token.key == "|":
            rows[-1].append([])
        else:
            rows[-1][-1].append(token)
    rows = [row[not written(row[0]).strip() : len(row) - (not written(row[-1]).strip())] for row in rows]
    width = max(map(len, rows))
    return [row + [[] for _ in range(width - len(row))] for row in rows]


def _by_row(table: Sequence[Sequence[Cell]]) -> list[list[object]]:
    return [
        [key for cell in line if not _DASHES.fullmatch(written(cell)) for key in keys(cell)] for line in table
    ]


def _by_column(table: Sequence[Sequence[Cell]]) -> list[list[object]]:
    return _by_row(_turned(table))


def _turned(table: Sequence[Sequence[Cell]]) -> list[tuple[Cell, ...]]:
    return list(zip(*table, strict=True))


def _said(cells: Sequence[Cell]) -> str:
    said = (plain(said_by(cell)) for cell in cells if not _DASHES.fullmatch(written(cell)))
    return " ".join(one for one in said if one)


def _matched(base: Sequence[list[object]], now: Sequence[list[object]]) -> dict[int, int]:
    """Which rows or columns are which of those that were: as many in one order are the same ones."""
    pairs = aligned(base, now)
    in_order = [pairs[nth] for nth in sorted(pairs)]
    if len(base) == len(now) and in_order == sorted(in_order):
        return {nth: nth for nth in range(len(now))}
    return pairs
