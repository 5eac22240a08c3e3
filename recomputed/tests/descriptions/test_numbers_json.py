"""`numbers.json`: true to the data, to the code and to the page, and as its schema says."""

import ast
import copy
import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html

from recomputed import paths
from recomputed.descriptions.mentions import mentions
from recomputed.descriptions.numbers_json import FILE, as_text, document, exact
from recomputed.judgement import Executed
from recomputed.ledger.examination import examine
from recomputed.paper_toml import otherwise, paper_settings
from recomputed.quantity.intervals import Interval
from recomputed.quantity.numbers import code_path
from recomputed.tables.load import load

SCHEMA = json.loads((paths.ENGINE / "descriptions" / "numbers.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


@pytest.fixture(scope="module")
def text(built_paper: Path) -> str:
    return (built_paper / FILE).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def content(text: str) -> dict[str, Any]:
    return json.loads(text)


@pytest.fixture(scope="module")
def by_id(content: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {number["id"]: number for number in content["numbers"]}


def test_it_is_as_its_schema_says(content: dict[str, Any]) -> None:
    VALIDATOR.check_schema(SCHEMA)
    assert [error.message for error in VALIDATOR.iter_errors(content)] == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("version",), 2),
        (("numbers", 0, "kind"), "guessed"),
        (("numbers", 0, "value", "low"), 0.5),
        (("numbers", 0, "rows", 0, "file"), "/home/someone/data/growth.csv"),
        (("numbers", 0, "function", "file"), "/home/someone/growth.py"),
        (("numbers", 0, "unheard-of"), 1),
        (("units", "person"), {"id": "orang"}),
        (("findings", 0, "message_de"), 1),
        (("findings", 0, "message-id"), "No language."),
    ],
)
def test_its_schema_refuses_what_is_wrong(
    content: dict[str, Any], path: tuple[Any, ...], value: object
) -> None:
    wrong = copy.deepcopy(content)
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(wrong)


def test_a_finding_may_be_said_in_any_language_of_the_paper(content: dict[str, Any]) -> None:
    other = copy.deepcopy(content)
    for name in ("message", "assumption"):
        other["findings"][0][f"{name}_id"] = other["findings"][0].pop(f"{name}_de")
    assert VALIDATOR.is_valid(other)


def test_it_has_every_number_sorted_by_id(content: dict[str, Any]) -> None:
    ids = [number["id"] for number in content["numbers"]]
    assert ids == sorted(examine(load()).numbers)


def test_it_names_no_place_on_this_machine(text: str) -> None:
    assert str(paths.ROOT) not in text
    assert str(Path.home()) not in text


def test_the_same_inputs_give_the_same_bytes(text: str, executed_paper: Executed) -> None:
    again = document(examine(load()), mentions(executed_paper.woven))
    assert as_text(again) == text


def test_a_number_is_told_with_its_rows_and_what_is_claimed_of_it(by_id: dict[str, dict[str, Any]]) -> None:
    """The index of the north stall is about 120, to the nearest 5, on 100."""
    number = by_id["growth.rise.north"]
    assert number["formatted"] == {"en": "20%", "de": "20\u00a0%"}
    assert number["value"]["text"] == "20"
    assert number["stands_for"]["text"] == "[17.5, 22.5]"
    assert number["expression"]["operands"] == ["growth.index.north", "growth.before.north"]
    assert [(row["file"], row["key"], row["column"], row["sheet_row"]) for row in number["rows"]] == [
        ("data/growth.csv", "north", "index", 2),
        ("data/growth.csv", "north", "before", 2),
    ]
    claims = {claim["claim"]: (claim["published"], claim["verdict"]) for claim in number["article"]}
    assert claims["abstract.growth.north"] == ("20%", "agrees")


def test_a_number_that_the_article_states_otherwise_is_disputed(by_id: dict[str, dict[str, Any]]) -> None:
    """Ten hosts, where those of the stalls are two, three and four."""
    assert by_id["stalls.hosts.all"]["disputed"]
    assert by_id["stalls.hosts.all"]["formatted"]["en"] == "9"
    assert not by_id["growth.rise.north"]["disputed"]


def test_a_finding_stands_under_each_number_that_it_is_about(
    content: dict[str, Any], by_id: dict[str, dict[str, Any]]
) -> None:
    known = {finding["id"] for finding in content["findings"]}
    used = {finding for number in content["numbers"] for finding in number["findings"]}
    assert used == known
    assert "comparison.days.busier" in by_id["stalls.guests.north"]["findings"]
    assert "comparison.days.busier" in by_id["stalls.guests.river"]["findings"]
    assert "comparison.days.busier" not in by_id["stalls.guests.hill"]["findings"]


def test_every_cell_is_what_the_file_holds(content: dict[str, Any]) -> None:
    for number in content["numbers"]:
        for row in number["rows"]:
            with (paths.ROOT / row["file"]).open(encoding="utf-8-sig", newline="") as file:
                lines = list(csv.reader(file))
            assert lines[row["sheet_row"] - 1][lines[0].index(row["column"])] == row["cell"]


def test_every_function_begins_on_its_line(content: dict[str, Any]) -> None:
    for number in content["numbers"]:
        function = number["function"]
        tree = ast.parse(code_path(function["file"]).read_text(encoding="utf-8"))
        names = [
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.lineno == function["line"]
        ]
        assert names == [function["name"].rsplit(".", 1)[1]]


def test_every_place_is_on_the_page_in_its_section(content: dict[str, Any], built_paper: Path) -> None:
    pages = [html.parse(built_paper / name).getroot() for name in ("index.html", "supplement.html")]
    stated = {
        (place["occurrence"], number["id"], place["title"])
        for number in content["numbers"]
        for place in number["places"]
    }
    found, heading = set(), ""
    for node in (
        one
        for page in pages
        for one in page.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::span[@data-number]]")
    ):
        if node.tag != "span":
            number = "".join(node.xpath(".//span[@class='header-section-number']//text()"))
            heading = " ".join(node.text_content().removeprefix(number).split())
        elif not node.xpath("ancestor::div[contains(@class, 'numbers')]"):
            found.add((node.get("id"), node.get("data-number"), heading))
    assert stated == found


def test_every_place_is_on_its_line_of_the_manuscript(content: dict[str, Any]) -> None:
    lines = paths.PAPER.read_text(encoding="utf-8").split("\n")
    inline = 0
    for number in content["numbers"]:
        for place in number["places"]:
            line = lines[place["line"] - 1]
            if line.startswith("```{python}"):
                continue  # a table or a caption that a cell prints
            assert f'["{number["id"]}"]' in line
            inline += 1
    assert inline > 20


def test_an_end_is_a_decimal_where_it_is_finite_and_else_a_fraction() -> None:
    assert exact(Interval.closed("0.50", 1) / 3 * 3)["low"] == "0.5"
    assert exact(Interval.point(1) / 3)["text"] == "1/3"
    assert exact(Interval(None, Interval.point(3).value, low_open=True))["low"] is None


def test_the_repository_is_told_except_where_nobody_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    settings, examination = paper_settings(), examine(load())
    assert "repository" not in document(examination)
    with otherwise(replace(settings, paper=replace(settings.paper, repository="https://example.org/a/b"))):
        told = document(examination)
        assert told["repository"] == "https://example.org/a/b"
        assert [] == [error.message for error in VALIDATOR.iter_errors(told)]
        monkeypatch.setenv("QUARTO_PROFILE", "blind")
        assert "repository" not in document(examination)
