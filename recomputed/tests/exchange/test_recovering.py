"""Numbers, citations and claims whose controls a program lost are found by what they said and what is beside them."""

from collections.abc import Callable, Sequence
from copy import deepcopy

import pytest
from docx.oxml.ns import qn

from exchange.conftest import Sent
from exchange.test_back import CASES, GROWTH, KNOWN, SOLD, move
from recomputed.exchange.back import read_back
from recomputed.exchange.marks import CLOSE, NUMBER, OPEN, SPAN, Piece, mark
from recomputed.exchange.recovering import cited_again, pieces_in, recovered, undamaged
from recomputed.exchange.tokens import Token, tokens, written
from synthetic.coauthors import Edited

PIECES = [
    Piece(NUMBER, "`n`", "", "n", 1),
    Piece(NUMBER, "`m`", "", "m", 1),
    Piece(SPAN, "[", "]{.claim}", "claim", 1),
]


def whole(nth: int, said: str) -> str:
    return mark(OPEN, nth) + said + mark(CLOSE, nth)


@pytest.mark.parametrize(
    ("base", "now", "becomes"),
    [
        (f"It rose by {whole(0, '21.0%')} at once.", "It rose by 21.0% at once.", "It rose by `n` at once."),
        (f"It rose by {whole(0, '21%')}.", "Then it rose, by 21%.", "Then it rose, by `n`."),
        (f"It rose by {whole(0, '2')} a day.", "It rose by 2.5 a day.", "It rose by 2.5 a day."),
        (f"It rose by {whole(0, '2')} a day.", "It rose by 2% a day.", "It rose by 2% a day."),
        (f"It rose by {whole(0, '5')}.", "It rose by 12–5.", "It rose by 12–5."),
        (f"{whole(0, '8')}–{whole(1, '12')} cups", "8–12 cups", "`n`–`m` cups"),
        (f"a {whole(0, '8')} b {whole(1, '8')} c", f"a 8 b {whole(1, '8')} c", "a `n` b `m` c"),
        (f"as {whole(0, 'Spout et al.')} says", "as Spout *et al.* says", "as `n` says"),
        (f"It {whole(2, 'sold more')} now.", "It sold more now.", "It [sold more]{.claim} now."),
        (f"It {whole(2, 'sold more')} now.", "It sold much more now.", "It [sold much more]{.claim} now."),
        (f"It {whole(2, 'sold more')} now.", "It has sold less now.", "It has [sold less]{.claim} now."),
        (f"It {whole(2, 'sold more')} now.", "It is now.", "It is now."),
        (f"It {whole(2, 'sold ' + whole(0, '8'))} now.", "It sold 8 now.", "It [sold `n`]{.claim} now."),
    ],
)
def test_a_lost_piece_stands_where_its_words_do(base: str, now: str, becomes: str) -> None:
    was, came = tokens(base, PIECES), tokens(now, PIECES)
    assert becomes == written(recovered(was, came, pieces_in([was]) - pieces_in([came])))


def bare(docx: bytes, keep: Callable[[int], bool] = lambda nth: False) -> Edited:
    """The file without its controls and their bookmarks, but for those to keep, as some programs save it."""
    doc = Edited(docx)
    for nth, control in enumerate(reversed(doc.body.xpath(".//w:sdt[w:sdtPr/w:tag]"))):
        if not keep(nth):
            for one in list(control.find(qn("w:sdtContent"))):
                if one.tag not in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
                    control.addprevious(one)
            control.getparent().remove(control)
    return doc


@pytest.mark.parametrize("keep", [lambda nth: False, lambda nth: nth % 2 == 0], ids=["all lost", "half lost"])
def test_nothing_changes_where_only_controls_are_lost(keep: Callable[[int], bool], sent: Sent) -> None:
    back = read_back(bare(sent.docx, keep).saved(), "sent.docx", sent.text, set())
    assert (back.text, back.refused) == (sent.text, [])


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        (f"waits {whole(0, '4')}5.5 s", "waits 45.5 s"),
        (f"waits {whole(0, '44')}.9 s", "waits 44.9 s"),
        (f"waits 12{whole(0, '4')} s", "waits 124 s"),
        (f"stalls {whole(2, 's')}old less", "stalls sold less"),
        (f"the {whole(0, '44.5')}th", f"the {whole(0, '44.5')}th"),  # typed behind it
        (f"waits {whole(0, '45')} s", f"waits {whole(0, '45')} s"),  # typed within it
        (f"{whole(0, '44.5')}{whole(1, '5')}", f"{whole(0, '44.5')}{whole(1, '5')}"),
    ],
)
def test_marks_around_a_part_of_what_was_typed_over_are_taken_away(text: str, becomes: str) -> None:
    assert becomes == undamaged(text, (), {0: "44.5", 1: "5"})


@pytest.mark.parametrize(
    ("base", "now", "becomes"),
    [
        ("Cold.", "Cold (Kettle & Spout, 2018).", "Cold [@kettle]."),
        ("Cold.", "Cold (Kettle, 2018).", "Cold (Kettle, 2018)."),
        (
            "Typed (Kettle & Spout, 2018).",
            "So typed (Kettle & Spout, 2018).",
            "So typed (Kettle & Spout, 2018).",
        ),
    ],
)
def test_a_citation_that_was_copied_without_its_control_cites(base: str, now: str, becomes: str) -> None:
    citation = Token(("piece", 0), "[@kettle]", "(Kettle & Spout, 2018)")
    assert becomes == written(cited_again(tokens(base, ()), tokens(now, ()), [citation]))


def test_a_caption_that_a_deletion_above_gave_another_style_is_still_one(sent: Sent) -> None:
    """As LibreOffice saves a tracked deletion of the paragraph before it."""
    doc = Edited(sent.docx)
    doc.paragraph("Prices, from hearsay").style = doc.paragraph("Nobody drinks").style
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN)
    assert (back.text, back.refused) == (sent.text, [])


def test_a_copy_without_controls_has_the_numbers_of_what_it_copies(sent: Sent) -> None:
    doc = Edited(sent.docx)
    copy = deepcopy(bare(sent.docx).paragraph("Every stall sold more"))
    doc.paragraph("Nobody drinks").addnext(copy)
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN)
    (line,) = (line for line in sent.text.split("\n") if GROWTH in line)
    assert [line, line] == [one for one in back.text.split("\n") if GROWTH in one]


MORE = SOLD.replace("sold more", "sold much more")
WRONG = "the co-author wrote {} for `growth.mean` (21.0%): change the data, or the sentence"


@pytest.mark.parametrize(
    ("edit", "changes", "refused"),
    [
        (CASES["a word"].edit, CASES["a word"].changes, []),
        (
            CASES["a sentence rewritten around a number"].edit,
            CASES["a sentence rewritten around a number"].changes,
            [],
        ),
        (lambda doc: doc.replace("sold more", "sold much more"), [(SOLD, MORE)], []),
        (lambda doc: doc.replace("21.0%", "35 %"), [], [WRONG.format("35 %")]),
        (lambda doc: doc.replace("21.0%", "121.0%"), [], [WRONG.format("121.0%")]),
        (CASES["an item moved"].edit, CASES["an item moved"].changes, []),
        (
            lambda doc: doc.replace("Kettle", "Pan"),
            [],
            ["cite another source, or refer to another place, as [@key]"],
        ),
    ],
)
def test_edits_beside_lost_controls_come_back(
    edit: Callable[[Edited], object], changes: Sequence[tuple[str, str]], refused: Sequence[str], sent: Sent
) -> None:
    doc, expected = bare(sent.docx), sent.text
    edit(doc)
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN)
    for old, new in changes:
        assert expected.count(old) == 1
        expected = expected.replace(old, new)
    assert expected == back.text
    assert len(refused) == len(back.refused), back.refused
    assert all(found.endswith(told) for told, found in zip(refused, back.refused, strict=True))


def test_a_paragraph_that_moved_without_its_controls_keeps_its_numbers(sent: Sent) -> None:
    doc = bare(sent.docx)
    move(doc, "Every stall sold more", "Nobody drinks")
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN)
    assert back.refused == []
    assert sorted(sent.text.split("\n")) == sorted(back.text.split("\n"))
    assert back.text.index("Nobody drinks") < back.text.index(GROWTH)
