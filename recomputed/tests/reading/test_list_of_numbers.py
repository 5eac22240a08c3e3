"""The appendix's table of all numbers."""

import re

from recomputed.manuscript.paper import open_paper
from recomputed.reading.list_of_numbers import anchor, code


def test_it_has_a_row_for_every_number_sorted_by_id_each_with_its_value() -> None:
    paper = open_paper()
    table = paper.table_of_numbers()
    rows = re.findall(r"^\| `([^`]+)`\{#(\S+)\} \| .*?data-number=\"([^\"]+)\"", table, re.MULTILINE)
    assert [row[0] for row in rows] == sorted(paper.numbers)
    assert all(row == (row[0], anchor(row[0]), row[0]) for row in rows)


def test_a_derived_number_names_its_operands_and_a_transcribed_one_its_rows() -> None:
    """Table of profiles, and results, impact on turnover, paragraph 2."""
    lines = {line.split("`")[1]: line for line in open_paper().table_of_numbers().split("\n") if "`" in line}
    derived = lines["turnover.uplift.K1"]
    assert "dihitung: indeks omzet" in derived
    assert "(`turnover.index.K1`, `turnover.before.K1`)" in derived
    assert "ditranskripsi: `people.csv: total.K1 total.K1.table`" in lines["people.total.K1"]
    assert "| sekitar [125]" in lines["turnover.index.K1"]


def test_a_key_that_would_end_the_code_is_escaped_text() -> None:
    assert code("turnover.csv: K1") == "`turnover.csv: K1`"
    assert code("a`b") == r"a\`b"
    assert code("a|b") == r"a\|b"
