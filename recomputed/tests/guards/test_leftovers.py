"""What a failed computation leaves is told at its place; the same characters as text of the data are text."""

import pytest

from recomputed.guards.leftovers import left_in_line
from synthetic.variants import PAPER, change, guard_here

TEXT = "Does a painted sign"
CELL = 'print(paper.table("waits"'


def left(qmd: str) -> list[str]:
    return [one for one in guard_here(qmd).failures if "is left in the text" in one]


def test_nothing_is_left_in_the_paper() -> None:
    assert [] == left(PAPER)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("See {{< meta title >}}", "{{<"),
        ("See ?@fig-x", "?@f"),
        ("[a]{.num data-number=x y}", "]{.n"),
        ("::: x y", ":::"),
        ("See[^zz]", "[^zz]"),
    ],
)
def test_markup_that_nobody_reads_is_told_at_its_character(written: str, found: str) -> None:
    qmd = change(PAPER, TEXT, f"{written} {TEXT}")
    at = qmd.index(found, qmd.index(written))
    place = f"line {qmd.count(chr(10), 0, at) + 1}, column {at - qmd.rfind(chr(10), 0, at)}"
    assert [f"paper.qmd, {place}: {found!r} is left in the text, of what failed or was not read"] == left(qmd)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("print(None)", "None"),
        ("print(float('nan'))", "nan"),
        ("print(n['counts.stalls'].number.value.__class__)", "<class"),
        ("print(repr(n['counts.stalls']))", "Inline("),
        ("print(object())", "<object object at"),
        ("print('`{python} x`')", "`{python}"),
        ("""print('[a]{title="' + f"{n['counts.stalls']}" + '"}')""", "]{title="),
    ],
)
def test_what_a_cell_prints_of_a_failure_is_told_at_the_cell(code: str, found: str) -> None:
    qmd = change(PAPER, CELL, f"{code}\n{CELL}")
    first = qmd[: qmd.index(code)].count("\n") - 2  # the cell's fence
    told = left(qmd)
    assert any(repr(found) in one for one in told)
    assert all(first <= int(one.split()[2].rstrip(",")) <= first + 4 for one in told)


@pytest.mark.parametrize(
    "printed",
    ["None", "NaN", "NaT", "np.int64(3)", "Decimal('1')", "Interval(1, 2)", "CaseName(a)", "Timestamp('2024')",
     "alt.LayerChart(...)", "<analysis.a.B>", "<function f>", "<bound method f>", "<generator f>", "<NA>", "?@fig-a"],
)  # fmt: skip
def test_each_way_in_which_a_computation_fails_is_seen_within_a_line(printed: str) -> None:
    assert list(left_in_line(f"of {printed} to", printed=True))
    assert list(left_in_line(printed, printed=True))


def test_the_same_words_in_prose_and_escaped_are_text() -> None:
    prose = "None of the nan, np.x"
    text = "`{python} x` {{< None >}} NaN ?@fig ]{.num np.x"
    code = f"from recomputed.manuscript.inline import escape\nprint(escape({text!r}))"
    assert [] == left(change(change(PAPER, TEXT, f"{prose} {TEXT}"), CELL, f"{code}\n{CELL}"))


def test_markup_in_code_or_escaped_or_in_a_formula_is_meant() -> None:
    meant = r"`[^zz]`, `{#fig-x}`, `:::`, \[^zz\] and $x[^a]$"
    assert [] == left(change(PAPER, TEXT, f"{meant} {TEXT}"))
