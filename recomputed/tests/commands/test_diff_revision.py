"""`diff REV`: every change of a revision is told, and marked in a Word file and a PDF."""

import json
import pickle
import re
import shutil
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from lxml import etree

from recomputed import paths
from recomputed.reading.changes import unlink
from recomputed.reading.revision import check_out
from synthetic.papers import change, copy_toy, once, recomputed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOVED = ' The standard deviation over all cups is `{python} n["cups.wait.sd"]` seconds.'
WISHES = 'guests had `{python} n["counts.wishes"].words` wishes.'


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The toy in a repository of its own, tagged `v1`."""
    return begun(tmp_path_factory.mktemp("committed"))


def begun(folder: Path) -> Path:
    root = copy_toy(folder / "toy")
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "toy: begin")
    git(root, "tag", "v1")
    return root


@pytest.fixture(scope="module")
def english(committed: Path) -> Path:
    """The same without its German edition, which `diff` would check too, at both states."""
    root = Path(shutil.copytree(committed, committed.parent / "english"))
    git(root, "rm", "--quiet", "-r", "paper.de.qmd", "_quarto-de.yml", "figures/de")
    git(root, "commit", "--quiet", "--message", "toy: have one edition")
    return root


@dataclass(frozen=True)
class Revised:
    """What `diff` told of a revision, and its documents: what went, what came, the PDF's text."""

    told: dict[str, Any]
    deleted: str
    inserted: str
    pdf: str
    pictures: list[str]
    status: str
    printed: str
    said: str


def planted(root: Path) -> Path:
    """The toy with each kind of change planted in the working tree."""
    paper = root / "paper.qmd"
    change(root / "data" / "growth.csv", "river,100,108,", "river,100,140,")
    change(paper, "Does a painted sign sell tea?", "Does a painted board sell tea?")
    change(paper, " Not all of its statements agree with what they rest on.", "")
    change(paper, MOVED, "")
    change(paper, WISHES, WISHES + MOVED)
    change(paper, "Mean waiting time of each stall (s).", "Mean waiting time of each stall, in seconds.")
    change(paper, "Bars. {name['north']} {n['cups.", "Columns. {name['north']} {n['cups.")
    change(root / "analysis" / "tables.py", '"Tea", *', '"Kind of tea", *')
    change(root / "analysis" / "tables.py", '"Tea": "Tee"', '"Kind of tea": "Teesorte"')
    change(paper, "keywords: [synthetic, tea, stalls]", "keywords: [synthetic, tea, shops]")
    change(root / "references.bib", "year = {2018}", "year = {2019}")
    change(root / "paper.de.qmd", "Verkauft ein gemaltes Schild Tee?", "Verkauft eine gemalte Tafel Tee?")
    return root


def compared(root: Path, *profile: str) -> Revised:
    """What `diff v1` of an edition tells and writes."""
    out = root / "-".join(["_revision", *profile])
    chosen = ["--profile", ",".join(profile)] if profile else []
    (left := root / f".{out.name}.new-killed").mkdir()
    done = recomputed(root, "diff", "v1", *chosen, "--json", f"{out}.json")
    assert done.returncode == 0, done.stderr
    assert not left.exists()
    assert "by this engine: it carries none" in done.stderr
    with zipfile.ZipFile(out / "changes.docx") as docx:
        document = etree.fromstring(docx.read("word/document.xml"))
        pictures = [name for name in docx.namelist() if name.startswith("word/media/")]
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=root, capture_output=True, text=True, check=True
    )
    pages = pdfium.PdfDocument(out / "changes.pdf")
    pdf = " ".join(page.get_textpage().get_text_range() for page in pages)
    return Revised(
        json.loads(Path(f"{out}.json").read_text(encoding="utf-8")),
        *(
            _joined("\n".join("".join(one.itertext()) for one in document.iter(f"{W}{tag}")))
            for tag in ("del", "ins")
        ),
        _joined(pdf.replace("\ufffe", "")),
        pictures,
        status.stdout,
        _joined(done.stdout),
        done.stderr,
    )


@pytest.fixture(scope="module")
def revised(tmp_path_factory: pytest.TempPathFactory) -> Revised:
    """The first edition's changes."""

    def compare(folder: Path) -> None:
        (folder / "revised.pickle").write_bytes(pickle.dumps(compared(planted(begun(folder)))))

    found: Revised = pickle.loads(
        (once(tmp_path_factory, "revised", compare) / "revised.pickle").read_bytes()
    )
    return found


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("kind", "went", "came"),
    [
        ("a number through data", "21.0%", "31.7%"),
        ("a word", "sign", "board"),
        (
            "a sentence moved",
            "The standard deviation over all cups is",
            "The standard deviation over all cups is",
        ),
        ("a sentence deleted", "Not all of its statements agree with what they rest on.", ""),
        ("a table cell", "Tea", "Kind of tea"),
        ("a caption", "stall (s).", "stall, in seconds."),
        ("a citation", "2018", "2019"),
        ("an entry of the references", "(2018).", "(2019)."),
        ("a figure", "before:", "now:"),
        ("a claim's verdict", "agrees within hedge", "disagrees"),
        ("a finding", "", "The article says that the hill stall grew the most"),
        ("a text alternative", "Riverside Pot 8%", "Riverside Pot 40%"),
        (
            "a text alternative of the same picture",
            "Bars. Northgate Teas 44.5",
            "Columns. Northgate Teas 44.5",
        ),
    ],
)
def test_each_kind_of_change_is_tracked_in_word_and_printed_in_the_pdf(
    revised: Revised, kind: str, went: str, came: str
) -> None:
    assert went in revised.deleted
    assert came in revised.inserted
    assert went in revised.pdf
    assert came in revised.pdf


def test_both_pictures_of_a_figure_that_changed_are_shown_and_others_once(revised: Revised) -> None:
    assert 3 == len(revised.pictures)
    assert 1 == revised.deleted.count("before:")  # not of what is only described otherwise


def test_another_edition_that_has_changed_too_is_named(revised: Revised) -> None:
    told = "paper.de.qmd: another text too, which `diff v1` with --profile de compares\n"
    assert told in revised.said
    assert "paper.qmd:" not in revised.said


def test_the_number_of_a_figure_that_moved_is_marked_where_it_is_referred_to(english: Path) -> None:
    root = Path(shutil.copytree(english, english.parent / "moved"))
    paper = root / "paper.qmd"
    start, growth, waiting, rest = re.split(
        "(?m)^(?=## Growth|## Waiting|# References)", paper.read_text(encoding="utf-8")
    )
    paper.write_text(start + waiting + growth + rest, encoding="utf-8")
    done = recomputed(root, "diff", "v1")
    assert 0 == done.returncode, done.stderr
    with zipfile.ZipFile(root / "_revision" / "changes.docx") as docx:
        document = etree.fromstring(docx.read("word/document.xml"))
    waits = next(one for one in document.iter(f"{W}p") if "Guests wait " in "".join(one.itertext()))
    went, came = ("".join(waits.find(f".//{W}{kind}").itertext()) for kind in ("del", "ins"))
    assert ("2", "1") == (went, came)


def test_what_did_not_change_is_not_marked(revised: Revised) -> None:
    for told in ("Every stall", "Leaves and heat", "Guests wait", "number-cards"):
        assert told not in revised.deleted + revised.inserted
    assert "Guests wait longest" in revised.pdf
    assert "number-cards" not in revised.pdf


def test_numbers_sentences_verdicts_and_findings_are_told_as_of_other_data(revised: Revised) -> None:
    told = revised.told
    assert {"numbers", "sentences", "verdicts", "broken", "new_findings", "gone_findings"} == set(told)
    rise = next(one for one in told["numbers"] if one["id"] == "growth.rise.river")
    assert ("8%", "40%", "+32", "percent change") == tuple(rise[key] for key in ("old", "new", "by", "unit"))
    assert ("agrees", "disagrees") in {
        (one["old"], one["new"]) for one in told["verdicts"] if one["id"] == "growth.highest"
    }
    given = {one["id"]: one["given"] for one in told["verdicts"]}
    index = "140 index, before the sign = 100"
    assert ("40%", index) == (given["growth.river"], given["growth.index.river"])
    assert index in revised.inserted
    assert [] == told["gone_findings"]
    assert ["comparison.growth.highest"] == [one.partition(":")[0] for one in told["new_findings"]]
    asked = next(one for one in told["sentences"] if "board" in one["new"])
    assert ("Does a painted sign sell tea?", "Does a painted board sell tea?") == (asked["old"], asked["new"])
    assert "sec-question" == asked["section"]
    assert [] != [one for one in told["sentences"] if one["new"] == "" and "standard deviation" in one["old"]]
    assert any("growth.highest" in one for one in told["broken"])


def test_front_matter_and_sources_are_told_too(revised: Revised) -> None:
    told = {one["section"]: one for one in revised.told["sentences"]}
    keywords, source = told["keywords"], told["kettle2018"]
    assert (20, "synthetic; tea; stalls", "synthetic; tea; shops") == (
        keywords["line"], keywords["old"], keywords["new"],
    )  # fmt: skip
    assert ["2018", "2019"] == [source[when].rpartition("; ")[2] for when in ("old", "new")]
    for told in ("line 20: synthetic; tea; ", "kettle2018: Kettle, Dora"):
        assert told in revised.printed


def test_a_link_to_a_source_that_is_in_neither_state_is_left_as_its_words() -> None:
    link = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "gone?"}], ["#ref-gone", ""]]}
    there = {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": "here"}], ["#ref-here", ""]]}
    entry = {"t": "Div", "c": [["ref-here", [], []], []]}
    tree = {"blocks": [{"t": "Para", "c": [link, there]}, entry]}
    unlink(tree)
    assert [("Span", "gone?"), ("Link", "here")] == [
        (one["t"], one["c"][1][0]["c"]) for one in tree["blocks"][0]["c"]
    ]


def test_the_tree_is_as_the_author_left_it(revised: Revised) -> None:
    ends = (".svg", ".png", ".vl.json", ".narrow.svg", ".narrow.vl.json")
    drawn = {"figures/manifest.json", "figures/de/", *(f"figures/growth{end}" for end in ends)}
    changed = {line[3:] for line in revised.status.splitlines()}
    assert changed - drawn == {
        *("analysis/tables.py", "data/growth.csv", "paper.qmd", "paper.de.qmd", "references.bib"),
        "_revision.json",
    }


def test_another_edition_is_compared_with_itself_and_a_blind_one_names_nobody(tmp_path: Path) -> None:
    german = compared(planted(begun(tmp_path)), "de", "blind")
    asked = next(one for one in german.told["sentences"] if "Tafel" in one["new"])
    assert "Verkauft ein gemaltes Schild Tee?" == asked["old"]
    assert any("paper.de.qmd" in one and "growth.highest" in one for one in german.told["broken"])
    for came in ("Tafel", "jetzt:", "Teesorte", "stimmt nicht überein", "31,7 %"):
        assert came in german.inserted
        assert came in german.pdf
    assert 3 == len(german.pictures)
    for name in ("Placeholder College", "Riverside Pot"):
        assert name not in german.pdf
    assert "board" not in german.pdf


def test_a_revision_without_the_edition_is_told_by_the_file_that_it_lacks(committed: Path) -> None:
    root = Path(shutil.copytree(committed, committed.parent / "lacking"))
    git(root, "rm", "--quiet", "_quarto-de.yml")
    git(root, "commit", "--quiet", "--message", "toy: have no settings of the German edition")
    git(root, "checkout", "--quiet", "v1", "--", "_quarto-de.yml")
    done = recomputed(root, "diff", "HEAD", "--profile", "de")
    assert (2, "error: diff: expected a revision that has _quarto-de.yml, found 'HEAD'\n") == (
        done.returncode,
        done.stderr,
    )


def test_a_revision_that_holds_no_data_is_told(committed: Path) -> None:
    root = Path(shutil.copytree(committed, committed.parent / "elsewhere"))
    (root / "data").rename(root.parent / "shared-data")
    (root / "data").symlink_to(Path("..", "shared-data"))
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "toy: have the data elsewhere")
    done = recomputed(root, "diff", "HEAD")
    told = "expected a revision that has data, found 'HEAD', in which that is a link out of the repository"
    assert (2, f"error: diff: {told}\n") == (done.returncode, done.stderr)


def test_a_commit_differs_in_nothing_from_itself(english: Path) -> None:
    done = recomputed(english, "diff", "HEAD", "--json", "-")
    assert done.returncode == 0, done.stderr
    assert [] == [one for changed in json.loads(done.stdout).values() for one in changed]
    with zipfile.ZipFile(english / "_revision" / "changes.docx") as docx:
        text = docx.read("word/document.xml").decode()
    assert "<w:ins " not in text
    assert "<w:del " not in text
    assert "No number, verdict or finding changed." in text


def test_a_state_that_carries_its_engine_is_executed_by_that(english: Path) -> None:
    root = Path(shutil.copytree(english, english.parent / "carrying"))
    source = Path(__file__).parents[2] / "src" / "recomputed"
    carried = root / "recomputed" / "src" / "recomputed"
    shutil.copytree(source, carried, ignore=shutil.ignore_patterns("__pycache__"))
    change(carried / "language" / "en.toml", 'rose = "rose by {change}"', 'rose = "climbed by {change}"')
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "toy: carry an engine that words it otherwise")
    done = recomputed(root, "diff", "HEAD", "--json", "-")
    assert done.returncode == 0, done.stderr
    assert "by its own engine" in done.stderr
    sentences = json.loads(done.stdout)["sentences"]
    assert any("climbed by" in one["old"] and "rose by" in one["new"] for one in sentences)


def test_files_are_laid_down_as_they_were_committed(
    committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git gives a work tree Windows's line ends, too."""
    root = Path(shutil.copytree(committed, tmp_path / "ends"))
    git(root, "config", "core.autocrlf", "true")
    monkeypatch.setattr(paths, "ROOT", root)
    laid = check_out("v1", Path(tempfile.mkdtemp(dir=tmp_path)))
    assert (committed / "figures" / "growth.svg").read_bytes() == (
        laid.root / "figures" / "growth.svg"
    ).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["v11"], "or a commit, tag or branch, found 'v11' (did you mean 'v1'?)"),
        (
            ["v1", "--set", "growth:river:index=1"],
            "--set and --assume with a data directory, found 'v1', none",
        ),
        (["v1", "--out", "data"], "--out: expected a new or an empty directory"),
    ],
)
def test_what_cannot_be_compared_is_told_in_one_line(
    committed: Path, arguments: list[str], told: str
) -> None:
    done = recomputed(committed, "diff", *[one.replace("data", str(committed / "data")) for one in arguments])
    assert (2, 1) == (done.returncode, done.stderr.count("\n"))
    assert told in done.stderr


def test_a_clone_of_a_part_of_the_history_says_how_to_have_all(committed: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    command = ["git", "clone", "--quiet", "--depth", "1", committed.as_uri(), str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    done = recomputed(clone, "diff", "HEAD~1")
    assert 2 == done.returncode
    assert (
        "found 'HEAD~1'.\nHint: this clone has a part of the history; `git fetch --unshallow`" in done.stderr
    )


def test_without_a_repository_or_without_git_it_says_so(tmp_path: Path) -> None:
    root = copy_toy(tmp_path / "toy")
    done = recomputed(root, "diff", "v1", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert 2 == done.returncode
    assert "no git repository here" in done.stderr
    done = recomputed(root, "diff", "v1", PATH=str(tmp_path))
    assert (3, "error: diff: expected git on the path, to look a revision up, found none\n") == (
        done.returncode,
        done.stderr,
    )
