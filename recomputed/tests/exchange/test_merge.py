"""Two texts that come from one are merged paragraph by paragraph, or it is told where both say something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recomputed.exchange.merge import Conflict, merged

ONE, TWO, THREE, FOUR = (
    "Leaves are picked by hand.",
    "Water boils slowly. Nobody waits.",
    "Cups break often here.",
    "Signs are painted at noon.",
)
NEW, OTHER = "Quite another matter.", "Nothing of the kind before."


def text(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs) + "\n"


BASE = text(ONE, TWO, THREE, FOUR)
WET = TWO.replace("Water boils", "Rain water boils")
SOON = TWO.replace("waits", "waits long")


@pytest.mark.parametrize(
    ("here", "there", "both"),
    [
        (text(TWO, THREE, FOUR), text(ONE, WET, THREE, FOUR), text(WET, THREE, FOUR)),
        (text(ONE, WET, THREE, FOUR), text(ONE, TWO, FOUR), text(ONE, WET, FOUR)),
        (text(TWO, THREE, FOUR), text(ONE, THREE, FOUR), text(THREE, FOUR)),
        (text(ONE, NEW, TWO, THREE, FOUR), text(ONE, WET, THREE, FOUR), text(ONE, NEW, WET, THREE, FOUR)),
        (text(ONE, NEW, TWO, THREE, FOUR), text(TWO, THREE, FOUR), text(NEW, TWO, THREE, FOUR)),
        (text(ONE, WET, THREE, FOUR), text(ONE, SOON, NEW, THREE, FOUR),
         text(ONE, WET.replace("waits", "waits long"), NEW, THREE, FOUR)),
        (text(ONE, THREE, FOUR, TWO), text(ONE, WET, THREE, FOUR), text(ONE, THREE, FOUR, WET)),
        (text(ONE, WET, THREE, FOUR), text(ONE, THREE, FOUR, TWO), text(ONE, THREE, FOUR, WET)),
        (text(ONE, THREE, FOUR, TWO), text(ONE, THREE, FOUR, TWO), text(ONE, THREE, FOUR, TWO)),
    ],
    ids=["a neighbour out", "a neighbour out there", "two neighbours out", "one put in before a changed one",
         "one put in behind one that went", "one more behind a changed one", "one moved that was changed",
         "one changed that was moved", "one moved by both alike"],
)  # fmt: skip
def test_neighbours_that_were_changed_apart_are_both_there(here: str, there: str, both: str) -> None:
    assert (both, []) == merged(BASE, here, there)


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        (text(ONE, THREE, FOUR), text(ONE, WET, THREE, FOUR), Conflict(3, "", WET)),
        (text(ONE, WET, THREE, FOUR), text(ONE, THREE, FOUR), Conflict(3, WET, "")),
        (text(ONE, f"{TWO} {NEW}", THREE, FOUR), text(ONE, THREE, FOUR), Conflict(3, f"{TWO} {NEW}", "")),
        (text(ONE, TWO, NEW, THREE, FOUR), text(ONE, TWO, OTHER, THREE, FOUR), Conflict(5, NEW, OTHER)),
        (text(ONE, THREE, FOUR, TWO), text(TWO, ONE, THREE, FOUR), Conflict(3, TWO, TWO)),
        (text(ONE, THREE, FOUR), text(ONE, THREE, FOUR, TWO), Conflict(3, "", TWO)),
    ],
    ids=["one out that was changed", "one changed that is out", "one longer that is out", "two put in at one place",
         "one moved by both to two places", "one out that was moved"],
)  # fmt: skip
def test_what_both_have_otherwise_is_told_by_its_row_and_nothing_is_there_twice(
    here: str, there: str, told: Conflict
) -> None:
    found, conflicts = merged(BASE, here, there)
    assert [told.here, told.there] in [[one.here, one.there] for one in conflicts]
    assert told.row in [one.row for one in conflicts]
    assert here == found


def test_a_number_that_was_renamed_is_so_in_a_sentence_that_was_rewritten() -> None:
    base = 'It is `{python} n["a.b"]` of `{python} n["c.d"]` cups.\n'
    here = base.replace("a.b", "a.new")
    there = 'Of `{python} n["c.d"]` cups it is as many as `{python} n["a.b"]`.\n'
    assert (there.replace("a.b", "a.new"), []) == merged(base, here, there)
    assert [] != merged(base, here.replace("cups", "bowls"), there)[1]


NOTED = TWO.replace("slowly", "slowly <!-- Ben: How? Why? -->")


@pytest.mark.parametrize(
    ("here", "both"),
    [
        (
            text(ONE, WET, THREE, FOUR),
            text(ONE, f"{WET[:24]} <!-- Ben: How? Why? -->{WET[24:]}", THREE, FOUR),
        ),
        (text(ONE, THREE, FOUR), text(ONE, "<!-- Ben: How? Why? -->", THREE, FOUR)),
        (text(ONE, SOON, THREE, FOUR), text(ONE, NOTED.replace("waits", "waits long"), THREE, FOUR)),
    ],
    ids=["a sentence", "nothing any more", "another sentence"],
)
def test_a_comment_stays_on_what_has_changed_since(here: str, both: str) -> None:
    assert (both, []) == merged(BASE, here, text(ONE, NOTED, THREE, FOUR))


CHANGES = st.sampled_from(["changed", "out", "behind", "moved"])


@given(st.text(alphabet="ab.\n ", max_size=40), st.text(alphabet="ab.\n ", max_size=40))
def test_what_only_one_changed_is_as_they_left_it(one: str, other: str) -> None:
    """But for the blank lines at the end, which stay as they are here."""
    assert (one, []) == merged(other, one, other)
    found, conflicts = merged(other, other, one)
    assert (one.rstrip("\n"), []) == (found.rstrip("\n"), conflicts)


@given(st.lists(st.tuples(st.booleans(), CHANGES), min_size=8, max_size=8), st.integers(0, 7))
def test_of_changes_of_other_paragraphs_none_is_lost(changes: list[tuple[bool, str]], to: int) -> None:
    """Each paragraph is changed by one of the two; what they make of it is there once, unless it is told."""
    base = [f"{letter * 3} {letter * 5} {letter * 7} {letter * 4}." for letter in "abcdefgh"]
    sides, left = [list(base), list(base)], dict(enumerate(base))
    for nth, (here, change) in enumerate(changes):
        own, old = sides[here], base[nth]
        at = own.index(old)
        if change == "changed":
            left[nth] = own[at] = f"{old} More."
        elif change == "out":
            left.pop(nth)
            own.remove(old)
        elif change == "behind":
            own.insert(at + 1, f"New {nth} {nth}{nth} {nth}{nth}{nth}.")
        else:
            own.remove(old)
            own.insert(to, old)
    found, conflicts = merged(*(text(*one) for one in (base, *sides)))
    said = [one for one in found.strip().split("\n\n") if one]
    news = [one for own in sides for one in own if one.startswith("New")]
    assert conflicts or sorted(said) == sorted([*left.values(), *news])
