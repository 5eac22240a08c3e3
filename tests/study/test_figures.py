"""Figures: the committed files are those that the data make."""

import json

import pytest

from analysis.paths import FIGURES as FOLDER
from analysis.study.figure_files import SUFFIXES, chart_key, chart_text, draw, faults_of, read_manifest, save
from analysis.study.figures import FIGURES

CASES = ("K1", "K2", "K3")


@pytest.fixture(scope="module")
def charts(numbers):
    return {name: chart_text(plot(numbers, CASES).to_dict()) for name, plot in FIGURES.items()}


@pytest.mark.parametrize("name", list(FIGURES))
def test_committed_files_equal_drawn_ones(charts, name):
    for suffix, content in draw(charts[name]).items():
        assert (FOLDER / f"{name}{suffix}").read_bytes() == content


def test_the_folder_holds_the_figures_and_nothing_else():
    expected = {f"{name}{suffix}" for name in FIGURES for suffix in SUFFIXES} | {"manifest.json"}
    assert {path.name for path in FOLDER.iterdir()} == expected


def test_the_manifest_knows_each_figure(charts):
    assert {name: entry["key"] for name, entry in read_manifest(FOLDER).items()} == {
        name: chart_key(text) for name, text in charts.items()
    }


def test_an_edited_file_and_another_chart_are_noticed_and_drawn_again(charts, tmp_path):
    key = save(tmp_path, "start", charts["start"])
    assert faults_of(tmp_path, "start", key) == []
    svg = tmp_path / "start.svg"
    whole = svg.read_bytes()
    svg.write_bytes(whole.replace(b"30%", b"40%"))
    assert faults_of(tmp_path, "start", key) == ["figures/start.svg is not the file that was generated"]
    assert "another chart" in faults_of(tmp_path, "start", "another key")[0]
    save(tmp_path, "start", charts["start"])
    assert svg.read_bytes() == whole


def test_a_current_figure_is_not_drawn_again(charts, tmp_path, monkeypatch):
    save(tmp_path, "start", charts["start"])
    monkeypatch.setattr("analysis.study.figure_files.draw", lambda text: pytest.fail("drawn again"))
    save(tmp_path, "start", charts["start"])


def test_a_broken_manifest_counts_as_none(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert read_manifest(tmp_path) == {}


def test_the_uplift_figure_draws_the_published_uplifts(charts):
    # figure 1 of the article: 25, 10 and 30 percent
    (rows,) = json.loads(charts["uplift"])["datasets"].values()
    assert [(row["name"], row["value"]) for row in rows] == [("K1", 25), ("K2", 10), ("K3", 30)]


def test_no_chart_asks_for_anything_from_outside(charts):
    for text in charts.values():
        assert [line for line in text.splitlines() if "http" in line and "$schema" not in line] == []
