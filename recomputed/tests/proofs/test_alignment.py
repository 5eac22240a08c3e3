"""Words of the paper find their places in a proof whose blocks have moved."""

import pytest

from recomputed.proofs.alignment import align

TEXT = ["the", "article", "tells", "of", "ten", "stalls", "in", "the", "north"]
CAPTION = ["bars", "show", "the", "guests", "of", "each", "stall", "in", "one", "day"]


@pytest.mark.parametrize("stolen", [["the"], ["the", "article"]])
def test_the_first_words_of_a_block_stay_with_it_where_others_like_them_follow_a_moved_one(
    stolen: list[str],
) -> None:
    """As a figure at the foot of a page is followed by what begins like the text after it."""
    paper = [*CAPTION, *TEXT]
    proof = [*TEXT, *CAPTION, *stolen, "other", "words"]
    match = align(paper, proof, [len(CAPTION)])
    assert list(range(len(TEXT))) == match[len(CAPTION) :]


def test_the_last_words_of_a_block_stay_with_it_where_others_like_them_precede_a_moved_one() -> None:
    paper = [*TEXT, *CAPTION]
    proof = ["far", "north", *CAPTION, *TEXT]
    match = align(paper, proof, [len(TEXT)])
    assert list(range(2 + len(CAPTION), 2 + len(CAPTION) + len(TEXT))) == match[: len(TEXT)]


def test_the_first_word_of_a_block_goes_to_its_own_where_another_block_begins_with_it_too() -> None:
    names, project, text = TEXT[1:], ["the", "project"], ["the", *CAPTION]
    match = align([*names, *project, *text], [*names, *text, *project], [len(names), len(names) + 2])
    assert list(range(len(names), len(names) + len(text))) == match[len(names) + 2 :]
