"""The paper is executed once, in a kernel of our own; what fails says where and why."""

import json
import os
import signal
import timeit
from collections.abc import Mapping
from pathlib import Path
from time import process_time

import pytest
from nbformat.v4 import output_from_msg

from recomputed.judgement import Executed
from recomputed.manuscript.execute import ExecutionError, _attach, _joined, execute
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.settings import execute_defaults
from recomputed.manuscript.source import EXPRESSIONS, parse_manuscript
from synthetic.waiting import has_ended, wait_until


def failure(tmp_path: Path, text: str) -> ExecutionError:
    manuscript = parse_manuscript(text)
    with Kernel(tmp_path) as kernel, pytest.raises(ExecutionError) as error:
        execute(manuscript, kernel, execute_defaults({}, manuscript.metadata))
    return error.value


def expressions(executed: Executed) -> Mapping[str, Mapping[str, str]]:
    return {
        answer["expression"]: answer["result"]["data"]
        for cell in executed.notebook.cells
        for answer in cell.metadata.get(EXPRESSIONS, [])
    }


def test_inline_results_are_kept_as_quarto_keeps_them(executed: Executed) -> None:
    answers = expressions(executed)
    assert answers["1 + 1"] == {"text/plain": "2"}
    assert answers["label"] == {"text/plain": "'a_b*c'"}
    assert answers["x"]["text/markdown"] == '[25%]{.num data-number="growth.rise.S1"}'


def test_a_long_line_is_joined_in_time_that_grows_as_it_does() -> None:
    def seconds(length: int) -> float:
        outputs = [
            output_from_msg(
                {"header": {"msg_type": "stream"}, "content": {"name": "stdout", "text": "x" * length}}
            )
        ]
        return min(timeit.repeat(lambda: _joined(outputs), timer=process_time, number=1, repeat=5))

    assert seconds(400_000) < 10 * seconds(100_000)


def test_cells_run_in_the_projects_directory(executed: Executed) -> None:
    assert expressions(executed)["os.getcwd()"] == {"text/plain": repr(str(executed.data))}


def test_a_cell_keeps_its_options_and_its_line(executed: Executed) -> None:
    cell = next(cell for cell in executed.notebook.cells if cell.metadata.get("label") == "tabel")
    assert cell.source.startswith("#| label: tabel\n#| output: asis\n")
    assert cell.outputs[0].text.startswith("| a |")


def test_a_failing_cell_says_its_line_and_its_reason(tmp_path: Path) -> None:
    text = "Teks\n\n```{python}\ndef f(v):\n    return 1 / v\n```\n\n```{python}\n#| output: asis\n\na = 1\nf(0)\n```\n"
    error = failure(tmp_path, text)
    assert (error.line, error.reason) == (12, "ZeroDivisionError: division by zero")
    assert str(error) == "paper.qmd, line 12: ZeroDivisionError: division by zero"
    assert error.exit_code == 1


def test_a_syntax_error_says_its_line(tmp_path: Path) -> None:
    error = failure(tmp_path, "```{python}\na = 1\nb = = 2\n```\n")
    assert error.line == 3
    assert error.reason.startswith("SyntaxError: invalid syntax")


def test_a_failing_inline_expression_says_its_line_and_itself(tmp_path: Path) -> None:
    error = failure(tmp_path, "Satu.\n\nDua\ntiga `{python} 1` dan `{python} tak_ada`.\n")
    assert str(error) == "paper.qmd, line 4: `tak_ada`: NameError: name 'tak_ada' is not defined"


def test_an_error_of_the_projects_own_is_told_as_it_is(tmp_path: Path) -> None:
    raised = "class InputError(Exception): pass\nraise InputError('data/a.csv, row 3: expected x, found y')"
    cell = f"```{{python}}\n{raised}\n```\n"
    error = failure(tmp_path, cell)
    assert error.reason == "data/a.csv, row 3: expected x, found y"
    assert error.exit_code == 2


def test_a_kernel_that_ends_says_so(tmp_path: Path) -> None:
    last = "import os\nos.write(2, b'habis memori')\nos._exit(3)"
    error = failure(tmp_path, f"a\n\n```{{python}}\n{last}\n```\n")
    assert error.line == 4
    assert "the process that runs the cells ended" in error.reason


SHORT = "---\ncell-timeout: 0.5\n---\n\n"


@pytest.mark.skipif(os.name != "posix", reason="no signal asks a process where it is")
@pytest.mark.parametrize(
    ("body", "line", "inside"),
    [
        ("```{python}\nx = 1\n\nwhile True:\n    x += 1\n```\n", (8, 9), ""),
        ("```{python}\nimport time\ndef f():\n    time.sleep(9)\nf()\n```\n", (8,), ""),
        ("```{python}\ndef f():\n    while True: pass\n```\n\n```{python}\n1\nf()\n```\n", (12,), ", in f ("),
        ("```{python}\nfrom threading import Event\nEvent().wait()\n```\n", (7,), ", in wait (threading.py"),
        ("Satu\n`{python} [1 for _ in iter(int, 1)]`.\n", (5,), ""),
    ],
)  # fmt: skip
def test_a_cell_without_end_is_ended_and_told_where_it_was(
    tmp_path: Path, body: str, line: tuple[int, ...], inside: str
) -> None:
    error = failure(tmp_path, SHORT + body)
    assert error.line in line
    expected = "expected an end within 0.5 s (`cell-timeout:` in the front matter allows more), found it still running"
    assert error.reason.startswith(expected + inside)


@pytest.mark.slow
@pytest.mark.parametrize(
    "endless", ["while True: print('x' * 9999)", "while True: display('x' * 9999)", "print('x' * 2**21)"]
)
def test_output_without_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, endless: str) -> None:
    monkeypatch.setattr("recomputed.manuscript.execute.MOST_OUTPUT", 2**20)
    error = failure(tmp_path, f"```{{python}}\nx = 1\n```\n\n```{{python}}\n{endless}\n```\n")
    assert (error.line, error.reason) == (6, "expected a cell that prints 1 MB at most, found more")


@pytest.mark.skipif(os.name != "posix", reason="no signal stops a process")
def test_a_kernel_that_does_not_start_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recomputed.manuscript.execute.STARTING", 0.3)
    with Kernel(tmp_path) as kernel:
        kernel.process.send_signal(signal.SIGSTOP)
        with pytest.raises(ExecutionError) as error:
            execute(parse_manuscript("x\n"), kernel)
    assert str(error.value) == "paper.qmd, line 1: the process that runs the cells did not start within 0.3 s"


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_a_kernel_that_is_killed_says_so(tmp_path: Path) -> None:
    error = failure(tmp_path, "```{python}\nimport os\nos.kill(os.getpid(), 9)\n```\n")
    killed = "it was killed (SIGKILL), as when memory runs out"
    assert str(error) == f"paper.qmd, line 2: the process that runs the cells ended: {killed}"


def test_an_error_that_is_allowed_is_an_output(tmp_path: Path) -> None:
    manuscript = parse_manuscript("```{python}\n#| error: true\n1 / 0\n```\n\n`{python} 7`\n")
    with Kernel(tmp_path) as kernel:
        notebook = execute(manuscript, kernel)
    assert notebook.cells[0].outputs[0].ename == "ZeroDivisionError"
    assert "tags" not in notebook.cells[0].metadata
    assert notebook.cells[1].metadata[EXPRESSIONS][0]["result"]["data"] == {"text/plain": "7"}


def test_the_users_jupyter_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home with a hostile profile and kernelspec changes nothing, and no home at all is fine."""
    home = tmp_path / "home"
    startup = home / ".ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("intruder = True")
    spec = home / "kernels" / "python3"
    spec.mkdir(parents=True)
    (spec / "kernel.json").write_text(
        json.dumps({"argv": ["false"], "display_name": "x", "language": "python"})
    )
    root = tmp_path / "root"
    root.mkdir()
    before = sorted(str(path) for path in home.rglob("*"))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("JUPYTER_PATH", str(home))
    monkeypatch.setenv("IPYTHONDIR", str(home / ".ipython"))
    asked = "`{python} 'intruder' in globals()`\n"
    with Kernel(root) as kernel:
        notebook = execute(parse_manuscript(asked), kernel)
    assert notebook.cells[0].metadata[EXPRESSIONS][0]["result"]["data"] == {"text/plain": "False"}
    assert sorted(str(path) for path in home.rglob("*")) == before
    assert not list(root.iterdir())


def test_no_home_is_fine_and_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HOME", raising=False)
    with Kernel(tmp_path) as kernel:
        execute(parse_manuscript("```{python}\nx = 1\n```\n"), kernel)
        directory, process = kernel.directory, kernel.process
    assert not directory.exists()
    assert process.poll() is not None
    if os.name == "posix":
        assert not Path(f"/proc/{process.pid}/cmdline").exists()


@pytest.mark.skipif(os.name != "posix", reason="process groups are POSIX's")
def test_what_a_cell_started_ends_with_the_kernel(tmp_path: Path) -> None:
    fork = "import os, time\nchild = os.fork()\nif not child:\n    time.sleep(60)"
    cell = f"```{{python}}\n{fork}\n```\n\n`{{python}} child`\n"
    with Kernel(tmp_path) as kernel:
        notebook = execute(parse_manuscript(cell), kernel)
    child = int(notebook.cells[1].metadata[EXPRESSIONS][0]["result"]["data"]["text/plain"])
    wait_until(lambda: has_ended(child), seconds=10)


def test_no_thread_watches_the_kernel_s_heart(tmp_path: Path) -> None:
    """It would tell of an execution that is cut short while it starts."""
    with Kernel(tmp_path) as kernel:
        client = _attach(kernel).client()
        client.start_channels()
        assert not client.hb_channel.is_alive()
        client.stop_channels()


def test_a_cell_may_import_what_the_kernel_does_without(tmp_path: Path) -> None:
    manuscript = parse_manuscript("```{python}\nimport debugpy\nprint(debugpy.__name__)\n```\n")
    with Kernel(tmp_path) as kernel:
        assert execute(manuscript, kernel).cells[-1].outputs[0].text == "debugpy\n"
