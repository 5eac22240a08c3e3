"""What `trace` tells of a number."""

import pytest
from rich.console import Console

from recomputed.descriptions.code_lines import source_of
from recomputed.editions import taking
from recomputed.manuscript.paper import open_paper
from recomputed.quantity.numbers import UnknownNumber
from recomputed.reading.appendix import open_appendix
from recomputed.reading.trace import Tracer


@pytest.fixture(scope="module")
def tracer() -> Tracer:
    return Tracer(open_appendix(open_paper()))


def printed(tracer: Tracer, id_: str) -> list[str]:
    console = Console(width=200, no_color=True)
    with console.capture() as capture:
        console.print(tracer.tree(id_))
    return [line.rstrip() for line in capture.get().split("\n")]


def test_it_tells_value_expression_rows_code_places_and_claims(tracer: Tracer) -> None:
    lines = printed(tracer, "growth.rise.north")
    assert lines[0] == "growth.rise.north = 20%  percent change, derived"
    text = "\n".join(line.lstrip(" │├└─") for line in lines)
    for told in (
        "stands for [17.5, 22.5]\n",
        "= index after the sign over the index before it, less one\ngrowth.index.north = 120\n",
        "data/growth.csv, row 2 (north), column index: '120'\n",
        "def rise(after: Interval, before: Interval) -> Interval:\nreturn percent(intervals.rise(after, before))\n",
        "about 20% (growth.p1): agrees\n",
        "not comparable: ",
    ):
        assert told in text
    assert any("stated in paper.qmd, line" in line for line in lines)


def test_operands_are_followed_to_their_rows(tracer: Tracer) -> None:
    lines = printed(tracer, "growth.mean")
    for case, row in (("north", 2), ("river", 3), ("hill", 4)):
        assert sum(f"growth.rise.{case} = " in line for line in lines) == 1
        assert sum(f"data/growth.csv, row {row} ({case}), column index" in line for line in lines) == 1


def test_what_is_reported_is_told_in_the_terminal_s_language() -> None:
    with taking("de", "de"):
        lines = printed(Tracer(open_appendix(open_paper())), "stalls.hours.north")
    assert any("= as the article reports it" in line for line in lines)


def test_a_disagreement_comes_with_its_reason(tracer: Tracer) -> None:
    text = "\n".join(printed(tracer, "stalls.hosts.all"))
    assert "10 (register.hosts): disagrees; the stalls' hosts sum to one fewer" in text


def test_a_number_that_the_paper_does_not_show_says_so(tracer: Tracer) -> None:
    assert not any(tracer.lines("audit.contradiction").values())
    assert any("stated nowhere" in line for line in printed(tracer, "audit.contradiction"))


def test_the_json_has_the_source_and_the_findings_whole(tracer: Tracer) -> None:
    record = tracer.record("growth.rise.hill")
    assert record["function"]["source"].startswith("def rise(")
    assert '"""' not in record["function"]["source"]
    assert {finding["severity"] for finding in record["findings"]} == {"not comparable"}
    assert all(place["line"] > 1 for place in record["places"])


def test_an_unknown_id_is_not_traced(tracer: Tracer) -> None:
    with pytest.raises(UnknownNumber, match=r"did you mean growth\.rise\.hill"):
        tracer.record("growth.risehill")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("RISE.North", "growth.rise.north"),
        ("21.0%", "growth.mean"),
        ("crown", "stalls.income.north"),
        ("hosts of all", "stalls.hosts.all"),
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
        source_of("analysis/growth.py", 1)
