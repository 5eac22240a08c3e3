"""What `trace` tells of a number."""

import pytest
from rich.console import Console

from recomputed.manuscript.paper import open_paper
from recomputed.quantity.numbers import UnknownNumber
from recomputed.reading.appendix import open_appendix
from recomputed.reading.trace import Tracer, source_of


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    return Tracer(open_appendix(open_paper()))


def printed(tracer: Tracer, id_: str) -> list[str]:
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(tracer.tree(id_))
    return [line.rstrip() for line in capture.get().split("\n")]


def test_it_tells_value_expression_rows_code_places_and_claims(tracer: Tracer) -> None:
    """Results, impact on turnover, paragraph 2: K1 about 25 %."""
    lines = printed(tracer, "turnover.uplift.K1")
    assert lines[0] == "turnover.uplift.K1 = 25%  percent change, derived"
    text = "\n".join(line.lstrip(" │├└─") for line in lines)
    for told in (
        "stands for [22.5, 27.5]\n",
        "= indeks omzet sesudah siaran dibagi indeks sebelum siaran, dikurangi satu\nturnover.index.K1 = 125\n",
        "data/turnover.csv, row 2 (K1), column index: '125'\n",
        "def uplift(after: Interval, before: Interval) -> Interval:\nreturn intervals.rise(after, before) * 100\n",
        "sekitar 25 % (results.turnover.p2): agrees\n",
        "contradiction: ",
    ):
        assert told in text
    assert any("stated in paper.qmd, lines " in line for line in lines)


def test_operands_are_followed_to_their_rows(tracer: Tracer) -> None:
    lines = printed(tracer, "turnover.uplift.mean")
    for case, row in (("K1", 2), ("K2", 3), ("K3", 4)):
        assert sum(f"turnover.uplift.{case} = " in line for line in lines) == 1
        assert sum(f"data/turnover.csv, row {row} ({case}), column index" in line for line in lines) == 1


def test_a_disagreement_comes_with_its_reason(tracer: Tracer) -> None:
    """Results, audience, paragraph 3: conversion 8-14 %."""
    text = "\n".join(printed(tracer, "sessions.conversion.K1"))
    assert "8–14 % (results.audience.p3): disagrees; 12–21 units from 150–300 viewers" in text


def test_a_number_that_the_paper_does_not_show_says_so(tracer: Tracer) -> None:
    """How many cases are other than one; only the ledger needs it."""
    assert tracer.lines("counts.others") == []
    assert any("stated nowhere" in line for line in printed(tracer, "counts.others"))


def test_the_json_has_the_source_and_the_findings_whole(tracer: Tracer) -> None:
    record = tracer.record("turnover.uplift.K1")
    assert record["function"]["source"].startswith("def uplift(")
    assert '"""' not in record["function"]["source"]
    assert {finding["severity"] for finding in record["findings"]} == {"contradiction", "not comparable"}
    assert all(place["line"] > 1 for place in record["places"])


def test_an_unknown_id_is_not_traced(tracer: Tracer) -> None:
    with pytest.raises(UnknownNumber, match=r"did you mean turnover\.uplift\.K1"):
        tracer.record("turnover.upliftK1")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("UPLIFT.k1", "turnover.uplift.K1"),
        ("22%", "turnover.uplift.mean"),
        ("rupiah", "sessions.revenue.K1"),
        ("seminggu", "schedule.days.K2"),
    ],
)
def test_numbers_are_found_by_id_value_unit_and_words(tracer: Tracer, text: str, id_: str) -> None:
    found = [number["id"] for number in tracer.matching(text)]
    assert id_ in found
    assert found == sorted(found)
    assert len(found) < len(tracer.records)


def test_every_function_has_a_source(tracer: Tracer) -> None:
    for number in tracer.records.values():
        function = number["function"]
        name = function["name"].rsplit(".", 1)[1]
        assert source_of(function["file"], function["line"]).startswith(f"def {name}(")


def test_a_line_at_which_no_function_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="no function begins at line 1 of"):
        source_of("analysis/turnover.py", 1)
