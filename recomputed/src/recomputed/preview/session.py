"""One state of the paper's code and data: a process with a warm kernel, which executes them once and then follows
edits of the text. Code or data that change take the next session, which waits with the libraries imported.
"""

import ast
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

from recomputed import paths
from recomputed.faults import PaperError
from recomputed.own_code import told
from recomputed.processes import ENDING

WARM = (
    "num2words",
    "recomputed.reading.appendix",
    "recomputed.reading.cards",
    "recomputed.typeset.titleblock",
)
_AT_ONCE = 1.0  # seconds after which whoever waits for an order has time for what it may need later
BUILD = "build"
#: What a session tells: that it executes, that it cannot follow an edit, pages, and what is wrong.
EXECUTES, ANOTHER, PAGES, FAULTS, FAILED = "executes", "another", "pages", "faults", "failed"


class Session:
    """A session's process, from outside."""

    def __init__(self, profile: str | None, hear: Callable[["Session", str, Any], None]) -> None:
        """Start it; `hear(session, kind, content)` is called, in a thread, for whatever it tells."""
        context = get_context("spawn")
        self._connection, inside = context.Pipe()
        self._process = context.Process(target=_run, args=(inside, profile), daemon=True)
        self._process.start()
        inside.close()
        self.follows = False  # whether it has executed the cells, and executes none now
        threading.Thread(target=self._listen, args=(hear,), daemon=True).start()

    def build(self, known: Any = None) -> None:
        """Let it make the page of what is there now; several orders that wait are one. `known` is what another
        session's typesetter knows.
        """
        with suppress(OSError):  # it has ended: `hear` is told
            self._connection.send((BUILD, known))

    def close(self) -> None:
        """End it, whatever it does, and its kernel."""
        with suppress(OSError):
            self._connection.send(None)
        self._process.join(5)
        self._process.kill()
        self._process.join()

    def _listen(self, hear: Callable[["Session", str, Any], None]) -> None:
        try:
            while True:
                kind, content = self._connection.recv()
                self.follows = kind in (PAGES, FAULTS) or (kind == FAILED and bool(content[0]))
                hear(self, kind, content)
        except (EOFError, OSError):
            self.follows = False
            hear(
                self, FAILED, (False, ["the process that makes the page ended; the next edit starts another"])
            )


def _run(connection: Connection, profile: str | None) -> None:
    """The process: one thread listens, this one builds, a third judges."""
    for number in ENDING:
        signal.signal(number, lambda *_: None)  # whoever started it ends it
    from recomputed.editions import LANGUAGE, MANUSCRIPT
    from recomputed.judgement import Edition
    from recomputed.variables import give

    edition = Edition(paths.ROOT, paths.DATA, profile, draws=False)  # the text is not to wait for its figures
    give({MANUSCRIPT: edition.manuscript, LANGUAGE: edition.lang})
    kernel = edition.kernel()
    ordered, known = threading.Event(), list[Any]()

    def listen() -> None:
        with suppress(EOFError, OSError):
            while order := connection.recv():
                known.append(order[1])
                ordered.set()
        kernel.close()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    lock = threading.Lock()

    def tell(kind: str, content: Any = None) -> None:
        with lock:
            connection.send((kind, content))

    builder = _Builder(edition, kernel, tell)
    if not ordered.wait(_AT_ONCE):
        builder.warm_drawing()
    while ordered.wait():
        ordered.clear()
        try:
            builder.build(known.pop())
        except PaperError as error:
            tell(FAILED, (builder.follows(), str(error).splitlines()))
        except Exception as error:  # told as any command tells it
            tell(FAILED, (builder.follows(), [told(error)]))


class _Builder:
    def __init__(self, edition: Any, kernel: Any, tell: Callable[..., None]) -> None:
        from recomputed.guards import all_guards  # noqa: F401  warm before the first order
        from recomputed.judgement import prepare, read, recompute, woven
        from recomputed.ledger import examination  # noqa: F401
        from recomputed.manuscript.execute import execute
        from recomputed.preview.pieces import Typesetter

        self._edition, self._kernel, self._tell = edition, kernel, tell
        self._read, self._woven, self._execute_cells = read, woven, execute
        self._recompute, self._prepare = recompute, prepare
        self._typesetter, self._after = Typesetter(), ThreadPoolExecutor(1)
        self._executed: Any = None
        self._warm()

    def build(self, known: Any = None) -> None:
        """Make the page, tell it, then judge it, unless the next order comes first."""
        if known:
            self._typesetter.learn(known)
        if self._executed is None:
            self._tell(EXECUTES)
            self._executed, self._judge = self._recompute(self._edition, self._prepare, kernel=self._kernel)
        elif (followed := self._followed()) is None:
            self._tell(ANOTHER)
            return
        else:
            self._executed = followed
        pages = self._typesetter.typeset(self._executed)
        self._tell(PAGES, (pages, self._typesetter.known))
        self._after.submit(self._judged, self._executed, pages)

    def follows(self) -> bool:
        """Whether its kernel lives and has executed the cells, so that an edit of the text can be followed."""
        return self._executed is not None and self._kernel.process.poll() is None

    def _judged(self, executed: Any, pages: Any) -> None:
        """Tell the page with its figures if these are new, what is wrong, and the pages typeset whole if that is
        another; of the last execution alone.
        """
        if executed is not self._executed:
            return
        try:
            if self._draw(executed):
                pages = self._typesetter.typeset(executed, whole=True)
                self._tell(PAGES, (pages, self._typesetter.known))
            faults = [*self._judge(executed).failures]
        except PaperError as error:
            faults = str(error).splitlines()
        except Exception as error:
            faults = [told(error)]
        if executed is self._executed:
            self._tell(FAULTS, faults)
            with suppress(PaperError):  # of a manuscript that changed meanwhile
                whole = self._typesetter.typeset(executed, whole=True)
                if whole != pages and executed is self._executed:
                    self._tell(PAGES, (whole, self._typesetter.known))

    def _draw(self, executed: Any) -> bool:
        """Draw the figures of the page that are not current; whether there were any."""
        from recomputed.editions import taking
        from recomputed.guards.all_guards import text_of
        from recomputed.manuscript.figure_files import faults_of
        from recomputed.manuscript.paper import open_paper

        folder = self._edition.figures
        old = [name for name, key in text_of(executed).keys.items() if faults_of(folder, name, key)]
        if old:
            with taking(self._edition.profile, self._edition.lang):
                paper = open_paper()
                for name in old:
                    paper.figure(name, "", "")
        return bool(old)

    def warm_drawing(self) -> None:
        """Load what draws."""
        from recomputed.manuscript.converter import warm

        with suppress(ImportError):  # a figure that needs it will say so
            import altair  # noqa: F401

            warm()

    def _followed(self) -> Any:
        """The execution with the text as it is now; None where its cells must run again."""
        manuscript, defaults = self._read(self._edition)
        before = self._executed.manuscript
        if manuscript.front_matter != before.front_matter or _code(manuscript) != _code(before):
            return None
        outputs = iter([cell for cell in before.notebook.cells if cell.cell_type == "code"])
        known = {key: answer for cell, key, answer in _answers(before.notebook)}
        unknown = []
        for cell, position in _positions(manuscript.notebook):
            if cell.cell_type == "code":
                done = next(outputs)
                cell.outputs, cell.execution_count = done.outputs, done.execution_count
            elif cell.cell_type == "markdown":
                answers = [known.get((position, one)) for one in _expressions(cell)]
                if all(answers):
                    cell.metadata["user_expressions"] = answers
                elif _bound_later(manuscript.notebook, position, _expressions(cell)):
                    return None
                else:
                    unknown.append(cell)
        if unknown:
            self._tell(EXECUTES)
            asked = replace(
                manuscript, notebook=type(manuscript.notebook)(manuscript.notebook, cells=unknown)
            )
            self._execute_cells(asked, self._kernel, defaults)
        return self._woven(self._edition, manuscript, defaults, self._kernel.history)

    def _warm(self) -> None:
        from recomputed.manuscript.source import parse_manuscript

        text = " ".join(f"`{{python}} __import__({name!r})`" for name in WARM)
        with suppress(PaperError):  # the first cell will say so
            self._execute_cells(parse_manuscript(text), self._kernel)


def _code(manuscript: Any) -> list[str]:
    return [cell.source for cell in manuscript.notebook.cells if cell.cell_type == "code"]


def _positions(notebook: Any) -> Iterator[tuple[Any, int]]:
    """Each cell, with the number of code cells before it."""
    count = 0
    for cell in notebook.cells:
        yield cell, count
        count += cell.cell_type == "code"


def _answers(notebook: Any) -> Iterator[tuple[Any, tuple[int, str], Any]]:
    for cell, position in _positions(notebook):
        for answer in cell.metadata.get("user_expressions", ()):
            yield cell, (position, answer["expression"]), answer


def _expressions(cell: Any) -> list[str]:
    from recomputed.manuscript.source import inline_expressions

    return [expression for expression, _ in inline_expressions(cell.source)]


def _bound_later(notebook: Any, position: int, expressions: list[str]) -> bool:
    """Whether a later cell binds a name that the expressions use: all cells have run where they are evaluated."""
    later = [cell.source for cell, at in _positions(notebook) if cell.cell_type == "code" and at >= position]
    words = set(re.findall(r"\w+", " ".join(expressions)))
    for source in later:
        try:
            nodes = list(ast.walk(ast.parse(source)))
        except SyntaxError:  # IPython's own
            return True
        bound = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        bound |= {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        bound |= {one.asname or one.name for node in nodes if isinstance(node, ast.ImportFrom | ast.Import)
                  for one in node.names}  # fmt: skip
        if bound & words:
            return True
    return False
