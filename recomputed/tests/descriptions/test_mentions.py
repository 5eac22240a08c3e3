"""Where the paper states each number: in the executed text and, for `trace`, in its source."""

from recomputed import paths
from recomputed.descriptions.mentions import APPENDIX, Section, mentions, source_lines
from recomputed.judgement import Executed
from recomputed.ledger.examination import examine
from recomputed.manuscript.paper import open_paper
from recomputed.manuscript.weave import Woven

TEXT = """\
::: {.abstract lang="id"}
Naik [25%]{.num data-number="a.b.S1"}.
:::

Tanpa judul [3]{.num data-number="c.d"}.

# Hasil [dua]{.num data-number="e.f"} {#sec-hasil}

::: {.callout-note}
## Judul catatan
[25%]{.num data-number="a.b.S1"} dan [tiga]{.num data-number="c.d"}
:::

```
[25%]{.num data-number="a.b.S1"} # bukan judul
```

[Nama]{.case data-case="S1"}

# Lampiran {#sec-numbers}

[25%]{.num data-number="a.b.S1"}
"""


def test_each_number_is_found_with_its_occurrence_line_and_section() -> None:
    woven = Woven(TEXT, tuple(range(1, TEXT.count("\n") + 2)))
    results = Section("sec-hasil", "Hasil dua")
    assert [(m.number, m.occurrence, m.line, m.section) for m in mentions(woven)] == [
        ("a.b.S1", "num-a.b.S1-1", 2, Section("abstract-id", "Abstrak")),
        ("c.d", "num-c.d-1", 5, Section("", "")),
        ("e.f", "num-e.f-1", 7, results),
        ("a.b.S1", "num-a.b.S1-2", 11, results),
        ("c.d", "num-c.d-2", 11, results),
    ]


def test_the_source_names_the_lines_that_state_a_number() -> None:
    source = """`{python} n["a.b.S1"].words` dan `{python} en["a.b.S1"]`
`{python} n["a.b.S2"]`
print(paper.table("t", "…"))
f"{n['a.b.S1']}"
"""
    assert source_lines(source, "a.b.S1", lambda name: "") == [1, 4]
    table = {"t": '[9]{.num data-number="a.b.S2"}'}
    assert source_lines(source, "a.b.S2", table.__getitem__) == [2, 3]


def test_the_source_and_the_execution_agree_on_where_every_number_is_stated(executed_paper: Executed) -> None:
    """A cell's output is known by the line of its fence, so that only the prose is compared by line."""
    source = paths.PAPER.read_text(encoding="utf-8")
    lines = source.split("\n")
    paper = open_paper()
    numbers = examine(paper.data).numbers
    by_execution: dict[str, set[int]] = {id_: set() for id_ in numbers}
    shown = set()
    for mention in mentions(executed_paper.woven):
        assert mention.section.label != APPENDIX
        shown.add(mention.number)
        if not lines[mention.line - 1].startswith("```"):
            by_execution[mention.number].add(mention.line)
    for id_, expected in by_execution.items():
        found = source_lines(source, id_, paper.make_table)
        assert expected <= set(found)
        assert bool(found) == (id_ in shown)
