"""Commands as they are typed in a folder."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
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


EACH = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from recomputed import cli
for arguments in json.load(sys.stdin):
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = cli.main(arguments)
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""


def run_each(root: Path, commands: Sequence[Sequence[str]]) -> list[tuple[int, str, str]]:
    """Exit code, output and messages of each command on the paper in `root`, one after the other in one process: to
    start one for each takes longer than what they do.
    """
    environment = {**os.environ, paths.VARIABLE: str(root), "PYTHONPATH": str(paths.ENGINE.parent)}
    done = subprocess.run(
        [sys.executable, "-P", "-c", EACH],
        input=json.dumps(commands), cwd=root, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [tuple(json.loads(line)) for line in done.stdout.splitlines()]
