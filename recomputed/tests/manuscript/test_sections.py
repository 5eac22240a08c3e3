"""Text read section by section is what it is as a whole, and only what differs is read."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

from recomputed.faults import CheckFailed
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import parse, parse_all
from recomputed.manuscript.sections import Sections, read_sections, split


def test_sections_begin_at_headings_that_stand_alone() -> None:
    inside = "```\n\n# code\n```\n\n::: {.note}\n\n# title\n:::"
    assert list(split(f"a\n\n# b\nc\n# d\n\n{inside}\n\n## e")) == [
        "a\n",
        f"# b\nc\n# d\n\n{inside}\n",
        "## e",
    ]


def test_paragraphs_are_apart_where_nothing_ties_them() -> None:
    assert list(split("# a\n\nx\ny\n\n*z*\n\n- i\n\n  j\n\nk")) == [
        "# a\n",
        "x\ny\n\n*z*\n\n- i\n\n  j\n",
        "k",
    ]
    assert len(list(split("x[^1]\n\ny\n\n[^1]: z\n\nu"))) == 1


@pytest.mark.parametrize(
    "markdown",
    [
        "Term\n\n:   Meaning\n\nTerm two\n\n:   Meaning two\n\nText",
        "Term\n~ Meaning\n\nOther\n~ Meaning",
        "Table: Caption {#tbl-a}\n\n| a |\n|---|\n| 1 |\n\nText",
        "Text\n\n| a |\n|---|\n| 1 |\n\n: Caption {#tbl-a}\n\nText",
        "Text\n\na | b\n---|---\n1 | 2\n\n: Caption\n\nText",
        "----- -----\nLeft  two\nlines\n\nNext  row\n----- -----\n\n: Caption\n\nText",
        "+---+\n| a |\n|   |\n| b |\n+---+\n\nText",
        "a. one\n\nb. two\n\niv) x\n\nText",
        "A.  one\n\nB.  two\n\nI. J. Name begins\n\nText",
        "- one\n\n- two\n\nText\n\n> Quoted\n\nText\n\n| Line\n| block\n\nText",
        "Title\n=====\n\nText\n\nTitle\n-----\n\nText",
        "Text[^n]\n\n[^n]: Note\n\n    goes on\n\nText",
        "::: {.callout-note}\n## Title\n\nText\n\nText\n:::\n\nText",
        "Text\n\n    code\n\n```\nText\n\nText\n```\n\nText",
        "Text\n\n---\n\nText\n\n* * *\n\nText",
        "x\n\n$$\na = b\n$$ {#eq-a}\n\nText @a2020 and [@b2020].\n\nText @a2020.",
        "(a) one\n\n(b) two\n\nText\n\nÄ text",
        "Text\n\n\n\nText  \nbroken\n\nText\\\nbroken",
    ],
)
def test_a_text_by_its_pieces_is_the_text(markdown: str) -> None:
    document, _ = read_sections(markdown, {}, parse_all)
    assert document
    assert _told(parse(markdown)) == _told(document)


def _told(document: bytes) -> Any:
    return json.loads(re.sub(rb'"citationNoteNum":\d+', b'"citationNoteNum":0', document))  # counted through


def test_the_paper_by_sections_is_the_paper(executed_paper: Executed) -> None:
    markdown = executed_paper.woven.markdown
    document, known = read_sections(markdown, {}, parse_all)
    assert document
    assert _told(parse(markdown)) == _told(document)
    assert 5 < len(known)


def test_texts_that_are_read_at_once_are_what_each_is_by_itself() -> None:
    texts = [
        "# a\n\nä *b*[^1]\n\n[^1]: c",
        "",
        "<!-- never ends",
        "x --> y",
        "# a\n\n| a |\n|---|\n| 1 |",
        "a\u2028b",
        "Kinanti et al. of cf. x",
        "a\tb\n\n    x\ty",
    ]
    assert [json.loads(parse(text)) for text in texts] == [json.loads(one) for one in parse_all(texts)]
    assert [] == parse_all([])


def test_what_is_known_is_not_read_again() -> None:
    asked: list[str] = []

    def read(texts: Sequence[str]) -> list[bytes]:
        asked.extend(texts)
        return parse_all(texts)

    known: Sections = {}
    _, known = read_sections("# a\n\nx\n\n# b\n\ny", known, read)
    _, known = read_sections("# a\n\nx\n\n# b\n\nz", known, read)
    assert ["# a\n", "# b\n", "x\n", "y", "z"] == sorted(asked)
    assert {"# a\n", "x\n", "# b\n", "z"} == set(known)


def test_what_pandoc_warns_of_is_told_where_it_is_asked_for() -> None:
    texts = ["x", "[^1]: never used"]
    assert len(parse_all(texts, warn=False)) == 2
    with pytest.raises(CheckFailed, match="Note with key '1'"):
        parse_all(texts)


@pytest.mark.parametrize(
    "markdown",
    [
        "# a\n\nx[^1]\n\n# b\n\n[^1]: note",
        "# a\n\n[x]\n\n# b\n\n[x]: https://example.org",
        "# a\n\n(@) one\n\n# b\n\n(@) two",
        "# a\n\nx\n\n# a\n\ny",
    ],
)
def test_what_has_to_do_with_text_far_away_is_no_matter_of_sections(markdown: str) -> None:
    def whole(text: str) -> Any:
        return json.loads(parse(text))

    document, _ = read_sections(markdown, {}, parse_all)
    assert document is None
    assert whole("# a\n\nx\n\n# b\n\ny") == json.loads(
        read_sections("# a\n\nx\n\n# b\n\ny", {}, parse_all)[0] or b""
    )
