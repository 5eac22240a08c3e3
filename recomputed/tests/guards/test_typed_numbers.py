"""A typed number fails wherever a reader could see it, with its place and what to write instead."""

import re
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.guards.allowed import Allowances, read_allowances
from recomputed.judgement import Verdict, together
from synthetic.variants import PAPER, change, guard_here

FIRST = "Does a painted sign sell tea?"
CAPTION = "Growth of sales since the sign,"
ALTERNATIVE = """alt=f"Bars. {name['north']} {n['growth"""
NOTE = "## What is not there\n"


def typed(qmd: str) -> list[dict[str, object]]:
    return list(guard_here(qmd).report["typed_numbers"])


def test_the_paper_has_no_typed_number() -> None:
    assert [] == typed(PAPER)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (FIRST, f"Twelve ask. {FIRST}", "paragraph"),
        ("# Data {#sec-data}", "# Data 2 {#sec-data}", "heading"),
        (CAPTION, f"{CAPTION} three stalls,", "caption"),
        ("Everything in this paper", "Everything in these two papers", "abstract"),
        (ALTERNATIVE, ALTERNATIVE.replace("Bars.", "Bars, 3."), "text alternative"),
        (NOTE, f"{NOTE}The second. ", "paragraph"),
        (FIRST, f"{FIRST}^[According to 40 people.]", "footnote"),
        (FIRST, f"{FIRST} [see @kettle2018, 7 of them]", "paragraph"),
        (FIRST, f"{FIRST} `7`", "paragraph"),
        (FIRST, f"{FIRST} $7$", "paragraph"),
        (FIRST, f"{FIRST} *thi*rd **two**", "paragraph"),
        (FIRST, f"[{FIRST}]{{title=\"There are 7\"}}", "attribute"),
        ('title: "Tea stalls', 'title: "Three tea stalls', "metadata title"),
        ('print(paper.table("waits"', 'print("7 days\\n")\nprint(paper.table("waits"',
         "paragraph"),
        ("The stalls: what", "The 3 stalls: what", "caption"),
    ],
)  # fmt: skip
def test_a_typed_number_is_found_in(old: str, new: str, kind: str) -> None:
    assert kind in {one["kind"] for one in typed(change(PAPER, old, new))}


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("See Table 2.", "Refer to it as `@tbl-stalls` or `@tbl-waits`"),
        ("See figure 1.", "Refer to it as `@fig-growth` or `@fig-wait`"),
        ("See Equation 1.", "Use `{python} "),
    ],
)
def test_a_typed_reference_is_told_with_the_labels_that_there_are(said: str, hint: str) -> None:
    (message,) = [str(one["message"]) for one in typed(change(PAPER, FIRST, f"{said} {FIRST}"))]
    assert hint in message
    assert "or let it pass with row" in message


def test_the_message_gives_line_column_surroundings_and_what_to_use() -> None:
    qmd = change(PAPER, FIRST, f"For three stalls. {FIRST}")
    line = next(n for n, text in enumerate(qmd.split("\n"), 1) if text.startswith("For three"))
    (found,) = typed(qmd)
    assert (line, 5) == (found["line"], found["column"])
    assert "»three« stalls" in str(found["context"])
    assert 'n["counts.stalls"].words' in found["use"]  # type: ignore[operator]


def test_a_number_typed_in_another_language_is_told_with_what_to_use_there() -> None:
    found = typed(change(PAPER, FIRST, f"::: {{lang=de}}\n\nDrei Stände.\n\n:::\n\n{FIRST}"))
    assert [["Drei", 'paper.inlines("de")["counts.stalls"].words']] == [
        [one["text"], one["use"][0]] for one in found
    ]  # type: ignore[index]


def test_the_column_counts_the_manuscript_and_not_what_the_values_before_it_became() -> None:
    qmd = change(PAPER, " percentage points from", " percentage points, say 99 now, from")
    lines = qmd.split("\n")
    (found,) = typed(qmd)
    assert lines[int(str(found["line"])) - 1][int(str(found["column"])) - 1 :].startswith("99 now")


@pytest.mark.parametrize("number", ["35. ", "(35) "])
def test_a_number_that_became_that_of_a_list_is_placed_where_it_stands(number: str) -> None:
    qmd = change(PAPER, FIRST, f"Signs may (or may not) sell.\n\n{number}{FIRST}")
    (found,) = typed(qmd)
    line = qmd.split("\n")[int(str(found["line"])) - 1]
    assert line[int(str(found["column"])) - 1 :].startswith("35")


def test_a_number_in_a_cell_is_placed_in_the_cell() -> None:
    qmd = change(PAPER, "The stalls: what", "The 77 stalls: what")
    (found,) = typed(qmd)
    assert qmd.split("\n")[int(str(found["line"])) - 1][int(str(found["column"])) - 1 :].startswith(
        "77 stalls"
    )


@pytest.mark.parametrize(
    "span",
    [
        '[21%]{.num data-number="growth.rise.north"}',
        '[20%]{.num data-number="growth.rise.valley"}',
        "[20%]{.num}",
        '[20%]{data-number="growth.rise.north"}',
        '[Three Stalls]{.case data-case="north"}',
    ],
)
def test_a_span_that_the_registry_did_not_make_is_no_alibi(span: str) -> None:
    assert typed(change(PAPER, FIRST, f"{span} {FIRST}"))


def test_a_number_of_another_language_is_written_the_wrong_way() -> None:
    wrong = change(
        PAPER,
        '`{python} n["growth.mean"]`',
        '`{python} paper.inlines("de")["growth.mean"]`',
    )
    assert ["21,0\u00a0%"] == [one["text"] for one in typed(wrong)]


def test_an_alternative_text_shows_its_numbers_in_order() -> None:
    swapped = change(PAPER, "{name['river']} {n['growth.rise.river']}, {name",
                     "{name['river']} 8%, {name")  # fmt: skip
    assert ["text alternative"] == [one["kind"] for one in typed(swapped)]


def test_an_allowance_that_nothing_needs_fails() -> None:
    found = guard_here(re.sub(r"^date: .*\n", "date: heute\n", PAPER, flags=re.MULTILINE))
    (told,) = (one for one in found.unused if "typed-number '*', which nothing needs" in one)
    first, other = (Verdict({}, (), (), unused=unused) for unused in ((told,), (told, "another")))
    assert together({"paper.qmd": first, "paper.de.qmd": other}).failures == (told,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"guard,text,where,reason\ntyped-number,12,,\n",
            "row 2, column reason: expected a text, found an empty",
        ),
        (b"guard;text;where;reason\n", "row 1: .* separated by semicolons"),
        (b"guard,text,where,reason\na;b;;c\n", "row 2: .* separated by semicolons"),
        (b"guard,text,where,reason\na,b,,because, so\n", "row 2: .* stands in quotation marks"),
        (b"guard,text,where,reason\na,b,,caf\xe9\n", "row 2, column reason: expected UTF-8 text"),
        (b"guard,text,where,reason\na,b,,c\na,b,,d\n", "row 3, column guard, text, where: .* as in row 2"),
        (
            b"guard,text,wehre,reason\n",
            r"row 1, column where: .*\n.* found 'wehre' \(did you mean 'where'\?\)",
        ),
    ],
)
def test_an_allowance_is_a_whole_row_with_a_reason(content: bytes, message: str, tmp_path: Path) -> None:
    file = tmp_path / "allowed.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=rf"^data/ledger/allowed\.csv, {message}"):
        read_allowances(file)


def test_every_allowance_of_the_paper_is_needed() -> None:
    assert () == guard_here().failures
    assert read_allowances().rows != Allowances(()).rows
