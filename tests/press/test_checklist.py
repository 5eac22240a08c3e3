"""The checklist holds for this package, and each point that a machine can tell fails where it does not."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed import cli, paths
from recomputed.deposit import checklist
from recomputed.deposit.availability import DOCUMENT
from recomputed.reading import provenance

FILES = ("README.md", DOCUMENT, "LICENSE", "LICENSE-CC-BY-4.0", "paper.qmd", "paper.toml", "pyproject.toml",
         "references.bib",
         "requirements.lock", "reproduce.py", "CITATION.cff", "codemeta.json", ".zenodo.json")  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """What the checklist reads, in a copy that a test may break."""
    for name in FILES:
        shutil.copy(paths.ROOT / name, tmp_path / name)
    for name in ("data", "docs", "analysis"):
        shutil.copytree(paths.ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def failed(root: Path) -> dict[int, str]:
    return {point.number: "\n".join(faults) for point, faults in checklist.report(root) if faults}


def test_every_point_holds_for_this_package():
    assert {} == failed(paths.ROOT)


def test_there_are_the_sixteen_points_in_their_order():
    assert list(range(1, 17)) == [point.number for point in checklist.POINTS]
    assert all(point.checks or point.sections or point.answered_in for point in checklist.POINTS)


def test_the_command_prints_each_point_and_how_it_is_met(capsys: pytest.CaptureFixture[str]):
    assert cli.main(["checklist"]) == 0
    said = capsys.readouterr().out
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
    assert said.err.startswith("15 License: LICENSE: expected a file, found no such file")


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
    (replace("paper.qmd", "tidak disertakan", "disertakan"), 1, "does not say 'tidak disertakan'"),
    (without_section("What is withheld, and why"), 1, "has no section 'What is withheld, and why'"),
    (write("data/raw.csv", "a\n"), 2, "data/raw.csv is there and not described"),
    (lambda root: (root / "data" / "turnover.csv").unlink(), 2, "data/turnover.csv is described and not there"),
    (replace("data/cases.csv", "pasar umum", "Gang Melati"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "pasar umum", "ani@example.org"), 11, "looks like a contact or an address"),
    (replace("data/turnover.csv", "K1,100,125", "K1,100,many"), 3, "found 'many'"),
    (replace("data/datapackage.json", '"mediatype": "text/csv"', '"mediatype": "text/x"'), 4, "is not CSV"),
    (replace("data/datapackage.json", '"description": "what it sells"', '"description": ""'), 5, "product has no"),
    (replace("references.bib", "{du2024,", "{other2024,"), 6, "du2024 is cited in paper.qmd and is not in"),
    (replace("paper.qmd", "@du2024", "@du"), 6, "du is cited in paper.qmd and is not in"),
    (without_section("Each data source"), 7, "has no section 'Each data source'"),
    (replace("docs/numbers.md", "| 125 |", "| 126 |"), 8, "docs/numbers.md is not current"),
    (write("analysis/new.py", "def broken(:\n"), 9, "SyntaxError"),
    (write("analysis/fast.so", "binary"), 9, "analysis/fast.so is compiled"),
    (without_section("Instruments"), 10, "has no section 'Instruments'"),
    (replace(DOCUMENT, "informed consent: not stated in the article", "informed consent: given"), 11, "does not say"),
    (without_section("Pre-registration"), 12, "has no section"),
    (replace("README.md", "(REPRODUCIBILITY.md)", ""), 13, "README.md does not state"),
    (replace("README.md", "M. Hamdan Aldiansyah, ", ""), 13, "does not state 'M. Hamdan Aldiansyah'"),
    (replace("requirements.lock", "altair==", "altair>="), 13, "altair"),
    (without_section("Time, memory and storage"), 13, "has no section 'Time, memory and storage'"),
    (replace("codemeta.json", "1.0.0", "9.9.9"), 14, "codemeta.json is not current"),
    (write("LICENSE", "All rights reserved.\n"), 15, "LICENSE is not the licence that it should be"),
    (replace("paper.toml", "[checklist.licence]\nanswer", "[checklist.licence]\n# answer"), 15, "expected an answer"),
    (replace("paper.toml", 'MIT = { file', 'ISC = { file'), 15, "expected the file that has MIT, found none"),
    (replace("paper.toml", "[checklist.raw-data]\nanswer", "[checklist.raw-data]\n# answer"), 2, "expected an answer"),
    (replace("paper.toml", "[checklist.ethics]\nanswer", "[checklist.ethics]\n# answer"), 11,
     "paper.toml, checklist.ethics: expected an answer, which no machine can give, found none"),
    (replace("paper.toml", 'paper = ["tidak disertakan"]', 'paper = ["semua ada"]'), 1, "does not say 'semua ada'"),
    (replace("data/cases.csv", "pasar umum", "12 Baker Street"), 2, "looks like a contact or an address"),
    (replace("data/cases.csv", "pasar umum", "Lindenstraße 7"), 2, "looks like a contact or an address"),
    (without_section("Omissions"), 16, "has no section 'Omissions'"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "number", "reason"), BROKEN)
def test_a_package_that_lacks_it_fails_the_point(package: Path, act, number: int, reason: str):
    act(package)
    point = checklist.POINTS[number - 1]
    assert reason in "\n".join(point.faults(package))


def test_the_list_of_programs_names_every_figure_table_and_number_of_the_paper():
    text = provenance.FILE.read_text(encoding="utf-8")
    source = paths.PAPER.read_text(encoding="utf-8")
    for kind, name in re.findall(r'paper\.(figure|table)\(\s*"([a-z]+)"', source):
        assert f"| `{'fig' if kind == 'figure' else 'tbl'}-{name}` |" in text
    for number in set(re.findall(r'\b(?:n|en)\["([^"]+)"\]', source)):
        assert f"| `{number}` |" in text


def test_the_lines_that_it_names_are_those_of_the_functions_and_of_the_manuscript():
    text = provenance.FILE.read_text(encoding="utf-8")
    for file, line in set(re.findall(r"`(analysis/[\w/]+\.py):(\d+)`", text)):
        code = (paths.ROOT / file).read_text(encoding="utf-8").splitlines()
        assert re.match(r"\s*(def|@)", code[int(line) - 1]), f"{file}:{line}"
    row = re.search(r"^\| `turnover\.uplift\.K2` \| 10% \|.*\| ([\d, ]+) \| ([\d, ]+) \|$", text, re.MULTILINE)
    assert row is not None
    for file, lines in zip((paths.PAPER, paths.ROOT / "paper.en.qmd"), row.groups(), strict=True):
        manuscript = file.read_text(encoding="utf-8").splitlines()
        for line in map(int, lines.split(", ")):
            assert "turnover.uplift.K2" in manuscript[line - 1] or "paper.table" in manuscript[line - 1]
