"""The judgement: claims, findings and guards together; an unexpected verdict in either direction fails."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.judgement import Executed, Verdict, prepare
from synthetic.variants import execute_here


@pytest.fixture(scope="module")
def paper() -> Executed:
    return execute_here()


@pytest.fixture(scope="module")
def verdict(paper: Executed, tmp_path_factory: pytest.TempPathFactory) -> Verdict:
    """On a copy of the data: `paper` is evaluated without its figures, and a copy's figures are not judged."""
    data = tmp_path_factory.mktemp("copy") / "data"
    shutil.copytree(paths.DATA, data)
    return prepare(data)(paper)


@pytest.fixture
def altered(tmp_path: Path) -> Callable[[str, str, str, str], Path]:
    """The data with one cell changed: `altered(table, id, column, value)`."""

    def alter(table: str, id_: str, column: str, value: str) -> Path:
        folder = tmp_path / "data"
        shutil.copytree(paths.DATA, folder)
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            columns, rows = list(reader.fieldnames or ()), list(reader)
        for row in rows:
            if row[columns[0]] == id_:
                row[column] = value
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return folder

    return alter


def unexpected(verdict: Verdict) -> list[str]:
    return [claim["id"] for claim in verdict.report["claims"] if claim["verdict"] != claim["expected"]]


def test_the_report_has_the_fields_that_others_script_against(verdict: Verdict) -> None:
    fields = {"reproduced", "claims", "counts", "findings", "typed_numbers", "unused_cells", "orphans"}
    assert fields <= verdict.report.keys()
    claim = {"id", "locator", "published", "recomputed", "verdict", "expected", "number"}
    assert all(claim <= one.keys() for one in verdict.report["claims"])
    finding = {"id", "rule", "severity", "claims", "message", "assumption"}
    assert all(finding <= one.keys() for one in verdict.report["findings"])


def test_the_paper_reproduces(verdict: Verdict) -> None:
    assert verdict.failures == ()
    assert verdict.report["reproduced"] is True
    assert unexpected(verdict) == []


def test_a_number_that_no_longer_reproduces_fails(altered: Callable[..., Path]) -> None:
    data = altered("growth", "north", "index", "150")
    verdict = prepare(data)(execute_here(data=data))
    assert not verdict.holds
    assert "growth.p1" in " ".join(verdict.failures)
    assert "abstract.growth.north" in unexpected(verdict)
    assert verdict.report["reproduced"] is False


def test_a_claim_that_agrees_and_is_expected_not_to_fails(
    altered: Callable[..., Path], paper: Executed
) -> None:
    data = altered("published", "abstract.growth.north", "expected", "agrees within rounding")
    verdict = prepare(data)(paper)
    assert unexpected(verdict) == ["abstract.growth.north"]
    assert "expected 'agrees within rounding', found 'agrees'" in verdict.failures[0]


def test_faults_of_the_data_are_told_together(altered: Callable[..., Path]) -> None:
    data = altered("growth", "north", "index", "1,25")
    with pytest.raises(InputError, match=r"growth\.csv, row 2, column index"):
        prepare(data)
