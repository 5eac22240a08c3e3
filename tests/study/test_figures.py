"""Figures: the committed files are those that the data make."""

import importlib.metadata
import json
import re
import subprocess
import sys

import pytest

from recomputed.manuscript import figure_files
from recomputed.manuscript.figure_files import (
    SUFFIXES,
    WIDTHS,
    draw,
    faults_of,
    figure_key,
    read_manifest,
    save,
)
from recomputed.manuscript.figures import Figure
from recomputed.paths import FIGURES as FOLDER
from recomputed.study import study

MARKS = {width: mark for mark, width in WIDTHS.items()}
CASES = ("K1", "K2", "K3")
FIGURES = study().figures
UPLIFT, AUDIENCE = FIGURES["uplift"], FIGURES["audience"]


@pytest.fixture(scope="module")
def records(numbers, tables):
    return {name: figure.shown(numbers, CASES, tables) for name, figure in FIGURES.items()}


@pytest.fixture(scope="module")
def charts(records):
    return {
        name: {mark: figure.chart_text(records[name], width) for mark, width in WIDTHS.items()}
        for name, figure in FIGURES.items()
    }


def test_every_figure_has_a_drawing():
    assert {"uplift", "audience", "conversion"} == set(FIGURES)
    assert all(figure.draw for figure in FIGURES.values())


@pytest.mark.parametrize("name", list(FIGURES))
def test_committed_files_equal_drawn_ones(charts, name):
    for mark, chart in charts[name].items():
        for suffix, content in draw(chart).items():
            if mark + suffix in SUFFIXES:
                assert (FOLDER / f"{name}{mark}{suffix}").read_bytes() == content


@pytest.mark.parametrize("name", list(FIGURES))
def test_a_drawing_is_as_wide_as_the_page_that_it_is_for(name):
    for mark, width in WIDTHS.items():
        svg = (FOLDER / f"{name}{mark}.svg").read_text(encoding="utf-8")
        assert re.search(r' width="(\d+)"', svg)[1] == str(width)
        assert min(float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)) >= 13


def test_both_drawings_of_a_figure_say_the_same(charts):
    for name in FIGURES:
        said = {
            tuple(sorted(re.findall(r">([^<>]+)</text>", (FOLDER / f"{name}{mark}.svg").read_text("utf-8"))))
            for mark in WIDTHS
        }
        assert len({tuple(text for text in texts if not text.isdecimal()) for texts in said}) == 1


def test_a_key_changes_with_the_language(records):
    before = figure_key(UPLIFT, records["uplift"])
    assert figure_key(UPLIFT, records["uplift"], "en") != before


def test_every_text_of_a_figure_is_there_in_english(numbers, tables, monkeypatch):
    monkeypatch.setenv("PAPER_LANG", "en")
    said = {name: figure.chart_text(figure.shown(numbers, CASES, tables)) for name, figure in FIGURES.items()}
    assert "Rise in turnover (%)" in said["uplift"]
    assert "literature: 30–60%" in said["uplift"]
    assert "mean comments: effect on turnover" in said["audience"]
    assert "12–21 items ÷ 150 viewers" in said["conversion"]
    assert not {text for text in said.values() if "penonton" in text or "omzet" in text}


def test_the_folder_holds_each_edition_s_figures_and_nothing_else():
    expected = {f"{name}{suffix}" for name in FIGURES for suffix in SUFFIXES} | {"manifest.json"}
    assert {path.name for path in FOLDER.iterdir()} == expected | {"en"}
    assert {path.name for path in (FOLDER / "en").iterdir()} == expected


def test_the_manifest_knows_each_figure(records):
    assert {name: entry["key"] for name, entry in read_manifest(FOLDER).items()} == {
        name: figure_key(figure, records[name]) for name, figure in FIGURES.items()
    }


def test_a_key_changes_with_the_figure_and_its_records(records):
    assert figure_key(UPLIFT, records["uplift"]) != figure_key(AUDIENCE, records["uplift"])
    first, *others = records["uplift"]
    assert figure_key(UPLIFT, [first | {"high": 27.4}, *others]) != figure_key(UPLIFT, records["uplift"])


def test_a_key_changes_with_the_plotting_code_alone(records, tmp_path, monkeypatch):
    before = figure_key(UPLIFT, records["uplift"])
    other = tmp_path / "figures.py"
    own, *beside = UPLIFT.sources
    code = own.read_text(encoding="utf-8")
    monkeypatch.setattr(Figure, "sources", [other, *beside])
    other.write_text(code, encoding="utf-8", newline="\r\n")
    assert figure_key(UPLIFT, records["uplift"]) == before
    other.write_text(code.replace("MARGIN = 64", "MARGIN = 65"), encoding="utf-8")
    assert figure_key(UPLIFT, records["uplift"]) != before


def test_the_words_that_a_chart_takes_from_beside_it_are_part_of_its_key():
    assert [file.name for file in UPLIFT.sources] == ["figures.py", "words.py"]


@pytest.mark.parametrize("package", ["altair", "vl-convert-python", "font-source-sans-pro"])
def test_a_key_changes_with_the_version_of_what_draws(records, monkeypatch, package):
    before = figure_key(UPLIFT, records["uplift"])
    now = importlib.metadata.version
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "0" if name == package else now(name))
    assert figure_key(UPLIFT, records["uplift"]) != before


def test_a_key_changes_with_the_density_of_the_pixels(records, monkeypatch):
    before = figure_key(UPLIFT, records["uplift"])
    monkeypatch.setattr(figure_files, "PIXELS_PER_UNIT", 1.0)
    assert figure_key(UPLIFT, records["uplift"]) != before


def test_what_draws_is_not_loaded_to_know_that_figures_are_current():
    code = """
import sys
from recomputed.manuscript.paper import open_paper
from recomputed.study import study
paper = open_paper()
for name in study().figures:
    paper.figure(name, "", "")
print({"altair.vegalite", "pandas", "vl_convert"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_an_edited_file_and_another_chart_are_noticed_and_drawn_again(charts, tmp_path):
    key = "its key"
    save(tmp_path, "uplift", key, lambda width: charts["uplift"][MARKS[width]])
    assert faults_of(tmp_path, "uplift", key) == []
    svg = tmp_path / "uplift.svg"
    whole = svg.read_bytes()
    svg.write_bytes(whole.replace(b"30%", b"40%"))
    assert faults_of(tmp_path, "uplift", key) == ["figures/uplift.svg is not the file that was generated"]
    assert "other numbers" in faults_of(tmp_path, "uplift", "another key")[0]
    save(tmp_path, "uplift", key, lambda width: charts["uplift"][MARKS[width]])
    assert svg.read_bytes() == whole


def test_a_current_figure_is_not_drawn_again(charts, tmp_path):
    save(tmp_path, "uplift", "its key", lambda width: charts["uplift"][MARKS[width]])
    save(tmp_path, "uplift", "its key", lambda _: pytest.fail("drawn again"))


def test_a_broken_manifest_counts_as_none(tmp_path):
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert read_manifest(tmp_path) == {}


def test_the_uplift_figure_draws_the_published_uplifts(charts):
    # figure 1 of the article: 25, 10 and 30 percent
    for chart in charts["uplift"].values():
        rows = [row for data in json.loads(chart)["datasets"].values() for row in data if "low" in row]
        assert {row["case"]: row["low"] for row in rows} == {"K1": 25, "K2": 10, "K3": 30}
        assert {row["case"]: (row["meant_low"], row["meant_high"]) for row in rows}["K1"] == (22.5, 27.5)


def test_no_chart_asks_for_anything_from_outside(charts):
    for text in [text for drawn in charts.values() for text in drawn.values()]:
        assert [line for line in text.splitlines() if "http" in line and "$schema" not in line] == []
