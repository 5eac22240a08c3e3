"""The second paper, `examples/penguins`: the engine, used by any paper, builds it, judges it and deposits it."""

import json
import re
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.deposit.source_files import read_sources
from recomputed.deposit.verify import verify
from recomputed.faults import CheckFailed
from synthetic.checkouts import GIT, clone, commit, unpack
from synthetic.papers import CHECKOUT, PENGUINS, recomputed

pytestmark = pytest.mark.slow

needs_git = pytest.mark.skipif(GIT is None, reason="git is not installed")
TEXTS = {
    ".py",
    ".toml",
    ".lua",
    ".js",
    ".css",
    ".json",
    ".md",
    ".html",
    ".typ",
    ".yml",
    ".jats",
    ".csv",
    ".bib",
}


def test_it_is_built_in_four_formats_and_holds(penguins: Path) -> None:
    said = (penguins / "said.txt").read_text(encoding="utf-8")
    assert said.count("\n") <= 24, "the verdict is one screen"
    assert {"index.html", "paper.pdf", "paper.docx", "paper.xml"} <= {
        file.name for file in penguins.iterdir()
    }
    for page in ("index.html", "supplement.html"):
        assert 'id="number-cards"' in (penguins / page).read_text(encoding="utf-8"), "no number opens"
    assert "49 claims, all as expected" in said
    assert "29 agree · 18 agree within rounding · 2 disagree" in said
    assert "by kind: 41 measured over rows · 8 compare numbers" in said


def test_its_text_has_the_numbers_of_its_records(penguins: Path) -> None:
    numbers = {
        one["id"]: one for one in json.loads((penguins / "numbers.json").read_text("utf-8"))["numbers"]
    }
    told = {id_: one["formatted"]["en"] for id_, one in numbers.items()}
    wanted = {
        "counts.penguins": "344",
        "difference.mass": "1,375",
        "difference.mass.interval": "1,260–1,491",
        "line.slope": "49.7",
        "excess.bill-depth.Gentoo": "10.4%",
        "stated.python.Chinstrap": "168",
    }
    assert wanted == {id_: told[id_] for id_ in wanted}


def test_no_page_of_it_speaks_another_language(penguins: Path) -> None:
    page = (penguins / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert re.findall(r"\b(?:Daftar Isi|Abstrak|Kata kunci|Gambar|Tabel|Temuan|kasus)\b", page) == []


@needs_git
def test_its_deposit_carries_the_engine_and_is_verified(tmp_path: Path) -> None:
    """Made in a clone, from its commit; unpacked, it is a paper that checks itself with the engine that it carries."""
    paper = clone(tmp_path / "clone", CHECKOUT) / "examples" / "penguins"
    made = recomputed(
        paper, "archive", "--out", str(tmp_path), PYTHONPATH=str(tmp_path / "clone" / "recomputed" / "src")
    )
    assert made.returncode == 0, made.stderr
    (file,) = tmp_path.glob("penguins-recomputed-*.zip")
    assert verify(str(file))
    root = unpack(file, tmp_path / "unpacked")
    listed = json.loads((root / "deposit.json").read_text(encoding="utf-8"))["sources"]
    assert {"paper.toml", "reproduce.py", "requirements.lock", "recomputed/src/recomputed/cli.py"} <= set(
        listed
    )
    assert [name for name in listed if name.startswith(("examples/", "../"))] == []
    assert recomputed(root, "check", PYTHONPATH=str(root / "recomputed" / "src")).returncode == 0


@needs_git
@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("recomputed/src/recomputed/faults.py", "recomputed/src/recomputed/faults.py differs"),
        ("examples/penguins/analysis/sizes.py", "analysis/sizes.py differs"),
        ("examples/penguins/analysis/more.py", "analysis/more.py is not in the commit"),
    ],
)
def test_a_source_that_is_not_as_committed_ends_its_deposit(
    file: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "recomputed/src/recomputed/faults.py",
        "examples/penguins/analysis/sizes.py",
        "examples/penguins/paper.toml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("synthetic\n", encoding="utf-8")
    commit(tmp_path)
    monkeypatch.setattr(paths, "ENGINE", tmp_path / "recomputed" / "src" / "recomputed")
    assert "analysis/sizes.py" in read_sources(tmp_path / "examples" / "penguins").content
    (tmp_path / file).write_text("another\n", encoding="utf-8")
    with pytest.raises(CheckFailed, match=told):
        read_sources(tmp_path / "examples" / "penguins")


def test_the_engine_does_not_know_it() -> None:
    known = re.compile(r"penguin|ad[eé]lie|chinstrap|gentoo|palmer", re.IGNORECASE)
    files = [file for folder in ("recomputed/src", "_extensions") for file in (CHECKOUT / folder).rglob("*")]
    texts = [file for file in files if file.suffix in TEXTS and "__pycache__" not in file.parts]
    assert [] == [file.name for file in texts if known.search(file.read_text(encoding="utf-8"))]
    assert len(texts) > 100


def test_its_blind_edition_has_the_species_and_not_the_authors(tmp_path: Path) -> None:
    """The names of its cases are public, as its paper.toml says."""
    done = recomputed(PENGUINS, "render", "--profile", "blind", "--to", "html", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert (True, False) == ("Adélie" in page, "authors of recomputed" in page)
