"""YAML is read as Quarto reads it, and what would grow without end is refused by its row, at once."""

import time

import pytest

from recomputed.faults import InputError
from recomputed.yaml_text import Yaml, read_yaml

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


def test_a_value_is_what_quarto_takes_it_for() -> None:
    text = "day: 2026-01-02\nyes: yes\ntime: 12:30\ncode: 0123\nnone:\nfloat: 1.5\nint: 3\ntrue_: true\nlist: [~, a]\n"
    expected = {
        "day": "2026-01-02",
        "yes": "yes",
        "time": "12:30",
        "code": "0123",
        "none": None,
        "float": 1.5,
        "int": 3,
        "true_": True,
        "list": [None, "a"],
    }
    assert expected == read_yaml(text, "f.yml").value


def test_each_value_has_its_row() -> None:
    rows = read_yaml("a:\n  b: 1\n  c:\n    - x\n    - d: y\n", "f.yml", row=2).rows
    assert {
        ("a",): 2,
        ("a", "b"): 3,
        ("a", "c"): 4,
        ("a", "c", 0): 5,
        ("a", "c", 1): 6,
        ("a", "c", 1, "d"): 6,
    } == rows


def test_an_empty_text_says_nothing() -> None:
    assert Yaml() == read_yaml("# only a comment\n", "f.yml")


def test_an_alias_stands_for_its_value() -> None:
    assert {"a": {"b": 1}, "c": [{"b": 1}, {"b": 1}]} == read_yaml("a: &a {b: 1}\nc: [*a, *a]\n", "f").value


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        (BOMB, 5, "more than 20000 values"),
        ("\n".join(f"k{n}: v" for n in range(100_000)), 10_000, "more than 20000 values"),
        ("a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 500)), 23, "more than 24"),
        ("a: " + "[" * 100_000, 1, "more than 24 mappings and lists in one another"),
        ("a: " + "{a: " * 100_000, 1, "more than 24"),
        ("\n".join(" " * n + "a:" for n in range(1000)), 24, "more than 24"),
        ("- " * 300_000, 1, "more than 24"),
        ("a: " + ": " * 300_000, 1, "mapping values are not allowed"),
        ("x: 1\na: &a [*a]\n", 2, "the alias *a inside what it stands for"),
        ("a: *b\n", 1, "undefined alias"),
        ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, "the key 'c' again"),
        ("a: 1\n? [a]\n: b\n", 2, "a key that is no text"),
        ("a: 1\ntrue: 2\n", 2, "a key that is no text"),
        ("a: !!python/object:os.system x\n", 1, "the tag tag:yaml.org,2002:python/object:os.system"),
        ("a: !expr 1 + 1\n", 1, "the tag !expr"),
        ("a: 1\nb: \x01\n", 2, "control characters are not allowed"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("a:\n\tb: 1\n", 2, "character that cannot start any token"),
        ('a: "' + "x" * 1_000_000, 1, "unexpected end of stream"),
        ("a: " + "9" * 5000, 1, "Exceeds the limit"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_row_at_once(text: str, row: int, found: str) -> None:
    start = time.process_time()
    with pytest.raises(InputError) as error:
        read_yaml(text, "f.yml")
    assert time.process_time() - start < 2
    (fault,) = error.value.faults
    assert ("f.yml", "YAML", row) == (fault.file, fault.expected, fault.row)
    assert found in fault.found
