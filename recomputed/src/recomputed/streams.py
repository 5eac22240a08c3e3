"""The three standard streams, made fit for any shell: closed, without a reader, or in another encoding."""

import contextlib
import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Callable
from typing import TextIO

from recomputed.faults import PaperError

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
"""What a terminal takes as colour."""

NAMES = ("standard input", "standard output", "standard error")
STYLES = {"error": "1;31", "warning": "1;33", "Hint": "36"}
"""How the mark of a message looks in a terminal, as SGR parameters."""
_READER_LEFT = (errno.EPIPE, errno.EINVAL)  # as POSIX and Windows say that a pipe's reader has gone


class Stream(io.FileIO):
    """Standard output or error. Nobody who has seen enough ends the command; what else fails is told once."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "w", closefd=False)
        self.failed = False

    def write(self, data: object) -> int:
        """Write `data`, or drop it where nobody reads. OSError, once, where the system refuses it."""
        size = memoryview(data).nbytes  # type: ignore[arg-type]
        if self.failed:
            return size
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as error:
            self.failed = True
            if error.errno in _READER_LEFT or self.fileno() == 2:  # nowhere to tell of standard error
                return size
            raise OSError(error.errno, error.strerror, NAMES[self.fileno()]) from None


def settle() -> None:
    """Put such streams in place of the interpreter's. Call it before any file is opened: a closed stream's
    number would be the file's.
    """
    for number in range(3):
        _open_if_closed(number)
    if sys.platform == "win32" and sys.stdout and sys.stdout.isatty():
        return  # the console has an encoding of its own, and no reader that leaves
    sys.stdout = _text(1)
    sys.stderr = _text(2)


def progress(text: str = "") -> None:
    """Show how far a long command is, or nothing any more: one line on standard error, where it is a terminal."""
    stream = sys.stderr
    if stream and _is_terminal(stream):
        width = shutil.get_terminal_size().columns - 1
        stream.write(f"\r\033[K{text[:width]}")
        stream.flush()


def say(text: str) -> None:
    """Tell something in lines of its own on standard error."""
    progress()
    shown = "\n".join(map(_coloured, text.split("\n"))) if _has_colours(sys.stderr) else text
    print(shown, file=sys.stderr)


def told(work: Callable[[], object]) -> int:
    """Do the work of a module that is run by itself; its exit code, where a paper's fault is told and no traceback."""
    try:
        work()
    except PaperError as error:
        fail(str(error))
        return error.exit_code
    return 0


def warn(text: str) -> None:
    """Tell what is not as it should be and ends nothing."""
    say(_marked("warning", text))


def fail(text: str) -> None:
    """Tell why a command ends: each line is an error, but hints and what goes on, which is indented."""
    say(_marked("error", text))


def _marked(kind: str, text: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        line if line.startswith((" ", "Hint: ")) or not line else f"{kind}: {line}" for line in lines
    )


def _has_colours(stream: TextIO | None) -> bool:
    """Whether it is a terminal that shows colours, and nobody asked for none (https://no-color.org)."""
    return _is_terminal(stream) and not os.environ.get("NO_COLOR")


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether it is a terminal that moves its cursor and changes its colours when told to: an old console does not."""
    term = os.environ.get("TERM", "WT_SESSION" in os.environ or sys.platform != "win32")
    return bool(stream and stream.isatty() and term and term != "dumb")


def _coloured(line: str) -> str:
    """What kind of message it is in the kind's colour, of an error its place in bold."""
    kind, colon, rest = line.partition(": ")
    if kind not in STYLES:
        return line
    place, of, message = rest.partition(": ")
    told = f"\033[1m{place}{of}\033[0m{message}" if of and kind != "Hint" else rest
    return f"\033[{STYLES[kind]}m{kind}{colon}\033[0m{told}"


def close() -> None:
    """Write out what is still held; the OSError of `Stream.write`."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(ValueError):  # closed already
            stream.flush()


def _text(number: int) -> io.TextIOWrapper:
    raw = Stream(number)
    lines = number == 2 or raw.isatty()
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="backslashreplace", line_buffering=lines
    )


def _open_if_closed(number: int) -> None:
    try:
        os.fstat(number)
    except OSError:
        null = os.open(os.devnull, os.O_RDWR)
        if null != number:
            os.dup2(null, number)
            os.close(null)
