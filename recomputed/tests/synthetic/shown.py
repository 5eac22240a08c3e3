"""What each format shows a reader, in its order, to compare two engines that set it."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from recomputed.guards.pdf_text import read_pdf
from recomputed.judgement import Executed
from recomputed.outputs import FILES, FORMATS, SUPPLEMENT
from recomputed.typeset import quarto
from recomputed.typeset.engines import engine_named

QUARTO = quarto.find()
needs_quarto = pytest.mark.skipif(
    QUARTO is None, reason="quarto is not on the path: no second engine to compare with"
)


class _Page(HTMLParser):
    """What a page holds, in its order: elements with what a reader meets in them, and words."""

    KEPT = (
        "id",
        "href",
        "alt",
        "aria-label",
        "data-number",
        "lang",
        "name",
        "content",
        "datetime",
        "role",
        "start",
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = ""
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        twice = (
            ("aria-label", "role") if tag == "img" else ()
        )  # an image's alternative, which Quarto says again
        kept = [f"{name}={value}" for name, value in sorted(attrs) if name in self.KEPT and name not in twice]
        if not self.inside and (kept or tag != "span"):
            self.found += "\n" + " ".join([tag, *kept]) + "\n"
        if tag in ("style", "script", "svg"):
            self.inside = self.inside or tag

    def handle_endtag(self, tag: str) -> None:
        if tag == self.inside:
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.found += re.sub(r"\s+", " ", data)


def html(file: Path) -> list[str]:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return _lines(page.found)


def pdf(file: Path) -> list[object]:
    reader = PdfReader(file)
    root = reader.trailer["/Root"]
    info = reader.metadata or {}
    return [
        root["/Lang"],
        info["/Title"],
        info.get("/Author"),
        "/StructTreeRoot" in root,
        # a hyphen that ends a line is another sign in each engine's file, and a word over two pages on another one
        re.sub(r"[\s\u00ad-]+", "", "".join(read_pdf(file.read_bytes()))),
    ]


def docx(file: Path) -> list[str]:
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    found = ""
    with zipfile.ZipFile(file) as archive:
        parts = [archive.read(f"word/{name}.xml") for name in ("document", "footnotes")]
        properties = [archive.read(f"docProps/{name}.xml").decode() for name in ("core", "custom")]
    for element in (element for part in parts for element in ElementTree.fromstring(part).iter()):
        tag = element.tag.rpartition("}")[2]
        if tag not in ("r", "rPr", "rStyle", "t"):  # words may come in more runs or fewer
            values = [element.get(name, "") for name in ("descr", f"{w}val", f"{w}anchor", f"{w}name")]
            found += "\n" + " ".join([tag, *values]) + "\n"
        found += element.text or ""
    return _lines(found) + [re.sub("<dcterms.*?</dcterms:[a-z]*>", "", text) for text in properties]


def jats(file: Path) -> list[str]:
    text = file.read_text(
        encoding="utf-8"
    )  # an older citeproc does not mark what keeps its case, which shows nothing
    text = re.sub('<named-content content-type="nocase">(.*?)</named-content>', r"\1", text, flags=re.DOTALL)
    found = ""
    for element in ElementTree.fromstring(text.encode()).iter():
        values = [f"{name}={value}" for name, value in sorted(element.items())]
        found += "\n" + " ".join([element.tag, *values]) + "\n"
        found += " ".join(f"{element.text or ''} {element.tail or ''}".split())
    return _lines(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


READ: dict[str, Callable[[Path], Sequence[object]]] = {"html": html, "pdf": pdf, "docx": docx, "jats": jats}


def both(executed: Executed, root: Path, folder: Path) -> tuple[Path, Path]:
    """Folders with what either engine makes of an execution, in every format."""
    for name in ("quarto", "pandoc"):
        (folder / name).mkdir()
        engine_named(name).typeset(executed, root, folder / name, FORMATS)
    return folder / "quarto", folder / "pandoc"


def differing(
    one: Path, other: Path, formats: Sequence[str] = FORMATS, supplement: Sequence[str] = tuple(SUPPLEMENT)
) -> list[str]:
    """The files of two folders, supplements too, that show a reader something else."""
    made = ((FILES, formats), (SUPPLEMENT, supplement))
    files = [(name, of[name]) for of, names in made for name in names if (one / of[name]).exists()]
    return [file for format_, file in files if READ[format_](one / file) != READ[format_](other / file)]


def rendered_by_quarto(root: Path) -> Path:
    """What `quarto render` makes of the repository in `root`, in an editor too: paper and supplement, nothing else."""
    assert QUARTO is not None
    (root / ".venv").symlink_to(sys.prefix)
    (root / "_environment.local").write_text(f"QUARTO_PYTHON='{sys.executable}'\n", encoding="utf-8")
    others = ("QUARTO_", "PAPER_", "RECOMPUTED")
    own = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    for more in ([], *(["--profile", "supplement", "--to", name] for name in ("html", "docx"))):
        command = [QUARTO.program, "render", root, *more]
        done = subprocess.run(command, cwd=root.parent, env=own, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr
        changed = subprocess.run(["git", "status", "--porcelain"], cwd=root, capture_output=True, check=True)
        assert changed.stdout == b"", changed.stdout
    return root / "_manuscript"
