"""`test`: the test suite. What follows on the command line goes to pytest."""

import subprocess
import sys

import typer

from recomputed import paths


def test(context: typer.Context) -> None:
    """Run the test suite. Arguments go to pytest."""
    command = [sys.executable, "-m", "pytest", *context.args]
    raise typer.Exit(subprocess.run(command, cwd=paths.ROOT, check=False).returncode)
