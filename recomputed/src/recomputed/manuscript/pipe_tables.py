"""A paper's tables as Markdown pipe tables. Numbers are inline numbers; data texts are escaped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from recomputed.language.wording import hedge_word
from recomputed.manuscript.declared import declared_name
from recomputed.manuscript.inline import CaseName, Inline

if TYPE_CHECKING:
    from recomputed.manuscript.paper import Paper

RULE = 100  # dashes under a header, shared out in proportion to the columns' widths


@dataclass(frozen=True)
class MadeTable:
    """A table by name: `make` gives its Markdown from the opened paper."""

    name: str
    make: "Callable[[Paper], str]"

    @property
    def declared_by(self) -> "Callable[[Paper], str]":
        """The function whose name is the table's."""
        return self.make


def table(make: "Callable[[Paper], str]") -> MadeTable:
    """Declare a table by the function that makes its Markdown, whose name becomes the table's. InputError where its
    module has one of that name.
    """
    return MadeTable(declared_name(make, MadeTable), make)


def pipe_table(header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> str:
    """A pipe table from Markdown cells; `widths` are the columns' relative widths.

    It begins with an empty line: a table after only one is read twice by pandoc, to see whether the paragraph
    before is a term that is defined. Raises ValueError for a row of another length than the header.
    """
    lengths = {len(header), len(widths), *(len(row) for row in rows)}
    if len(lengths) != 1:
        raise ValueError(f"a table's rows differ in length: {sorted(lengths)}")
    total = sum(widths)
    rule = [":" + "-" * max(3, RULE * width // total) for width in widths]
    return "\n" + "\n".join(
        f"| {' | '.join(row)} |" if row is not rule else f"|{'|'.join(row)}|" for row in (header, rule, *rows)
    )


def md(inline: Inline | CaseName) -> str:
    """An inline number or name as Markdown."""
    return inline._repr_markdown_()


def with_code(case: CaseName) -> str:
    """A case's name as Markdown, and its code behind it."""
    return md(case) + case.code


def hedged(inline: Inline) -> str:
    """An inline number as Markdown after the words for its hedge, in its language."""
    return hedge_word(inline.number.hedge, inline.locale) + md(inline)
