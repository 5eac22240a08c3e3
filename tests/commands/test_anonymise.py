"""`anonymise PRIVATE --out DIR`: a shareable directory, or a message and nothing. All records synthetic."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from recomputed import cli, paths
from recomputed.faults import Fault
from recomputed.privacy import disclosure
from recomputed.tables.load import load
from tests.study.synthetic_private import BUSINESSES, sessions, turnover, write_private

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def private(tmp_path: Path) -> Path:
    return write_private(tmp_path / "synthetic-private")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "synthetic-release"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli.main(["anonymise", *map(str, arguments)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_release_is_written_and_can_be_loaded(run: Run, private: Path, out: Path) -> None:
    before = contents(private)
    code, said, warned = run(private, "--out", out)
    assert (code, warned) == (0, "")
    assert said == (
        f"{out}: 3 cases, 21 figures; "
        "codes in the order of a keyed hash of the names, whose key is kept secret.\n"
    )
    assert sorted(contents(out)) == [
        "audience.csv",
        "cases.csv",
        "datapackage.json",
        "sessions.csv",
        "turnover.csv",
    ]
    assert len(load(out)["turnover"]) == 3
    assert contents(private) == before


def test_an_earlier_release_is_replaced_by_the_same_bytes(run: Run, private: Path, out: Path) -> None:
    assert run(private, "--out", out)[0] == 0
    first = contents(out)
    (out / "left-over.csv").write_text("synthetic\n", encoding="utf-8")
    assert run(private, "--out", out)[0] == 0
    assert contents(out) == first


def test_no_private_text_is_in_the_release(run: Run, private: Path, out: Path) -> None:
    assert run(private, "--out", out)[0] == 0
    written = b"\n".join(contents(out).values()).decode().casefold()
    cells = {cell for line in BUSINESSES.splitlines()[1:] for cell in line.split(",")}
    cells |= {line.split(",")[2] for line in turnover().splitlines()[1:]}
    cells |= {line.split(",")[1] for line in sessions().splitlines()[1:]}
    assert len(cells) > 20
    assert [cell for cell in cells if cell and cell.casefold() in written] == []
    assert "rupiah" not in written


def test_what_is_left_out_is_told(run: Run, private: Path, out: Path) -> None:
    code, said, warned = run(private, "--out", out, "--threshold", 5)
    assert code == 0
    assert "18 figures" in said
    assert warned.splitlines() == [
        f"left out, for want of 5 records: turnover of {case}: 4 months before live, 4 after"
        for case in ("K1", "K2", "K3")
    ]


def test_bad_records_give_2_and_nothing(run: Run, private: Path, out: Path) -> None:
    write_private(private, turnover_text=turnover().replace("10000137", '"10.000.137,00"', 1))
    code, said, warned = run(private, "--out", out)
    assert (code, said) == (2, "")
    assert "turnover.csv, row 10, column amount: expected a number with a decimal point" in warned
    assert not out.exists()


def test_a_disclosure_gives_1_and_leaves_the_earlier_release(
    run: Run, private: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(private, "--out", out)[0] == 0
    earlier = contents(out)
    fault = Fault("cases.csv", "nothing that identifies anybody", "the owner in row 2 of businesses.csv", 2)
    monkeypatch.setattr(disclosure, "disclosures", lambda *_: [fault])
    assert run(private, "--out", out) == (1, "", f"{fault}\n")
    assert contents(out) == earlier
    assert sorted(path.name for path in out.parent.iterdir()) == [private.name, out.name]


def test_a_leak_in_the_making_is_caught_and_nothing_is_written(
    run: Run, private: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The note of every range names an owner; the check itself is the real one."""
    from analysis import anonymise

    row = anonymise.range_row
    monkeypatch.setattr(anonymise, "range_row", lambda *given: {**row(*given), "note": "from Bramantyo"})
    code, said, warned = run(private, "--out", out)
    assert (code, said) == (1, "")
    assert "expected nothing that identifies anybody, found the owner in row 4 of businesses.csv" in warned
    assert "Bramantyo" not in warned
    assert not out.exists()


@pytest.mark.parametrize("place", [".", "inside", ".."])
def test_a_release_is_kept_apart_from_the_private_records(run: Run, private: Path, place: str) -> None:
    before = contents(private)
    code, _, warned = run(private, "--out", private / place)
    assert code == 2
    assert "--out: expected a directory apart from the private records" in warned
    assert contents(private) == before


def test_nothing_else_is_written_over(run: Run, private: Path, out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("synthetic\n", encoding="utf-8")
    code, _, warned = run(private, "--out", out)
    assert code == 2
    assert "expected a new directory, an empty one or an earlier release" in warned
    assert list(contents(out)) == ["thesis.txt"]


@pytest.mark.parametrize(
    "arguments", [["PRIVATE"], ["--out", "DIR"], ["PRIVATE", "--out", "DIR", "--threshold", "1"]]
)
def test_usage_errors_give_2(run: Run, arguments: list[str]) -> None:
    code, said, warned = run(*arguments)
    assert (code, said) == (2, "")
    assert warned


def test_private_records_that_are_not_there_give_2(run: Run, tmp_path: Path, out: Path) -> None:
    code, _, warned = run(tmp_path / "nowhere", "--out", out)
    assert code == 2
    assert "PRIVATE: expected a directory, found nothing at" in warned


def test_a_module_without_a_recipe_gives_2(
    run: Run, private: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analysis import anonymise

    monkeypatch.delattr(anonymise, "RECIPE")
    told = "analysis.anonymise: expected a RECIPE, of recomputed.privacy.release, found none\n"
    assert run(private, "--out", out) == (2, "", told)


def test_the_paper_on_records_calls_its_index_measured(
    run: Run,
    private: Path,
    out: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = tmp_path / "synthetic-data"
    copytree(paths.DATA, data)
    assert run(private, "--out", out)[0] == 0
    (data / "turnover.csv").write_bytes((out / "turnover.csv").read_bytes())
    report = tmp_path / "verdict.json"
    # 1: the synthetic rises are not those of the article
    assert cli.main(["check", "--data", str(data), "--json", str(report)]) == 1
    claims = json.loads(report.read_text(encoding="utf-8"))["claims"]
    assert {one["kind"] for one in claims if str(one["number"]).startswith("turnover.uplift.K")} == {
        "derived"
    }
    capsys.readouterr()
    monkeypatch.setenv("PAPER_DATA", str(data))
    for id_, kind in (
        ("turnover.index.K1", "measured"),
        ("turnover.window.K1", "measured"),
        ("turnover.uplift.K1", "derived"),
    ):
        assert cli.main(["trace", id_]) == 0
        told = capsys.readouterr().out
        assert told.splitlines()[0].endswith(f", {kind}")
        assert "= sebagaimana dihitung dari catatan" in told or kind == "derived"
        assert not any(word in told for word in ("coded from", "seperti dilaporkan", "assumes"))
