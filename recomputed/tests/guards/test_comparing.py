"""A word that compares is held to the data, in the direction that it says, for the case that it names."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.guards.all_guards import text_for_guards
from recomputed.guards.allowed import Allowances
from recomputed.guards.comparing import STATEMENTS, ComparingWords, read_comparisons
from recomputed.guards.passages import Claimed, Passage, Piece, Text
from recomputed.language import catalogue
from recomputed.ledger.claims import Comparison
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number
from synthetic.papers import PENGUINS
from synthetic.reversals import reversals
from synthetic.variants import PAPER, change, examined, execute_here, guard_here, studied


def compared(qmd: str = PAPER, data: Path = paths.DATA) -> list[str]:
    return [one["message"] for one in guard_here(qmd, data).report["comparing_words"]]


def test_the_papers_comparing_words_hold() -> None:
    assert [] == compared()


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


def test_the_message_of_a_word_without_a_claim_has_the_span_and_the_row_to_paste(tmp_path: Path) -> None:
    untied = 'The wait at `{python} name["hill"]`, `{python} n["cups.wait.hill"]` seconds, is higher than '
    untied += 'the `{python} n["cups.wait.north"]` seconds at `{python} name["north"]`.'
    (message,) = compared(change(PAPER, "Does a painted sign", f"{untied} Does a painted sign"))
    span = re.search(r"write (\[higher\]\{\.claim data-claim=\"wait\.longest\"\}), as wait", message)[1]
    assert [] == compared(
        change(PAPER, "Does a painted sign", f"{untied.replace('higher', span)} Does a painted sign")
    )
    other = untied.replace("higher", "lower").replace("hill", "river")
    (message,) = compared(change(PAPER, "Does a painted sign", f"{other} Does a painted sign"))
    row = re.search(r"this row in data/ledger/statements\.csv: (NAME,.*); if it compares no data", message)[1]
    (tmp_path / STATEMENTS.name).write_text(f"id,statement,expression\n{row}\n", encoding="utf-8")
    (stated,) = read_comparisons([], studied()[1], tmp_path / STATEMENTS.name).values()
    assert ("NAME", "cups.wait.river < cups.wait.north") == (stated.id, stated.expression)
    assert "add to data/ledger/allowed.csv: comparing-word,lower than the,paragraph,REASON" in message


@pytest.mark.parametrize(
    ("said", "expression", "fits"),
    [
        ("twice", "x.one = 2 * x.two", True), ("twice", "x.one / x.two = 2", True), ("twice", "x.one > x.two", False),
        ("half", "x.one = x.two / 2", True), ("half", "2 * x.one = x.two", True), ("half", "x.one = 2 * x.two", False),
        ("more than doubled", "x.one > 2 * x.two", True), ("more than halved", "x.one > 2 * x.two", False),
        ("larger", "x.one > x.two", True), ("not larger", "x.one > x.two", False),
        ("not larger", "x.one < x.two", True),
        ("no larger", "not x.one > x.two", True), ("not smaller", "not x.one > x.two", False),
        ("not the same", "x.one = x.two", False), ("not the same", "x.one != x.two", True),
        ("as many as", "x.one = x.two", True), ("not as many as", "x.one < x.two", True),
        ("only", "x.one = 1", True), ("only", "x.one > 1", False),
        ("rose", "x.one > x.two", True), ("fell", "x.one > x.two", False),
        ("rose the least", "x.one < x.two", True),
    ],
)  # fmt: skip
def test_a_word_in_a_claim_says_what_its_expression_does(said: str, expression: str, fits: bool) -> None:
    piece = Piece(said, 0, claims=(Claimed("one", "agrees", 1),))
    text = Text((Passage("paragraph", "en", (), (piece,)),), (), (), {}, "en")
    numbers = {id_: _point(id_) for id_ in ("x.one", "x.two")}
    comparison = Comparison("one", "", "", catalogue.Text(), expression, "agrees", "")
    guard = ComparingWords({"one": comparison}, numbers, Allowances(()), "paper.qmd")
    told = [one.message for one in guard.in_text(text, lambda *_: None)]
    assert fits == (
        not [message for message in told if "says otherwise" in message or "compare nothing" in message]
    )


def _point(id_: str) -> Number:
    one = Interval.point(1)
    return Number(id_, one, one, "item", "derived", 0, "", Formula("analysis.x.y", "analysis/x.py", 1))


def test_a_multiple_is_a_typed_number_unless_a_claim_holds_it() -> None:
    def typed(text: str) -> list[str]:
        report = guard_here(change(PAPER, "Does a painted sign", f"{text}. Does a painted sign")).report
        return [one["text"] for one in report["typed_numbers"]]

    assert ["twice"] == typed("Guests wait twice as long")
    assert [] == typed('Guests wait [twice]{.claim data-claim="wait.longest"} as long')


def test_each_comparing_word_of_a_paper_reversed_is_told() -> None:
    found = list(reversals(text_for_guards(execute_here(), examined()), examined()))
    assert len(found) >= 4
    assert [] == [(said, other) for said, other, told in found if not told]


def test_each_comparing_word_of_the_penguins_reversed_is_told() -> None:
    own = {name: value for name, value in os.environ.items() if not name.startswith(("RECOMPUTED", "PAPER_"))}
    folders = [str(PENGUINS), str(Path(__file__).parents[1]), *sys.path]
    own |= {"RECOMPUTED_PAPER": str(PENGUINS), "PYTHONPATH": os.pathsep.join(folders)}
    command = [sys.executable, "-P", "-m", "synthetic.reversals"]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", env=own, cwd=PENGUINS, check=True, timeout=300
    )
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(lines) >= 4
    assert [] == [line for line in lines if line[2] == "0"]


def test_a_claim_on_another_case_is_told() -> None:
    qmd = change(PAPER, '[`{python} name["hill"]` grew', '[`{python} name["north"]` grew')
    (message,) = compared(qmd)
    assert "which is about hill, on words that name north" in message


def test_a_claim_whose_case_is_named_beside_it_and_is_another_is_told() -> None:
    old = 'Guests wait [longest]{.claim data-claim="wait.longest"} at `{python} name["hill"]`'
    (message,) = compared(change(PAPER, old, old.replace("hill", "north")))
    assert "which is about hill, on words beside north in the paragraph: »longest«" in message
    first = 'At `{python} name["hill"]` guests wait [longest]{.claim data-claim="wait.longest"}'
    assert [] == compared(change(PAPER, old, first))
    assert [] == compared(change(PAPER, old, first.replace("At `", "So `").replace(" guests", ". Guests")))


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
        read_comparisons(
            [Comparison("wait.longest", "", "", catalogue.Text(), "1 = 1", "agrees", "")], numbers
        )


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
