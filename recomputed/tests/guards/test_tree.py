"""A message's line and column are those of the very character in the manuscript, wherever pandoc reads it from."""

import timeit
from pathlib import Path

import pytest

from recomputed.guards import tree
from recomputed.guards.allowed import Allowances
from recomputed.guards.passages import read_text
from recomputed.guards.tree import Origin, tree_of
from recomputed.guards.typed_numbers import TypedNumbers
from recomputed.judgement import Executed
from recomputed.manuscript.markdown import parse
from recomputed.manuscript.rehearse import rehearse
from recomputed.manuscript.source import parse_manuscript
from recomputed.manuscript.weave import weave
from recomputed.quantity.numbers import Number
from synthetic.variants import studied

HERE = "¤"  # in a sample, right before each number that is to be found
HEAD = "---\ntitle: Uji\n---\n\n```{python}\nfrom synthetic.cells import shown\n```\n\n"
#: Markdown by what it is a sample of.
SAMPLES = dict(
    part.split("\n", 1)
    for part in Path(__file__).with_name("places.txt").read_text(encoding="utf-8").split("=== ")[1:]
)


def numbers() -> dict[str, Number]:
    return {id_: studied()[1][id_] for id_ in ("growth.mean",)}


def places(qmd: str) -> list[tuple[int | None, int | None]]:
    manuscript = parse_manuscript(qmd)
    notebook = rehearse(manuscript, None)  # type: ignore[arg-type]
    executed = Executed(manuscript, notebook, weave(manuscript, notebook), None, None)  # type: ignore[arg-type]
    text = read_text(tree_of(executed.woven.markdown), executed.woven.markdown)
    look = TypedNumbers(numbers(), {}, Allowances(()), "paper.qmd", "id")
    found = look.in_text(text, Origin(executed).place)
    return sorted((one.line, one.column) for one in found)  # type: ignore[type-var]


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_number_is_told_at_its_very_character_in(kind: str, line_end: str) -> None:
    marked = HEAD + SAMPLES[kind]
    expected = []
    for row, line in enumerate(marked.split("\n"), start=1):
        parts = line.split(HERE)
        expected += [(row, len("".join(parts[:nth])) + 1) for nth in range(1, len(parts))]
    assert expected
    assert expected == places(marked.replace(HERE, "").replace("\n", line_end))


def test_many_words_are_found_in_few_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [f"{first}{second}ka" for first in "bcdfghjklm" for second in "aeiou"]
    manuscript = parse_manuscript(f"{HEAD}*{'* dan '.join(words)}*\n")
    notebook = rehearse(manuscript, None)  # type: ignore[arg-type]
    executed = Executed(manuscript, notebook, weave(manuscript, notebook), None, None)  # type: ignore[arg-type]
    text = read_text(tree_of(executed.woven.markdown), executed.woven.markdown)
    passage = next(one for one in text.passages if words[0] in one.text)
    readings = []
    monkeypatch.setattr(tree, "parse", lambda markdown: readings.append(markdown) or parse(markdown))
    origin = Origin(executed)
    found = [origin.place(passage, passage.text.index(word)) for word in words]
    last = f"*{'* dan '.join(words)}*"
    assert found == [(HEAD.count("\n") + 1, last.index(word) + 1) for word in words]
    assert len(readings) < len(words) / 4


def test_many_typed_numbers_in_one_paragraph_take_as_much_time_as_they_are_more() -> None:
    def seconds(many: int) -> float:
        qmd = f"Teks {' dan '.join(str(1000 + nth) for nth in range(many))} akhir."
        text = read_text(tree_of(qmd), qmd)
        look = TypedNumbers({}, {}, Allowances(()), "paper.qmd", "id")
        return min(timeit.repeat(lambda: [*look.in_text(text, lambda *_: None)], number=1, repeat=3))

    assert seconds(4000) < 10 * seconds(1000)  # 16 times, were each as long as the text


def test_a_number_of_the_front_matter_is_told_at_its_very_character() -> None:
    front = 'date: 2024-05-01\ntitle: "Ada 77 x"\nnote: >-\n  sejak\n  itu 77\n'
    metadata = {"date": "2024-05-01", "title": "Ada 77 x", "note": "sejak itu 77"}
    found = TypedNumbers({}, {}, Allowances(()), "paper.qmd", "id").in_metadata(metadata, front)
    assert [(1, 7), (2, 13), (5, 7)] == [(one.line, one.column) for one in found]
