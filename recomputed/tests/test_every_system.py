"""Nothing works on one system only: what the sources call is looked at, and other systems' rules are tried here."""

import ast
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import SimpleNamespace

import pytest

from recomputed import paths, processes, streams
from recomputed.faults import Fault, within
from recomputed.file_names import same_by_case, unusable
from synthetic.papers import CHECKOUT, change, copy_toy, recomputed

SOURCES = [*sorted(paths.ENGINE.rglob("*.py")), CHECKOUT / "reproduce.py"]
POSIX = {
    *(
        "getuid",
        "geteuid",
        "getgid",
        "getpgid",
        "killpg",
        "setsid",
        "setpgid",
        "fork",
        "forkpty",
        "mkfifo",
        "uname",
    ),
    *(
        "chown",
        "lchown",
        "wait4",
        "waitid",
        "sysconf",
        "getloadavg",
        "nice",
        "O_NONBLOCK",
        "O_NOFOLLOW",
        "WNOHANG",
    ),
    *(
        "SIGKILL",
        "SIGUSR1",
        "SIGUSR2",
        "SIGHUP",
        "SIGALRM",
        "SIGCHLD",
        "SIGPIPE",
        "setitimer",
        "alarm",
        "pause",
    ),
}  # of os and signal
ONLY_POSIX = {"fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog", "readline"}
ONLY_WINDOWS = {"msvcrt", "winreg", "winsound"}
GUARDS = ("os.name", "sys.platform", "hasattr(", "S_ISFIFO")


def faults(source: str) -> list[str]:
    """What a source does that is another thing on another system: line and call."""
    tree = ast.parse(source)
    return sorted(f"{line}: {told}" for line, told in _faults(tree, guarded=False))


def _faults(node: ast.AST, guarded: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Call):
        yield from ((node.lineno, told) for told in _of_call(node))
    elif isinstance(node, ast.Attribute) and not guarded and node.attr in POSIX:
        if isinstance(node.value, ast.Name) and node.value.id in ("os", "signal"):
            yield node.lineno, f"{ast.unparse(node)}, which not every system has, and no guard"
    elif isinstance(node, ast.Import) and not guarded:
        for name in {one.name for one in node.names} & (ONLY_POSIX | ONLY_WINDOWS):
            yield node.lineno, f"import {name}, which not every system has, and no guard"
    inside = guarded
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.BoolOp):
            inside = inside or guards(node)
        elif isinstance(node, ast.FunctionDef):  # a guard that leaves the function holds for what follows
            inside = inside or (
                isinstance(child, ast.If)
                and isinstance(child.body[-1], ast.Return | ast.Raise)
                and guards(child)
            )
        yield from _faults(child, inside)


def guards(node: ast.AST) -> bool:
    test = ast.unparse(getattr(node, "test", node))
    return any(guard in test for guard in GUARDS)


def _of_call(call: ast.Call) -> Iterator[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = {one.arg: one.value for one in call.keywords}
    told = ast.unparse(call)[:60]
    if name in ("open", "fdopen") and not _is_module(call.func, "os", "webbrowser"):
        at = (
            1 if isinstance(call.func, ast.Name) or name == "fdopen" else 0
        )  # a path's own has no path before it
        mode = ast.literal_eval(given.get("mode") or (call.args[at] if call.args[at:] else ast.Constant("r")))
        if "b" not in mode:
            if "encoding" not in given:
                yield f"{told} without encoding"
            if set(mode) & set("wax+") and "newline" not in given:
                yield f"{told} without newline"
    if (
        name == "read_text"
        and isinstance(call.func, ast.Attribute)
        and not (call.args or "encoding" in given)
    ):
        yield f"{told} without encoding"
    if name == "write_text":
        yield from (f"{told} without {one}" for one in ("encoding", "newline") if one not in given)
    starts = name in ("run", "Popen", "check_output", "call")
    if starts and {"text", "universal_newlines"} & set(given) and "encoding" not in given:
        yield f"{told} without encoding"
    if name == "str" and call.args and ".relative_to(" in ast.unparse(call.args[0]):
        yield f"{told}, a path with this system's separator; as_posix()"
    if name == "strftime" and any("%-" in ast.unparse(one) for one in call.args):
        yield f"{told}, which not every system knows"


def _is_module(function: ast.expr, *modules: str) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id in modules
        and function.attr != "fdopen"
    )


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(CHECKOUT).as_posix())
def test_a_source_does_the_same_on_every_system(file: Path) -> None:
    assert [] == faults(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("open('x')", "without encoding"),
        ("open('x', 'w', encoding='utf-8')", "without newline"),
        ("path.open()", "without encoding"),
        ("path.read_text()", "without encoding"),
        ("path.write_text('x', encoding='utf-8')", "without newline"),
        ("os.fdopen(handle, 'w', newline='')", "without encoding"),
        ("subprocess.run(['x'], text=True)", "without encoding"),
        ("os.getuid()", "no guard"),
        ("if os.name == 'nt':\n    pass\nos.getuid()", "no guard"),
        ("import fcntl", "no guard"),
        ("signal.signal(signal.SIGUSR1, stop)", "no guard"),
        ("str(path.relative_to(root))", "separator"),
        ("day.strftime('%-d')", "not every system"),
    ],
)
def test_the_guard_sees(source: str, told: str) -> None:
    (fault,) = faults(source)
    assert told in fault


@pytest.mark.parametrize(
    "source",
    [
        "path.open('rb')",
        "open('x', 'w', encoding='utf-8', newline='\\n')",
        "path.read_text('utf-8')",
        "if os.name == 'posix':\n    os.getuid()",
        "a = 1 if os.name == 'nt' else os.getuid()",
        "def f():\n    if os.name != 'posix':\n        return\n    os.getuid()",
        "path.relative_to(root).as_posix()",
    ],
)
def test_the_guard_lets_pass(source: str) -> None:
    assert [] == faults(source)


@pytest.mark.parametrize(
    "path", ["con", "CON.csv", "data/aux.csv", "nul", "com1.txt", "a.", "a /b", "a:b", "a?.csv"]
)
def test_a_name_that_windows_does_not_take(path: str) -> None:
    assert "Windows" in unusable(path)


def test_names_that_every_system_takes_and_those_that_case_alone_tells_apart() -> None:
    assert ["", "", ""] == [unusable(one) for one in ("data/console.csv", "figures/com.svg", ".gitignore")]
    assert ("Wait", "wait") == same_by_case(["growth", "Wait", "wait"])
    assert same_by_case(["growth", "wait"]) is None


@pytest.mark.parametrize(
    ("folder", "file"),
    [
        (PureWindowsPath(r"C:\Temp\tmp1"), "C:/Temp/tmp1/data/growth.csv"),
        (PurePosixPath("/tmp/tmp1"), "/tmp/tmp1/data/growth.csv"),
    ],
)
def test_a_file_in_a_copy_is_told_as_the_originals(folder: PurePath, file: str) -> None:
    assert "data/growth.csv" == within(Fault(file, "a", "b"), folder).file


@pytest.mark.parametrize(
    ("name", "told"), [("aux", "'aux', which Windows reserves"), ("Growth", "'growth' and 'Growth'")]
)
def test_a_figure_whose_file_some_system_cannot_have_is_refused(toy: Path, name: str, told: str) -> None:
    code = toy / "analysis" / "figures.py"
    text = re.sub(r"(?<=def )wait\b", lambda _: name, code.read_text(encoding="utf-8"))
    code.write_text(re.sub(r"@wait\b", f"@{name}", text), encoding="utf-8")
    done = recomputed(toy, "check")
    assert (2, True) == (done.returncode, told in done.stderr), done.stderr


def test_a_table_whose_file_some_system_cannot_have_is_refused(toy: Path) -> None:
    (toy / "data" / "cups.csv").rename(toy / "data" / "aux.csv")
    change(toy / "data" / "datapackage.json", '"path": "cups.csv"', '"path": "aux.csv"')
    done = recomputed(toy, "check")
    assert (2, True) == (done.returncode, "'aux.csv', which Windows reserves" in done.stderr), done.stderr


@pytest.mark.slow
def test_a_paper_in_a_folder_whose_name_reads_as_an_escape_is_set(tmp_path: Path) -> None:
    root = copy_toy(tmp_path / "a %41 é")
    done = recomputed(root, "render")
    assert 0 == done.returncode, done.stderr
    assert "Kettle" in (root / "_manuscript" / "paper.xml").read_text(encoding="utf-8")


def test_a_process_is_killed_with_what_it_started_where_there_are_no_groups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[list[str]] = []
    process = SimpleNamespace(pid=7, kill=lambda: ran.append(["kill"]), wait=lambda: ran.append(["wait"]))
    monkeypatch.setattr(processes, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(processes.subprocess, "run", lambda command, **_: ran.append(command))
    processes.kill_tree(process)  # type: ignore[arg-type]
    assert [["taskkill", "/F", "/T", "/PID", "7"], ["kill"], ["wait"]] == ran


@pytest.mark.skipif(os.name != "posix", reason="asks for its child's child by a pipe that it keeps open")
def test_a_process_is_killed_with_what_it_started() -> None:
    nested = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']).wait()"
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", nested], stdout=pipe, start_new_session=True)
    processes.kill_tree(process)
    assert process.stdout is not None
    assert b"" == process.stdout.read()  # at its end: nobody holds it any more
    process.stdout.close()
    assert signal.SIGINT in processes.ENDING


@pytest.mark.parametrize(
    ("platform", "environment", "coloured"),
    [
        ("win32", {}, False),
        ("win32", {"WT_SESSION": "1"}, True),
        ("win32", {"TERM": "xterm"}, True),
        ("linux", {}, True),
        ("darwin", {"TERM": "dumb"}, False),
        ("linux", {"NO_COLOR": "1"}, False),
    ],
)
def test_colours_are_for_terminals_that_have_them(
    platform: str, environment: dict[str, str], coloured: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TERM", "WT_SESSION", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(streams, "sys", SimpleNamespace(platform=platform))
    assert coloured == streams._has_colours(SimpleNamespace(isatty=lambda: True))  # type: ignore[arg-type]
