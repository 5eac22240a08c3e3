"""`new`: a paper in each language that holds at once, or nothing at all; the guide of the engine's README."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from recomputed import cli, paths
from recomputed.authoring import starter
from recomputed.language.catalogue import CODES
from synthetic.papers import CHECKOUT
from synthetic.typed import run, run_each

pytestmark = pytest.mark.slow

GUIDE = re.compile(r"^## From nothing.*?(?=^## )", re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(sh|python|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TO_REPLACE = re.compile(r'^ +yield derive\(\n +"days\.jan-jun",\n.*?^    \)\n', re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", CODES)
def test_a_new_paper_holds_in_each_language(code: str, tmp_path: Path) -> None:
    assert run(tmp_path, "new", "My Paper", "--lang", code).returncode == 0
    paper = tmp_path / "My Paper"
    assert [] == [*paper.rglob("__pycache__")]
    checked = run(paper, "check")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "1 claim, all as expected" in checked.stdout
    assert "No typed numbers" in checked.stdout
    assert f"\nlang: {code}\n" in (paper / "paper.qmd").read_text(encoding="utf-8")
    assert 'name = "my-paper"' in (paper / "pyproject.toml").read_text(encoding="utf-8")
    assert [] == [file for file in tmp_path.iterdir() if file != paper]


def test_every_page_of_a_new_paper_is_in_its_language_and_begins_with_its_title(tmp_path: Path) -> None:
    assert run(tmp_path, "new", "paper", "--lang", "de").returncode == 0
    made = run(tmp_path / "paper", "render", "--to", "html,pdf")
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "paper/_manuscript"
    with pdfium.PdfDocument(folder / "paper.pdf") as pdf:
        page = pdf[0].get_textpage()
        heights = [
            _height(page, words) for words in ("Die Tage des Gemeinjahrs", "1. Januar 2026", "Abbildung 1: ")
        ]
    assert heights == sorted(heights, reverse=True)  # upwards from the foot of the page
    with pdfium.PdfDocument(folder / "supplement.pdf") as pdf:
        numbers = pdf[0].get_textpage().get_text_range()
    assert {"Tage", "Stück"} == set(re.findall(r"Tage\b|Stück|\bdays? |\bitems?\b", numbers))
    assert "()" not in numbers  # what a count of nothing rests on
    assert "in Widerspruch: " in (folder / "review.html").read_text(encoding="utf-8")


def _height(page: pdfium.PdfTextPage, words: str) -> float:
    found = page.search(words).get_next()
    assert found, page.get_text_range()
    return float(page.get_charbox(found[0])[1])


def test_a_new_paper_answers_every_command(new_paper: Path) -> None:
    commands = (["audit"], ["checklist"], ["diff", "data"], ["trace"])
    for arguments, (code, _, said) in zip(commands, run_each(new_paper, commands), strict=True):
        assert (0, "") == (code, said), arguments


def test_a_new_paper_carries_the_engine_and_the_files_beside_it(new_paper: Path) -> None:
    """So that it needs no other, and a deposit of it can be verified."""
    for name in ("reproduce.py", "requirements.lock", "LICENSE", "_extensions/recomputed/filters.lua"):
        assert (CHECKOUT / name).read_bytes() == (new_paper / name).read_bytes()
    for name in ("cli.py", "starter/paper.qmd", "deposit/verify.py"):
        assert (paths.ENGINE / name).read_bytes() == (new_paper / paths.CARRIED / name).read_bytes()


@pytest.mark.parametrize(
    ("name", "lang", "expected"),
    [
        ("full", "en", "a new or an empty directory, found one with files in it"),
        ("full/file", "en", "a new or an empty directory, found a file"),
        ("paper", "dee", "one of de, en, id, found 'dee' (did you mean 'de'?)"),
        ("...---", "en", "a directory whose name has a letter or a digit, found '...---'"),
    ],
)
def test_nothing_is_written_where_a_paper_cannot_be(
    name: str, lang: str, expected: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    assert cli.main(["new", str(tmp_path / name), "--lang", lang]) == 2
    assert capsys.readouterr().err.endswith(f": expected {expected}\n")
    assert [*tmp_path.rglob("*")] == [tmp_path / "full", tmp_path / "full" / "file"]


@pytest.mark.parametrize(
    ("folder", "name"), [("Naïve Étude", "naive-etude"), ("茶", "paper"), ("a %41b", "a-41b")]
)
def test_a_paper_is_called_after_its_folder_in_any_script(
    folder: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[str] = []
    monkeypatch.setattr(starter, "_lay_down", lambda new, name, said: called.append(name))
    monkeypatch.setattr(starter, "_generate", lambda new: None)
    starter.new_paper(tmp_path / folder, "en")
    assert [name] == called


def test_the_current_folder_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "."]) == 2
    assert (
        capsys.readouterr().err
        == "error: .: expected a directory that is not the current one, found the current one\n"
    )


@pytest.mark.slow
def test_the_guide_leads_to_a_derived_number_with_a_card(tmp_path: Path) -> None:
    """Every block of the guide is followed in order, to a verified deposit; the wheel's own test follows `pip`."""
    guide = GUIDE.search((paths.ENGINE.parents[1] / "README.md").read_text(encoding="utf-8"))
    assert guide
    folder, said = tmp_path, ""
    for kind, block in BLOCK.findall(guide[0]):
        if kind == "python":
            _replace(folder / "analysis" / "days.py", TO_REPLACE, block)
        elif kind == "markdown":
            _replace(folder / "paper.qmd", re.compile(r"(?=^# References)", re.MULTILINE), block + "\n")
        for line in block.splitlines() if kind == "sh" else ():
            program, *arguments = shlex.split(line)
            if program == "cd":
                folder /= arguments[0]
            elif program != "pip":
                done = run(folder, *arguments, program=program)
                assert done.returncode == 0, f"{line}: {done.stderr}"
                said += done.stdout
    assert "days.jan-jun = 181  days, derived" in said
    assert "16  answered  Omissions" in said
    assert "dist/my-paper-0.1.0.zip: " in said
    page = (folder / "_manuscript" / "index.html").read_text(encoding="utf-8")
    assert 'data-number="days.jan-jun">181<' in page
    assert '"id":"days.jan-jun"' in page


def _replace(file: Path, old: re.Pattern[str], new: str) -> None:
    text, count = old.subn(lambda _: new, file.read_text(encoding="utf-8"))
    assert count == 1
    file.write_text(text, encoding="utf-8")


def test_tests_without_pytest_say_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pytest", None)
    assert cli.main(["test"]) == 2
    said = "test: expected pytest in this environment, found none: pip install pytest brings it\n"
    assert capsys.readouterr().err == f"error: {said}"


def test_the_engine_that_a_paper_carries_computes_the_same_paper(new_paper: Path) -> None:
    """What the installed engine generated is current for it, and it makes papers too."""
    engine = new_paper / "recomputed" / "src"
    folder = new_paper.parent / "another" / new_paper.name  # a name that its data have too
    command = [sys.executable, "-P", "-m", "recomputed"]
    for arguments in (["-C", str(new_paper), "checklist"], ["new", str(folder)]):
        done = subprocess.run(
            [*command, *arguments],
            env={**os.environ, "PYTHONPATH": str(engine), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd=new_paper, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (0, "") == (done.returncode, done.stderr)
    assert (new_paper / "docs" / "numbers.md").read_bytes() == (folder / "docs" / "numbers.md").read_bytes()
