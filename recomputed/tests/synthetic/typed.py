"""Commands as they are typed in a folder."""

import os
import subprocess
import sys
from pathlib import Path

from recomputed import paths

PROGRAMS = {
    "recomputed": [sys.executable, "-P", "-m", "recomputed"],
    "python": [sys.executable, "-P"],
    "git": ["git", "-c", "user.name=A", "-c", "user.email=", "-c", "core.hooksPath="],
}


def run(folder: Path, *arguments: str, program: str = "recomputed") -> subprocess.CompletedProcess[str]:
    """A command in a folder, as it would be typed there."""
    environment = {
        name: value for name, value in os.environ.items() if name != paths.VARIABLE and name[:4] != "GIT_"
    }
    command = [*PROGRAMS[program], *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
