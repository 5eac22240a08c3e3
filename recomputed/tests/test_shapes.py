"""A value is held to a table of shapes: each misfit is told once, at its path, with what was expected there."""

from typing import Any

import pytest

from recomputed.shapes import FLAG, NOTHING, TEXT, WHOLE, Keys, Shape, misfits, never

TREE = Keys({"a": TEXT, "b": [WHOLE]}, "a table", required=["a"])


def told(value: Any, shape: Shape) -> list[tuple[Any, ...]]:
    return [(one.path, one.expected, one.value) for one in misfits(value, shape)]


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"a": "x", "b": [1, 2]}, TREE),
        ({"x": True, "y": False}, Keys({}, others=FLAG)),
        ("x", (FLAG, TEXT)),
        ([True, "x"], [FLAG, TEXT]),
        ({"a": {"c": "x"}}, {"a": {"c": TEXT}}),
        (3, lambda value: TEXT if isinstance(value, str) else WHOLE),
    ],
)
def test_what_fits_is_not_told(value: Any, shape: Shape) -> None:
    assert [] == told(value, shape)


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        (3, TREE, [((), "a table", 3)]),
        ({}, TREE, [(("a",), "a text", NOTHING)]),
        ({"a": None}, TREE, [(("a",), "a text", None)]),
        ({"a": "x", "b": [1, True, "y"]}, TREE,
         [(("b", 1), "a whole number", True), (("b", 2), "a whole number", "y")]),
        ({"a": "x", "b": {}}, TREE, [(("b",), "a list", {})]),
        ({"x": 1}, Keys({}, others=FLAG), [(("x",), "true or false", 1)]),
        (1, (FLAG, [FLAG], {"c": TEXT}), [((), "true or false, or a list of these, or the keys c", 1)]),
        ([1], [lambda value: never(f"not {value}")], [((0,), "not 1", 1)]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_where_it_stands(value: Any, shape: Shape, expected: list[Any]) -> None:
    assert expected == told(value, shape)


def test_a_key_that_is_not_known_is_told_with_those_that_are() -> None:
    (one,) = misfits({"a": "x", "bb": 1}, TREE)
    assert ((), "bb", ("a", "b")) == (one.path, one.key, tuple(one.known))
