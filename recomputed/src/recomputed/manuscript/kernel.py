"""A kernel that starts before anything else is imported, in a directory that leaves with it. Standard
library only.

It speaks over Unix sockets in a private directory where the system has them, reads no configuration of the
user's, keeps no history, and ends when this process does, however this process ends.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from recomputed.processes import kill_tree

FIXED = {"PYTHONHASHSEED": "0", "TZ": "UTC"}
"""What is the same in each execution, whoever runs it and where: the order of sets, and the time zone."""

_NOT_OURS = ("JUPYTER_", "QUARTO_", "IPYTHON", "IPYKERNEL_", "PYDEVD_", "PYTHONSTARTUP")
_CHANNELS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_WATCH = Path(__file__).resolve().with_name("watch.py")
_ENGINE = _WATCH.parents[1]
_STACK_IN = 1.0  # seconds
_SOCKET_PATH_LIMIT = 80  # of 104 on macOS, with room for the file's own name


@dataclass(frozen=True, slots=True)
class Asked:
    """What a cell asked for: to read the `file`, `folder` or `variable` called `name`, to have `written` it, or what
    was `refused`.

    `line` is the manuscript's; `stamp` is a file's size and time when it was opened.
    """

    kind: str
    name: str
    line: int
    stamp: tuple[int, int] | None = None


class Kernel:
    """An ipykernel in a process of its own, under watch. A context manager: leaving it kills the kernel and its
    directory.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str] | None = None,
        reads: Sequence[Path] = (),
        again: bool = False,
    ) -> None:
        """Start one with `root` as its working directory; `environment` is added to this process's own.

        Its cells may read what is in `root` and `reads`, and change what is in `figures/`.
        `again` is for a second execution: sets and folders have another order, and clocks another day.
        """
        self.root, self.given = root, {**(environment or {}), **(_otherwise() if again else {})}
        self.history: list[Asked] = []
        self.directory = Path(tempfile.mkdtemp(prefix=f"kernel-{os.getpid()}-", dir=_short_temp()))
        clear_left(self.directory.parent)
        self._asked, self._stack, self._heard = self.directory / "asked", self.directory / "stack", 0
        watched = {
            "root": str(root),
            "reads": [str(path) for path in reads],
            "writes": [str(root / "figures")],
            "own": [str(self.directory), *([] if _ENGINE.is_relative_to(root.resolve()) else [str(_ENGINE)])],
            "log": str(self._asked),
            "stack": str(self._stack),
            "again": again,
        }
        try:
            self.connection_file = self.directory / "connection.json"
            self._write_connection()
            self.log = self.directory / "stderr"
            with self.log.open("wb") as stderr:
                self.process: subprocess.Popen[bytes] = subprocess.Popen(
                    [sys.executable, str(_WATCH), json.dumps(watched), "-f", str(self.connection_file),
                     "--HistoryManager.enabled=False", "--log-level=40"],
                    cwd=root,
                    env=self._environment(self.given),
                    stdin=subprocess.DEVNULL,
                    stdout=stderr,
                    stderr=stderr,
                    start_new_session=True,  # Ctrl-C reaches us, and we end the kernel
                )  # fmt: skip
        except BaseException:
            shutil.rmtree(self.directory, ignore_errors=True)
            raise

    def close(self) -> None:
        """Kill the kernel and what it started, at once, and remove its directory. May be called again."""
        if not self.directory.exists():
            return
        kill_tree(self.process)
        shutil.rmtree(self.directory, ignore_errors=True)

    def asked(self, first: int) -> list[Asked]:
        """What the cell that begins on line `first` of the manuscript asked for; it is added to `history`."""
        if not self._asked.exists():
            return []
        with self._asked.open("rb") as file:
            file.seek(self._heard)
            lines = file.read()
        self._heard += len(lines)
        told = [
            Asked(kind, name, first + (line or 1) - 1, tuple(stamp) if stamp else None)
            for kind, name, line, stamp in map(json.loads, lines.splitlines())
        ]
        self.history += told
        return told

    def stack(self) -> str:
        """Where its main thread is, as a traceback; empty where that cannot be told."""
        if not hasattr(signal, "SIGUSR1") or self.process.poll() is not None or not self._stack.exists():
            return ""
        self.process.send_signal(signal.SIGUSR1)
        end = time.monotonic() + _STACK_IN
        while not self._stack.stat().st_size and time.monotonic() < end:
            time.sleep(0.01)
        return self._stack.read_text(encoding="utf-8", errors="replace")

    def last_words(self) -> str:
        """What the kernel last wrote to its own stderr: why it ended, if it says so."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        code = self.process.poll()
        if not lines and code and code < 0:
            return f"it was killed ({signal.Signals(-code).name}), as when memory runs out"
        return lines[-1].strip() if lines else "it said nothing"

    def __enter__(self) -> "Kernel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _environment(self, added: Mapping[str, str]) -> dict[str, str]:
        here = str(self.directory)
        private = dict.fromkeys(
            ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"), here
        )
        if os.name == "posix":
            private["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel ends when this process is gone
        return {"HOME": here, **surroundings(), **private, **added}

    def _write_connection(self) -> None:
        connection: dict[str, str | int] = {"key": secrets.token_hex(32), "signature_scheme": "hmac-sha256"}
        if os.name == "posix":
            connection |= {"transport": "ipc", "ip": str(self.directory / "s")}
            connection |= {channel: number for number, channel in enumerate(_CHANNELS, start=1)}
        else:
            connection |= {"transport": "tcp", "ip": "127.0.0.1"}
            connection |= dict(zip(_CHANNELS, _free_ports(len(_CHANNELS)), strict=True))
        self.connection_file.write_text(json.dumps(connection), encoding="utf-8", newline="\n")
        self.connection_file.chmod(0o600)


def clear_left(folder: Path) -> None:
    """Remove what kernels left in `folder` whose processes, named in the directories' names, were killed."""
    if os.name != "posix":  # elsewhere no process can be asked after without ending it
        return
    for left in folder.glob("kernel-*-*"):
        owner = left.name.split("-")[1]
        with suppress(FileNotFoundError):  # another run clears it too
            if owner.isdecimal() and left.lstat().st_uid == os.getuid() and not _lives(int(owner)):
                shutil.rmtree(left, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        pass
    return True


def surroundings() -> dict[str, str]:
    """The environment variables that each kernel is given: this process's own, without what is not the paper's."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
    return {**own, **FIXED}


def _otherwise() -> dict[str, str]:
    zone = "UTC-14" if time.gmtime().tm_hour >= 10 else "UTC+12"  # where it is another day now
    return {"PYTHONHASHSEED": "1", "TZ": zone}


def _short_temp() -> str | None:
    """Where the sockets fit: the usual temporary directory unless its path is too long for a socket."""
    usual = tempfile.gettempdir()
    return "/tmp" if os.name == "posix" and len(usual) > _SOCKET_PATH_LIMIT else None


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [server.getsockname()[1] for server in held]
    finally:
        for server in held:
            server.close()
