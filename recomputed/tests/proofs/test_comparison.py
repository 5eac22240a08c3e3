"""A publisher's proof: the paper itself needs no correction, and every planted change of a number is told."""

import base64
import zipfile
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recomputed.exchange.back import manuscript_in
from recomputed.faults import InputError
from recomputed.proofs.comparison import AnotherPaper, compare
from recomputed.proofs.corrections import Compared
from recomputed.proofs.house_lines import is_own_mark
from recomputed.proofs.house_numbers import house_decimal, is_same
from recomputed.proofs.markup import read_xml
from recomputed.proofs.matched import Matched
from recomputed.proofs.opening import read_proof
from recomputed.proofs.own_text import state_licence
from recomputed.proofs.pdf import (
    NotReadable,
    Stretch,
    _without_heads,
    _without_line_numbers,
    in_order,
    read_pdf,
)
from recomputed.proofs.words import Document, Picture, Run, blocks, tokens_of
from synthetic.coauthors import locked, packed


@pytest.fixture(scope="session")
def article(built_paper: Path) -> Any:
    """The toy's JATS, not to be changed."""
    return etree.fromstring((built_paper / "paper.xml").read_bytes())


def held(article: Any, document: Document) -> Compared:
    return compare(read_xml(etree.tostring(article)), document, "en")


def test_the_papers_own_formats_need_no_correction(built_paper: Path, article: Any) -> None:
    for name in ("paper.docx", "paper.xml"):
        assert [] == held(article, read_proof(built_paper / name)).corrections


def test_changed_numbers_of_the_jats_is_told_and_nothing_else(article: Any) -> None:
    numbers = [
        one for one in article.iter("named-content") if one.get("content-type") == "number" and one.text
    ]
    missed = []
    for nth, number in list(enumerate(numbers))[::8]:
        if not any(map(str.isdigit, number.text)):
            continue
        proof = deepcopy(article)
        changed = [
            one for one in proof.iter("named-content") if one.get("content-type") == "number" and one.text
        ][nth]
        digit = next(one for one in changed.text if one.isdigit())
        changed.text = changed.text.replace(digit, str((int(digit) + 4) % 10), 1)
        found = held(article, read_xml(etree.tostring(proof))).corrections
        if len(found) != 1 or found[0].kind != "number" or number.get("specific-use") not in found[0].numbers:
            missed.append((number.get("specific-use"), number.text, found))
    assert [] == missed


@pytest.mark.parametrize(
    "change", [lambda text: "", lambda text: f"{text} {text}"], ids=["missing", "doubled"]
)
def test_a_number_missing_or_doubled_is_told(article: Any, change: Callable[[str], str]) -> None:
    proof = deepcopy(article)
    number = next(one for one in proof.iter("named-content") if one.get("specific-use") == "growth.mean")
    number.text = change(number.text)
    assert "number" in [one.kind for one in held(article, read_xml(etree.tostring(proof))).corrections]


@pytest.mark.parametrize("part", ["year", "volume", "fpage"])
def test_a_reference_with_another_number_is_told(article: Any, part: str) -> None:
    proof = deepcopy(article)
    changed = next(
        one for one in proof.iter(part) if one.text and next(one.iterancestors("ref"), None) is not None
    )
    changed.text = changed.text[:-1] + str((ord(changed.text[-1]) + 3) % 10)
    assert ["number"] == [one.kind for one in held(article, read_xml(etree.tostring(proof))).corrections]


@pytest.mark.parametrize(
    ("ours", "theirs", "house", "same"),
    [
        ("5,076", "5076", ".", True),
        ("5,076", "5.076", ",", True),
        ("5,076", "5 076", ".", True),
        ("5,076", "5.076", ".", False),
        ("2.5", "25", ".", False),
        ("0.39", ".39", ".", True),
        ("0.50", "0.5", ".", False),
        ("2.5", "2·5", "·", True),
    ],
)
def test_a_house_may_write_a_number_otherwise_but_not_another(
    ours: str, theirs: str, house: str, same: bool
) -> None:
    assert same == is_same(ours, ".", theirs, house)


@pytest.mark.parametrize(
    ("pairs", "decimal"),
    [
        (["0.39 0.39", "2.5 2.5", "5,076 5.076"], "."),  # one that is wrong is no style
        (["5,076 5,076", "1,260 1,260", "3,701 3.701"], "."),
        (["5,076 5.076"], "."),
        (["5,076 5.076", "1,260 1.260", "3,701 3.701"], ","),
        (["0.39 0,39", "5,076 5.076"], ","),
        (["0.39 0·39", "5,076 5,076", "1,260 1,260"], "·"),
        (["0.39 0·39", "12,12 12,12", "18,00 18,00"], "·"),  # as hours and days, which are none
    ],
)
def test_the_decimal_sign_of_a_house_is_in_its_figures(pairs: Sequence[str], decimal: str) -> None:
    assert decimal == house_decimal([(one.split()[0], one.split()[1]) for one in pairs], ".")


def test_signs_ranges_and_superscripts_are_told_apart() -> None:
    keys = [
        one.sign + one.key for one in tokens_of([Run("−0.24 g, 12–21 and 10² in semi-\u00adarid ﬁelds", "")])
    ]
    assert ["-024", "g", "12", "to", "21", "&", "10", "^2", "in", "semiarid", "fields"] == keys


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    import typst

    scan = typst.compile(b"#rect(width: 5cm, height: 5cm)", format="pdf")
    assert isinstance(scan, bytes)
    with pytest.raises(NotReadable, match="scan"):
        read_pdf(scan)
    for name, content in (
        ("a.pdf", b"%PDF-1.7 broken"),
        ("a.docx", b"PK\3\4broken"),
        ("a.xml", b"<a>"),
        ("locked.docx", locked(packed({"word/document.xml": b"<a/>"}))),
        ("old.doc", b"\xd0\xcf\x11\xe0 and more"),
        ("a", b"?"),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(InputError):
            read_proof(tmp_path / name)


def test_xml_of_wide_letters_is_read_and_a_small_file_of_much_text_is_not(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<?xml version="1.0" encoding="utf-16"?><p>Two tea stalls</p>', "utf-16")
    assert ["Two", "tea", "stalls"] == [one.shown for one in read_proof(tmp_path / "a.xml").tokens]
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(2**29 + 1))
    with pytest.raises(InputError, match="more than 512 MiB when it is unpacked"):
        read_proof(tmp_path / "a.docx")
    with pytest.raises(InputError, match=r"a\.docx: .* more than 512 MiB when it is unpacked"):
        manuscript_in((tmp_path / "a.docx").read_bytes(), "a.docx")


def reference_of(parts: Mapping[str, str]) -> list[Run]:
    """An entry of the list of sources, by what each part of it is."""
    return [Run(f"{text} ", "", "ref", f"ref-pan|{part}") for part, text in parts.items()]


@pytest.mark.parametrize(
    ("number", "told"), [("10.1371/12", []), ("10.\n1371/12", []), ("10.\n1372/12", ["10.1371"])]
)
def test_a_number_of_an_address_may_be_parted_at_a_line_s_end(number: str, told: list[str]) -> None:
    title = "What stalls sell in the rain"
    reference = reference_of(
        {"surname": "Pan", "article-title": title, "volume": "7", "pub-id": "10.1371/12"}
    )
    paper = blocks([[Run("The text that is before the list of the sources", "")], reference])
    proof = lines(
        "The text that is before the list of the sources", f"Pan What stalls sell in the rain 8 {number}"
    )
    found = [(one.found, one.expected) for one in compare(paper, proof, "en").corrections]
    assert ("8", "7") in found
    assert told == [expected for _, expected in found if "10." in expected]


def test_a_name_that_a_reference_begins_with_is_told_where_it_is_misprinted() -> None:
    title = "What stalls sell in the rain"
    parts = {"surname": "Placeholder", "year": "2020", "article-title": title, "volume": "7"}
    reference = reference_of(parts)
    before = "The text that is before the list of the sources"
    proof = lines(before, "Plaxeholder 2020 What stalls sell in the rain 7")
    found = compare(blocks([[Run(before, "")], reference]), proof, "en").corrections
    assert [("Plaxeholder", "Placeholder")] == [(one.found, one.expected) for one in found]


def lines(*texts: str) -> Document:
    """A proof of lines, as a PDF's are."""
    return Document(tokens_of([Run("\n".join(texts), "page 1, line 1")]))


def cells(*texts: str) -> Document:
    return blocks([Run(text, "")] for text in texts)


ROWS = (
    "The table",
    "Stalls, paragraph",
    "6",
    "–",
    "2024",
    "no quantity",
    "and more words that follow it here",
)


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        (("The table", "Stalls, paragraph", "6", "–", "2024", "no quantity", ROWS[-1]), []),
        (("The table", "Stalls, paragraph 6 –", "2024", "no quantity", ROWS[-1]), []),  # cells that touch
        (("The table", "Stalls, paragraph 6 – 2024 no quantity", ROWS[-1]), ["–"]),  # a range that was none
        (("The table", "Stalls, paragraph 6 –", "2025", "no quantity", ROWS[-1]), ["– 2025"]),
    ],
)
def test_a_dash_of_an_empty_cell_is_no_range(proof: Sequence[str], told: list[str]) -> None:
    assert told == [one.found for one in compare(cells(*ROWS), lines(*proof), "en").corrections]


@pytest.mark.parametrize(
    ("proof", "told"),
    [
        ("50-100", []),
        ("50 -100", []),
        ("50 - 100", []),
        ("50 -101", ["number"]),
        ("50 100", ["number"]),
        ("-100", ["number", "number"]),
    ],
)
def test_a_space_before_the_dash_of_a_range_makes_no_minus(proof: str, told: list[str]) -> None:
    paper, said = "The speed is now {} Mbps, as it was", "50-100"
    found = compare(cells(paper.format(said)), lines(paper.format(proof)), "en").corrections
    assert told == [one.kind for one in found]


HEADED = ("The survey", "It asks a few.", "Its findings", "They say more than it asked of them all.")


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (["Contents", "The survey S1", "Its findings S2"], []),
        (["Contents", "The survey 1", "Its finding 2"], ["Contents The survey 1 Its finding 2"]),
        (["Contents", "The survey 1", "Its 3 findings 2"], ["Contents The survey 1 Its 3 findings 2"]),
    ],
)
def test_contents_are_the_papers_own_headings(contents: list[str], told: list[str]) -> None:
    compared = compare(
        cells("Stalls and their signs", *HEADED), lines("Stalls and their signs", *contents, *HEADED), "en"
    )
    assert told == [one.found for one in compared.corrections]


@pytest.mark.parametrize(
    ("contents", "told"),
    [
        (["1 The survey", "2 Its", "findings", "References"], False),
        (["2 The survey", "2 Its findings"], True),
        (["1 The survey", "Few are asked"], True),
    ],
)
def test_contents_without_numbers_of_pages_are_titles_alone(contents: list[str], told: bool) -> None:
    numbers = {"The survey": "1", "Its findings": "2"}
    own = [[Run("Stalls and their signs", "")]]
    for text in (HEADED[0], "Few are asked", *HEADED[1:]):
        if text in numbers:
            own += [[Run(numbers[text], "", "label")], [Run(text, "title at line 9")]]
        else:
            own.append([Run(text, "p at line 9")])
    body = [" ".join(one.text for one in runs) for runs in own[1:]]
    proof = lines("Stalls and their signs", "What is in it", *contents, *body)
    assert told == bool(compare(blocks(own), proof, "en").corrections)


@pytest.mark.parametrize(
    ("label", "told"),
    [("Gbr. 1", []), ("Gam. 1", []), ("Gbr 1", ["Gbr"]), ("Tab. 1", ["Tab"]), ("Gbr. 2", ["Gbr. 2"])],
)
def test_the_label_of_a_caption_may_be_short(label: str, told: list[str]) -> None:
    text = "The text that is before it has many words"
    caption = [
        Run("Gambar 1", "", "caption", "fig-a"),
        Run(" What the stalls sell in the rain", "", "caption", "fig-a"),
    ]
    proof = lines(text, f"{label} What the stalls sell in the rain")
    assert told == [one.found for one in compare(blocks([[Run(text, "")], caption]), proof, "id").corrections]


@pytest.mark.parametrize(("entry", "own"), [("2 What is asked", True), ("2 What was asked", False)])
def test_contents_of_which_the_last_words_are_held_for_those_of_the_text_are_contents(
    entry: str, own: bool
) -> None:
    blocks_of_paper = [[Run("Of tea and signs", "")]]
    for number, title in (("1", "The survey"), ("2", "What is asked")):
        blocks_of_paper += [
            [Run(number, "", "label")],
            [Run(title, "title at line 9")],
            [Run("Few words.", "")],
        ]
    proof = lines("Contents", "1 The survey", entry, "Of tea and signs", *HEADED)
    both = Matched(blocks(blocks_of_paper).tokens, proof.tokens, "en")
    before = [one.shown for one in proof.tokens].index("asked")
    assert own == is_own_mark(both, range(before))


@pytest.mark.parametrize(
    ("names", "told"), [(("AQ1", "AQ2"), 0), (("AQ1", "AQ1"), 2), (("S1", "S2"), 2), (("KM1", "KM"), 2)]
)
def test_names_of_queries_are_the_house_s_and_those_of_the_paper_are_not(
    names: Sequence[str], told: int
) -> None:
    paper = cells("The stall by the river (S8) sells tea", "Its signs are read by all of the guests")
    proof = lines(
        "The stall by the river (S8)",
        names[0],
        "sells tea",
        "Its signs are read by",
        names[1],
        "all of the guests",
    )
    compared = compare(paper, proof, "en")
    assert (told, 2 - told) == (len(compared.corrections), len(compared.added))


RATE = ("A survey", "The rate is stated as {} by the stalls", "14", "8")


@pytest.mark.parametrize(
    ("proof", "told"), [("8–14%", []), ("8–14% 8–\n14%", ["8–14%"]), ("8–14%\n8–14%", ["8–14%"])]
)
def test_a_range_that_is_doubled_at_a_line_s_end_is_no_line_of_contents(proof: str, told: list[str]) -> None:
    paper = cells(*(text.format("8–14%") for text in RATE))
    found = compare(paper, lines(*(text.format(proof) for text in RATE)), "en").corrections
    assert told == [one.found.replace("– ", "–") for one in found]


def test_a_table_s_head_is_repeated_on_a_line_of_its_own_and_no_later_row_is_its_head() -> None:
    cited = Run("(Pan 2020)", "", "cite", "ref-pan")
    rows = [Run(text, "", "table", "tbl-rates") for text in ("8–14%", "Rate", "9–15%", "River")]
    text, end = (
        "The rates are stated as {} and {} by all of the stalls",
        "There is no more than that to say of it.",
    )

    def found(first: str, second: str, *again: str) -> list[str]:
        own = [Run(text.format("8–14%", "9–15%"), ""), *rows[:2], cited, *rows[2:], Run(end, "")]
        paper = blocks([one] for one in own)
        proof = lines(
            text.format(first, second), "8–14%", "Rate", "(Pan 2020)", *again, "9–15%", "River", end
        )
        return [one.found for one in compare(paper, proof, "en").corrections]

    assert [] == found("8–14%", "9–15%")
    assert [] == found("8–14%", "9–15%", "8–14%", "Rate")
    assert ["8–14%"] == found("8–14% 8–14%", "9–15%")
    assert ["9–15%"] == found("8–14%", "9–15%", "9–15%")


def words_of_pdf(source: str) -> list[str]:
    """The words of what typst sets on small pages."""
    import typst

    pages = "#set page(width: 200pt, height: 200pt, margin: 30pt)\n"
    return [one.shown for one in read_pdf(typst.compile((pages + source).encode(), format="pdf")).tokens]


SOLD = "Stalls sell their tea here by the cup, and their signs say for how much it is sold. "


@pytest.mark.parametrize("margin", ["left", "right"])
@pytest.mark.parametrize(
    "font", ["Libertinus Serif", "DejaVu Sans Mono"]
)  # a wide space ends the lines of this
@pytest.mark.parametrize("times", [5, 6, 7])  # pages of one and of two lines among them
def test_numbers_of_lines_are_none_of_the_text(margin: str, font: str, times: int) -> None:
    settings = (
        f'#set text(font: "{font}", size: 8pt)\n#set par.line(numbering: "1", number-margin: {margin}, '
    )
    found = words_of_pdf(f"{settings} number-clearance: 2pt)\n{SOLD * times}")
    assert tokens_of([Run(SOLD * times, "")])[-1].shown == found[-1]
    assert [] == [one for one in found if one.isdigit()]


@pytest.mark.parametrize("angle", [0, 30, 45])
def test_what_stands_behind_the_text_of_each_page_is_none_of_it(angle: int) -> None:
    behind = f"rotate(-{angle}deg, text(24pt)[PROOF \\ of 12 May])"
    found = words_of_pdf(f"#set text(8pt)\n#set page(background: {behind})\n{SOLD * 12}")
    assert [one.shown for one in tokens_of([Run(SOLD * 12, "")])] == found


def test_cells_of_a_turned_table_stay_in_their_order() -> None:
    cells = [
        Stretch(f"{WORDS} {'ab'[side]}{row}", 1, 300.0 * side, 300.0 * side + 200, 700.0 - 10 * row, 8.0, 1)
        for row in range(9)
        for side in (0, 1)
    ]
    assert cells == in_order(cells)


def test_numbers_of_cells_are_none_of_lines() -> None:
    words = [
        Stretch(f"stalls sell their tea here {'abc'[row]} ", 1, 100, 201.5, 500 - 10 * row, 8)
        for row in range(3)
    ]
    cells = [Stretch(str(8 + row), 1, 195, 206, 500 - 10 * row, 5) for row in range(3)]
    assert [*words, *cells] == _without_line_numbers([*words, *cells])
    lines = [Stretch(str(5 + row), 1, 80, 85, 500 - 10 * row, 5) for row in range(3)]
    later = [Stretch("9", 2, 80, 85, 500, 5)]  # no 8 is before it
    assert [*words, *later] == _without_line_numbers([*words, *lines, *later])


def page(number: int, *rows: Sequence[str]) -> list[Stretch]:
    """A page whose rows end at its foot."""
    return [
        Stretch(text, number, 100.0 * column, 100.0 * column + 60, 20.0 + 10 * (len(rows) - row), 8.0)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]


def test_a_row_at_the_foot_of_pages_is_no_running_line() -> None:
    pages = [
        page(nth, [f"{name} Pot", name, "agrees"], ["Tea stalls", f"{nth}"])
        for nth, name in ((1, "North"), (2, "River"))
    ]
    kept = _without_heads([one for each in pages for one in each], {1: 800.0, 2: 800.0})
    assert ["North Pot", "North", "agrees", "River Pot", "River", "agrees"] == [
        one.text for one in kept if "Tea" not in one.text and len(one.text) > 1
    ]


def test_the_number_of_a_page_among_all_is_no_number_of_the_text() -> None:
    rows = ("Stalls sell tea", "Signs are read", "Guests come back")
    pages = [page(nth, [row], [f"{nth} / 3"]) for nth, row in enumerate(rows, start=1)]
    kept = _without_heads([one for each in pages for one in each], dict.fromkeys((1, 2, 3), 800.0))
    assert list(rows) == [one.text for one in kept]


def test_a_page_s_only_number_is_its_own_and_a_note_or_an_axis_is_none() -> None:
    foot = page(1, ["1Neither book nor survey exists"], ["0", "5", "10"], ["An article", "7"])
    head = Stretch("1 Question", 1, 100.0, 160.0, 400.0, 20.0)
    kept = _without_heads([head, *foot], {1: 800.0})
    assert ["1 Question", "1Neither book nor survey exists", "0", "5", "10", "An article"] == [
        one.text for one in kept
    ]


WORDS = "four words of one"


def test_cells_of_several_lines_stay_together_and_columns_that_are_set_line_by_line_are_read_down() -> None:
    def line(nth: int, side: int) -> Stretch:
        return Stretch(
            f"{WORDS} {'ab'[side]}{nth}", 1, 300.0 * side, 300.0 * side + 200, 700.0 - 10 * nth, 8.0
        )

    cells = [line(2 * row + nth, side) for row in range(4) for side in (0, 1) for nth in range(2)]
    assert cells == in_order(cells)
    columns = [line(nth, side) for nth in range(9) for side in (0, 1)]
    assert [line(nth, side).text for side in (0, 1) for nth in range(9)] == [
        one.text for one in in_order(columns)
    ]


def test_a_minus_that_a_line_s_end_parts_from_its_figure_is_there_and_none_is_not() -> None:
    said = "The two are correlated at {} over all of the stalls"
    for proof, told in (("–\n0.24", []), ("0.24", ["0.24"]), ("\n0.24", ["0.24"])):
        found = compare(cells(said.format("−0.24")), lines(said.format(proof)), "en").corrections
        assert told == [one.found for one in found]


@pytest.mark.parametrize("proof", ["teaand honey", "tea andhoney", "tea & honey"])
def test_a_space_that_is_lost_beside_a_word_with_a_sign_of_its_own_is_none_of_the_words(proof: str) -> None:
    said = "The stall by the river sells {} to all of its guests"
    assert [] == compare(cells(said.format("tea and honey")), lines(said.format(proof)), "en").corrections


@pytest.mark.parametrize(("ours", "theirs"), [("%", "‰"), ("%", "°"), ("<", ">"), ("±", "+"), ("€", "$")])
def test_another_sign_is_told(ours: str, theirs: str) -> None:
    said = "The rate is stated as 8 {} 14 by the stalls"
    found = compare(cells(said.format(ours)), lines(said.format(theirs)), "en").corrections
    assert [("number", theirs, ours)] == [(one.kind, one.found, one.expected) for one in found]


@pytest.mark.parametrize(("text", "sign"), [("of−24", "-"), ("of -24", "-"), ("A-24", ""), ("12−24", "")])
def test_a_minus_right_behind_a_word_is_one_and_a_hyphen_is_none(text: str, sign: str) -> None:
    assert ("24", sign) == [(one.key, one.sign) for one in tokens_of([Run(text, "")])][-1]


@pytest.mark.parametrize("written", ["8.4%", "8.4 percent", "8.4 per cent", "8.4 per\ncent"])
def test_percent_is_its_sign_in_one_word_or_two(written: str) -> None:
    assert ["84", "%"] == [one.key for one in tokens_of([Run(written, "")])]


def test_a_house_s_line_takes_no_word_of_the_front() -> None:
    front = [Run(text, "", "front", "contrib-group") for text in ("North and River", "1 May 2024")]
    body = "What the survey counts, in so many words as these are."
    paper = blocks([[Run("Stalls and signs", "")], *[[one] for one in front], [Run(body, "")]])
    line = "Findings: supplement, verdict and more"
    compared = compare(paper, cells("Stalls and signs", "North, River", "1 May 2024", line, body), "en")
    told = [(one.found, one.expected) for one in compared.corrections]
    assert ([("nothing", "and")], [line]) == (told, [text for _, text in compared.added])


def test_a_head_that_is_set_again_hides_no_row() -> None:
    head, first = ("Category", "North stall", "River stall"), ("Guests a day", "72", "81")
    rows = [[Run(text, "", "table", "tbl-a")] for text in (*head, *first, "Sessions", "3", "4")]
    paper = blocks([[Run(f"Before it {WORDS}", "")], *rows, [Run(f"Behind it {WORDS}", "")]])
    parted = ("Catego", "ry", *head[1:])

    def found(*row: str) -> list[str]:
        proof = lines(f"Before it {WORDS}", *parted, *first, *parted, *row, f"Behind it {WORDS}")
        return [one.expected for one in compare(paper, proof, "en").corrections]

    assert [] == found("Session", "s", "3", "4")
    once = lines(
        f"Before it {WORDS}",
        "Cate",
        "gory Nor",
        "th",
        "stall",
        head[2],
        *first,
        "Sessions 3 4",
        f"Behind it {WORDS}",
    )
    assert [] == compare(paper, once, "en").corrections
    assert ["Sessions 3"] == found("Session", "s", "5", "4")


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        (["-0.4-0.3", "0.0", "B", "o", "dy mass", "8.4", "North"], []),
        (["0 . 0", "B o d y m a s s", "8 . 4", "N o r t h", "- 0 . 4", "- 0 . 3"], []),
        (["-0.40.3", "0.0", "Body mass", "8.4", "North"], ["-0.40.3"]),
        (["-0.4", "-0.3", "0.0", "Body mass", "4.8", "North"], ["4.8"]),
    ],
)
def test_labels_of_a_figure_may_touch_or_be_spaced_and_are_no_others(
    drawn: list[str], told: list[str]
) -> None:
    paper = cells("The text before it", "The text behind it")
    paper.pictures = [Picture("fig-a", "", None, ("−0.4", "−0.3", "0.0", "Body mass", "8.4", "North"))]
    proof = lines("The text before it", *drawn, "The text behind it")
    assert told == [one.found for one in compare(paper, proof, "en").corrections]


def test_labels_whose_letters_are_apart_are_none_others() -> None:
    paper, spaced = cells("The text before it", "The text behind it"), ("B o d y m a s s", "N o r t h")
    paper.pictures = [Picture("fig-a", "", None, ("Body mass", "North", "8.4"))]
    told = {
        value: len(
            compare(
                paper, lines("The text before it", *spaced, value, "The text behind it"), "en"
            ).corrections
        )
        for value in ("8 . 4", "4 . 8")
    }
    assert {"8 . 4": 0, "4 . 8": 1} == told


def test_what_changes_its_place_within_a_paragraph_is_told_and_a_paragraph_may_move() -> None:
    first = "There are three of the stalls by the river."
    second = "Each of them sells tea to whoever comes by on a day of rain."
    third = "None has sold any other thing since the bridge was built."
    other = "The signs were painted by hand, and every one of them says so in small letters."
    paper = cells(f"{first} {second} {third}", other)

    def found(*texts: str) -> list[tuple[str, str]]:
        return [(one.found, one.expected) for one in compare(paper, cells(*texts), "en").corrections]

    assert [] == found(other, f"{first} {second} {third}")
    moved = third.removesuffix(".")
    assert [("nothing", moved), (moved, "nothing")] == sorted(
        found(f"{first} {third} {second}", other), reverse=True
    )


STALLS = ("What", "North stall (S1)", "River stall (S2)", "Founded", "in the year 2019", "in the year 2024")


@pytest.mark.parametrize(
    ("order", "told"), [((0, 1, 2, 3, 4, 5), 0), ((0, 2, 1, 3, 4, 5), 2), ((0, 1, 2, 3, 5, 4), 2)]
)
def test_cells_that_stand_in_each_other_s_place_are_told(order: Sequence[int], told: int) -> None:
    begin, end = ("The table gives what is known of them all", "There is no more than that to say of it")
    table = [[Run(text, "", "table", "tbl-stalls")] for text in STALLS]
    paper = blocks([[Run(begin, "")], *table, [Run(end, "")]])
    found = compare(paper, cells(begin, *(STALLS[nth] for nth in order), end), "en").corrections
    assert ["number"] * told == [one.kind for one in found]


def test_a_row_that_the_turn_of_a_page_parts_is_in_order() -> None:
    begin, end = ("The table gives what is known of them all", "There is no more than that to say of it")
    table = [
        [Run(text, "", "table", "tbl-stalls")]
        for text in ("tea is sold there by the cup", "since the year 2019")
    ]
    paper = blocks([[Run(begin, "")], *table, [Run(end, "")]])
    parts = ((begin, 1), ("tea is sold there", 1), ("since the year 2019", 1), ("by the cup", 2), (end, 2))
    turned, flat = (
        blocks([[Run(text, f"page {number if turns else 1}, line 1")] for text, number in parts])
        for turns in (True, False)
    )
    assert [] == compare(paper, turned, "en").corrections
    assert [] != compare(paper, flat, "en").corrections


def test_a_row_that_is_moved_over_the_turn_of_a_page_is_told() -> None:
    begin, end = ("The table gives what is known of them all", "There is no more than that to say of it")
    rows = (
        "North stall since the year 2019",
        "River stall since the year 2021",
        "Hill stall since the year 2024",
    )
    paper = blocks(
        [[Run(begin, "")], *[[Run(text, "", "table", "tbl-stalls")] for text in rows], [Run(end, "")]]
    )
    parts = ((begin, 1), (rows[1], 1), (rows[0], 2), (rows[2], 2), (end, 2))
    turned = blocks([[Run(text, f"page {number}, line 1")] for text, number in parts])
    assert ["number", "number"] == [one.kind for one in compare(paper, turned, "en").corrections]


@pytest.mark.parametrize(("rest", "told"), [("daily", 0), ("rarely", 2)])
def test_the_rest_of_a_cell_stands_behind_the_head_that_is_set_again(rest: str, told: int) -> None:
    begin, end = ("The table gives what is known of them all", "There is no more than that to say of it")
    head, row = ("What is sold", "Since when"), ("tea is sold there daily", "since the year 2019")
    table = [[Run(text, "", "table", "tbl-stalls")] for text in (*head, *row)]
    paper = blocks([[Run(begin, "")], *table, [Run(end, "")]])
    first = [(text, 1) for text in (begin, *head, "tea is sold there", row[1])]
    parts = [*first, *((text, 2) for text in (*head, rest, end))]
    proof = blocks([[Run(text, f"page {number}, line 1")] for text, number in parts])
    assert told == len(compare(paper, proof, "en").corrections)


LETTER = (
    "Stalls and signs",
    "A. Placeholder",
    "1 May 2024",
    "Main text",
    "What the survey counts, in so many words as these",
)


@pytest.mark.parametrize(
    ("day", "told"), [("1 May 2024", []), ("1 May 2024 · CC BY 4.0", []), ("1 May 2024 · CC BY 3.0", ["3.0"])]
)
def test_a_supplement_may_state_its_licence_and_no_other(day: str, told: list[str]) -> None:
    paper = cells(*LETTER)
    state_licence(paper, "1 May 2024", "CC BY 4.0")
    proof = cells(*LETTER[:2], day, *LETTER[3:])
    assert told == [one.found for one in compare(paper, proof, "en").corrections]


def test_a_picture_within_a_page_is_read_and_no_other_place_is_asked(tmp_path: Path) -> None:
    drawn = b"\x89PNG" + bytes(9000)
    names = [f"data:image/png;base64,{base64.b64encode(drawn).decode()}", "data:image/png;base64,a"]
    names += [
        "//host/share/a.png",
        "\\\\host\\a.png",
        "C:\\a.png",
        "https://example.org/a.png",
        "a" * 5000,
        "b.png",
    ]
    (tmp_path / "b.png").write_bytes(b"beside")
    page = "".join(f'<img src="{name}">' for name in names)
    (tmp_path / "a.html").write_text(f"<html><body><p>Some words</p>{page}</body></html>", "utf-8")
    read = read_proof(tmp_path / "a.html")
    assert [drawn, *[None] * 6, b"beside"] == [one.content for one in read.pictures]


def test_another_paper_is_refused(article: Any) -> None:
    with pytest.raises(AnotherPaper):
        held(article, Document(tokens_of([Run("Quite another text of words that say little", "")])))
