"""A whole deposit: made twice under different circumstances, and read by those who take it."""

import getpass
import io
import json
import os
import re
import shutil
import socket
import subprocess
import zipfile
from pathlib import Path

import bagit
import nbformat
import pypdf
import pytest
from lxml import etree

from recomputed.deposit import verify
from recomputed.deposit.credits import read_work
from recomputed.judgement import BESIDE, Executed
from recomputed.manuscript.source import read_manuscript
from recomputed.manuscript.weave import weave
from recomputed.typeset.quarto import resolved_document
from synthetic import checkouts
from synthetic.checkouts import Made, read
from synthetic.deposits import FILE

BAG = FILE.removesuffix(".zip")
ROOT = f"{BAG}/data/"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(checkouts.GIT is None, reason="git is not installed"),
]


@pytest.fixture(scope="session")
def second(first: Made, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Made in the unpacked first, without git, home, figures or a thing in common with how that was made."""
    folder = tmp_path_factory.mktemp("unpacked") / "salinan kedua – é 批"
    root = checkouts.unpack(first.file, folder, backwards=True)
    for made in ("figures", "_manuscript"):
        shutil.rmtree(root / made)
    environment = {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "LANG": None, "PYTHONHASHSEED": "4242",
                   "USER": "two", "LOGNAME": "two", "HOME": None, "PATH": "/nowhere"}  # fmt: skip
    done = checkouts.run(root, "archive", "--out", "keluaran", environment=environment, umask=0o077)
    assert done.returncode == 0, done.stderr
    return read(root, root / "keluaran" / FILE)


def test_the_second_deposit_has_the_same_bytes_in_every_file(first: Made, second: Made):
    assert list(first.content) == list(second.content)
    assert [] == [name for name, body in first.content.items() if body != second.content[name]]
    assert first.file.read_bytes() == second.file.read_bytes()


def test_every_output_is_in_it(first: Made):
    for name in ("index.html", "paper.pdf", "paper.docx", "paper.xml", "paper.ipynb", "numbers.json",
                 "verdict.json", "verdict.txt", "audit.json", "audit.txt"):  # fmt: skip
        assert first.content[f"{ROOT}_manuscript/{name}"]
    for name in (
        "reproduce.py",
        "requirements.lock",
        "data/growth.csv",
        "figures/growth.png",
        "journal/paper-meca.zip",
    ):
        assert first.content[ROOT + name]


def test_the_verdict_and_the_audit_are_in_it_as_json_and_as_text(first: Made):
    files = {name: first.content[f"{ROOT}_manuscript/{name}"].decode() for name in BESIDE}
    verdict, findings = json.loads(files["verdict.json"]), json.loads(files["audit.json"])
    assert verdict["reproduced"] is True
    assert findings == verdict["findings"] != []
    assert all(f"{one['severity']}: {one['message']}" in files["audit.txt"] for one in findings)
    assert files["verdict.txt"].startswith(f"{verdict['counts']['claims']} claims, all as expected\n")


def test_the_verifier_accepts_it_and_counts_every_number(first: Made):
    told = "\n".join(verify.verify(str(first.file)))
    assert "growth.index.north" in told
    assert re.search(r"^\d{2,} of them are read from cells and equal them", told, re.MULTILINE)


def test_it_is_a_valid_bag(second: Made):
    folder = second.root.parent.parent / "bag"
    checkouts.unpack(second.file, folder)
    assert bagit.Bag(str(folder / BAG)).validate(processes=1)


def test_its_pdf_says_what_it_is_and_carries_its_fonts(first: Made):
    """What the file declares; that it keeps to it is for a validator of PDF/A and PDF/UA to say."""
    reader = pypdf.PdfReader(io.BytesIO(first.content[f"{ROOT}_manuscript/paper.pdf"]))
    declared = reader.xmp_metadata.stream.get_data().decode()
    for part in ("<pdfaid:part>2</", "<pdfaid:conformance>A</", "<pdfuaid:part>1</"):
        assert part in declared
    work, info = read_work(), reader.metadata
    assert (work.title, ", ".join(author.name for author in work.authors)) == (info.title, info.author)
    catalog = reader.trailer["/Root"]
    assert (work.language, True) == (catalog["/Lang"], catalog["/MarkInfo"]["/Marked"])
    assert len(reader.outline) >= 5
    fonts = {
        font.get_object()["/BaseFont"]: font.get_object()["/DescendantFonts"][0].get_object()[
            "/FontDescriptor"
        ]
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(
        {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor.get_object())
        for descriptor in fonts.values()
    )


def test_quarto_would_be_given_the_same_bytes(first: Made, second: Made):
    """Quarto's own output is not promised to repeat; its input is."""
    given = []
    for made in (first, second):
        manuscript = read_manuscript(made.root / "paper.qmd")
        notebook = nbformat.reads(made.content[f"{ROOT}_manuscript/paper.ipynb"].decode(), as_version=4)
        executed = Executed(manuscript, notebook, weave(manuscript, notebook), made.root / "data", None)
        given.append(resolved_document(executed, manuscript.metadata))
    assert given[0] == given[1]
    assert "`{python}" not in given[0]
    assert "growth.rise.north" in given[0]


def test_the_journals_package_has_the_article_and_each_picture_it_shows(first: Made):
    with zipfile.ZipFile(io.BytesIO(first.content[f"{ROOT}journal/paper-meca.zip"])) as package:
        article = etree.fromstring(package.read("paper.xml"))
        shown = [
            one.get("{http://www.w3.org/1999/xlink}href") for one in article.iter("graphic", "inline-graphic")
        ]
        assert shown
        assert set(shown) <= set(package.namelist())


def test_no_output_carries_user_host_folder_or_clock(first: Made, second: Made):
    places = [str(first.root), str(second.root), str(Path.home()), os.getcwd(), f"{os.sep}tmp{os.sep}"]
    names = [socket.gethostname(), getpass.getuser(), "salinan kedua"]
    named = [rf"\b{re.escape(name)}\b" for name in names if re.search(r"[\d .-]", name)]  # no everyday word
    wrong = re.compile("|".join([*map(re.escape, places), *named]))
    built = {
        name: body
        for name, body in first.content.items()
        if "/_manuscript/" in name or name.endswith("crate-metadata.json")
    }
    for name, text in texts(built):
        assert not (found := wrong.search(text)), f"{name}: {found}"


def texts(files: dict[str, bytes]):
    """What can be read in each file, what is compressed in it included."""
    for name, body in files.items():
        if name.endswith(".docx"):
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                assert {(1980, 1, 1, 0, 0, 0)} == {member.date_time for member in archive.infolist()}
                yield from (
                    (f"{name}:{part}", archive.read(part).decode("latin-1")) for part in archive.namelist()
                )
        elif name.endswith(".pdf"):
            reader = pypdf.PdfReader(io.BytesIO(body))
            yield name, f"{reader.metadata} {reader.xmp_metadata.stream.get_data().decode()}"
            yield name, "".join(page.extract_text() for page in reader.pages)
        else:
            yield name, body.decode("latin-1")


def test_nothing_changed_through_a_link_to_the_folder(first: Made, tmp_path: Path):
    link = tmp_path / "link"
    link.symlink_to(first.root, target_is_directory=True)
    done = checkouts.run(link, "archive", "--out", str(tmp_path / "out"))
    assert (0, "") == (done.returncode, done.stderr)
    assert first.file.read_bytes() == (tmp_path / "out" / FILE).read_bytes()


def test_git_s_own_hash_of_the_tree_is_the_identifier(first: Made):
    done = subprocess.run(
        ["git", "rev-parse", "HEAD^{tree}"], cwd=first.root, capture_output=True, text=True, check=True
    )
    assert (
        f"External-Identifier: swh:1:dir:{done.stdout.strip()}\n"
        in first.content[f"{BAG}/bag-info.txt"].decode()
    )
