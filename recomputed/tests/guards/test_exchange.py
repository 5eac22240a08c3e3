"""An exchange of two numbers of one unit comes to nothing unnoticed only where nothing tells them apart."""

from recomputed.guards.exchange import (
    EQUIVALENT,
    IMPOSSIBLE,
    NOTICED,
    UNNOTICED,
    exchanges,
    replacements,
    tell,
)
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.guards.told import Told, ToldNumbers
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number


def number(id_: str, low: int, high: int) -> Number:
    value = Interval.closed(low, high)
    return Number(id_, value, value, "person", "derived", 0, "", Formula("analysis.x.y", "analysis/x.py", 1))


def outcome(first: Number, second: Number, words: str = "", form: str = "") -> str:
    """What comes of exchanging both in `a <first> b <second>`, held to `words` of the first."""
    numbers = {first.id: first, second.id: second}
    one, other = (form or str(n.value.low) for n in (first, second))
    pieces = (
        Piece("a ", 0),
        Piece(one, 0, number=first.id),
        Piece(" b ", 0),
        Piece(other, 0, number=second.id),
    )
    text = Text((Passage("paragraph", "en", (), pieces),), (), (), {}, "en")
    rows = [Told(first.id, "en", (words,))] if words else []
    (found,) = exchanges(text, numbers, [ToldNumbers(rows, numbers, "p")])
    return found.outcome


def test_words_notice_what_nothing_else_does() -> None:
    assert UNNOTICED == outcome(number("x", 1, 1), number("y", 2, 2))
    assert NOTICED == outcome(number("x", 1, 1), number("y", 2, 2), "a #")


def test_numbers_that_print_the_same_are_equivalent_unless_words_tell_them() -> None:
    assert EQUIVALENT == outcome(number("x", 1, 1), number("y", 1, 1))
    assert NOTICED == outcome(number("x", 1, 1), number("y", 1, 1), "a #")


def test_a_range_cannot_be_written_in_words_as_another_number_is() -> None:
    numbers = {"x": number("x", 1, 1), "y": number("y", 2, 5)}
    pieces = (Piece("one", 0, number="x"), Piece(" and ", 0), Piece("2–5", 0, number="y"))
    text = Text((Passage("paragraph", "en", (), pieces),), (), (), {}, "en")
    assert [IMPOSSIBLE] == [one.outcome for one in exchanges(text, numbers, [])]


def test_text_alternatives_are_exchanged_too() -> None:
    numbers = {"x": number("x", 1, 1), "y": number("y", 2, 2)}
    text = Text((), (), (Alternative("f", "a 1 b 2", ("x", "y"), 0),), {}, "en")
    look = ToldNumbers([Told("x", "en", ("a #",))], numbers, "p")
    assert [NOTICED] == [one.outcome for one in exchanges(text, numbers, [look])]


def test_a_number_is_replaced_by_each_of_its_unit_that_the_text_does_not_state_too() -> None:
    numbers = {"x": number("x", 1, 1), "y": number("y", 2, 2), "z": number("z", 1, 1)}
    passage = Passage("paragraph", "en", (), (Piece("a ", 0), Piece("1", 0, number="x")))
    text = Text((passage,), (), (Alternative("f", "a 1", ("x",), 0),), {}, "en")

    def found(*rows: Told) -> list[tuple[str, str, str]]:
        looks = [ToldNumbers(rows, numbers, "p")]
        return [(one.first, one.second, one.outcome) for one in replacements(text, numbers, looks)]

    assert 2 * [("x", "y", UNNOTICED), ("x", "z", EQUIVALENT)] == found()
    assert 2 * [("x", "y", NOTICED), ("x", "z", NOTICED)] == found(Told("x", "en", ("a #",)))


def test_what_is_told_names_the_pairs_that_stay_unnoticed() -> None:
    numbers = {"x": number("x", 1, 1), "y": number("y", 2, 2)}
    pieces = (Piece("1", 0, number="x"), Piece(" and ", 0), Piece("2", 0, number="y"))
    found = exchanges(Text((Passage("paragraph", "en", (), pieces),), (), (), {}, "en"), numbers, [])
    assert ["1 pairs of numbers in one unit: 1 unnoticed", "unnoticed: x and y"] == list(tell(found))
