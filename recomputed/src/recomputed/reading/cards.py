"""What the cells of the paper's appendix print for its page, and for that alone: every other format leaves it out.

So the cards tell of the very execution that is typeset, and a plain Quarto render has them too.
"""

from recomputed.descriptions.blocks import cards_of, statements_of
from recomputed.ledger.examination import Examination
from recomputed.manuscript.paper import is_unprinted


def cards(examination: Examination, lang: str | None = None) -> str:
    """Markdown: one code block with the numbers, one with the data rows they rest on, for `cards.lua`.

    Their words are of a language, by default the manuscript's.
    """
    return "" if is_unprinted() else "\n".join(cards_of(examination, lang).values())


def statements(examination: Examination, lang: str | None = None) -> str:
    """Markdown: a code block with every statement of the article, which `cards.lua` makes a table in HTML."""
    return "" if is_unprinted() else statements_of(examination, lang)
