"""The appendix is passed over by the guards only as long as it is what the registry prints."""

import pytest

from recomputed.guards.all_guards import without_printed
from recomputed.guards.orphans import shown_numbers
from recomputed.guards.passages import PRINTED, Text, read_text
from recomputed.guards.tree import tree_of
from recomputed.judgement import Executed
from recomputed.ledger.examination import examine
from recomputed.tables.load import load

EXAMINATION = examine(load())
NUMBERS = EXAMINATION.numbers


def read(markdown: str) -> Text:
    return read_text(tree_of(markdown), markdown)


def test_what_the_registry_prints_is_left_out(executed_paper: Executed) -> None:
    markdown = executed_paper.woven.markdown
    text = read(markdown)
    left = without_printed(text, markdown, EXAMINATION)
    assert {passage.of for passage in text.passages if passage.of in PRINTED} == set(PRINTED)
    assert not [passage for passage in left.passages if passage.of in PRINTED]
    assert set(shown_numbers(text)) == set(NUMBERS)
    assert set(shown_numbers(left)) < set(NUMBERS)
    assert [p for p in text.passages if p.of not in PRINTED] == list(left.passages)


@pytest.mark.parametrize(
    ("before", "after", "of"),
    [
        ("about [120]", "about [121]", "numbers"),
        ("computed: the largest", "computed: the third", "numbers"),
        ('"cell":"120"', '"cell":"121"', "number-cards"),
        ('"cells":["north","100","120"', '"cells":["north","100","121"', "number-rows"),
    ],
)
def test_an_appendix_that_says_anything_else_is_read_like_all_text(
    executed_paper: Executed, before: str, after: str, of: str
) -> None:
    markdown = executed_paper.woven.markdown
    assert before in markdown
    changed = markdown.replace(before, after)
    left = without_printed(read(changed), changed, EXAMINATION)
    assert {passage.of for passage in left.passages if passage.of in PRINTED} == {of}


def test_a_second_table_of_numbers_is_read_like_all_text(executed_paper: Executed) -> None:
    markdown = f"{executed_paper.woven.markdown}\n\n::: {{.numbers}}\nThere are thirty.\n:::\n"
    left = without_printed(read(markdown), markdown, EXAMINATION)
    assert "There are thirty." in [passage.text for passage in left.passages if passage.of == "numbers"]
