"""Proofs as houses set them, with every kind of mistake: all numbers are told, and hardly anything besides."""

import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from recomputed.cli import main
from recomputed.faults import InputError
from recomputed.outputs import SUPPLEMENT
from recomputed.paths import ASSETS
from recomputed.proofs import looks
from recomputed.proofs.comparison import compare
from recomputed.proofs.corrections import Compared, Correction
from recomputed.proofs.looks import THRESHOLD, compare_pictures, drawn_pixels, look, unlike
from recomputed.proofs.markup import read_xml
from recomputed.proofs.opening import read_proof
from recomputed.proofs.own_text import figures_of
from recomputed.proofs.pdf import read_pdf
from recomputed.proofs.words import Document, Picture
from recomputed.typeset.pandoc import font_folders
from synthetic.papers import PENGUINS, copy_toy, recomputed
from synthetic.proofs import docx, exchanged, jats, one_a_block, pdf, planted, plants, resaved, rounds

_KINDS = {
    "digit changed", "missing", "doubled", "swapped", "decimal lost", "unit lost", "table cell", "number word",
    "percent made per mille", "reference year", "reference fpage", "word changed", "word missing", "word doubled",
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
    compared = compare(paper, document, "en")
    return [*compared.corrections, *compare_pictures(paper.pictures, document.pictures, compared)]


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


ONE_COLUMN = ('"a5"', '"a4"', "columns: 2", "columns: 1", "8pt, lang", "10pt, lang")
END = "#let horizontalrule"
LAYOUTS = {
    "a mark behind the text": (
        *ONE_COLUMN, END, f"#set page(background: rotate(-30deg, text(40pt)[UNCORRECTED \\ 12 May 2026 · 417]))\n{END}",
    ),
    "turned tables": (*ONE_COLUMN, END, f"#show table: it => rotate(-90deg, reflow: true, it)\n{END}"),
    "letters apart": ("8pt, lang", "8pt, tracking: 0.6pt, lang"),
    "a typeface of one width": ("Libertinus Serif", "DejaVu Sans Mono", '"a5"', '"a4"'),
    "lines numbered a page": (*ONE_COLUMN, "numbering: n", 'numbering-scope: "page", numbering: n'),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
def test_other_layouts_need_no_correction(source: Path, paper: Document, tmp_path: Path, layout: str) -> None:
    assert [] == held(paper, pdf(article(source), source, tmp_path, *LAYOUTS[layout]))


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


def test_a_picture_that_takes_too_long_to_draw_is_one_that_cannot_be_read(
    paper: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = drawn_pixels(paper.pictures[0].content)
    assert pixels is not None
    monkeypatch.setattr(looks, "SECONDS", 0.001)
    assert drawn_pixels(paper.pictures[0].content) is None
    assert drawn_pixels(b"no picture") is None


def redrawn(content: bytes, *changes: str) -> Any:
    """A drawing as a house sets it in pixels, with some of its text or marks as others."""
    text = content.decode()
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in text
        text = text.replace(old, new, 1)
    return drawn_pixels(text.encode())


@pytest.fixture
def bars() -> list[Picture]:
    """Two figures, each as it is drawn wide, in pixels and narrow."""
    return [
        Picture(f"fig-{name}", "", wide, ("8.4",), tuple(Picture(f"fig-{name}", "", one) for one in others))
        for name in ("dimorphism", "mass")
        for wide, *others in [
            [(PENGUINS / "figures" / f"{name}{end}").read_bytes() for end in (".svg", ".png", ".narrow.svg")]
        ]
    ]


def test_a_figure_in_pixels_is_the_same_at_any_size_and_drawn_narrow(bars: list[Picture]) -> None:
    for one in bars:
        wide, pixels, narrow = (drawn_pixels(drawing.content) for drawing in (one, *one.others))
        for proof in (wide[:, :, :3].mean(axis=2).astype("uint8"), pixels, narrow):
            assert [] == list(compare_pictures([one], [Picture("", "page 1", proof)]))


def test_a_bar_or_a_label_of_a_figure_in_pixels_is_told_with_its_place(bars: list[Picture]) -> None:
    for old, new in (("8.4%<", "8.9%<"), ("h189.12875330048564", "h175"), (">Bill length<", "><")):
        proof = Picture("", "page 2", redrawn(bars[0].content, old, new))
        own = [Picture("fig-dimorphism", "", bars[0].content)]
        told = [(one.place, one.expected) for one in compare_pictures(own, [proof])]
        assert [("page 2", "the picture of fig-dimorphism")] == told


def outlined(content: bytes, folder: Path) -> bytes:
    """A drawing whose letters are outlines."""
    import typst

    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("a.svg")'
    fonts = [str(one) for one in font_folders()]
    drawn = typst.compile({"main.typ": page, "a.svg": content}, format="pdf", font_paths=fonts)
    assert isinstance(drawn, bytes)
    (folder / "a.pdf").write_bytes(drawn)
    subprocess.run(["pdftocairo", "-svg", "a.pdf", "a.svg"], cwd=folder, check=True)
    return (folder / "a.svg").read_bytes()


@pytest.mark.skipif(shutil.which("pdftocairo") is None, reason="nothing here outlines letters")
@pytest.mark.parametrize("width", [420, 140])
def test_figures_whose_letters_a_house_outlined_are_compared_as_they_look(
    bars: list[Picture], tmp_path: Path, width: int
) -> None:
    import typst

    def told(*drawings: bytes) -> list[tuple[str, str]]:
        words = "Some words of the text that stand between the figures, one behind another. " * 3
        files = {f"{nth}.svg": outlined(content, tmp_path) for nth, content in enumerate(drawings)}
        images = "".join(f'#image("{name}", width: {width}pt)\n{words}\n' for name in files)
        page = f"#set page(margin: 60pt)\n{words}\n{images}#table(columns: 2, [Tea], [8.4])"
        pdf = typst.compile({"main.typ": page.encode(), **files}, format="pdf")
        found = compare_pictures(bars, read_pdf(pdf).pictures)
        return [(one.place, one.expected) for one in found]

    own = [one.content for one in bars]
    assert [] == told(*own)
    changed = own[0].decode().replace("8.4%<", "8.9%<", 1).encode()
    assert [("page 1", "the picture of fig-dimorphism")] == told(changed, own[1])
    assert [("no page", "the picture of fig-mass")] == told(own[0])


def test_figures_in_each_other_s_place_and_one_that_is_missing_are_told(bars: list[Picture]) -> None:
    pictures = [Picture("", f"page {nth}", one.others[0].content) for nth, one in enumerate(bars, start=1)]
    logo = Picture(
        "", "page 1", drawn_pixels(b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    )
    assert [] == list(compare_pictures(bars, [logo, *pictures]))
    names = [f"the picture of {one.name}" for one in bars]
    told = [(one.found, one.expected) for one in compare_pictures(bars, [logo, *pictures[::-1]])]
    assert [(names[1], names[0]), (names[0], names[1])] == told
    found = Compared(captions={"fig-mass": "page 3"})
    told = [(one.place, one.found, one.expected) for one in compare_pictures(bars, pictures[:1], found)]
    assert [("page 3", "nothing", names[1])] == told
    assert [] == list(compare_pictures(bars, pictures[:1], Compared(drawn={"fig-mass"})))


def picture(width: int) -> str:
    """A picture of so many pixels in a row, for typst."""
    pixels = ", ".join(["0"] * width * 3)
    encoded = f'bytes(({pixels})), format: (encoding: "rgb8", width: {width}, height: 1)'
    return f'#image({encoded}, width: 100%, height: 9pt, fit: "stretch")'


def test_pictures_of_a_page_are_read_down_its_columns_between_those_that_are_wider() -> None:
    import typst

    words = "Some words of the text that stand between the pictures, one behind another. " * 4
    columns = f"#columns(2)[{words}{picture(2)}#colbreak(){picture(3)}{words}]"
    page = f"#set page(width: 300pt, height: 400pt)\n{picture(1)}{columns}{picture(4)}"
    found = read_pdf(typst.compile(page.encode(), format="pdf")).pictures
    assert [1, 2, 3, 4] == [one.content.shape[1] for one in found]


def test_pictures_of_three_columns_are_read_down_each() -> None:
    import typst

    words = "Some words of the text between the pictures. " * 2
    columns = "#colbreak()".join(f"{picture(nth)}{words}{picture(nth + 1)}" for nth in (1, 3, 5))
    found = read_pdf(
        typst.compile(f"#set page(width: 400pt, height: 400pt, columns: 3)\n{columns}".encode(), format="pdf")
    ).pictures
    assert [1, 2, 3, 4, 5, 6] == [one.content.shape[1] for one in found]


def test_a_picture_that_cannot_be_read_is_said_to_be_none_that_was_compared(bars: list[Picture]) -> None:
    found = Compared()
    assert [] == list(compare_pictures(bars[:1], [Picture("", "page 1", b"II*\0")], found))
    assert [("page 1", "a picture that cannot be read")] == found.added


def test_a_supplement_is_held_to_the_supplement(
    built_paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in SUPPLEMENT.values():
        assert main(["proof", str(built_paper / file)]) == 0, capsys.readouterr()
        assert capsys.readouterr().out.endswith(" words and numbers of the supplement.\n")


def test_the_reviewers_page_is_no_proof(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes((ASSETS / "review.html").read_bytes())
    with pytest.raises(InputError, match="expected a proof of the paper, found the reviewers' page"):
        read_proof(tmp_path / "page.html")
