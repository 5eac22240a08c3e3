"""Proofs as houses set them, with every kind of mistake: all numbers are told, and hardly anything besides."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recomputed.cli import main
from recomputed.outputs import SUPPLEMENT
from recomputed.proofs.comparison import compare
from recomputed.proofs.corrections import Correction
from recomputed.proofs.looks import THRESHOLD, compare_pictures, drawn_pixels, look, unlike
from recomputed.proofs.markup import read_xml
from recomputed.proofs.opening import read_proof
from recomputed.proofs.own_text import figures_of
from recomputed.proofs.words import Document, Picture
from synthetic.papers import copy_toy, recomputed
from synthetic.proofs import docx, exchanged, jats, one_a_block, pdf, planted, plants, resaved, rounds

_KINDS = {
    "digit changed", "missing", "doubled", "swapped", "decimal lost", "unit lost", "table cell", "number word",
    "reference year", "reference fpage", "word changed", "word missing", "word doubled",
}  # fmt: skip
_PAGES = 3  # of the shorter paper in the narrowest house
House = Callable[[Any, Path, Path], Path]


@pytest.fixture(scope="module", params=["built_paper", "penguins"])
def source(request: pytest.FixtureRequest) -> Path:
    """A folder with a paper's JATS and its figures. Not to be changed."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="module")
def paper(source: Path) -> Document:
    content = (source / "paper.xml").read_bytes()
    document = read_xml(content)
    document.pictures = list(figures_of(etree.fromstring(content), source).values())
    return document


def held(paper: Document, proof: Path) -> list[Correction]:
    document = read_proof(proof)
    return [*compare(paper, document, "en").corrections, *compare_pictures(paper.pictures, document.pictures)]


def article(source: Path) -> Any:
    return etree.fromstring((source / "paper.xml").read_bytes())


def test_restyled_xml_needs_no_correction(source: Path, paper: Document, tmp_path: Path) -> None:
    assert [] == held(paper, jats(article(source), source, tmp_path))


@pytest.mark.slow
def test_two_columns_and_a_resaved_word_file_need_no_correction(
    source: Path, paper: Document, tmp_path: Path
) -> None:
    assert [] == held(paper, pdf(article(source), source, tmp_path))
    assert [] == held(paper, docx(article(source), source, tmp_path))


def hold(source: Path, paper: Document, folder: Path, house: House) -> None:
    """Every mistake is told; of ten pages at most one correction is of no mistake."""
    missed, alarms = [], []
    sound = article(source)
    made = list(rounds(one_a_block([*plants(sound), *exchanged(sound)]), 60))
    assert _KINDS <= {one.kind for some in made for one in some}
    articles = (planted(sound, some) for some in made)
    if house is docx:
        proofs: Iterable[Path] = resaved(articles, source, folder)
    else:
        proofs = (house(one, source, folder) for one in articles)  # each in the place of the one before
    for some, proof in zip(made, proofs, strict=True):
        corrections = held(paper, proof)
        missed += [one for one in some if not any(one.is_told(told) for told in corrections)]
        alarms += [told for told in corrections if not any(one.is_told(told) for one in some)]
    assert [] == [(one.kind, one.expected, one.found) for one in missed]
    assert len(alarms) <= len(made) * _PAGES / 10, alarms


def test_an_author_of_another_name_is_told(source: Path, paper: Document, tmp_path: Path) -> None:
    proof = article(source)
    surname = proof.find(".//contrib//surname")
    word = surname.text.split()[-1]
    surname.text = surname.text.removesuffix(word) + word[:2] + "xx" + word[4:]
    told = [one for one in held(paper, jats(proof, source, tmp_path)) if word in one.expected]
    assert ["word"] == [one.kind for one in told]


def test_the_command_lists_corrections_and_tells_by_its_exit_code(built_paper: Path, tmp_path: Path) -> None:
    assert main(["proof", str(built_paper / "paper.pdf")]) == 0
    content = (built_paper / "paper.xml").read_text(encoding="utf-8")
    (tmp_path / "proof.xml").write_text(content.replace("35%", "36%"), encoding="utf-8")
    assert main(["proof", str(tmp_path / "proof.xml"), "--to", str(tmp_path / "list.txt")]) == 1
    assert "number: found 36, should be 35 (growth.rise.hill" in (tmp_path / "list.txt").read_text(
        encoding="utf-8"
    )
    assert main(["proof", str(tmp_path / "none.pdf")]) == 2


@pytest.mark.slow
def test_another_language_s_edition_is_held_to_itself(tmp_path: Path) -> None:
    root = copy_toy(tmp_path / "toy")
    done = recomputed(root, "render", "--to", "jats", "--profile", "de")
    assert 0 == done.returncode, done.stderr
    proof = root / "_manuscript-de" / "paper.xml"
    done = recomputed(root, "proof", str(proof), "--profile", "de")
    assert (0, "") == (done.returncode, done.stderr), done.stdout
    done = recomputed(root, "proof", str(proof), "--profile", "xx")
    assert 2 == done.returncode
    assert "--profile: expected" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("house", [jats, pdf, docx], ids=["xml", "pdf", "docx"])
def test_every_kind_of_mistake_is_told_in_every_block(
    source: Path, paper: Document, tmp_path: Path, house: House
) -> None:
    hold(source, paper, tmp_path, house)


def test_exchanged_figures_are_told(source: Path, paper: Document, tmp_path: Path) -> None:
    sound = article(source)
    graphics = [one.find(".//graphic") for one in sound.iter("fig")]
    href = "{http://www.w3.org/1999/xlink}href"
    first, second = (one.get(href) for one in graphics[:2])
    for figure, name in zip(list(sound.iter("fig"))[:2], (second, first), strict=False):
        for graphic in figure.iter("graphic"):
            graphic.set(href, name)
    told = [one.kind for one in held(paper, pdf(sound, source, tmp_path))]
    assert 2 == told.count("figure")


def test_a_figure_drawn_again_is_the_same_and_another_is_not(paper: Document) -> None:
    import pypdfium2 as pdfium
    import typst

    looks = [look(one.content) for one in paper.pictures]
    for nth, one in enumerate(paper.pictures):
        drawn = typst.compile(
            {
                "main.typ": b'#set page(width: auto, height: auto, margin: 9pt)\n#image("a.svg", width: 200pt)',
                "a.svg": one.content,
            },
            format="pdf",
        )
        again = look(pdfium.PdfDocument(drawn)[0].render(scale=1.5).to_numpy())
        assert unlike(looks[nth], again) < THRESHOLD
        assert all(
            unlike(other, again) > unlike(looks[nth], again) for at, other in enumerate(looks) if at != nth
        )


SPOILT: dict[str, Callable[[Any], Any]] = {
    "turned or mirrored": lambda pixels: pixels[::-1, ::-1],
    "mirrored": lambda pixels: pixels[:, ::-1],
    "turned": lambda pixels: pixels.swapaxes(0, 1)[::-1],
    "cut": lambda pixels: pixels[:, : pixels.shape[1] * 7 // 10],
    "stretched": lambda pixels: pixels.repeat(2, axis=0),
}


def test_a_figure_turned_mirrored_cut_or_stretched_is_told_and_a_smaller_one_is_none(paper: Document) -> None:
    for one in paper.pictures:
        pixels = drawn_pixels(one.content)
        whole = Picture("", "page 1", pixels[::3, ::3])
        assert [] == list(compare_pictures([one], [whole]))
        for name, spoil in SPOILT.items():
            told = list(compare_pictures([one], [Picture("", "page 1", spoil(pixels))]))
            assert [("figure", f"the picture of {one.name}")] == [(it.kind, it.expected) for it in told], name


def test_a_supplement_is_held_to_the_supplement(
    built_paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in SUPPLEMENT.values():
        assert main(["proof", str(built_paper / file)]) == 0, capsys.readouterr()
