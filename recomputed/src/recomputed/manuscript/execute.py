"""Run the manuscript's notebook once, as Quarto's Jupyter engine does (src/resources/jupyter/notebook.py).

Code cells run without their `#|` lines; the inline expressions of a markdown cell are evaluated after the
code before it, as the kernel's user expressions, and kept in the cell's `user_expressions` metadata as
Quarto keeps them.
"""

import asyncio
import builtins
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode

from recomputed.faults import PaperError
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import (
    EXPRESSIONS,
    LINE,
    Manuscript,
    cell_options,
    inline_code,
    inline_expressions,
)
from recomputed.own_code import place_in
from recomputed.streams import ANSI

CELL_TIMEOUT = 60.0
"""Seconds that a cell, or the inline expressions between two, may take unless the front matter says otherwise."""

STARTING = 50.0
"""Seconds that the process that runs the cells may take to start."""

MOST_OUTPUT = 16 * 2**20
"""Characters that a cell may print."""

_LOOK_AGAIN = 0.1  # seconds
_ASK_AGAIN = 1.0  # seconds

_CELL_FILE = re.compile(r"(?<!\S)\S*ipykernel_\d+[/\\]\d+\.py")
_STACK_FRAME = re.compile(r'File "(.*)", line (\d+) in (.*)')
_FRAME = re.compile(r"Cell In\s?\[(\d+)\], line (\d+)")


class ExecutionError(PaperError):
    """A cell or an inline expression of the manuscript failed. Exit code 2 if the data were at fault, else
    1.
    """

    def __init__(self, name: str, line: int, reason: str, exit_code: int = 1, column: int = 0) -> None:
        self.name, self.line, self.reason = name, line, reason
        self.exit_code = exit_code
        place = f"{name}, line {line}{f', column {column}' if column else ''}"
        super().__init__(f"{place}: {reason}")


def execute(
    manuscript: Manuscript, kernel: Kernel, defaults: Mapping[str, Any] | None = None
) -> NotebookNode:
    """The manuscript's notebook, executed in `kernel`. Changes that notebook and returns it.

    `defaults` are the document's `execute:` options (`eval`, `error`) and its `cell-timeout:`. Raises
    ExecutionError at the first cell or expression that fails, does what no cell may do, or goes on for longer
    than it may, with its line in the manuscript.
    """
    return asyncio.run(_execute_in_bounds(manuscript, kernel, defaults or {}))


async def _execute_in_bounds(
    manuscript: Manuscript, kernel: Kernel, defaults: Mapping[str, Any]
) -> NotebookNode:
    """Execute, and stop as soon as a bound is passed or the kernel's process is gone, whoever ended it."""
    place = _Place(manuscript.name, defaults.get("cell-timeout", CELL_TIMEOUT))
    work = asyncio.create_task(_execute(manuscript, kernel, defaults, place))
    end = asyncio.create_task(_out_of_bounds(kernel, place))
    await asyncio.wait({work, end}, return_when=asyncio.FIRST_COMPLETED)
    if work.done():
        end.cancel()
        with suppress(DeadKernelError):
            return work.result()
    try:
        reason = end.result() if end.done() and not end.cancelled() else _ended(kernel)
    finally:
        kernel.close()
        work.cancel()
        await asyncio.gather(work, end, return_exceptions=True)
    raise ExecutionError(place.name, place.line or 1, reason)


async def _out_of_bounds(kernel: Kernel, place: "_Place") -> str:
    """Wait until the execution cannot go on; why."""
    while kernel.process.poll() is None:
        if place.size > MOST_OUTPUT:
            return f"expected a cell that prints {MOST_OUTPUT // 2**20} MB at most, found more"
        if not place.line and time.monotonic() - place.began > STARTING:
            place.line = 1
            return f"the process that runs the cells did not start within {STARTING:g} s"
        if place.line and time.monotonic() - place.began > place.limit:
            line, inside = _running(kernel.stack())
            place.line = place.first + line - 1 if line else place.line
            return (
                f"expected an end within {place.limit:g} s (`cell-timeout:` in the front matter allows more), "
                f"found it still running{inside}"
            )
        await asyncio.sleep(_LOOK_AGAIN)
    return _ended(kernel)


def _ended(kernel: Kernel) -> str:
    return f"the process that runs the cells ended: {kernel.last_words()}"


def _running(stack: str) -> tuple[int, str]:
    """The deepest line of the running cell in faulthandler's `stack`, 0 if none is; and what it called there."""
    frames = _STACK_FRAME.findall(stack)
    own = [(file, int(line)) for file, line, _ in frames if "ipykernel_" in file]
    line = next((line for file, line in own if file == own[-1][0]), 0)
    if not own or frames[0][0] == own[-1][0]:
        return line, ""
    return line, f", in {frames[0][2]} ({Path(frames[0][0]).name}, line {frames[0][1]})"


async def _execute(
    manuscript: Manuscript, kernel: Kernel, defaults: Mapping[str, Any], place: "_Place"
) -> NotebookNode:
    notebook = manuscript.notebook
    client = _BoundedClient(notebook, km=_attach(kernel), record_timing=False)
    client.place = place
    client.allow_errors = bool(defaults.get("error", False))
    evaluate = bool(defaults.get("eval", True))
    try:
        await client.async_start_new_kernel_client()
        for index, cell in enumerate(notebook.cells):
            place.enter(cell)
            failed = None
            try:
                if cell.cell_type == "code":
                    await _run_code(client, cell, index, evaluate, place)
                elif cell.cell_type == "markdown":
                    await _evaluate_inline(client, cell, place.name)
            except ExecutionError as error:
                failed = error
            refused = next((asked for asked in kernel.asked(place.first) if asked.kind == "refused"), None)
            if refused and not (failed and cell.cell_type == "markdown"):  # whatever the cell made of it
                raise ExecutionError(place.name, refused.line, refused.name)
            if failed:
                raise failed
    finally:
        if client.kc is not None:
            client.kc.stop_channels()
    return notebook


@dataclass(slots=True)
class _Place:
    """Where in the manuscript the execution is, since when, and how much the cell has printed."""

    name: str
    limit: float
    line: int = 0  # until it begins
    first: int = 1  # the line of the first line that the kernel was given
    began: float = field(default_factory=time.monotonic)
    size: int = 0

    def enter(self, cell: NotebookNode) -> None:
        """Go on to this cell."""
        self.line = self.first = cell.metadata[LINE]
        self.began, self.size = time.monotonic(), 0


class _BoundedClient(NotebookClient):
    """Counts what each cell prints, and keeps no more of it than may be."""

    place: _Place

    def process_message(
        self, msg: dict[str, Any], cell: NotebookNode, cell_index: int
    ) -> NotebookNode | None:
        content = msg["content"]
        self.place.size += len(content.get("text", "")) + sum(
            map(len, map(str, content.get("data", {}).values()))
        )
        return super().process_message(msg, cell, cell_index) if self.place.size <= MOST_OUTPUT else None


class _Client(AsyncKernelClient):
    """Without the heartbeat's thread: the kernel's process is watched, and a thread that starts while all is
    being closed would tell of it.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Until the kernel answers, and what it prints is heard. Without jupyter_client's wait for silence after it:
        messages are told apart by what they answer.
        """
        while True:
            self.kernel_info()
            with suppress(Empty):
                await self.get_shell_msg(timeout=_ASK_AGAIN)
                await self.get_iopub_msg(timeout=_ASK_AGAIN)
                return

    def start_channels(
        self,
        shell: bool = True,
        iopub: bool = True,
        stdin: bool = True,
        hb: bool = True,
        control: bool = True,
    ) -> None:
        super().start_channels(shell, iopub, stdin, False, control)


def _attach(kernel: Kernel) -> AsyncKernelManager:
    """jupyter_client's manager of a kernel that runs already."""
    manager = AsyncKernelManager(connection_file=str(kernel.connection_file))
    manager.client_factory = _Client
    manager.load_connection_file()
    provisioner = LocalProvisioner(parent=manager, kernel_id="paper")
    provisioner.process = kernel.process
    manager.provisioner = provisioner
    return manager


async def _run_code(
    client: NotebookClient, cell: NotebookNode, index: int, evaluate: bool, place: _Place
) -> None:
    options, taken = cell_options(cell.source)
    if options.get("eval", evaluate) is not True:
        return
    whole, allowed = cell.source, bool(options.get("error", client.allow_errors))
    code = whole.split("\n")
    while taken < len(code) and not code[taken].strip():
        taken += 1  # IPython drops leading blank lines and counts from there
    cell.source = "\n".join(code[taken:])
    place.first = cell.metadata[LINE] + taken
    if allowed:
        cell.metadata["tags"] = ["raises-exception"]
    try:
        await client.async_execute_cell(cell, index, execution_count=client.code_cells_executed + 1)
        cell.outputs = _joined(cell.outputs)
    except CellExecutionError as error:
        line = place.first + _line_in_cell(error.traceback, cell.execution_count) - 1
        raise _failure(place.name, line, error.ename, error.evalue, shown=error.traceback) from None
    finally:
        cell.source = whole
        cell.metadata.pop("tags", None)
    if not allowed:
        for output in cell.outputs:
            if output.output_type == "error":
                shown = "\n".join(output.traceback)
                raise _failure(place.name, place.first, output.ename, output.evalue, shown=shown)


def _joined(outputs: list[NotebookNode]) -> list[NotebookNode]:
    """The outputs with what came of one stream in pieces in one; nbclient's own way is slow on long lines."""
    joined: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream":
            output.text = _CELL_FILE.sub("cell", output.text)  # a warning names a file of the kernel's
        last = joined[-1] if joined else None
        if last and last.output_type == output.output_type == "stream" and last.name == output.name:
            last.text += output.text
        else:
            joined.append(output)
    return joined


async def _evaluate_inline(client: NotebookClient, cell: NotebookNode, name: str) -> None:
    expressions = list(inline_expressions(cell.source))
    if not expressions:
        return
    assert client.kc is not None
    asked = {str(index): expression for index, (expression, _) in enumerate(expressions)}
    reply = await client.async_wait_for_reply(client.kc.execute("", user_expressions=asked))
    answers = (reply or {}).get("content", {}).get("user_expressions", {})
    results = []
    for index, (expression, offset) in enumerate(expressions):
        answer = answers.get(str(index), {"ename": "NoAnswer", "evalue": "the kernel gave no answer"})
        if answer.get("status") != "ok":
            line = cell.metadata[LINE] + offset
            shown = "\n".join(answer.get("traceback", ()))
            error = _failure(name, line, answer["ename"], answer["evalue"], expression, shown)
            if answer["ename"] == "NotDerived":
                start = list(inline_code(cell.source))[index].start()
                column = start - cell.source.rfind("\n", 0, start)
                raise ExecutionError(name, line, error.reason, column=column)
            raise error
        results.append({"expression": expression, "result": answer})
    cell.metadata[EXPRESSIONS] = results


def _line_in_cell(traceback: str, execution_count: int | None) -> int:
    """The deepest line of the failing cell that the traceback passes through, from 1."""
    frames = [(int(cell), int(line)) for cell, line in _FRAME.findall(ANSI.sub("", traceback))]
    own = [line for cell, line in frames if execution_count is None or cell == execution_count]
    return own[-1] if own else 1


def _failure(
    name: str, line: int, ename: str, evalue: str, expression: str = "", shown: str = ""
) -> ExecutionError:
    """One sentence for a Python error, with its place in the paper's code, which the `shown` traceback has; this
    project's own errors already are sentences.
    """
    reason = ANSI.sub("", str(evalue)).strip()
    if hasattr(builtins, ename) or not reason:
        reason = f"{ename}: {reason}".rstrip(": ")
        inside = place_in(ANSI.sub("", shown))
        reason += f", in {inside}" * bool(inside)
    if expression:
        reason = f"`{expression}`: {reason}"
    return ExecutionError(name, line, reason, exit_code=2 if ename == "InputError" else 1)
