"""`check` answers from its record only where nothing that it rests on has changed, and then to the letter."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from synthetic.papers import CHECKOUT, change, copy_toy, recomputed

pytestmark = pytest.mark.slow

STANDS = (
    "from recomputed import paths\nfrom recomputed.kept import Check\nprint(bool(Check(paths.DATA).last()))"
)
OPENED = """
import os, sys
from pathlib import Path
opened = set()
def hear(event, args):
    if event == "open" and isinstance(args[0], (str, Path)):
        opened.add(args[0])
sys.addaudithook(hear)
from recomputed import cli, kept, paths
assert cli.main(["check"]) == 0
files = {Path(os.path.abspath(one)) for one in opened}
own = {one for one in files if one.is_file() and one.is_relative_to(paths.ROOT) and not one.is_relative_to(paths.CACHE)}
assert paths.FIGURES / "growth.svg" in own
print(*sorted(own - {paths.ROOT / name for name in kept.files_of_paper()}), file=sys.stderr)
"""


def run(root: Path, program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("PAPER_")}
    own |= {"RECOMPUTED_PAPER": str(root), "PYTHONPATH": str(CHECKOUT / "recomputed" / "src"), **environment}
    own |= {"PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-P", "-c", program], env=own, capture_output=True, text=True, check=False
    )


def stands(root: Path, **environment: str) -> bool:
    done = run(root, STANDS, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout == "True\n"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A toy with a variable that its cells read and a generated file out of date, checked."""

    folder = tmp_path_factory.mktemp("checked")
    root = copy_toy(folder / "toy")
    (root / "CITATION.cff").write_text("cff-version: 1.2.0\n", encoding="utf-8")
    reading = 'import os; os.environ.get("MOOD")\nfrom recomputed import open_appendix'
    change(root / "paper.qmd", "from recomputed import open_appendix", reading)
    done = recomputed(root, "check", "--json", str(folder / "said.json"))
    assert done.returncode == 0, done.stderr
    (folder / "said").write_text(json.dumps([done.stdout, done.stderr]), encoding="utf-8")
    return root


def test_unchanged_it_says_so_and_the_rest_to_the_letter(checked: Path, tmp_path: Path) -> None:
    again = recomputed(checked, "check", "--json", str(tmp_path / "again.json"))
    out, err = json.loads((checked.parent / "said").read_text(encoding="utf-8"))
    told = "paper.de.qmd: unchanged since the last check.\n"
    lines = again.stdout.splitlines(keepends=True)
    assert [told] == [one[-len(told) :] for one in lines if "unchanged" in one]
    assert (0, out, err) == (
        again.returncode,
        "".join(one for one in lines if "unchanged" not in one),
        again.stderr,
    )
    assert "CITATION.cff is out of date" in err
    assert (checked.parent / "said.json").read_bytes() == (tmp_path / "again.json").read_bytes()


@pytest.mark.parametrize(
    "name",
    [
        "paper.qmd",
        "paper.de.qmd",
        "paper.toml",
        "_quarto-de.yml",
        "names.csv",
        "data/stalls.csv",
        "data/datapackage.json",
        "data/ledger/findings.csv",
        "data/README.md",
        "docs/numbers.md",
        "CITATION.cff",
        ".zenodo.json",
        "figures/growth.svg",
        "figures/manifest.json",
        "analysis/figures.py",
    ],
)
def test_it_does_not_stand_once_an_input_is_changed(checked: Path, name: str) -> None:
    assert stands(checked)
    file = checked / name
    content = file.read_bytes()
    file.write_bytes(content + b"\n")
    try:
        assert not stands(checked)
    finally:
        file.write_bytes(content)
    assert stands(checked)


@pytest.mark.parametrize("name", ["data/ledger/told.csv", "paper.en.py", "docs/more.md", "picture.png"])
def test_it_does_not_stand_once_there_is_another_file(checked: Path, name: str) -> None:
    (checked / name).write_text("new", encoding="utf-8")
    try:
        assert not stands(checked)
    finally:
        (checked / name).unlink()
    assert stands(checked)


def test_it_does_not_stand_in_another_environment(checked: Path, tmp_path: Path) -> None:
    assert stands(checked, TERM="dumb")
    assert not stands(checked, MOOD="good")
    assert not stands(checked, PAPER_ASSUMED="A1=2")
    assert not stands(checked, SOURCE_DATE_EPOCH="86400")
    engine = shutil.copytree(CHECKOUT / "recomputed" / "src", tmp_path / "src")
    (engine / "recomputed" / "guards" / "another.py").touch()
    assert not stands(checked, PYTHONPATH=str(engine))


def verdicts(root: Path) -> dict[str, bool]:
    """Whether the last verdict on each edition stands."""
    program = (
        "import json\nfrom recomputed import paths\nfrom recomputed.judgement import editions\n"
        "from recomputed.kept import Check\nkept = Check(paths.DATA)\n"
        "all = editions(paths.ROOT, paths.DATA)\n"
        "print(json.dumps({one.manuscript: bool(kept.verdict(one)) for one in all}))"
    )
    done = run(root, program)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("name", "stand"),
    [
        ("paper.qmd", {"paper.de.qmd"}),
        ("paper.de.qmd", {"paper.qmd"}),
        ("names.csv", set()),
        ("figures/growth.svg", set()),
        ("data/ledger/allowed.csv", set()),
    ],
)
def test_a_verdict_on_an_edition_rests_on_no_other_manuscript(
    checked: Path, name: str, stand: set[str]
) -> None:
    content = (checked / name).read_bytes()
    (checked / name).write_bytes(content + b"\n")
    try:
        found = verdicts(checked)
    finally:
        (checked / name).write_bytes(content)
    assert {"paper.qmd", "paper.de.qmd"} == set(found)
    assert stand == {edition for edition, stands in found.items() if stands}


def test_after_an_edit_of_one_edition_it_says_what_it_says_without_a_record(toy: Path) -> None:
    assert (0, "") == ((done := recomputed(toy, "check")).returncode, done.stderr)
    fault = "Everything in this paper is made up. Half of it"
    change(toy / "paper.qmd", "Everything in this paper", fault)
    said = []
    for _ in range(2):
        done = recomputed(toy, "check", "--json", str(toy.parent / "said.json"))
        said.append((done.returncode, done.stdout, done.stderr, (toy.parent / "said.json").read_bytes()))
        shutil.rmtree(toy / ".cache")
    assert said[0] == said[1]
    assert said[0][0] == 1
    assert "paper.qmd, line 38" in said[0][2]


def test_other_data_have_a_record_of_their_own_and_a_check_that_fails_has_none(
    checked: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    shutil.copytree(checked / "data", other)
    said = [recomputed(checked, "check", "--data", str(other)) for _ in range(2)]
    assert [False, True] == ["unchanged since" in done.stdout for done in said]
    assert stands(checked)
    change(other / "published.csv", "35%,35,", "35%,36,")
    said = [recomputed(checked, "check", "--data", str(other)) for _ in range(2)]
    assert [1, 1] == [done.returncode for done in said]
    assert "abstract.growth.hill" in said[0].stderr
    assert said[0].stderr == said[1].stderr
    assert said[0].stdout == said[1].stdout


def test_every_file_of_the_paper_that_it_opens_is_one_that_the_record_rests_on(toy: Path) -> None:
    done = run(toy, OPENED)
    assert (0, "\n") == (done.returncode, done.stderr[-1:]), done.stderr
