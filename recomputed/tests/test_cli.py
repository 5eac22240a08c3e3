"""The command line: exit codes, messages on stderr, never a traceback."""

import errno
import io
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed import cli, paths, streams
from recomputed.faults import CheckFailed, Fault, InputError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "recomputed", *arguments]
    return subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["check", "--jsn", "-"],
        ["check", "extra"],
        ["check", "--data", "no-such-directory"],
        ["render", "--to", "epub"],
        ["render", "--engine", "latex"],
        ["render", "--profile", "named"],
        ["render", "--out", "pyproject.toml"],
    ],
)
def test_usage_errors_give_2_and_a_message(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.strip()
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("told", "named"), [("reproduce.py", "reproduce.py"), ("", "recomputed")])
def test_the_program_is_called_what_was_typed(
    told: str, named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("RECOMPUTED_PROGRAM", told)
    assert cli.main(["check", "--nope"]) == 2
    said = capsys.readouterr().err
    assert f"error: {named} check: no such option: --nope\nHint: {named} check --help\n" == said


def test_help_lists_the_commands() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in ("check", "render", "test"):
        assert name in done.stdout


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError(Fault("data/a.csv", "x", "y", row=3, column="unit")), 2),
        (CheckFailed("klaim 7 tidak cocok"), 1),
    ],
)
def test_an_error_is_its_message_and_its_exit_code(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise error

    monkeypatch.setattr(cli, "_run", fail)
    assert cli.main([]) == code
    assert capsys.readouterr().err == f"error: {error}\n"


def test_a_bug_is_one_line_and_its_traceback_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def fail(arguments: object) -> int:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(cli, "_run", fail)
    monkeypatch.setattr(paths, "CACHE", tmp_path)
    assert cli.main([]) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: this is a bug: ZeroDivisionError: division by zero\nHint:")
    assert "Traceback" not in said
    assert "ZeroDivisionError" in (paths.CACHE / "traceback.txt").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT to send to a process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_is_clean(number: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "recomputed", "render", "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        command, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline()  # what it is about to do: it is in the middle of it
        process.send_signal(number)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert (out, err.splitlines()[-1]) == ("", "interrupted; the output is as it was")
    assert not (tmp_path / "out").exists()


def test_what_the_system_refuses_is_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device", "paper.pdf")

    monkeypatch.setattr(cli, "_run", fail)
    assert cli.main([]) == 2
    assert capsys.readouterr().err == "error: paper.pdf: No space left on device\n"


def test_a_directory_of_other_things_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "tesis.docx").write_text("penting")
    done = run("render", "--to", "html", "--out", str(tmp_path))
    assert done.returncode == 2
    assert "--out: expected a new or an empty directory" in done.stderr
    assert "tesis.docx" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["tesis.docx"]


def test_a_full_memory_is_told_plainly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(arguments: object) -> int:
        raise MemoryError

    monkeypatch.setattr(cli, "_run", fail)
    assert cli.main([]) == 2
    assert capsys.readouterr().err == "error: the system: not enough memory\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that is in use")
def test_a_current_folder_that_is_gone_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert cli.main(["audit"]) == 2
    assert (
        capsys.readouterr().err
        == "error: the current folder: expected a folder, found none: it was removed\n"
    )


@pytest.mark.parametrize(
    ("terminal", "term", "shown"), [(True, "xterm", 3), (True, "dumb", 0), (False, "xterm", 0)]
)
def test_progress_is_one_line_on_a_terminal_only(
    terminal: bool, term: str, shown: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return terminal

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", "20")
    streams.progress("reading data/audience.csv: 1,000,000 rows")
    streams.progress("checking")
    streams.say("done")
    told = screen.getvalue()
    assert shown == told.count("\r\033[K")
    assert "\n" not in told.removesuffix("done\n")
    assert all(len(part.removeprefix("\033[K")) < 20 for part in told.split("\r"))


def test_a_message_is_never_as_long_as_what_is_wrong() -> None:
    told = str(Fault("paper.qmd", "x" * 10**6, "y" * 10**6, row=3))
    assert told.startswith("paper.qmd, row 3: expected xxx")
    assert told.endswith("yyy…")
    assert len(told) < 2700


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer to interrupt later")
def test_an_interruption_cuts_no_import_s_bookkeeping_short() -> None:
    bookkeeping = (
        "held = True\nos.kill(os.getpid(), signal.SIGINT)\nfor _ in range(10**5): pass\nheld = False"
    )
    script = f"""
import os, signal
from recomputed.cli import _interrupt
signal.signal(signal.SIGINT, _interrupt)
held = False
try:
    exec(compile({bookkeeping!r}, "<frozen importlib._bootstrap>", "exec"))
    signal.pause()
except KeyboardInterrupt:
    print("ended, held:", held)
"""
    done = subprocess.run(
        [sys.executable, "-P", "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert "ended, held: False\n" == done.stdout, done.stderr
