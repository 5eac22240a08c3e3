"""Wherever a measured number is told of, its rows are: in JSON, on cards, by trace, by diff and in both lists."""

import json

import jsonschema
import pytest
from analysis.cups import slope
from rich.console import Console

from recomputed import fit, measure, paths
from recomputed.descriptions.blocks import LONG, blocks
from recomputed.descriptions.numbers_json import document
from recomputed.guards.orphans import unused_cells
from recomputed.language.selections import tell_rows
from recomputed.ledger.claims import Ledger
from recomputed.ledger.examination import Examination
from recomputed.manuscript.inline import Inlines
from recomputed.manuscript.list_of_numbers import table_of_numbers
from recomputed.quantity.numbers import Number, Numbers, Selection
from recomputed.quantity.summaries import mean, total
from recomputed.reading.provenance import rests_on
from recomputed.reading.trace import Tracer
from recomputed.reading.whatif import changed_numbers
from recomputed.tables.load import Tables
from synthetic.records import load_records

MANY = 1200
TOLD = "600 rows of data/records.csv where group = a"


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    records = [(f"r{nth}", "ab"[nth % 2], str(nth), "" if nth == 1 else "1") for nth in range(MANY)]
    return load_records(tmp_path_factory.mktemp("records"), records)


def mean_of(tables: Tables, **cells: str) -> Number:
    rows = tables["records"].where(**cells)
    return measure("x.mean", mean, rows, "x", unit="gram", words="rata-rata x", subject="a", quantity="x")


def examination(tables: Tables, *numbers: Number) -> Examination:
    every = Numbers()
    every.add(numbers)
    return Examination(tables, Ledger(()), every, (), ())


def test_the_rows_in_words_of_each_language() -> None:
    some = Selection("/somewhere/records.csv", ("x",), range(4), ("group",), "group = a", 1)
    assert (
        tell_rows(some, "en") == "4 rows of data/records.csv where group = a; 1 row without a value left out"
    )
    assert (
        tell_rows(some, "de") == "4 Zeilen von data/records.csv mit group = a; ausgelassen ohne Wert: 1 Zeile"
    )
    every = Selection("records.csv", ("x",), range(1))
    assert tell_rows(every, "id") == "1 baris data/records.csv"


def test_numbers_json_names_the_first_rows_and_tells_of_all(tables: Tables) -> None:
    content = document(examination(tables, mean_of(tables, group="a")))
    jsonschema.validate(
        {**content, "numbers": [{**number, "places": []} for number in content["numbers"]]},
        json.loads((paths.ENGINE / "descriptions" / "numbers.schema.json").read_text(encoding="utf-8")),
    )
    (number,) = content["numbers"]
    assert (number["kind"], number["subject"], number["quantity"]) == ("measured", "a", "x")
    assert [row["sheet_row"] for row in number["rows"]] == [2, 4, 6]
    (over,) = number["selections"]
    assert (over["count"], over["where"], over["columns"]) == (600, "group = a", ["x"])
    assert over["told"] == {"en": TOLD, "de": "600 Zeilen von data/records.csv mit group = a"}


def test_the_cards_of_a_long_table_hold_the_rows_that_they_lead_to(tables: Tables) -> None:
    assert MANY > LONG
    rows = blocks(examination(tables, mean_of(tables, group="a")))["number-rows"]
    (shown,) = json.loads(rows.split("\n")[1])["files"]
    assert [row["sheet_row"] for row in shown["rows"]] == [2, 4, 6]


def test_trace_tells_which_rows_and_what_estimated(tables: Tables) -> None:
    estimate = measure(
        "x.fit",
        fit(slope, "numpy", "0.1"),
        tables["records"],
        "x",
        "y",
        missing="skip",
        unit="gram",
        words="slope",
    )
    told = traced(tables, estimate) + traced(tables, mean_of(tables, group="a"))
    assert f"{TOLD}, the first of them" in told
    assert "data/records.csv, row 4 (r2), column x: '2'" in told
    assert any(line.startswith("estimated by numpy ") for line in told)


def traced(tables: Tables, number: Number) -> list[str]:
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(Untold(examination(tables, number)).tree(number.id))
    return [line.lstrip(" │├└─").rstrip() for line in capture.get().split("\n")]


class Untold(Tracer):
    """A tracer of numbers that no manuscript states."""

    def __init__(self, given: Examination):
        self.appendix = type("Told", (), {"examination": given})()  # type: ignore[assignment]

    def lines(self, id_: str) -> dict[str, list[int]]:
        return {}


def test_the_lists_of_numbers_tell_the_rows_and_not_the_first_alone(tables: Tables) -> None:
    number = mean_of(tables, group="a")
    every = examination(tables, number)
    listed = table_of_numbers(Inlines(every.numbers, "id"), {})
    assert "diukur: rata\\-rata x (600 baris data/records.csv dengan group \\= a)" in listed
    assert rests_on(document(every)["numbers"][0]) == TOLD


def test_diff_tells_over_how_many_rows_it_is_now(tables: Tables) -> None:
    before, after = mean_of(tables, group="a"), mean_of(tables)
    (changed,) = changed_numbers({"x.mean": before}, {"x.mean": after}, {})
    assert changed.by == f"+0.5; over {MANY} rows of data/records.csv, 600 before"


def test_a_column_measured_over_or_chosen_by_is_used_whole(tables: Tables) -> None:
    measured = mean_of(tables, group="a")
    assert {cell.column for cell in unused_cells(tables, {"x.mean": measured})} == {"y"}
    others = measure("x.y", total, tables["records"], "y", unit="gram", words="jumlah", missing="skip")
    assert list(unused_cells(tables, {"x.mean": measured, "x.y": others})) == []
