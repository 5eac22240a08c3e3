"""The checklist holds for the toy, and each point that a machine can tell fails where it does not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed import cli, paths
from recomputed.deposit import checklist
from recomputed.deposit.availability import DOCUMENT
from synthetic.papers import CHECKOUT


@pytest.fixture
def package(toy: Path) -> Path:
    """The toy with what it has of the engine in its checkout, to be broken."""
    for name in ("reproduce.py", "requirements.lock"):
        shutil.copy(CHECKOUT / name, toy / name)
    return toy


def failed(root: Path) -> dict[int, str]:
    return {point.number: "\n".join(faults) for point, faults in checklist.report(root) if faults}


def test_every_point_holds_for_the_toy():
    assert {} == failed(paths.ROOT)


def test_there_are_the_sixteen_points_in_their_order():
    assert list(range(1, 17)) == [point.number for point in checklist.POINTS]
    assert all(point.checks or point.sections or point.answered_in for point in checklist.POINTS)


def test_the_command_prints_each_point_and_how_it_is_met(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("COLUMNS", "80")
    assert cli.main(["checklist"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "No badge is claimed." in said
    for point in checklist.POINTS:
        assert re.search(
            rf"^ ?{point.number}  (checked|answered) +{re.escape(point.name)}: ", said, re.MULTILINE
        )


def test_a_description_of_the_data_that_is_no_json_is_told_with_its_line(package: Path):
    (package / "data" / "datapackage.json").write_text('\n{"name": ', encoding="utf-8")
    told = "data/datapackage.json, row 2, column 10: expected JSON, found "
    assert told in "\n".join(failed(package).values())


def test_the_command_fails_and_says_why_on_stderr(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (package / "LICENSE").unlink()
    report = checklist.report
    monkeypatch.setattr(checklist, "report", lambda: report(package))
    assert cli.main(["checklist"]) == 1
    said = capsys.readouterr()
    assert "15  FAILED    License" in said.out
    assert said.err.startswith("error: 15 License: LICENSE: expected a file, found no such file")


def replace(file: str, before: str, after: str) -> Callable[[Path], None]:
    def act(root: Path) -> None:
        text = (root / file).read_text(encoding="utf-8")
        assert before in text
        (root / file).write_text(text.replace(before, after), encoding="utf-8")

    return act


def write(file: str, text: str) -> Callable[[Path], None]:
    return lambda root: (root / file).write_text(text, encoding="utf-8") and None


def without_section(heading: str) -> Callable[[Path], None]:
    return replace(DOCUMENT, f"# {heading}\n", "# Something else\n")


BROKEN = [
    (replace("paper.qmd", "All data are synthetic", "All data are there"), 1, "does not say 'synthetic'"),
    (without_section("What is withheld, and why"), 1, "has no section 'What is withheld, and why'"),
    (write("data/raw.csv", "a\n"), 2, "data/raw.csv is there and not described"),
    (lambda root: (root / "data" / "growth.csv").unlink(), 2, "data/growth.csv is described and not there"),
    (replace("data/cases.csv", "mint & sage", "Gang Melati"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "mint & sage", "12 Baker Street"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "mint & sage", "Lindenstraße 7"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "mint & sage", "081255501234"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "mint & sage", "+62 812 5550 1234"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "mint & sage", "ann@example.org"), 11, "looks like a contact or an address"),
    (replace("data/growth.csv", "north,100,120", "north,100,many"), 3, "found 'many'"),
    (replace("data/datapackage.json", '"mediatype": "text/csv"', '"mediatype": "text/x"'), 4, "is not CSV"),
    (replace("data/datapackage.json", '"description": "code of the stall"', '"description": ""'), 5, "case has no"),
    (replace("references.bib", "{kettle2018,", "{other2018,"), 6, "kettle2018 is cited in paper.qmd and is not in"),
    (replace("paper.qmd", "@kettle2018", "@pot"), 6, "pot is cited in paper.qmd and is not in"),
    (without_section("Each data source"), 7, "has no section 'Each data source'"),
    (replace("docs/numbers.md", "| 120 |", "| 121 |"), 8, "docs/numbers.md is not current"),
    (write("analysis/new.py", "def broken(:\n"), 9, "SyntaxError"),
    (write("analysis/fast.so", "binary"), 9, "analysis/fast.so is compiled"),
    (without_section("Instruments"), 10, "has no section 'Instruments'"),
    (replace(DOCUMENT, "No person took part", "Guests took part"), 11, "does not say"),
    (without_section("Pre-registration"), 12, "has no section"),
    (replace("README.md", "(REPRODUCIBILITY.md)", ""), 13, "README.md does not state"),
    (replace("README.md", ", Ben Placeholder", ""), 13, "does not state 'Ben Placeholder'"),
    (replace("requirements.lock", "altair==", "altair>="), 13, "altair"),
    (without_section("Time, memory and storage"), 13, "has no section 'Time, memory and storage'"),
    (replace("codemeta.json", "1.0.0", "9.9.9"), 14, "codemeta.json is not current"),
    (write("LICENSE", "All rights reserved.\n"), 15, "LICENSE is not the licence that it should be"),
    (replace("paper.toml", "[licences]\n", '[licences]\nISC = { file = "LICENSE", says = "ISC" }\n'), 15,
     "licences: ISC, which neither pyproject.toml nor paper.qmd states"),
    (replace("paper.toml", "[checklist.licence]\nanswer", "[checklist.licence]\n# answer"), 15, "expected an answer"),
    (replace("paper.toml", 'MIT = { file', 'ISC = { file'), 15, "expected the file that has MIT, found none"),
    (replace("paper.toml", "[checklist.raw-data]\nanswer", "[checklist.raw-data]\n# answer"), 2, "expected an answer"),
    (replace("paper.toml", "[checklist.ethics]\nanswer", "[checklist.ethics]\n# answer"), 11,
     "paper.toml, checklist.ethics: expected an answer, which no machine can give, found none"),
    (replace("paper.toml", 'paper = ["synthetic"]', 'paper = ["all is there"]'), 1, "does not say 'all is there'"),
    (without_section("Omissions"), 16, "has no section 'Omissions'"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "number", "reason"), BROKEN)
def test_a_package_that_lacks_it_fails_the_point(package: Path, act, number: int, reason: str):
    act(package)
    point = checklist.POINTS[number - 1]
    assert reason in "\n".join(point.faults(package))
