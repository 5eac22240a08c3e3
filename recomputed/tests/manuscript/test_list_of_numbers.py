"""The appendix's table of all numbers."""

import re

from recomputed.manuscript.list_of_numbers import anchor, code
from recomputed.manuscript.paper import open_paper


def test_it_has_a_row_for_every_number_sorted_by_id_each_with_its_value() -> None:
    paper = open_paper()
    table = paper.table_of_numbers()
    rows = re.findall(r"^\| `([^`]+)`\{#(\S+)\} \| .*?data-number=\"([^\"]+)\"", table, re.MULTILINE)
    assert [row[0] for row in rows] == sorted(paper.numbers)
    assert all(row == (row[0], anchor(row[0]), row[0]) for row in rows)


def test_a_derived_number_names_its_operands_and_a_transcribed_one_its_rows() -> None:
    lines = {line.split("`")[1]: line for line in open_paper().table_of_numbers().split("\n") if "`" in line}
    derived = lines["growth.rise.north"]
    assert "computed: index after the sign" in derived
    assert "(`growth.index.north`, `growth.before.north`)" in derived
    assert "`stalls.csv: guests.north guests.north.table`" in lines["stalls.guests.north"]
    assert "| about [120]" in lines["growth.index.north"]


def test_a_key_that_would_end_the_code_is_escaped_text() -> None:
    assert code("growth.csv: north") == "`growth.csv: north`"
    assert code("a`b") == r"a\`b"
    assert code("a|b") == r"a\|b"
