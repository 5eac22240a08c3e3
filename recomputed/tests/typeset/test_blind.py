"""The blind edition names nobody: not in a picture, its name or its metadata, not in a comment, not anywhere."""

import base64
import io
import json
import re
import struct
import zipfile
import zlib
from pathlib import Path

import nbformat
import pytest
from pypdf import PdfReader

from recomputed.faults import InputError
from recomputed.manuscript.figure_files import draw
from recomputed.typeset.blind import (
    anonymous_notebook,
    anonymous_pictures,
    leaks,
    names_to_hide,
    without_metadata,
)
from recomputed.typeset.pandoc import typeset
from synthetic.manuscript import METADATA, write_project

AUTHOR, TRADE = "Ani Contoh Sintetis", "Kopi Rekaan"
TELLING = f"{AUTHOR} {TRADE}".encode()
NAMES = [AUTHOR, TRADE]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def telling_png(root: Path) -> bytes:
    """The synthetic picture with its maker's name in every chunk that can hold one, and behind its end."""
    plain = (root / "figures" / "growth.png").read_bytes()
    head = len(b"\x89PNG\r\n\x1a\n") + 25
    held = chunk(b"tEXt", b"Author\0" + TELLING) + chunk(b"zTXt", b"Author\0\0" + zlib.compress(TELLING))
    held += chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + TELLING) + chunk(b"eXIf", b"MM\0*" + TELLING)
    return plain[:head] + held + plain[head:] + TELLING


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(text: bytes = b"") -> bytes:
    """Exif of a picture turned by a quarter, after an artist's entry if there is one."""
    artist = struct.pack("<HHII", 0x013B, 2, len(text), 38) if text else b""
    entries = artist + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    return b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(entries) // 12) + entries + b"\0\0\0\0" + text


QUARTER = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
SCAN = segment(0xDB, b"\0" + b"\x01" * 64) + segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
SCAN += segment(0xC4, b"\0\x01" + b"\0" * 16) + segment(0xC4, b"\x10\x01" + b"\0" * 16)
SCAN += segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x3f\xff\xd9"
JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
JPEG = b"\xff\xd8" + JFIF + SCAN
TELLING_JPEG = (
    b"\xff\xd8"
    + JFIF
    + segment(0xE1, exif(TELLING))
    + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + TELLING)
)
TELLING_JPEG += segment(0xED, TELLING) + segment(0xFE, TELLING) + SCAN + TELLING


def telling_svg(png: bytes) -> bytes:
    words = TELLING.decode()
    return f"""<?xml version="1.0"?><!-- {words} --><!DOCTYPE svg>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://inkscape"
 xmlns:rdf="http://rdf" inkscape:export-filename="{words}" data-made="{words}" aria-label="{words}" viewBox="0 0 9 9">
<title>{words}</title><desc>{words}</desc><metadata><rdf:RDF>{words}</rdf:RDF></metadata><inkscape:x>{words}</inkscape:x>
<g><!-- {words} --><rect width="5" height="4" fill="#333"/><text x="1" y="8" font-size="2">terlihat</text>
<image width="2" height="2" xlink:href="data:image/png;base64,{base64.b64encode(png).decode()}"/></g></svg>""".encode()


MARKDOWN = f"""<!-- {AUTHOR}: periksa lagi, {TRADE} -->
# Bagian

![Keterangan](figures/ani-contoh_sintetis.svg){{#fig-a fig-alt="Gambar"}}

![Foto](figures/Kopi_Rekaan.png) ![Foto](figures/kopi.rekaan.jpg) teks <!-- {TRADE} --> lagi, @fig-a.
"""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root, out = write_project(tmp_path_factory.mktemp("project")), tmp_path_factory.mktemp("out")
    png = telling_png(root)
    (root / "figures" / "ani-contoh_sintetis.svg").write_bytes(telling_svg(png))
    (root / "figures" / "ani-contoh_sintetis.png").write_bytes(png)
    (root / "figures" / "Kopi_Rekaan.png").write_bytes(png)
    (root / "figures" / "kopi.rekaan.jpg").write_bytes(TELLING_JPEG)
    typeset(MARKDOWN, METADATA, out, profile="blind", root=root)
    return out


def unpacked(path: Path) -> bytes:
    """A file and its name, with what is packed in it; read without the code that is tested."""
    content = path.read_bytes()
    parts = [path.as_posix().partition("out0/")[2].encode(), content]
    if path.suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [part for name in archive.namelist() for part in (name.encode(), archive.read(name))]
    if path.suffix == ".pdf":
        reader = PdfReader(io.BytesIO(content))
        parts += [str(reader.metadata).encode(), reader.trailer["/Root"]["/Metadata"].get_data()]
        parts += [page.extract_text().encode() for page in reader.pages]
        objects = (reader.get_object(nth) for nth in range(1, reader.trailer["/Size"]))
        parts += [str(one).encode() for one in objects]
    parts += [
        base64.b64decode(found)
        for part in parts[1:]
        for found in re.findall(rb"base64,([A-Za-z0-9+/=]+)", part)
    ]
    return b"\n".join(parts).lower()


def test_no_file_of_the_blind_edition_holds_a_name(out: Path) -> None:
    files = [path for path in out.rglob("*") if path.is_file()]
    assert {".html", ".pdf", ".docx", ".xml", ".svg", ".png", ".jpg"} == {path.suffix for path in files}
    for path in files:
        held = unpacked(path)
        for told in (
            b"ani contoh",
            b"ani-contoh",
            b"kopi rekaan",
            b"kopi_rekaan",
            b"kopi.rekaan",
            b"sintetis ani",
        ):
            assert told not in held, (path.name, told)
        assert not re.search(rb"\b(tEXt|zTXt|iTXt|eXIf|inkscape)\b", held), path.name
    assert [] == list(leaks(out, NAMES))


def test_the_pictures_are_still_seen(out: Path) -> None:
    assert "terlihat" in (out / "index.html").read_text(encoding="utf-8")
    assert "terlihat" in "".join(page.extract_text() for page in PdfReader(out / "paper.pdf").pages)
    assert {f"picture-{nth}" for nth in (1, 2, 3)} == {path.stem for path in (out / "figures").iterdir()}


def test_a_jpeg_keeps_its_scan_and_which_side_is_up() -> None:
    assert b"\xff\xd8" + JFIF + segment(0xE1, QUARTER) + SCAN == without_metadata(TELLING_JPEG)
    assert JPEG == without_metadata(JPEG)


def test_a_picture_of_another_kind_is_refused(tmp_path: Path) -> None:
    root = write_project(tmp_path)
    (root / "figures" / "a.gif").write_bytes(b"GIF89a")
    with pytest.raises(InputError, match=r"a PNG, JPEG or SVG image, whose metadata .*, found figures/a.gif"):
        typeset("![a](figures/a.gif)\n", METADATA, tmp_path, ["html"], profile="blind", root=root)


def test_a_figure_calls_a_case_by_its_code(tmp_path: Path) -> None:
    chart = {
        "data": {"values": [{"a": f"{TRADE} (C1)"}]},
        "mark": "text",
        "encoding": {"text": {"field": "a"}, "color": {"value": "#123456"}},
    }
    figures = tmp_path / "figures"
    figures.mkdir()
    (tmp_path / "names.csv").write_text(f"case,name\nC1,{TRADE}\n", encoding="utf-8")
    for suffix, drawing in draw(json.dumps(chart)).items():
        (figures / f"sales{suffix}").write_bytes(drawing)
    tree = {"blocks": [{"t": "Image", "c": [["", [], []], [], ["figures/sales.svg", ""]]}]}
    named = anonymous_pictures(tree, tmp_path, tmp_path / "blind")
    assert named == {"figures/sales.svg": "figures/picture-1.svg"}
    made = {file.suffix: file.read_bytes() for file in (tmp_path / "blind" / "figures").iterdir()}
    assert set(made) == {".svg", ".png"}
    assert b"Stall C1" in made[".svg"]
    assert TRADE.encode() not in made[".svg"]
    assert made[".png"] != (figures / "sales.png").read_bytes()


def test_the_notebook_has_no_comment_and_no_telling_picture() -> None:
    code = f'#| echo: false\n# {AUTHOR}\nx = "#" + f"{{1}}"  # {TRADE}\n\nprint("![a](figures/ani.png)")'
    new = nbformat.v4.new_code_cell, nbformat.v4.new_markdown_cell, nbformat.v4.new_notebook
    cells = [new[0](source=code), new[1](source=f"a <!-- {AUTHOR} --> `<!-- x -->` ![a](figures/ani.png)")]
    cells.append(new[0](source=f"%%bash\n# {AUTHOR}\necho '"))
    copy = anonymous_notebook(new[2](cells=cells), {"figures/ani.png": "figures/picture-1.png"})
    expected = '#| echo: false\n\nx = "#" + f"{1}"\n\nprint("![a](figures/picture-1.png)")'
    assert [expected, "a  `<!-- x -->` ![a](figures/picture-1.png)", "%%bash\n\necho '"] == [
        one.source for one in copy.cells
    ]
    assert code == cells[0].source


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xml", b"<p>ANI  <b>Contoh</b>\nsintetis</p>"),
        ("Ani_Contoh-Sintetis.png", b"x"),
        ("a.ipynb", b'"# kopi rekaan"'),
        ("a.txt", "Áni Contoh Sintetis".encode()),
        ("a.html", b'<img src="data:image/png;base64,' + base64.b64encode(TELLING) + b'">'),
        ("a.pdf", b"%PDF-1.7\n1 0 obj stream\n" + zlib.compress(TELLING) + b"\nendstream"),
    ],
)
def test_a_name_that_is_left_is_told(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert any(
        one.startswith(f"{name}") and "the blind edition names" in one for one in leaks(tmp_path, NAMES)
    )
    assert [] == list(leaks(tmp_path, ["Contoh Lain"]))


def test_a_name_in_a_part_of_a_zip_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("docProps/core.xml", f"<dc:creator>{AUTHOR}</dc:creator>")
    assert [f"a.docx (docProps/core.xml): the blind edition names {AUTHOR!r}"] == list(leaks(tmp_path, NAMES))


def test_whom_to_hide_are_authors_institutions_and_trade_names(tmp_path: Path) -> None:
    (tmp_path / "names.csv").write_text("case,name\nS1,Kopi Rekaan\nS2,Kopi Semu\n", encoding="utf-8")
    hidden = names_to_hide(METADATA, tmp_path / "names.csv")
    expected = ["Ani Contoh Sintetis", "Sintetis Ani Contoh", "Budi Contoh", "Contoh Budi", "Universitas Rekaan",
                "Institut Khayal", "Kopi Rekaan", "Kopi Semu"]  # fmt: skip
    assert expected == hidden
