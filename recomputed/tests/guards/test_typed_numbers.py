"""A typed number fails wherever a reader could see it, with its place and what to write instead."""

import re
from pathlib import Path

import pytest

from recomputed.faults import InputError
from recomputed.guards.allowed import Allowances, read_allowances
from synthetic.variants import PAPER, change, guard_here

FIRST = "Cara usaha kecil menemui pembelinya"
CAPTION = "Kenaikan omzet per kasus:"
NOTE = "Artikel menempatkan angka Malaysia"


def typed(qmd: str) -> list[dict[str, object]]:
    return list(guard_here(qmd).report["typed_numbers"])


def test_the_paper_has_no_typed_number() -> None:
    assert [] == typed(PAPER)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (FIRST, "Dua belas cara usaha kecil menemui pembelinya", "paragraph"),
        ("# Metode {#sec-method}", "# Metode 2 {#sec-method}", "heading"),
        (CAPTION, f"{CAPTION} tiga kasus,", "caption"),
        ("Does selling by live stream", "Does one selling by live stream", "abstract"),
        ("Diagram batang kenaikan omzet.", "Diagram batang, 3 kasus.", "text alternative"),
        (NOTE, f"Kedua. {NOTE}", "paragraph"),
        (FIRST, f"{FIRST}^[Menurut 40 orang.]", "footnote"),
        (FIRST, f"{FIRST} [lihat @adil2024, hlm. 7]", "paragraph"),
        (FIRST, f"{FIRST} `7`", "paragraph"),
        (FIRST, f"{FIRST} $7$", "paragraph"),
        (FIRST, f"{FIRST} *ke*tiga **dua**", "paragraph"),
        (FIRST, f"[{FIRST}]{{title=\"Ada 7\"}}", "attribute"),
        ('title: "TikTok Live dan', 'title: "Tiga TikTok Live dan', "metadata title"),
        ('print(paper.table("dates", "Peristiwa', 'print("7 hari\\n")\nprint(paper.table("dates", "Peristiwa',
         "paragraph"),
        ("Profil usaha. Jumlah", "Profil 3 usaha. Jumlah", "caption"),
    ],
)  # fmt: skip
def test_a_typed_number_is_found_in(old: str, new: str, kind: str) -> None:
    assert kind in {one["kind"] for one in typed(change(PAPER, old, new))}


def test_the_message_gives_line_column_surroundings_and_what_to_use() -> None:
    qmd = change(PAPER, FIRST, f"Bagi tiga usaha. {FIRST}")
    line = next(n for n, text in enumerate(qmd.split("\n"), 1) if text.startswith("Bagi tiga"))
    (found,) = typed(qmd)
    assert (line, 6) == (found["line"], found["column"])
    assert "»tiga« usaha" in str(found["context"])
    assert 'n["counts.cases"].words' in found["use"]  # type: ignore[operator]


def test_the_column_counts_the_manuscript_and_not_what_the_values_before_it_became() -> None:
    qmd = change(PAPER, "bentuk promosi (", "bentuk promosi, yakni 99 saja (")
    lines = qmd.split("\n")
    (found,) = typed(qmd)
    assert lines[int(str(found["line"])) - 1][int(str(found["column"])) - 1 :].startswith("99 saja")


def test_a_number_in_a_cell_is_placed_in_the_cell() -> None:
    qmd = change(PAPER, "Profil usaha. Jumlah", "Profil 77 usaha. Jumlah")
    (found,) = typed(qmd)
    assert qmd.split("\n")[int(str(found["line"])) - 1][int(str(found["column"])) - 1 :].startswith(
        "77 usaha"
    )


@pytest.mark.parametrize(
    "span",
    [
        '[26%]{.num data-number="turnover.uplift.K1"}',
        '[25%]{.num data-number="turnover.uplift.K9"}',
        "[25%]{.num}",
        '[25%]{data-number="turnover.uplift.K1"}',
        '[Tiga Usaha]{.case data-case="K1"}',
    ],
)
def test_a_span_that_the_registry_did_not_make_is_no_alibi(span: str) -> None:
    assert typed(change(PAPER, FIRST, f"{span} {FIRST}"))


def test_an_english_number_in_an_indonesian_sentence_is_written_the_wrong_way() -> None:
    wrong = change(
        PAPER,
        '`{python} n["context.penetration.indonesia"]`',
        '`{python} en["context.penetration.indonesia"]`',
    )
    assert ["79.5%"] == [one["text"] for one in typed(wrong)]


def test_an_alternative_text_shows_its_numbers_in_order() -> None:
    swapped = change(PAPER, "{n['profile.live.K2']} dan naik {n['turnover.uplift.K2']}; {name['K1']}",
                     "{n['profile.live.K2']} dan naik 10%; {name['K1']}")  # fmt: skip
    assert ["text alternative"] == [one["kind"] for one in typed(swapped)]


def test_an_allowance_that_nothing_needs_fails() -> None:
    failures = guard_here(re.sub(r"^date: .*\n", "date: heute\n", PAPER, flags=re.MULTILINE)).failures
    assert any("metadata date" in failure or "typed-number '*'" in failure for failure in failures)


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
