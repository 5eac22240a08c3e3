"""The ledger's expressions mean what their grammar says, for intervals, and nothing else is accepted."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.ledger.expressions import (
    DEEPEST,
    LONGEST,
    ExpressionError,
    holds,
    parse_statement,
    parse_value,
    value,
)
from recomputed.quantity.intervals import Interval

VALUES = {
    "two": Interval.point(2),
    "low": Interval.closed(10, 50),
    "high": Interval.closed(150, 300),
    "inner": Interval.closed(25, 35),
    "stalls.guests.north.low-ends": Interval.point(7),
}


def worth(text):
    return value(parse_value(text), VALUES.__getitem__)


def so(text):
    return holds(parse_statement(text), VALUES.__getitem__)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two + 3 * two", Interval.point(8)),
        ("(two + 3) * two", Interval.point(10)),
        ("10 - 4 - 3", Interval.point(3)),
        ("12 / 4 / 3", Interval.point(1)),
        ("-two - -3", Interval.point(1)),
        ("stalls.guests.north.low-ends - 1", Interval.point(6)),
        ("hull(two, low)", Interval.closed(2, 50)),
        ("min(low, inner)", Interval.closed(10, 35)),
        ("max(low, inner)", Interval.closed(25, 50)),
        ("low / 0.5", Interval.closed(20, 100)),
    ],
)
def test_values(text, expected):
    assert worth(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("low < high", True),
        ("high < low", False),
        ("inner < low", None),
        ("low > two and low < high", True),
        ("high < low or two = 2", True),
        ("high < low and inner < low", False),
        ("inner < low and two = 2", None),
        ("two = 2 or inner < low", True),
        ("not high < low", True),
        ("not inner < low", None),
        ("inner within low", True),
        ("low within inner", None),
        ("low within high", False),
        ("inner overlaps low", True),
        ("low overlaps high", False),
        ("two >= 2 and two <= 2 and two != 3", True),
        ("two != 2", False),
        ("low = inner", None),
        ("(two + 1) * 2 = 6", True),
        ("(two = 2 or two = 3) and low < high", True),
        ("two = 2 or two = 2 and high < low", True),
    ],
)
def test_statements_hold_or_not_or_depend(text, expected):
    assert so(text) is expected


@given(st.lists(st.fractions(max_denominator=9), min_size=3, max_size=3))
def test_relations_of_points_are_those_of_numbers(numbers):
    a, b, c = numbers
    lookup = {"a": Interval.point(a), "b": Interval.point(b), "c": Interval.point(c)}.__getitem__
    assert holds(parse_statement("a < b or b <= c"), lookup) is (a < b or b <= c)
    assert holds(parse_statement("not a > min(b, c)"), lookup) is (a <= min(b, c))
    assert value(parse_value("a - (b - c) * 2"), lookup).value == Fraction(a - (b - c) * 2)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "found 'the end'"),
        ("two <", "character 6: expected a number, an id or a function, found 'the end'"),
        ("two", "expected one of < <= > >= = != within overlaps"),
        ("two < 3 4", "character 9: expected the end, found '4'"),
        ("two < 3 and", "found 'the end'"),
        ("two < __import__('os')", "character 7: '_' has no meaning here"),
        ("two.real < 3 ; x", "';' has no meaning here"),
        ("min two < 3", "expected '\\('"),
        ("min(two < 3", "expected '\\)'"),
        ("two < within", "found 'within'"),
        ("(" * (DEEPEST + 1) + "two" + ")" * (DEEPEST + 1) + " < 3", f"at most {DEEPEST} levels"),
        ("two" + " + two" * LONGEST + " < 3", f"at most {LONGEST} characters"),
    ],
)
def test_what_is_no_statement_is_refused_with_its_place(text, message):
    with pytest.raises(ExpressionError, match=message):
        parse_statement(text)


def test_a_statement_is_no_value_and_ids_are_listed_in_reading_order():
    with pytest.raises(ExpressionError, match="expected the end, found '<'"):
        parse_value("two < 3")
    assert list(parse_statement("b < a + b").ids()) == ["b", "a", "b"]
