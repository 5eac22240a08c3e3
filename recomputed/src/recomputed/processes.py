"""What ends a process on each system: the signals that ask it to end, and a kill of it with all that it started."""

import os
import signal
import subprocess
from contextlib import suppress

ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGBREAK") if hasattr(signal, name))
"""Ctrl-C, a polite kill, and where there is such a key Ctrl-Break."""


def kill_tree(process: "subprocess.Popen[bytes]") -> None:
    """Kill a process that leads a session of its own, and whatever it started, at once. May be called again."""
    with suppress(ProcessLookupError, PermissionError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            with suppress(FileNotFoundError):
                tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
                subprocess.run(tree, capture_output=True, check=False)
            process.kill()
    process.wait()
