"""A word that compares is held to the data, in the direction that it says, for the case that it names."""

import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.guards.comparing import STATEMENTS, read_comparisons, vocabulary
from recomputed.language.catalogue import Text
from recomputed.ledger.claims import Comparison
from synthetic.variants import PAPER, change, guard_here, studied


def compared(qmd: str = PAPER, data: Path = paths.DATA) -> list[str]:
    return [one["message"] for one in guard_here(qmd, data).report["comparing_words"]]


def phrases(text: str, language: str = "id") -> list[str]:
    return [word.phrase for word in vocabulary(language).find(text)]


def test_the_papers_comparing_words_hold() -> None:
    assert [] == compared()


@pytest.mark.parametrize(
    "text",
    ["Kenaikan tertinggi", "yang terendah", "hanya lima", "satu-satunya usaha", "sejalan dengan itu",
     "selaras", "searah", "lebih tinggi daripada", "paling awal", "the highest", "lowest of all", "the only case",
     "in line with others", "pada tahun yang sama", "melebihi itu", "lebih sedikit"],
)  # fmt: skip
def test_a_comparing_word_is_found(text: str) -> None:
    assert 1 == len(phrases(text))


@pytest.mark.parametrize(
    ("language", "text", "sense"),
    [
        ("en", "heavier", "more"), ("en", "the heaviest", "more"), ("en", "biggest", "more"), ("en", "lighter", "less"),
        ("en", "fewest", "less"), ("en", "rarer", "less"), ("id", "heavier", "more"),
        ("de", "höher", "more"), ("de", "die größten", "more"), ("de", "schwerere Tiere", "more"),
        ("de", "am längsten", "more"), ("de", "kürzeste", "less"), ("de", "niedriger", "less"),
        ("de", "gleich", "like"), ("de", "im Einklang mit", "like"), ("de", "nur", "only"),
    ],
)  # fmt: skip
def test_a_comparative_and_a_superlative_say_which_way(language: str, text: str, sense: str) -> None:
    assert [sense] == [word.sense for word in vocabulary(language).find(text)]


@pytest.mark.parametrize(
    "text", ["bekerja sama", "sama sekali", "bersama-sama", "berlebihan", "kelebihan", "perhatian"]
)
def test_a_word_that_only_looks_comparing_is_not_found(text: str) -> None:
    assert [] == phrases(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[sold more]", "[sold less]"),
        ("grew the most]", "grew the least]"),
        ("[longest]", "[shortest]"),
        ("[more guests]", "[fewer guests]"),
    ],
)
def test_a_reversed_word_is_told(old: str, new: str) -> None:
    assert any("says otherwise" in message for message in compared(change(PAPER, old, new)))


def test_a_comparing_word_without_a_claim_is_told_at_its_place() -> None:
    qmd = change(PAPER, "Does a painted sign", "The highest stall is here. Does a painted sign")
    line = next(n for n, text in enumerate(qmd.split("\n"), 1) if text.startswith("The highest stall"))
    (message,) = compared(qmd)
    assert message.startswith(f"paper.qmd, line {line}, column 5: a comparing word in no `.claim` span")


def test_a_claim_on_another_case_is_told() -> None:
    qmd = change(PAPER, '[`{python} name["hill"]` grew', '[`{python} name["north"]` grew')
    (message,) = compared(qmd)
    assert "which is about hill, on words that name north" in message


def test_an_unknown_claim_is_told_with_the_nearest() -> None:
    (message, *_) = compared(change(PAPER, 'data-claim="growth.highest"', 'data-claim="growth.hihgest"'))
    assert "growth.highest" in message


def test_a_claim_that_says_it_holds_where_it_does_not_is_told() -> None:
    (message,) = compared(change(PAPER, ' data-verdict="disagrees"} come', "} come"))
    assert "'agrees'" in message
    assert "'disagrees'" in message


def test_a_comparison_that_other_data_do_not_bear_out_is_told(tmp_path: Path) -> None:
    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    growth = data / "growth.csv"
    growth.write_text(
        change(growth.read_text(encoding="utf-8"), "river,100,108", "river,100,140"), encoding="utf-8"
    )
    assert "growth.highest" in "\n".join(compared(data=data))


def test_more_than_stands_only_before_a_number_that_the_article_hedges_so() -> None:
    qmd = change(
        PAPER, 'more than `{python} n["stalls.hours.hill"]`', 'more than `{python} n["stalls.hours.north"]`'
    )
    assert any("more than" in message for message in compared(qmd))


def test_a_statement_that_no_sentence_makes_fails() -> None:
    failures = guard_here(change(PAPER, ']{.claim data-claim="wait.longest"}', "]")).failures
    assert any("no sentence of the paper states wait.longest" in failure for failure in failures)


def test_a_statement_has_an_id_of_its_own() -> None:
    _, numbers = studied()
    with pytest.raises(InputError, match=r"statements\.csv, row 2, column id: .* wait\.longest"):
        read_comparisons([Comparison("wait.longest", "", "", Text(), "1 = 1", "agrees", "")], numbers)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b"a,b,1 = ", r"row 2, column expression: expected a statement over numbers, found .* 'the end'"),
        (
            b"a,b,counts.stall = 3",
            r"row 2, column expression: .* 'counts\.stall' \(did you mean 'counts\.stalls'\?\)",
        ),
        (b"a,b,", r"row 2, column expression: expected a text, found an empty cell"),
        (b"a,b,1 = 1\na,c,1 = 1", r"row 3, column id: .* 'a', as in row 2"),
        (b"a,b\xe9,1 = 1", r"row 2, column statement: expected UTF-8 text, found byte 0xe9"),
        (b"a;b;1 = 1", r"row 2: expected 3 cells, one for each column, found 1, separated by semicolons"),
    ],
)
def test_a_row_that_states_nothing_is_told_by_its_row(row: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / STATEMENTS.name).write_bytes(b"id,statement,expression\n" + row + b"\n")
    with pytest.raises(InputError, match=r"^data/ledger/statements\.csv, " + message):
        read_comparisons([], studied()[1], tmp_path / STATEMENTS.name)
