"""`test`: the test suite. What follows on the command line goes to pytest."""

import subprocess
import sys
from importlib.util import find_spec

import typer

from recomputed import paths
from recomputed.faults import Fault, InputError


def test(context: typer.Context) -> None:
    """Run the test suite. Arguments go to pytest."""
    if find_spec("pytest") is None:
        raise InputError(
            Fault("test", "pytest in this environment", 'none: pip install "recomputed[test]" brings it')
        )
    command = [sys.executable, "-m", "pytest", *context.args]
    raise typer.Exit(subprocess.run(command, cwd=paths.ROOT, check=False).returncode)
