"""What is at a path, in the words of a message, before anything opens it: a pipe would be waited for."""

import os
import stat
from pathlib import Path

NOTHING, FILE, DIRECTORY, PIPE, DEVICE = "nothing", "a file", "a directory", "a named pipe", "a device"
_KINDS = (
    (stat.S_ISREG, FILE),
    (stat.S_ISDIR, DIRECTORY),
    (stat.S_ISFIFO, PIPE),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, DEVICE),
    (stat.S_ISBLK, "a disk"),
)


def kind_at(path: Path) -> str:
    """What is there, links followed: a file, a directory, nothing, or what the system says instead."""
    try:
        return kind_of(os.stat(path).st_mode)
    except FileNotFoundError:
        return "a link that leads nowhere" if os.path.islink(path) else NOTHING
    except OSError as error:
        return error.strerror or "an error"


def kind_of(mode: int) -> str:
    """What has this mode."""
    return next((words for is_kind, words in _KINDS if is_kind(mode)), "neither a file nor a directory")
