"""In a terminal of 80 columns: no word or id is cut, help is one line a command, hints stand on lines of their own."""

import io
import re
import sys
from collections.abc import Callable

import pytest
from rich.console import Console

from recomputed import cli, streams
from recomputed.commands.listing import cut_at_words, listed
from recomputed.deposit.verify import in_lines
from recomputed.faults import failed
from recomputed.ledger.baseline import numbered, read_known
from recomputed.ledger.examination import examine
from recomputed.manuscript.paper import open_paper
from recomputed.reading.appendix import open_appendix
from recomputed.reading.trace import Tracer
from recomputed.tables.load import load

COMMANDS = (
    "check",
    "render",
    "preview",
    "rename",
    "word",
    "proof",
    "trace",
    "diff",
    "audit",
    "anonymise",
    "checklist",
    "new",
    "add",
    "test",
    "archive",
)


def test_a_list_keeps_every_id_whole_and_goes_on_below_what_is_told() -> None:
    rows = [
        ("a.short", "one two three " * 9),
        ("an.id.of.many.parts.that.is.longer.than.its.column", "4"),
        ("b", ""),
    ]
    lines = list(listed(rows, 60))
    assert max(map(len, lines)) <= 60
    assert {"a.short", "an.id.of.many.parts.that.is.longer.than.its.column", "b"} <= {
        line.split(" ")[0] for line in lines
    }
    column = lines[0].index("one")
    assert lines[1].startswith(" " * column + lines[1].strip()[:3])
    assert ("one two three " * 9).split() == " ".join(lines).split()[1:28]


def test_an_id_longer_than_the_terminal_is_not_cut() -> None:
    id_ = ".".join(["part"] * 30)
    assert [id_, "      4"] == [line.rstrip() for line in listed([(id_, "4")], 8)]


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("short enough", "short enough"),
        ("one two three four five six ", "one two … five six "),
        (" one two three four five six", " one two … five six"),
        ("unbroken" * 4, "unbrokenun … enunbroken"),
    ],
)
def test_a_sentence_is_cut_between_words(text: str, cut: str) -> None:
    assert cut == cut_at_words(text, 20)


@pytest.mark.parametrize("command", ["", *COMMANDS, "archive verify"])
def test_help_fits_80_columns_and_names_no_folder_of_this_machine(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.main([*command.split(), "--help"])
    shown = capsys.readouterr().out
    assert [] == [line for line in shown.splitlines() if len(line) > 80]
    assert not re.search(r"default:\s+/", shown)


def test_each_command_is_told_in_one_whole_line(capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["--help"])
    lines = capsys.readouterr().out.partition("Commands:\n")[2].splitlines()
    assert sorted(COMMANDS) == sorted(line.split()[0] for line in lines)
    assert [] == [line for line in lines if not line.endswith(".") or line.endswith("...")]


@pytest.mark.parametrize(
    "arguments",
    [
        ["trace", "no.such"],
        ["trace", "\x1b[31m"],
        ["audit", "--data", "\n"],
        ["chekc"],
        ["diff", "--set", "="],
    ],
)
def test_odd_input_is_one_message_and_its_hint_a_line_of_its_own(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == cli.main(arguments)
    out, err = capsys.readouterr()
    first, *rest = err.splitlines()
    assert "" == out
    assert "Hint:" not in first
    assert "\x1b" not in err
    assert all(line.startswith("Hint: ") for line in rest)


@pytest.fixture
def terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[str, str]]:
    """Run a command as in a terminal of 80 columns; what it shows."""

    def run(*arguments: str, **environment: str) -> tuple[str, str]:
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"TERM": "xterm", "COLUMNS": "80", **environment}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        cli.main(arguments)
        return capsys.readouterr()

    return run


def test_trace_lists_whole_ids_in_80_columns(terminal: Callable[..., tuple[str, str]]) -> None:
    out, _ = terminal("trace")
    assert [] == [line for line in out.splitlines() if len(line) > 80]
    assert set(examine(load()).numbers) <= set(out.split())


def test_a_number_followed_home_shows_every_id_whole_in_80_columns() -> None:
    tracer = Tracer(open_appendix(open_paper()))
    for id_ in tracer.records:
        wide, narrow = io.StringIO(), io.StringIO()
        Console(file=wide, width=4000).print(tracer.tree(id_))
        Console(file=narrow, width=80).print(tracer.tree(id_))
        ids = [word for word in wide.getvalue().split() if word in tracer.records]
        assert ids == [word for word in narrow.getvalue().split() if word in tracer.records]


def test_trace_in_a_pipe_takes_80_columns_and_numbers_its_findings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    known, records = numbered(read_known()), Tracer(open_appendix(open_paper())).records
    disputed = [id_ for id_, number in records.items() if number["findings"]]
    assert disputed
    for id_ in disputed:
        assert 0 == cli.main(["trace", id_])
        out = capsys.readouterr().out
        assert [] == [line for line in out.splitlines() if len(line) > 80]
        assert all(f"── {known[finding]} " in out for finding in records[id_]["findings"])


def test_trace_is_wider_than_the_terminal_where_an_id_would_be_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    cli.main(["trace", "growth.mean"])
    out = capsys.readouterr().out
    assert {"growth.rise.north", "growth.rise.river", "growth.rise.hill"} <= set(out.split())


def test_diff_tells_verdicts_with_units_in_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    cli.main(["diff", "--set", "data/growth.csv:north:index=140"])
    out = capsys.readouterr().out
    assert "the data give 40%; agrees → disagrees" in " ".join(out.split())
    assert [] == [line for line in out.splitlines() if len(line) > 80]


def test_a_list_of_what_a_deposit_holds_wraps_and_its_verdict_is_one_line() -> None:
    lists = ["3 of them: " + ", ".join(f"some.number.with-a.name-{nth}" for nth in range(40))]
    ends = ["SHA-256 of the file: " + 64 * "0", "x" * 90 + ": whole and unchanged"]
    *wrapped, digest, whole = in_lines([*lists, *ends])
    assert max(map(len, wrapped)) <= 80
    assert lists == [" ".join(line.strip() for line in wrapped)]
    assert ends == [digest, whole]


def test_a_message_has_colour_in_a_terminal_unless_no_color_is_set(
    terminal: Callable[..., tuple[str, str]],
) -> None:
    arguments = ("diff",)
    assert "\x1b[1;31merror: \x1b[0m\x1b[1mdiff: \x1b[0mexpected a data directory" in terminal(*arguments)[1]
    assert "\x1b[1;31m" not in terminal(*arguments, TERM="dumb")[1]


def test_no_color_is_honoured(
    terminal: Callable[..., tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b[1;31m" not in terminal("diff", NO_COLOR="1")[1]


def test_a_message_of_no_kind_is_shown_as_it_is() -> None:
    for told in ("interrupted", "v1: executed in a folder of its own"):
        assert told == streams._coloured(told)


def test_each_fault_is_an_error_its_hint_and_what_another_program_goes_on_to_say_are_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    other = failed("pandoc", b"two\nthree")
    streams.fail(f"a: one\nHint: do it\n{other}")
    streams.warn("b: four")
    told = "error: a: one\nHint: do it\nerror: pandoc: two\n  three\nwarning: b: four\n"
    assert told == capsys.readouterr().err
