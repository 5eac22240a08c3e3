"""A typed number is found wherever a reader sees it, also where Markdown makes something else of it."""

import pytest

from recomputed.guards.allowed import Allowances
from recomputed.guards.passages import read_text
from recomputed.guards.tree import tree_of
from recomputed.guards.typed_numbers import Typed, TypedNumbers


def typed(markdown: str, lang: str = "en") -> list[Typed]:
    text = read_text(tree_of(markdown), markdown, lang)
    return list(TypedNumbers({}, {}, Allowances(()), "paper.qmd", lang).in_text(text, lambda *_: None))


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("35. people took part.", ["35"]),
        ("(35) people took part.", ["35"]),
        ("iv. people took part.", ["4"]),
        ("1. people took part.", ["1"]),
        ("2. people\n3. others", ["2"]),
        ('[a link](https://example.org "35 people")', ["35"]),
        ('![](a.svg "35 people")', ["35"]),
        ('[x]{aria-label="35 people"}', ["35"]),
        ("Tome II follows.", ["II"]),
        ("It grew x^2^ times.", ["x2"]),
        ("It has x~2~ of them.", ["x₂"]),
        ("It has ½ of them.", ["½"]),
        ("It has ３５ of them.", ["３５"]),
        ("It has ٣٥ of them.", ["٣٥"]),
        ("Half of them came twice, dozens in all.", ["Half", "twice", "dozens"]),
        ("The trio agree, the duo do not.", ["trio", "duo"]),
    ],
)
def test_it_is_found(markdown: str, expected: list[str]) -> None:
    assert expected == [one.text for one in typed(markdown)]


@pytest.mark.parametrize(
    "markdown",
    ["<!-- 35 people -->\n\nText.", "<!-- 35 --> Text.", "1. people\n2. others", "#. people\n#. others", "(@) people",
     "[a link](https://example.org/35)", "H~2~O boils in O~2~.",
     "In SDG 8 we read.", "Under UU No. 20/2008, p. 83, and Section 5."],
)  # fmt: skip
def test_what_states_no_number_is_left_alone(markdown: str) -> None:
    assert [] == typed(markdown)


def test_the_message_gives_the_ways_out_ready_to_paste() -> None:
    (found,) = typed("In Goal 8 we read.")
    expected = (
        "paper.qmd: a typed number in the paragraph: In Goal »8« we read.. Hint: make it one with `add number`, or let "
        "it pass with row 2 of data/ledger/allowed.csv: typed-number,Goal 8,,why it is no number of the paper"
    )
    assert expected == found.message
