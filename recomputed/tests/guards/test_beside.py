"""A number stands beside its case: named before it, behind it, in order, at the head of its table, or by a span."""

from collections.abc import Sequence

import pytest

from recomputed.guards.beside import Subjects
from recomputed.guards.passages import Alternative, Passage, Piece, Text
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Formula, Number

NAMES = {"A": frozenset({"Alder"}), "B": frozenset({"Birch"}), "C": frozenset({"Cedar"})}


def number(id_: str, value: int, subject: str, unit: str = "metre") -> Number:
    point = Interval.point(value)
    formula = Formula("analysis.trees.height", "analysis/trees.py", 1)
    return Number(id_, point, point, unit, "derived", 0, "height", formula, subject=subject)


NUMBERS = {
    f"height.{case}": number(f"height.{case}", value, case)
    for case, value in {"A": 3, "B": 5, "C": 8}.items()
} | {"height.all": number("height.all", 16, "")}


def passage(text: str, kind: str = "paragraph", heads: Sequence[str] = (), of: str = "") -> Passage:
    """A passage of a text in which `{A}` is the height of A, and `{A|B}` the same in a span that says B."""
    pieces = []
    for nth, part in enumerate(text.replace("}", "{").split("{")):
        if nth % 2:
            case, _, said = part.partition("|")
            of_spans = (("subject", said),) if said else ()
            pieces.append(
                Piece(str(NUMBERS[f"height.{case}"].value.low), 0, number=f"height.{case}", of=of_spans)
            )
        elif part:
            pieces.append(Piece(part, 0))
    return Passage(kind, "en", (), tuple(pieces), of=of, heads=tuple(heads))


def found(*passages: Passage, alternatives: Sequence[Alternative] = ()) -> list[str]:
    """The ids of the numbers that stand beside another case."""
    text = Text(passages, (), tuple(alternatives), {}, "en")
    look = Subjects(NAMES, NUMBERS, "paper.qmd")
    return [one.number for one in look.in_text(text, lambda *_: (7, 3))]


@pytest.mark.parametrize(
    "text",
    [
        "Alder has {A} m, Birch {B} m and Cedar {C} m.",
        "There are {A} m at Alder, {B} m at Birch and {C} m at Cedar.",
        "Alder, Birch and Cedar have {A}, {B} and {C} m.",
        "Heights are {A}, {B} and {C} m at Alder, Birch and Cedar.",
        "Alder and Birch have {A} and {B} m, while Cedar was not measured.",
        "Alder was planted early. It has {A} m. Birch came later and has {B} m.",
        "Of {A} m, Alder has lost some, and {A} m are left.",
        "A: {A} m, B: {B} m.",
        "Alder, Birch and Cedar grew. In this order they have {A}, {B} and {C} m.",
        "Together they have {all} m, and Alder {A} m.",
        "The lowest of them has {A|A} m.",
    ],
)
def test_a_number_beside_its_case_is_let_pass(text: str) -> None:
    assert found(passage(text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alder has {B} m.", ["height.B"]),
        ("Alder has {B} m, Birch {A} m and Cedar {C} m.", ["height.B", "height.A"]),
        ("There are {B} m at Alder and {A} m at Birch.", ["height.B", "height.A"]),
        ("Alder, Birch and Cedar have {A}, {C} and {B} m.", ["height.C", "height.B"]),
        ("Alder was planted early. It has {B} m.", ["height.B"]),
        ("The lowest of them has {A} m.", ["height.A"]),
        ("Alder has {B|A} m.", ["height.B"]),
        ("Alders have {A} m.", ["height.A"]),
    ],
)
def test_a_number_beside_another_case_or_beside_none_is_told(text: str, expected: list[str]) -> None:
    assert expected == found(passage(text))


def test_a_table_cell_is_about_the_case_at_the_head_of_its_row_or_column() -> None:
    assert found(passage("{A}", "table", heads=("Alder", "height"))) == []
    assert found(passage("{A}", "table", heads=("height", "Alder"))) == []
    assert found(passage("{B}", "table", heads=("Alder", "height"))) == ["height.B"]
    assert found(passage("{A}", "table", heads=("height", "m"))) == ["height.A"]


def test_a_table_about_one_case_may_name_it_in_its_caption() -> None:
    caption = passage("Heights of Alder.", "caption", of="tbl-heights")
    assert found(passage("{A}", "table", heads=("first",), of="tbl-heights"), caption) == []
    assert found(passage("{B}", "table", heads=("first",), of="tbl-heights"), caption) == ["height.B"]


def test_a_text_alternative_is_held_to_the_same() -> None:
    right = Alternative("f.svg", "Bars. Alder 3 m, Birch 5 m.", ("height.A", "height.B"), 0)
    wrong = Alternative("f.svg", "Bars. Alder 5 m, Birch 3 m.", ("height.B", "height.A"), 0)
    assert found(alternatives=[right]) == []
    assert found(alternatives=[wrong]) == ["height.B", "height.A"]


def test_a_paper_with_one_case_need_not_name_it() -> None:
    look = Subjects({"A": frozenset({"Alder"})}, NUMBERS, "paper.qmd")
    assert list(look.in_text(Text((passage("It has {A} m."),), (), (), {}, "en"), lambda *_: None)) == []


def test_what_is_told_has_line_and_column_and_what_fits() -> None:
    text = Text((passage("Alder has {B} m."),), (), (), {}, "en")
    (one,) = Subjects(NAMES, NUMBERS, "paper.qmd").in_text(text, lambda *_: (7, 3))
    assert (7, 3, "height.B", "5", ("height.A",)) == (one.line, one.column, one.number, one.text, one.use)
    expected = (
        "paper.qmd, line 7, column 3: height.B is of B and stands beside A in the paragraph: Alder has »5« m.. "
        'Hint: use height.A, or name B, or write […]{.of data-subject="B"} around it'
    )
    assert expected == one.message


def test_a_formula_on_its_own_and_a_note_go_on_about_the_text_before_them() -> None:
    formula = Passage(
        "paragraph", "en", (), (Piece("x = ", 0, formula=True), Piece("3", 0, "height.A", formula=True))
    )
    note = passage("Or {A} m.", "footnote")
    assert found(passage("Alder grew."), formula, note) == []
    assert found(passage("Birch grew."), formula, note) == ["height.A", "height.A"]
