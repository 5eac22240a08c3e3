"""Text read section by section is what it is as a whole, and only what differs is read."""

import json
import re
from collections.abc import Sequence
from typing import Any

import pytest

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


def test_the_paper_by_sections_is_the_paper(executed_paper: Executed) -> None:
    def told(document: bytes) -> Any:
        return json.loads(
            re.sub(rb'"citationNoteNum":\d+', b'"citationNoteNum":0', document)
        )  # counted through

    markdown = executed_paper.woven.markdown
    document, known = read_sections(markdown, {}, parse_all)
    assert document
    assert told(parse(markdown)) == told(document)
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
    assert ["# a\n\nx\n", "# b\n\ny", "# b\n\nz"] == sorted(asked)
    assert {"# a\n\nx\n", "# b\n\nz"} == set(known)


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
