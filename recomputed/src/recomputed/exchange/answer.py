"""What is told of a file that came back: what could not be carried over, numbers that were typed, comments."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from recomputed.exchange.returned import Comment


class Told(NamedTuple):
    """A comment, and the row of the manuscript that it stands at."""

    row: int
    author: str
    text: str


class Answer:
    """What is told of a file of the manuscript `name`, with what it holds of comments."""

    def __init__(self, name: str, comments: Sequence[Comment]) -> None:
        self.name = name
        self.comments = {one.id: one for one in comments}
        self.told: list[Told] = []
        self.refused: list[str] = []
        self.typed: list[str] = []
        self.lost: list[str] = []

    def refuse(self, row: int, text: str) -> None:
        """Tell, once, what could not be carried over, at a row or, with 0, at none."""
        line = f"{self.name}, row {row}: {text}" if row else f"{self.name}: {text}"
        if line not in self.refused:
            self.refused.append(line)

    def lose(self, row: int, text: str) -> None:
        """Tell what went with what was deleted or joined."""
        self.lost.append(f"{self.name}, row {row}: {text}")

    def type(self, row: int, sentences: Iterable[str]) -> None:
        """Tell what was typed at a row and is no control."""
        self.typed += [f"{self.name}, row {row}: {one}" for one in sentences]

    def tell(self, row: int, ids: Iterable[int]) -> None:
        """Tell of the comments at a row."""
        found = (self.comments[id_] for id_ in ids if id_ in self.comments)
        self.told += [Told(row, one.author, one.text) for one in found]

    def in_html(self) -> dict[int, str]:
        """The comments by their ids, as the manuscript holds them."""
        return {id_: _html(one) for id_, one in self.comments.items()}


def _html(comment: Comment) -> str:
    text = f"{comment.author}: {comment.text}" if comment.author else comment.text
    return f"<!-- {re.sub('-{2,}', '–', text).replace('`', chr(39)).strip('->')} -->"
