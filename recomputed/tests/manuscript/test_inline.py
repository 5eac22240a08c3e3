"""Inline expressions of the manuscript."""

import math

import pytest

from recomputed import paths
from recomputed.judgement import Edition
from recomputed.manuscript.execute import ExecutionError, execute
from recomputed.manuscript.inline import CaseName, Inlines, NotDerived, escape, is_blind
from recomputed.manuscript.source import parse_manuscript
from recomputed.quantity.numbers import Numbers, UnknownNumber
from synthetic.quantities import made


def test_an_inline_number_is_a_span_with_its_id(numbers):
    inline = Inlines(numbers)["growth.rise.hill"]
    assert inline._repr_markdown_() == '[35%]{.num data-number="growth.rise.hill"}'
    assert f"up {inline}" == 'up [35%]{.num data-number="growth.rise.hill"}'
    assert str(inline) == "35%"


def test_the_other_ways_keep_the_id(numbers):
    inline = Inlines(numbers)["counts.stalls"]
    assert [str(inline.words), str(inline.Words), str(inline.ordinal)] == ["three", "Three", "third"]
    assert inline.words.number.id == "counts.stalls"
    guests = Inlines(numbers)["stalls.guests.north"]
    assert [str(guests.low), str(guests.high), str(guests.bare)] == ["40", "60", "40–60"]
    assert str(Inlines(numbers)["growth.rise.north"].bare) == "20"
    december = Numbers()
    december.add([made(12, unit="month-of-year")])
    assert str(Inlines(december)["x"].digits) == "12"


def test_another_language_is_another_set_of_inlines(numbers):
    assert str(Inlines(numbers, "de")["growth.mean"]) == "21,0\u00a0%"


def test_an_unknown_id_is_refused(numbers):
    with pytest.raises(UnknownNumber):
        Inlines(numbers)["growth.rise.valley"]


def test_text_is_escaped_so_that_markdown_shows_it_as_it_is():
    assert escape("a*b_[c](d)<e>`$x$`|~^#@{f}") == (r"a\*b\_\[c\]\(d\)\<e\>\`\$x\$\`\|\~\^\#\@\{f\}")


def test_a_name_is_a_span_of_its_own():
    assert CaseName("S1", "A_B")._repr_markdown_() == r'[A\_B]{.case data-case="S1"}'


@pytest.mark.parametrize(
    ("profile", "blind"), [("", False), ("blind", True), ("draft,blind", True), ("blinds", False)]
)
def test_the_blind_edition_is_one_of_the_profiles(monkeypatch, profile, blind):
    monkeypatch.setenv("QUARTO_PROFILE", profile)
    assert is_blind() is blind


@pytest.mark.parametrize(
    ("compute", "what"),
    [
        (lambda a, b: a - b, "a difference of growth.mean and growth.spread"),
        (lambda a, b: 1 + a, "a sum of growth.mean"),
        (lambda a, b: sum([a, b]), "a sum of growth.mean"),
        (lambda a, b: a / 2, "a ratio of growth.mean"),
        (lambda a, b: 100 * a, "a product of growth.mean"),
        (lambda a, b: a.value * 2, "the value of growth.mean"),
        (lambda a, b: float(a), "a conversion of growth.mean"),
        (lambda a, b: round(a, 1), "a rounding of growth.mean"),
        (lambda a, b: math.floor(a), "a rounding of growth.mean"),
        (lambda a, b: abs(a), "another sign of growth.mean"),
        (lambda a, b: a > b, "a comparison of growth.mean and growth.spread"),
        (lambda a, b: max(a, b), "a comparison of growth.spread and growth.mean"),
        (lambda a, b: f"{a:.1f}", "the format '.1f'"),
    ],
)
def test_what_is_computed_in_the_text_is_refused_with_the_line_that_makes_a_number_of_it(
    numbers, compute, what
):
    n = Inlines(numbers)
    with pytest.raises(NotDerived) as raised:
        compute(n["growth.mean"], n["growth.spread"])
    assert f"found {what}" in str(raised.value)
    expected = (
        "`digits=` where the analysis makes growth.mean"
        if "format" in what
        else "`add number` with an id such as"
    )
    assert expected in str(raised.value)


@pytest.mark.parametrize(
    ("compute", "made"),
    [
        (lambda a, b: a - b, 'difference, known["growth.mean"], known["growth.spread"], unit'),
        (lambda a, b: a * b, 'product, known["growth.mean"], known["growth.spread"], unit'),
        (lambda a, b: a + b, 'total, known["growth.mean"], known["growth.spread"], unit'),
        (lambda a, b: sum([a, b]), 'total, known["growth.mean"], …, unit'),
        (lambda a, b: 1 + a, 'FUNCTION, known["growth.mean"], unit'),
        (lambda a, b: a - 1, 'FUNCTION, known["growth.mean"], unit'),
        (lambda a, b: 2 * a, 'FUNCTION, known["growth.mean"], unit'),
        (lambda a, b: a / b, 'FUNCTION, known["growth.mean"], known["growth.spread"], unit'),
    ],
)
def test_a_function_is_named_where_it_makes_what_is_meant_of_all_its_numbers(numbers, compute, made):
    n = Inlines(numbers)
    with pytest.raises(NotDerived) as raised:
        compute(n["growth.mean"], n["growth.spread"])
    assert f'`yield derive("growth.NAME", {made}=' in str(raised.value)


def test_the_fault_has_line_and_column_and_what_to_paste():
    cell = "```{python}\nfrom recomputed import open_paper\nn = open_paper().n\n```"
    said = 'First,\nthen `{python} n["growth.mean"] - n["growth.spread"]`.'
    text = f"---\ntitle: t\n---\n\n{cell}\n\n{said}\n"
    with (
        Edition(paths.ROOT, paths.DATA, draws=False).kernel() as kernel,
        pytest.raises(ExecutionError) as raised,
    ):
        execute(parse_manuscript(text), kernel)
    told = str(raised.value)
    assert told.startswith(
        'paper.qmd, line 11, column 6: `n["growth.mean"] - n["growth.spread"]`: expected a number'
    )
    assert (
        'yield derive("growth.NAME", difference, known["growth.mean"], known["growth.spread"], unit=' in told
    )
    assert "Traceback" not in told
