"""The checklist holds for this package, and the list of its programs is true."""

import re

from recomputed import paths
from recomputed.deposit import checklist
from recomputed.reading import provenance


def test_every_point_holds_for_this_package():
    assert {} == {point.number: faults for point, faults in checklist.report(paths.ROOT) if faults}


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
    row = re.search(
        r"^\| `turnover\.uplift\.K2` \| 10% \|.*\| ([\d, ]+) \| ([\d, ]+) \| `\w+` \|$", text, re.MULTILINE
    )
    assert row is not None
    for file, lines in zip((paths.PAPER, paths.ROOT / "paper.en.qmd"), row.groups(), strict=True):
        manuscript = file.read_text(encoding="utf-8").splitlines()
        for line in map(int, lines.split(", ")):
            assert "turnover.uplift.K2" in manuscript[line - 1] or "paper.table" in manuscript[line - 1]
