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
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_CHANNELS = ("shell_port", "iopub_port", "stdin_port", "control_port", "hb_port")
_SOCKET_PATH_LIMIT = 80  # of 104 on macOS, with room for the file's own name


class Kernel:
    """An ipykernel in a process of its own. A context manager: leaving it kills the kernel and its
    directory.
    """

    def __init__(self, root: Path, environment: Mapping[str, str] | None = None) -> None:
        """Start one with `root` as its working directory; `environment` is added to this process's own."""
        self.directory = Path(tempfile.mkdtemp(prefix=f"kernel-{os.getpid()}-", dir=_short_temp()))
        clear_left(self.directory.parent)
        try:
            self.connection_file = self.directory / "connection.json"
            self._write_connection()
            self.log = self.directory / "stderr"
            with self.log.open("wb") as stderr:
                self.process: subprocess.Popen[bytes] = subprocess.Popen(
                    [sys.executable, "-m", "ipykernel_launcher", "-f", str(self.connection_file),
                     "--HistoryManager.enabled=False", "--log-level=40"],
                    cwd=root,
                    env=self._environment(environment or {}),
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
        with suppress(ProcessLookupError, PermissionError):
            if os.name == "posix":
                os.killpg(self.process.pid, signal.SIGKILL)  # and whatever its cells started
            else:
                self.process.kill()
        self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def last_words(self) -> str:
        """What the kernel last wrote to its own stderr: why it ended, if it says so."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1].strip() if lines else "it said nothing"

    def __enter__(self) -> "Kernel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _environment(self, added: Mapping[str, str]) -> dict[str, str]:
        own = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("JUPYTER_", "IPYTHON", "PYDEVD_")) and name != "PYTHONSTARTUP"
        }
        here = str(self.directory)
        private = dict.fromkeys(
            ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"), here
        )
        own.setdefault("HOME", here)
        if os.name == "posix":
            private["JPY_PARENT_PID"] = str(os.getpid())  # ipykernel ends when this process is gone
        return {**own, **private, "PYTHONHASHSEED": "0", **added}

    def _write_connection(self) -> None:
        connection: dict[str, str | int] = {"key": secrets.token_hex(32), "signature_scheme": "hmac-sha256"}
        if os.name == "posix":
            connection |= {"transport": "ipc", "ip": str(self.directory / "s")}
            connection |= {channel: number for number, channel in enumerate(_CHANNELS, start=1)}
        else:
            connection |= {"transport": "tcp", "ip": "127.0.0.1"}
            connection |= dict(zip(_CHANNELS, _free_ports(len(_CHANNELS)), strict=True))
        self.connection_file.write_text(json.dumps(connection), encoding="utf-8")
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
