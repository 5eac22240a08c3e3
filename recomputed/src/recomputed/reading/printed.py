"""What the appendix prints from the registry, and the paper's text without it.

The table of all numbers and the cards' data name numbers and data rows in plain text. They are not held to what
an author writes, so long as they are, to the letter, what the registry prints.
"""

from dataclasses import replace

from recomputed.guards.passages import Text
from recomputed.ledger.examination import Examination
from recomputed.manuscript.inline import Inlines
from recomputed.reading.cards import blocks
from recomputed.reading.list_of_numbers import table_of_numbers


def written(text: Text, markdown: str, examination: Examination) -> Text:
    """`text`, read from `markdown`, without the passages that are what the registry prints."""
    units = examination.tables.package.units
    numbers = table_of_numbers(Inlines(examination.numbers, text.lang), units)
    printed = {"numbers": numbers, **blocks(examination, text.lang)}
    exact = {name for name, block in printed.items() if _is_only(block, name, markdown)}
    return replace(text, passages=tuple(passage for passage in text.passages if passage.of not in exact))


def _is_only(block: str, name: str, markdown: str) -> bool:
    """Whether `block` stands in `markdown`, and nothing else is of its class."""
    return block.strip() in markdown and markdown.count(f"{{.{name}") == 1
