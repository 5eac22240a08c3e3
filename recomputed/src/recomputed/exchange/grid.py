"""A table that is written in the manuscript, with what was changed of its cells, rows and columns."""

import re
from collections.abc import Callable, Sequence

from recomputed.exchange.align import aligned
from recomputed.exchange.tokens import Token, keys, written

Cell = list[Token]
Change = Callable[[Sequence[Token], Sequence[Token], Sequence[Token]], list[Token]]
_DASHES = re.compile(r"\s*:?-+:?\s*")


def in_grid(
    base: Sequence[Token], source: Sequence[Token], now: Sequence[Token], change: Change
) -> list[Token]:
    """The table `source`, which was sent as `base`, as it came back: each cell as `change` makes it of the three; its
    alignment is kept. Where it is written otherwise than with bars, all of it is as it came.
    """
    was, own, new = _rows(base), _rows(source), _rows(now)
    if [len(row) for row in was] != [len(row) for row in own]:
        return change(base, base, now)
    rows = _matched(*(_flat(table) for table in (was, new)))
    columns = _matched(*(_flat(list(zip(*table, strict=True))) for table in (was, new)))
    rows = {nth: of for nth, of in rows.items() if (nth == 1) == (of == 1)} | {1: 1}  # of dashes

    def cell(row: int, column: int) -> list[Token]:
        of = rows.get(row), columns.get(column)
        if of[0] is not None and of[1] is not None:
            return change(was[of[0]][of[1]], own[of[0]][of[1]], new[row][column])
        return [*new[row][column]] if row == 1 else change((), (), new[row][column])

    newline = next(token for token in source if _is_newline(token))
    bar = Token("|", "|")
    lines = [
        [bar, *(token for column in range(len(new[row])) for token in (*cell(row, column), bar))]
        for row in range(len(new))
    ]
    return [*lines[0], *(token for line in lines[1:] for token in (newline, *line))]


def _is_newline(token: Token) -> bool:
    return token.key == " " and "\n" in token.text


def _rows(table: Sequence[Token]) -> list[list[Cell]]:
    """The cells of each line, the second of which is of dashes; all lines are as long as the longest."""
    rows: list[list[Cell]] = [[[]]]
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


def _flat(lines: Sequence[Sequence[Cell]]) -> list[list[object]]:
    return [
        [key for cell in line if not _DASHES.fullmatch(written(cell)) for key in keys(cell)] for line in lines
    ]


def _matched(base: Sequence[list[object]], now: Sequence[list[object]]) -> dict[int, int]:
    """Which rows or columns are which of those that were: as many in one order are the same ones."""
    pairs = aligned(base, now)
    in_order = [pairs[nth] for nth in sorted(pairs)]
    if len(base) == len(now) and in_order == sorted(in_order):
        return {nth: nth for nth in range(len(now))}
    return pairs
