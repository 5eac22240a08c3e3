"""Falls, zeros and gaps: ordinary results, or a fault that names the cell. The data are changed synthetically."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analysis.figures import uplift
from recomputed.faults import InputError, PaperError
from recomputed.language.wording import forms, write_change
from recomputed.ledger.examination import examine
from recomputed.paths import DATA
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import Numbers
from recomputed.study import study
from recomputed.tables.load import load

Change = Callable[[str, str, str, str], Path]
FIGURES = ("low", "high", "before", "index", "window", "year", "month", "day", "granularity")
VALUES = ("0", "90", "1000000000000", "")


def computed(folder: Path) -> Numbers:
    return study().compute(load(folder))


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """Changes a cell of the row that begins with `key`, in one copy of the data; gives the copy."""
    shutil.copytree(DATA, tmp_path / "data")

    def put(table: str, key: str, column: str, value: str) -> Path:
        file = tmp_path / "data" / f"{table}.csv"
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
        for row in rows:
            if row[0] == key:
                row[rows[0].index(column)] = value
        with file.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)
        return tmp_path / "data"

    return put


@pytest.mark.parametrize(
    ("index", "indonesian", "hedged", "english", "ranks"),
    [
        ("90", "turun 10%", "turun sekitar 10%", "fell by 10%", [2, 3, 1]),
        ("100", "tidak berubah (0%)", "tidak berubah (sekitar 0%)", "did not change (0%)", [2, 3, 1]),
        ("0", "turun 100%", "turun sekitar 100%", "fell by 100%", [2, 3, 1]),
        ("150", "naik 50%", "naik sekitar 50%", "rose by 50%", [3, 1, 2]),
    ],
)
def test_a_turnover_that_falls_is_computed_worded_ranked_and_drawn(
    change: Change, index: str, indonesian: str, hedged: str, english: str, ranks: list[int]
) -> None:
    numbers = computed(change("turnover", "K2", "index", index))
    fall = numbers["turnover.uplift.K2"]
    assert Interval.point(int(index) - 100) == fall.value
    assert (indonesian, hedged) == (write_change(fall, "id"), write_change(fall, "id", hedged=True))
    assert english == write_change(fall, "en")
    assert ranks == [numbers[f"turnover.rank.{case}"].value.value for case in ("K1", "K2", "K3")]
    chart = uplift.chart_text(uplift.records(numbers, ("K1", "K2", "K3")))
    assert f'"low": {float(int(index) - 100)}' in chart


def test_a_change_that_may_go_either_way_has_no_word_for_its_direction(change: Change) -> None:
    numbers = computed(DATA)
    with pytest.raises(ValueError, match="no change in percent"):
        write_change(numbers["counts.cases"])


def test_a_negative_number_has_words_and_no_ordinal(change: Change) -> None:
    numbers = computed(change("turnover", "K2", "index", "90"))
    written = forms(numbers["turnover.uplift.K2"], "id")
    assert ("−10%", "minus sepuluh") == (written["text"], written["words"])
    assert "ordinal" not in written


@pytest.mark.parametrize(
    ("table", "key", "told"),
    [
        (
            "audience",
            "viewers.K1",
            ["data/audience.csv, row 2, column low", "no zero", "sessions.conversion.K1"],
        ),
        ("context", "population.indonesia", ["data/context.csv, row 3, column low", "context.penetration"]),
        ("sessions", "units.K1", ["data/sessions.csv, row 2, column low", "sessions.conversion.K1"]),
    ],
)
def test_a_division_by_what_may_be_zero_names_the_cells(
    change: Change, table: str, key: str, told: list[str]
) -> None:
    with pytest.raises(InputError) as error:
        computed(change(table, key, "low", "0"))
    for words in told:
        assert words in str(error.value)


def every_figure(table: str) -> Iterator[tuple[str, str]]:
    rows = list(csv.reader((DATA / f"{table}.csv").read_text(encoding="utf-8").splitlines()))
    for row in rows[1:]:
        for column in FIGURES:
            if column in rows[0] and row[rows[0].index(column)]:
                yield row[0], column


@pytest.mark.parametrize("table", ["audience", "bandwidth", "context", "events", "people", "profile", "schedule",
                                   "sessions", "turnover"])  # fmt: skip
def test_no_figure_of_the_data_ends_in_a_bug(change: Change, table: str) -> None:
    original = (DATA / f"{table}.csv").read_text(encoding="utf-8")
    for nth, (key, column) in enumerate(every_figure(table)):
        folder = change(table, key, column, VALUES[nth % len(VALUES)])
        try:
            examine(load(folder))
        except PaperError as error:
            assert f"{table}.csv" in str(error) or "number" in str(error), (key, column)  # noqa: PT017
        (folder / f"{table}.csv").write_text(original, encoding="utf-8")
