"""A file that nobody edited changes nothing; a stale one is merged; one that is none of ours is refused."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.conftest import Sent
from exchange.test_back import CASES, KNOWN
from recomputed import paths
from recomputed.cli import main
from recomputed.exchange.back import read_back
from recomputed.exchange.controls import base_in, parts_of
from recomputed.exchange.merge import merged
from recomputed.exchange.tokens import Token, mended, written
from recomputed.faults import InputError
from synthetic.coauthors import Edited, by_libreoffice, locked, text_of, without
from synthetic.papers import PENGUINS, recomputed


def test_numbers_are_locked_controls_with_their_ids_and_subjects(sent: Sent) -> None:
    properties = Edited(sent.docx).control("growth.mean#1")[0]
    values = {child.tag.rpartition("}")[2]: next(iter(child.attrib.values()), "") for child in properties}
    assert values["tag"] == "growth.mean#1"
    assert values["lock"] == "sdtContentLocked"
    assert "growth.mean" in values["alias"]
    alias = Edited(sent.docx).control("growth.rise.north#1")[0].find(qn("w:alias"))
    assert "north" in alias.get(qn("w:val")).lower()


def test_the_version_that_it_was_made_from_is_inside(sent: Sent) -> None:
    found = base_in(parts_of(sent.docx))
    assert found is not None
    assert found[0]["text"] == sent.text


def test_strong_emphasis_is_set_as_such(sent: Sent) -> None:
    (run,) = (one for one in Edited(sent.docx).body.iter(qn("w:r")) if text_of(one) == "bold italic")
    assert {"b", "i"} <= {one.tag.rpartition("}")[2] for one in run.rPr}


def test_co_authors_get_ranges_as_they_are_written(sent: Sent) -> None:
    text = parts_of(sent.docx)["word/document.xml"].decode()
    assert "boards 4–6" in text
    assert "\u2060" not in text


EDITS = (
    ("a new paragraph", "emphasis", "a paragraph out", "an item", "a number typed over", "a caption that code holds"),
    ("a word", "a heading", "a cell of the text's table"),
    ("a comment", "a claim out"),
)  # fmt: skip
"""Of each file those that do not stand in each other's way."""


def nothing_changes(docx: bytes, text: str) -> None:
    back = read_back(docx, "sent.docx", text, set())
    assert (back.text, but_formulas(back.refused), back.typed) == (text, [], [])


def but_formulas(refused: list[str]) -> list[str]:
    """Without what is told of formulas: LibreOffice without its Math loses them all."""
    return [one for one in refused if "its formula is gone" not in one]


def test_without_edits_nothing_changes(sent: Sent) -> None:
    nothing_changes(sent.docx, sent.text)
    nothing_changes(Edited(sent.docx).saved(), sent.text)


@pytest.mark.slow
def test_what_is_edited_or_not_then_saved_by_libreoffice_comes_back_alike(sent: Sent, tmp_path: Path) -> None:
    """The second paper too, by one LibreOffice, which takes longer to start than to save."""
    assert recomputed(PENGUINS, "word", "out", str(tmp_path / "out.docx")).returncode == 0
    penguins = (tmp_path / "out.docx").read_bytes()
    edited = {}
    for names in EDITS:
        doc = Edited(sent.docx)
        for name in names:
            CASES[name].edit(doc)
        edited[" and ".join(names)] = doc.saved()
    resaved = by_libreoffice({"sent": sent.docx, "penguins": penguins, **edited}, tmp_path)
    text = (PENGUINS / "paper.qmd").read_text(encoding="utf-8")
    for docx in (penguins, Edited(penguins).saved(), resaved["penguins"]):
        nothing_changes(docx, text)
    nothing_changes(resaved["sent"], sent.text)
    for name, docx in edited.items():
        here, there = (read_back(one, "sent.docx", sent.text, KNOWN) for one in (docx, resaved[name]))
        assert here.text != sent.text
        assert (name, here.text) == (name, there.text)
        assert (name, here.refused) == (name, but_formulas(there.refused))


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(["Does a painted", "Nobody drinks", "green tea", "Teas are"]), unique=True)
)
def test_paragraphs_out_are_out_and_no_more(words: list[str], sent: Sent) -> None:
    doc = Edited(sent.docx)
    for one in words:
        found = doc.paragraph(one)
        found.getparent().remove(found)
    back = read_back(doc.saved(), "sent.docx", sent.text, KNOWN)
    left = [line for line in sent.text.split("\n") if line and not any(one in line for one in words)]
    if "Does a painted" in words:  # whose note went with it
        left = [line for line in left if not line.startswith("[^made-up]:")]
    assert left == [line for line in back.text.split("\n") if line]


def test_a_stale_copy_is_merged(sent: Sent) -> None:
    doc = Edited(sent.docx)
    doc.replace("Nobody drinks", "None drinks")
    doc.replace("Does a painted sign", "Does a carved sign")
    now = sent.text.replace("Neither book", "No book").replace("We hold what", "We compare what")
    back = read_back(doc.saved(), "sent.docx", now, KNOWN)
    assert back.conflicts == []
    assert back.text == now.replace("Nobody drinks", "None drinks").replace(
        "a painted sign sell", "a carved sign sell"
    )


def test_a_stale_copy_tells_where_both_changed(sent: Sent) -> None:
    doc = Edited(sent.docx)
    doc.replace("Nobody drinks", "None drinks")
    now = sent.text.replace("Nobody drinks", "Few drink")
    (conflict,) = read_back(doc.saved(), "sent.docx", now, KNOWN).conflicts
    assert (conflict.here, conflict.there) == ("> Few drink it cold.", "> None drinks it cold.")
    assert now.split("\n")[conflict.row - 1] == conflict.here


def test_a_piece_whose_end_is_behind_it_is_whole() -> None:
    cut = [Token(("piece", 0), "`x`", "2"), Token("4", "4"), Token(" ", " "), Token("cups", "cups")]
    assert written(mended(cut, {0: "24"})) == "`x` cups"
    assert written(mended(cut, {0: "25"})) == "`x`4 cups"


def test_a_merge_of_changes_apart_has_both() -> None:
    assert merged("a. b. c.\nd\n", "A. b. c.\nd\n", "a. b. C.\ne\n") == ("A. b. C.\ne\n", [])


@pytest.mark.parametrize(
    ("broken", "found"),
    [
        (lambda docx: b"no zip", "cannot be read"),
        (lambda docx: without(docx, "customXml/"), "none of the version"),
        (lambda docx: without(docx, "word/document.xml"), "cannot be read"),
        (lambda docx: docx[: len(docx) // 2], "cannot be read"),
        (lambda docx: b"", "cannot be read"),
        (locked, "password required"),
        (lambda docx: b"\xd0\xcf\x11\xe0" + docx, "save it as DOCX without a password"),
    ],
)
def test_what_is_none_of_ours_is_refused(broken: Callable[[bytes], bytes], found: str, sent: Sent) -> None:
    with pytest.raises(InputError, match=found):
        read_back(broken(sent.docx), "sent.docx", sent.text, KNOWN)


def test_a_file_of_another_paper_is_refused_and_one_whose_lines_were_broken_anew_is_none(sent: Sent) -> None:
    other = (PENGUINS / "paper.qmd").read_text(encoding="utf-8")
    with pytest.raises(InputError, match=r"a DOCX of this paper, found one of another paper's paper\.qmd"):
        read_back(sent.docx, "sent.docx", other, KNOWN)
    broken = sent.text.replace(" and ", "\nand ")
    assert broken == read_back(sent.docx, "sent.docx", broken, KNOWN).text


def test_word_out_takes_the_place_of_no_other_file(capsys: pytest.CaptureFixture[str]) -> None:
    before = paths.PAPER.read_bytes()
    assert 2 == main(["word", "out", str(paths.PAPER)])
    assert "expected a new name, or a DOCX to take the place of" in capsys.readouterr().err
    assert before == paths.PAPER.read_bytes()
    assert 2 == main(["word", "out", str(paths.DATA)])
    assert f"FILE: expected a file to write, found a directory at {paths.DATA}\n" in capsys.readouterr().err


@pytest.mark.slow
def test_the_commands(sent: Sent, tmp_path: Path) -> None:
    """What `word out` wrote, which `sent` is, comes `back`."""
    root = Path(shutil.copytree(sent.root, tmp_path / "toy"))
    paper, text = root / "paper.qmd", sent.text
    file = tmp_path / "out.docx"
    file.write_bytes(sent.docx)
    done = recomputed(root, "word", "back", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    doc = Edited(file.read_bytes())
    doc.replace("Does a painted sign", "Does a carved sign")
    file.write_bytes(doc.saved())
    done = recomputed(root, "word", "back", str(file))
    assert done.returncode == 0
    assert "-Does a painted sign" in done.stdout
    assert "+Does a carved sign" in done.stdout
    assert paper.read_text(encoding="utf-8") == text
    (left := root / ".paper.qmd.new-killed").write_text("---", encoding="utf-8")
    assert recomputed(root, "word", "back", str(file), "--write").returncode == 0
    assert not left.exists()
    assert paper.read_text(encoding="utf-8") == text.replace("Does a painted sign", "Does a carved sign")
    doc.replace("drinks it cold", "drinks it cold, 21.0% more")
    doc.type_over("growth.mean#1", "35 %")
    file.write_bytes(doc.saved())
    done = recomputed(root, "word", "back", str(file))
    assert done.returncode == 1
    assert "the co-author wrote 35 % for `growth.mean`" in done.stderr
    assert "the co-author typed 21.0%, which is no control; the paper has it as `growth.mean`" in done.stderr
    file.write_bytes(b"other")
    assert recomputed(root, "word", "back", str(file)).returncode == 2
