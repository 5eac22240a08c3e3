"""An edited paragraph is put into the page as it would be typeset with all else, and nothing else is put in so."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import replace

import pytest

from recomputed.judgement import Executed
from recomputed.preview import pieces
from recomputed.preview.patch import difference, put_in
from recomputed.preview.pieces import Typesetter


def _edited(executed: Executed, old: str, new: str) -> Executed:
    markdown = executed.woven.markdown
    assert markdown.count(old) == 1, old
    return replace(executed, woven=replace(executed.woven, markdown=markdown.replace(old, new)))


def _plain(pages: Mapping[str, str]) -> dict[str, str]:
    """The pages without the count of each number's occurrences, which is set when all is."""
    return {name: re.sub(r'(id="num-[^"]*-)\w+"', r'\1"', page) for name, page in pages.items()}


def _only_small(set_pages: Callable[..., Mapping[str, str]]) -> Callable[..., Mapping[str, str]]:
    """What typesets, and refuses to typeset all."""

    def typeset(executed: Executed, parts: Sequence[Sequence[str]]) -> Mapping[str, str]:
        if executed.woven.markdown != pieces._BEGIN:
            raise LookupError("the whole")
        return set_pages(executed, parts)

    return typeset


@pytest.fixture(scope="module")
def typeset(executed_paper: Executed) -> Typesetter:
    setter = Typesetter()
    setter.typeset(executed_paper)
    return setter


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Guests wait", "Visitors *always* wait"),  # with numbers, a claim and two references
        ("\n\nThe signs were painted", "\n\nA sentence [@kettle2018].\n\nThe signs were painted"),
        ("\n\nEvery stall", "\n\nThe first one of a section, $x^2$.\n\nEvery stall"),
        ("This supplement holds", "This long supplement holds"),
    ],
)
def test_a_paragraph_is_put_in_as_it_is_typeset_with_all_else(
    executed_paper: Executed, typeset: Typesetter, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    setter, edited = copy(typeset), _edited(executed_paper, old, new)
    with monkeypatch.context() as patch:
        patch.setattr(pieces, "_set_pages", _only_small(pieces._set_pages))
        pages = setter.typeset(edited)
    assert pages != typeset._set[-1]
    assert _plain(pages) == _plain(setter.typeset(edited, whole=True))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Does a painted sign", "Does any painted sign"),  # with a note, which is counted
        ("What is not there", "What is missing"),
        ("# Question", "# Questions"),
        ("what is reported of them", "what is said of them"),
        ("Guests wait", "Guests @nobody2020 wait"),
        ("Guests wait", "Guests @fig-nothing wait"),
    ],
)
def test_what_is_counted_or_wrong_is_typeset_with_all_else(
    executed_paper: Executed, typeset: Typesetter, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    monkeypatch.setattr(pieces, "_set_pages", _only_small(pieces._set_pages))
    with pytest.raises(LookupError, match="the whole"):
        copy(typeset).typeset(_edited(executed_paper, old, new))


def _paragraph(text: str) -> dict[str, object]:
    return {"t": "Para", "c": [{"t": "Str", "c": text}]}


A, B, C = map(_paragraph, "abc")
HEADING = {"t": "Header", "c": [1, ["x", [], []], []]}


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ([A, B], [A, B], None),
        ([A, B], [A, C], (1, 2, 2)),
        ([A, B], [A, C, B], (0, 1, 2)),
        ([HEADING, B], [HEADING, C, B], (1, 2, 3)),
        ([A, B, C], [A, C], (1, 2, 1)),
        ([A, HEADING], [B, HEADING], (0, 1, 1)),
        ([A, HEADING], [A, A], None),
        ([HEADING], [HEADING, A], None),  # nothing stands beside it that can be found
        ([], [A], None),
        ([A], [], (0, 1, 0)),
    ],
)
def test_what_differs_is_found_with_a_neighbour_where_it_is_new(
    before: list[dict[str, object]], after: list[dict[str, object]], where: tuple[int, int, int] | None
) -> None:
    assert difference(before, after) == where


def _typeset(old: str, new: str) -> str:
    return f"<p>xqzbeforexqz</p>\n{old}\n<p>xqzafterxqz</p>\n{new}\n<p>xqzendxqz</p>"


def test_numbers_keep_their_places_in_the_page_and_new_ones_get_their_own() -> None:
    number = '<span id="num-{}">1</span>'
    page = f"<p>{number.format('a-1')}</p><p>{number.format('a-2')} x</p><p>end</p>"
    old, new = f"<p>{number.format('a-1')} x</p>", f"<p>{number.format('a-1')} y {number.format('a-2')}</p>"
    expected = (
        f"<p>{number.format('a-1')}</p><p>{number.format('a-2')} y {number.format('a-new0')}</p><p>end</p>"
    )
    assert put_in(page, _typeset(old, new)) == expected


def test_a_paragraph_that_is_not_once_in_the_page_is_not_put_in() -> None:
    assert put_in("<p>a</p><p>a</p>", _typeset("<p>a</p>", "<p>b</p>")) is None
    assert put_in("<p>c</p>", _typeset("<p>a</p>", "<p>b</p>")) is None
    assert put_in("<p>a</p>", "<p>what pandoc set differently</p>") is None
