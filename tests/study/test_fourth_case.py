"""A fourth case that data alone add. It is synthetic: no such business was observed."""

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.manuscript.inline import CaseName
from recomputed.manuscript.paper import Paper, plain_text
from recomputed.quantity.intervals import Interval
from recomputed.study import study
from recomputed.tables.load import load
from synthetic.variants import examined, guard_here

CASES = ("K1", "K2", "K3", "K4")
NAME = CaseName("K4", "Synthetic Batik")
FOURTH: dict[str, list[dict[str, str]]] = {
    "cases": [{"case": "K4", "product": "synthetic", "market": "synthetic", "style": "synthetic",
               "cities": "synthetic", "team": "synthetic", "locator": "results.table1"}],
    "turnover": [{"case": "K4", "before": "100", "index": "140", "unit": "index", "hedge": "exact",
                  "basis": "before-live", "kind": "measured", "evidence": "record", "locator": "results.turnover.p2"}],
    "audience": [{"id": "viewers.K4", "case": "K4", "measure": "viewers", "condition": "session", "low": "40",
                  "high": "90", "unit": "viewer", "hedge": "range", "evidence": "observation",
                  "locator": "results.audience.p2"}],
    "profile": [{"id": f"{what}.K4", "case": "K4", "measure": what, "low": year, "unit": "year", "hedge": "exact",
                 "evidence": "unstated", "locator": "results.profile.p1"}
                for what, year in (("founded", "2018"), ("tiktok", "2020"), ("live", "2023"))],
    "events": [{"id": "interviews.K4", "case": "K4", "event": "synthetic", "year": "2025",
                "evidence": "author-statement", "locator": "results.turnover.p1"}],
}  # fmt: skip
SOLD = {
    "sessions": [{"id": "units.K4", "case": "K4", "measure": "units", "condition": "session", "low": "4", "high": "9",
                  "unit": "item", "hedge": "range", "evidence": "unstated", "locator": "results.audience.p3"}],
    "schedule": [{"id": f"{what}.K4", "case": "K4", "measure": what, "low": "1", "unit": unit, "hedge": "exact",
                  "evidence": "unstated", "locator": "results.profile.p1"}
                 for what, unit in (("sessions", "session-per-day"), ("pause", "day-per-week"))],
    "people": [{"id": f"{part}.K4", "case": "K4", "measure": part, "low": "2", "unit": "person", "hedge": "exact",
                "evidence": "unstated", "locator": "results.profile.p1"} for part in ("owner", "employee")],
}  # fmt: skip


def add(data: Path, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    for table, added in rows.items():
        file = data / f"{table}.csv"
        columns = file.read_text(encoding="utf-8").splitlines()[0].split(",")
        with file.open("a", encoding="utf-8", newline="") as lines:
            csv.DictWriter(lines, columns, restval="", lineterminator="\n").writerows(added)
    return data


def opened(data: Path) -> Paper:
    tables = load(data)
    names = {case: CaseName(case, case) for case in CASES} | {"K4": NAME}
    return Paper("id", names, tables, study().compute(tables), lambda text: {})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.DATA, tmp_path / "data"))


@pytest.fixture
def paper(data: Path) -> Paper:
    return opened(add(data, FOURTH))


def row_of(markdown: str, label: str) -> list[str]:
    (line,) = [line for line in plain_text(markdown)[0].splitlines() if line.startswith(f"| {label} |")]
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_number_over_the_cases_counts_it(paper: Paper) -> None:
    n = paper.numbers
    assert paper.cases == CASES
    assert n["counts.cases"].value == Interval.point(4)
    assert n["counts.others"].value == Interval.point(3)
    assert n["turnover.uplift.K4"].value == Interval.point(40)
    assert [n[f"turnover.rank.{case}"].value for case in CASES] == [*map(Interval.point, (3, 4, 2, 1))]
    assert n["turnover.uplift.mean"].value == Interval.point("26.25")  # (25 + 10 + 30 + 40) / 4
    assert n["turnover.uplift.highest"].value == Interval.point(40)
    assert n["turnover.uplift.spread"].value == Interval.point(30)
    assert n["turnover.below-literature"].value == Interval.point(2)
    assert n["profile.wait.K4"].value == Interval.point(5)
    assert n["profile.experience.K4"].value == Interval.point(2)  # interviewed in 2025


def test_what_is_not_reported_of_it_is_left_out_and_said_to_be(paper: Paper) -> None:
    n = paper.numbers
    assert n["relation.orders"].value == Interval.point(6)  # of the three cases whose schedule is reported
    assert n["relation.cases"].value == Interval.point(3)
    assert n["people.sum.all"].value == Interval.point(20)
    assert n["people.sum.all"].words == "jumlah karyawan kasus yang menyebutkannya"
    assert not [
        id_ for id_ in n if "K4" in id_ and id_.startswith(("schedule", "people", "counts", "sessions"))
    ]


def test_the_rest_follows_where_it_is_reported(data: Path) -> None:
    n = opened(add(data, {**FOURTH, **SOLD})).numbers
    assert n["schedule.weekly.K4"].value == Interval.point(6)
    assert n["relation.orders"].value == Interval.point(24)
    assert n["people.sum.all"].value == Interval.point(24)
    assert n["sessions.conversion.K4.paired"].value == Interval.point(10)


def test_every_table_has_its_column_or_rows(paper: Paper) -> None:
    profile = paper.make_table("profile")
    assert row_of(profile, "Kategori")[-1] == r"Synthetic Batik (K4)"
    assert row_of(profile, "Tahun berdiri") == ["Tahun berdiri", "2020", "2021", "2020", "2018"]
    for label in ("Karyawan", "Afiliator", "Sesi per hari", "Hari siaran per minggu", "Peralatan siaran",
                  "Kecepatan internet", "Promosi saat siaran"):  # fmt: skip
        assert row_of(profile, label)[-1] == "tidak disebutkan"
    assert (
        "| Synthetic Batik (K4) | penonton | sesi penuh | 40–90 orang | pola interaksi |"
        in (plain_text(paper.make_table("audience"))[0])
    )


def test_every_figure_draws_it(data: Path) -> None:
    paper = opened(add(data, {**FOURTH, **SOLD}))
    records = {
        name: figure.shown(paper.numbers, paper.cases, paper.data)
        for name, figure in study().figures.items()
    }  # fmt: skip
    assert next((one["name"], one["low"]) for one in records["uplift"] if "name" in one) == (
        "Usaha K4", 40,
    )  # fmt: skip
    assert [(one["name"], one["low"], one["high"]) for one in records["audience"] if "name" in one][-1] == (
        "penonton: pola interaksi", 40, 90
    )  # fmt: skip
    sold = [one for one in records["conversion"] if one.get("case") == "K4"]
    assert [one.get("head", one.get("from")) for one in sold] == [
        "Usaha K4", "4–9 unit ÷ 40 penonton", "4 ÷ 40 dan 9 ÷ 90", "4–9 unit ÷ 40–90 penonton"
    ]  # fmt: skip
    for name, figure in study().figures.items():
        assert "K4" in figure.chart_text(records[name])


def test_the_verdict_tells_what_the_text_could_mention(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = data.parent / "names.csv"
    names.write_text(paths.NAMES.read_text(encoding="utf-8") + f"K4,{NAME.name}\n", encoding="utf-8")
    monkeypatch.setattr(paths, "NAMES", names)
    add(data, FOURTH)
    told = "\n".join(guard_here(data=data).failures)
    for id_ in ("profile.wait.K4", "profile.experience.K4", "turnover.rank.K4"):
        assert f"{id_}: a number that the paper does not show" in told
    contradicted = {outcome.id for outcome in examined(data).outcomes if not outcome.is_expected}
    assert {"method.cases", "abstract.id.cases", "conclusion.cases"} <= contradicted
    assert "audience.csv, row 15, column claim: expected the id of the claim of published.csv" in told


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("profile", "profile.csv: expected a row 'founded.K4', which the paper computes with, found none"),
        ("audience", "audience.csv: expected a row 'viewers.K4', which the paper computes with, found none"),
        ("turnover", "turnover.csv: expected a row 'K4', which the paper computes with, found none"),
    ],
)
def test_a_row_that_it_must_have_is_missed_by_file_and_row(data: Path, left_out: str, told: str) -> None:
    add(data, {table: rows for table, rows in FOURTH.items() if table != left_out})
    with pytest.raises(InputError, match=told):
        opened(data)


def test_the_rows_that_a_case_alone_lacks_are_missed_together(data: Path) -> None:
    add(data, {"cases": FOURTH["cases"]})
    with pytest.raises(InputError) as told:
        opened(data)
    assert [fault.file.rpartition("/")[2] for fault in told.value.faults] == [
        "profile.csv", "audience.csv", "turnover.csv"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "key", "told"),
    [
        ("context", "uplift.literature", "context.csv: expected a row 'uplift.literature', which the paper"),
        ("schedule", "prime", "schedule.csv, row .*, column repeats: expected a key of schedule"),
        ("schedule", "pause.K1", "schedule.csv: expected a row 'pause.K1', which the paper computes with"),
        ("turnover", "K2", "turnover.csv: expected a row 'K2', which the paper computes with, found none"),
    ],
)
def test_a_row_that_is_gone_is_missed_by_file_and_row(data: Path, table: str, key: str, told: str) -> None:
    file = data / f"{table}.csv"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith(f"{key},")), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        opened(data)


def test_a_place_without_a_word_names_its_cell(data: Path) -> None:
    viewers = dict(FOURTH["audience"][0], locator="recommendations.1")
    paper = opened(add(data, {**FOURTH, "audience": [viewers]}))
    with pytest.raises(
        InputError, match=r"audience\.csv, row 15, column locator: .*found 'recommendations\.1'"
    ):
        paper.make_table("audience")
