"""What a table or a sentence prints together makes what it prints beside it, or says that it is rounded."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.guards.passages import Passage, Piece, Text
from recomputed.guards.rounded import Rounded
from recomputed.language import wording
from recomputed.language.catalogue import Text as Words
from recomputed.ledger.claims import Comparison
from recomputed.quantity.arithmetic import difference, rank, share, total
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number, derive
from synthetic.variants import PAPER, change, guard_here


def number(id_: str, low: str, high: str = "", digits: int = 0) -> Number:
    value = Interval.closed(low, high or low)
    return Number(
        id_, value, value, "item", "transcribed", digits, "", Formula("analysis.x.y", "analysis/x.py", 1)
    )


A, B = number("a", "12.4"), number("b", "12.4")
SPAN, TWIN, PART = number("g", "1.4", "2.6"), number("h", "1.4", "2.6"), number("i", "0.6")
RATIO = Formula(f"{__name__}.ratio", "x.py", 1)
BOTH = derive("both", total, A, B, unit="item", words="")


def cells(*numbers: Number, of: str = "tbl-a") -> list[Passage]:
    pieces = [(Piece(wording.write(one), 0, number=one.id),) for one in numbers]
    return [Passage("table", "en", (), cell, of=of) for cell in pieces]


def told(passages: Sequence[Passage], *numbers: Number, statement: str = "") -> list[str]:
    text = Text(tuple(passages), (), (), {}, "en")
    stated = {"s": Comparison("s", "", "", Words(), statement, "agrees", "")} if statement else {}
    look = Rounded(stated, {one.id: one for one in numbers}, "paper.qmd")
    return [one.message for one in look.in_text(text, lambda *_: (4, 9))]


def sentence(*numbers: Number, tail: str = ".", lang: str = "en") -> list[Passage]:
    pieces = [
        piece
        for one in numbers
        for piece in (Piece(wording.write(one, lang), 0, number=one.id), Piece(" x ", 0))
    ]
    return [Passage("paragraph", lang, (), (*pieces, Piece(tail, 0)))]


def test_parts_of_a_table_that_do_not_add_up_to_its_total_are_told_at_the_total() -> None:
    (message,) = told(cells(A, B, BOTH), A, B, BOTH)
    assert message.startswith(
        "paper.qmd, line 4, column 9: both is the total of a (12), b (12), which as printed do not make 25, in the "
    )
    assert "say in the caption »rounded«" in message


@pytest.mark.parametrize("kind", ["caption", "footnote", "table"])
def test_a_note_of_the_table_that_says_so_is_enough(kind: str) -> None:
    note = Passage(kind, "en", (), (Piece("Figures are rounded.", 0),), of="tbl-a")
    assert [] == told([*cells(A, B, BOTH), note], A, B, BOTH)
    assert 1 == len(told([*cells(A, B, BOTH), replace(note, of="tbl-b")], A, B, BOTH))


def test_parts_with_digits_enough_add_up() -> None:
    exact = [replace(one, digits=1) for one in (A, B)]
    assert [] == told(
        cells(*exact, both := derive("both", total, *exact, unit="item", words="", digits=1)), *exact, both
    )


def test_a_total_whose_parts_are_not_all_printed_with_it_is_let_pass() -> None:
    assert [] == told(cells(A, BOTH), A, B, BOTH)
    assert [] == told([*cells(A, BOTH), *cells(B, of="tbl-b")], A, B, BOTH)


@pytest.mark.parametrize(("lang", "word"), [("en", "rounded"), ("id", "dibulatkan"), ("de", "gerundet")])
def test_a_sentence_is_held_to_the_same_and_may_say_so_in_its_language(lang: str, word: str) -> None:
    (message,) = told(sentence(A, B, BOTH, lang=lang), A, B, BOTH)
    assert f"say in the sentence »{word}«" in message
    assert [] == told(sentence(A, B, BOTH, tail=f"{word}.", lang=lang), A, B, BOTH)
    assert [] == told([*sentence(A, B), *sentence(BOTH)], A, B, BOTH)


def ratio(a: Interval, b: Interval) -> Interval:
    return a / b


@pytest.mark.parametrize(
    ("made", "parts"),
    [
        (derive("d", difference, one := number("c", "20.5"), A, unit="item", words=""), [one, A]),
        (derive("d", share, A, other := number("e", "12.6"), unit="share", words=""), [A, other]),
        (derive("d", rank, near := number("f", "12.3"), A, unit="rank", words=""), [near, A]),
        (derive("d", total, SPAN, TWIN, unit="item", words=""), [SPAN, TWIN]),
        (replace(number("d", "20.67"), kind="derived", operands=(A, PART), formula=RATIO),
         [A, PART]),
    ],
    ids=["difference", "share", "order", "range", "ratio"],
)  # fmt: skip
def test_every_relation_is_held_to_what_is_printed(made: Number, parts: Sequence[Number]) -> None:
    (message,) = told(sentence(*parts, made), *parts, made)
    assert f"which as printed do not make {wording.write(made)}," in message


def test_a_rank_that_the_printed_numbers_bear_out_is_let_pass() -> None:
    below = number("f", "9")
    assert [] == told(
        sentence(A, below, made := derive("d", rank, A, below, unit="rank", words="")), A, below, made
    )


def test_an_order_that_a_statement_declares_is_held_to_what_is_printed() -> None:
    more = number("m", "12.49")
    (message,) = told(sentence(more, A), A, more, statement="m > a")
    assert "'m > a' does not hold for m (12), a (12) as printed" in message
    assert [] == told(sentence(number("m", "13"), A), A, number("m", "13"), statement="m > a")
    assert [] == told(sentence(more, A), A, more, statement="m < a")  # it does not hold for the values


def test_an_end_of_a_range_alone_prints_no_part() -> None:
    wide = number("w", "1.4", "2.6")
    made = derive("d", total, wide, A, unit="item", words="")
    low = Passage("table", "en", (), (Piece("1", 0, number="w"),), of="tbl-a")
    assert 1 == len(told(cells(wide, A, made), wide, A, made))
    assert [] == told([low, *cells(A, made)], wide, A, made)


@pytest.mark.parametrize(
    ("scaled", "value", "digits", "printed"),
    [(True, 1_260_000, -5, 1_300_000), (True, 1_260_000, 0, 1_000_000), (True, 999_999, 0, 999_999),
     (False, 1_260_000, 0, 1_260_000), (True, 2_600_000_000, 0, 3_000_000_000)],
)  # fmt: skip
def test_what_is_printed_is_rounded_as_it_is_written(
    scaled: bool, value: int, digits: int, printed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = wording.paper_settings()
    unit = wording.UnitWording(scaled=scaled)
    monkeypatch.setattr(wording, "paper_settings", lambda: replace(settings, units={"item": unit}))
    assert Interval.point(printed) == wording.printed(number("n", str(value), digits=digits))


def test_the_toy_is_held_to_it(tmp_path: Path) -> None:
    rises = ", ".join(
        f'`{{python}} n["growth.rise.{case}"]` at `{{python}} name["{case}"]`'
        for case in ("north", "river", "hill")
    )
    spread = f'Rises of {rises} are `{{python}} n["growth.spread"]` percentage points apart.'
    qmd = change(PAPER, "Every stall [sold", f"{spread} Every stall [sold")
    data = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    growth = data / "growth.csv"
    text = growth.read_text(encoding="utf-8")
    growth.write_text(change(text, "river,100,108", "river,100,108.5"), encoding="utf-8")

    def messages(data: Path) -> list[str]:
        found = [one["message"] for one in guard_here(qmd, data).report["misplaced_numbers"]]
        return [message for message in found if "as printed" in message]

    assert [] == messages(paths.DATA)
    (message,) = messages(data)
    assert "growth.spread is the spread of growth.rise.north" in message
    assert message.startswith(f"paper.qmd, line {1 + qmd[: qmd.index(spread)].count(chr(10))}, column ")
