"""The verdict says in 80 columns what disagrees, in words, and hides nothing; the audit prints every finding."""

import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from recomputed.judgement import Executed, Verdict
from recomputed.ledger import verdicts as checks
from recomputed.ledger.audit import audit
from recomputed.ledger.baseline import Known
from recomputed.ledger.claims import Ledger
from recomputed.ledger.examination import Examination
from recomputed.ledger.lines import print_lines
from recomputed.ledger.report import print_audit, text_lines, verdict_lines
from recomputed.ledger.terms import Words
from recomputed.quantity.numbers import MEASURED
from recomputed.tables.load import load
from synthetic.ledgers import article, claim, ledger, number

LEDGER, NUMBERS = article()
FINDINGS = audit(LEDGER, NUMBERS)


def examined(stated: Ledger, numbers) -> Examination:
    """The ledger judged and audited."""
    return Examination(load(), stated, numbers, checks.judge(stated, numbers), audit(stated, numbers))


def told(lines) -> str:
    """The lines as one text, as if a line were as long as it needs."""
    return " ".join(" ".join(lines).split())


@pytest.fixture(scope="module")
def one() -> Examination:
    return examined(LEDGER, NUMBERS)


def test_no_line_is_longer_than_80_columns(one, judged_paper: tuple[Executed, Verdict]):
    long = "a statement of many words that goes on " * 5
    lines = (*verdict_lines(one), *text_lines({"paper.qmd": long}), *judged_paper[1].summary)
    assert [] == [line for line in lines if len(line) > 80]
    assert 2 == lines.count("The text of paper.qmd")


def test_what_the_guards_say_of_several_texts_alike_is_said_once():
    said = text_lines({"paper.qmd": "nothing", "paper.en.qmd": "nothing", "paper.de.qmd": "1 number"})
    assert (
        "",
        "The text of paper.qmd and paper.en.qmd",
        "  nothing",
        "",
        "The text of paper.de.qmd",
        "  1 number",
    ) == said


def test_the_verdict_begins_with_how_many_claims_there_are_by_verdict_and_by_kind(one):
    lines = verdict_lines(one)
    kinds = Counter(outcome.kind for outcome in one.outcomes)
    assert "42 claims, all as expected" == lines[0]
    assert (
        "36 agree · 1 agrees within rounding · 1 agrees within hedge · 3 disagree · 1 not a quantity"
        in told(lines)
    )
    assert f"by kind: {kinds['derived']} recomputed from others" in told(lines)
    assert f"{kinds['compared']} compare numbers" in told(lines)


def test_each_disagreement_is_told_in_words_with_both_figures(one):
    lines = verdict_lines(one)
    assert 3 == sum(line.startswith("  ≠ ") for line in lines)
    wrong = [outcome for outcome in one.outcomes if outcome.verdict == "disagrees"]
    assert all(outcome.published in told(lines) for outcome in wrong)


def test_what_is_measured_over_rows_is_counted_apart():
    lines = verdict_lines(
        examined(ledger(claim("right", "3")), {"synthetic": replace(number(3), kind=MEASURED)})
    )
    assert "  by kind: 1 measured over rows" in lines


def test_a_disagreement_has_subject_place_published_and_data():
    case = replace_words(ledger(claim("worse", "4", case="A", quantity="length", expected="disagrees")), "en")
    assert "  ≠ length of A: “4”, data 3 (synthetic.p1)" in verdict_lines(
        examined(case, {"synthetic": number(3)})
    )


def replace_words(stated: Ledger, code: str) -> Ledger:
    return replace(stated, words=Words(manuscript=code))


@pytest.mark.parametrize(
    ("manuscript", "locator", "marked"),
    [
        ("id", "synthetic.p1", "“empat” (Indonesian),"),
        ("de", "synthetic.p1", "“empat” (German),"),
        ("en", "synthetic.p1", "“empat”,"),
        ("id", "summary.en", "“empat”,"),
    ],
)
def test_quoted_words_of_another_language_are_marked(manuscript, locator, marked):
    stated = ledger(claim("worse", "4", printed="empat", locator=locator))
    lines = verdict_lines(examined(replace_words(stated, manuscript), {"synthetic": number(3)}))
    assert marked in told(lines)


def test_a_place_is_not_broken_over_two_lines():
    place = "a section of many words and its paragraph"
    wrong = claim("worse", "4", case="A", quantity="length of the whole", locator=place, expected="disagrees")
    lines = verdict_lines(examined(ledger(wrong), {"synthetic": number(3)}))
    assert f"    ({place})" in lines


def test_a_figure_is_no_word_and_is_not_marked():
    stated = replace_words(ledger(claim("worse", "4", printed="±4")), "id")
    assert "“±4”," in told(verdict_lines(examined(stated, {"synthetic": number(3)})))


def test_an_unexpected_verdict_is_marked_and_told():
    lines = verdict_lines(examined(ledger(claim("worse", "4")), {"synthetic": number(3)}))
    assert "1 claim, 1 not as expected" == lines[0]
    assert "; worse: expected agrees, found disagrees" in told(lines)
    assert 1 == sum(line.startswith("  ! ") and "“4”, data 3" in line for line in lines)
    assert "1 claim the data do not bear out, or are not as expected" in lines


def test_new_and_gone_findings_are_counted_and_told(one):
    first, *others = one.findings
    known = [Known(f"F{nth}", finding.id, "seen", nth) for nth, finding in enumerate(others, 2)]
    assert ": 1 new, none gone" in told(verdict_lines(one, known))
    assert f"! new: {' '.join(first.message['en'].split())}" in told(verdict_lines(one, known))
    known = [Known("F1", first.id, "seen", 2), *known, Known("F99", "gone.one", "seen", 9)]
    lines = verdict_lines(one, known)
    assert ": none new, 1 gone" in told(lines)
    assert "  ! gone: F99 gone.one" in lines


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_there_is_colour_in_a_terminal_only_and_not_with_no_color(one, monkeypatch: pytest.MonkeyPatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    lines = verdict_lines(one)
    coloured, plain, piped = Terminal(), Terminal(), io.StringIO()
    print_lines(lines, coloured)
    print_lines(lines, piped)
    monkeypatch.setenv("NO_COLOR", "1")
    print_lines(lines, plain)
    assert "\x1b[33m  ≠ " in coloured.getvalue()
    assert "\x1b[3" not in plain.getvalue()
    assert "\n".join(lines) + "\n" == piped.getvalue()


def test_brackets_in_a_cell_are_printed_not_read_as_markup():
    terminal = Terminal()
    stated = ledger(claim("x", "4", printed="[4]"))
    print_lines(verdict_lines(examined(stated, {"synthetic": number(3)})), terminal)
    assert "“[4]”" in terminal.getvalue()


def test_the_second_paper_s_verdict_fits_80_columns(penguins: Path):
    said = (penguins / "said.txt").read_text(encoding="utf-8").splitlines()
    assert [] == [line for line in said[: said.index("The text of paper.qmd")] if len(line) > 80]
    assert "the number of penguins of Chinstrap:" in told(said)
    assert "“168”, data 68 (" in told(said)


def printed(width: int) -> str:
    text = io.StringIO()
    print_audit(FINDINGS, Console(file=text, width=width))
    return text.getvalue()


def test_the_audit_prints_every_finding_with_its_severity_and_places():
    text = printed(400)
    for finding in FINDINGS:
        assert finding.message["en"] in text
        assert finding.assumption["en"] in text
        assert finding.id in text
        assert all(place in text for place in finding.locators)
    assert all(text.count(f"\n{severity}: ") == 1 for severity in {finding.severity for finding in FINDINGS})


def test_the_audit_fits_80_columns_and_cuts_no_id():
    text = printed(80)
    assert [] == [line for line in text.splitlines() if len(line) > 80 or line != line.rstrip()]
    assert all(finding.id in text for finding in FINDINGS)
