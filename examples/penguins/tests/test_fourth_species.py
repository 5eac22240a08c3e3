"""A fourth species that data alone add. Its records are synthetic: no such penguin was observed."""

import shutil
from pathlib import Path

import pytest

from recomputed import paths
from recomputed.faults import InputError
from recomputed.manuscript.inline import CaseName
from recomputed.manuscript.paper import Paper, plain_text
from recomputed.quantity.intervals import Interval
from recomputed.study import study
from recomputed.tables.load import load

CASE = "Synthetic"
RECORDS = (
    "345,Synthetic,Dream,30,20,150,2000,female,2009",
    "346,Synthetic,Dream,33,22,165,2200,male,2009",
    "347,Synthetic,Dream,36,21,NA,2400,NA,2009",
)


def opened(data: Path) -> Paper:
    tables = load(data)
    names = {case: CaseName(case, case) for case in tables.cases}
    return Paper("en", names, tables, study().compute(tables), lambda text: {})


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data with one more species, of which there is no record yet."""
    folder = Path(shutil.copytree(paths.DATA, tmp_path / "data"))
    with (folder / "cases.csv").open("a", encoding="utf-8") as lines:
        lines.write(f"{CASE},Pygoscelis syntheticus,manual.sources\n")
    return folder


@pytest.fixture
def paper(data: Path) -> Paper:
    with (data / "penguins.csv").open("a", encoding="utf-8") as lines:
        lines.write("\n".join(RECORDS) + "\n")
    return opened(data)


def test_every_number_counts_it(paper: Paper) -> None:
    n = paper.numbers
    assert n["counts.penguins"].value == Interval.point(344 + 3)
    assert n["counts.species"].value == Interval.point(4)
    assert n["counts.measured.Synthetic"].value == Interval.point(2)
    assert n["means.mass.Synthetic"].value == Interval.point(2200)
    assert n["excess.flipper.Synthetic"].value == Interval.point(10)
    missing = {id_ for id_ in n if id_.endswith(".Gentoo")} - {
        f"{id_.removesuffix(CASE)}Gentoo" for id_ in n if id_.endswith(f".{CASE}")
    }
    assert not missing


def test_every_table_has_its_column(paper: Paper) -> None:
    sizes = plain_text(paper.make_table("sizes"))[0].splitlines()
    assert sizes[1].endswith("| Synthetic |")
    assert sizes[3].endswith("| 3 |")
    assert plain_text(paper.make_table("excess"))[0].splitlines()[5].startswith("| Flipper length |")
    assert plain_text(paper.make_table("excess"))[0].splitlines()[5].endswith("| 10.0% |")


def test_every_figure_draws_it(paper: Paper) -> None:
    for figure in study().figures.values():
        records = figure.shown(paper.numbers, paper.cases, paper.data)
        assert any(record["case"] == CASE for record in records)
        assert f'"{CASE}"' in figure.chart_text(records)


def test_the_scatter_shows_the_rows_that_the_line_is_fitted_to(paper: Paper) -> None:
    records = study().figures["line"].shown(paper.numbers, paper.cases, paper.data)
    (fitted,) = paper.numbers["line.slope"].selections
    assert len(records) == len(fitted.rows) + 2  # and the two ends of the line
    own = [(record["flipper"], record["mass"]) for record in records if record["case"] == CASE]
    assert own == [(150, 2000), (165, 2200)]  # the third has no flipper length


def test_a_species_without_a_record_is_one_message(data: Path) -> None:
    expected = (
        r"penguins\.csv: expected rows to measure counts\.penguins\.Synthetic over where species = Synthetic"
    )
    with pytest.raises(InputError, match=expected):
        opened(data)
