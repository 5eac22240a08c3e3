"""How long the paper takes, as ratios to a floor measured in the same run.

    python -m benchmarks.bench              # everything
    python -m benchmarks.bench --rounds 9   # more rounds, for a noisy machine
    python -m benchmarks.bench --only paper # one section

The floor is what nobody can go below who executes a notebook: a process that runs, by nbclient, a notebook whose
only cell imports pandas and altair. Each round measures the floor and every task once, in processes of their own, in
a copy of the project; a task's ratio is its median over the floor's median.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "_manuscript", "dist", "__pycache__", "tests")

FLOOR = """
import nbformat
from nbclient import NotebookClient
notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import pandas, altair")])
NotebookClient(notebook, kernel_name="python3").execute()
"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to time: what is removed from the project first, the command, the ratio it may take."""

    name: str
    without: Sequence[str]
    command: Sequence[str]
    target: float


TASKS = (
    Task("all four formats from data, figures drawn anew", ("_manuscript", ".cache", "figures"), (), 2.0),
    Task("all four formats from data, figures current", ("_manuscript", ".cache"), (), 2.0),
    Task("nothing changed", (), (), 0.3),
    Task("check", (), ("check",), 1.4),
)


def measure_paper(rounds: int) -> None:
    """Time the floor and every task, and print the ratios."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        copy = Path(folder) / "paper"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        seconds: dict[str, list[float]] = {"floor": [], **{task.name: [] for task in TASKS}}
        for number in range(rounds + 1):
            measured = {"floor": _seconds([sys.executable, "-c", FLOOR], copy)}
            for task in TASKS:
                for name in task.without:
                    shutil.rmtree(copy / name, ignore_errors=True)
                measured[task.name] = _seconds([sys.executable, "-m", "analysis", *task.command], copy)
            if number:  # the first round only warms the caches of the system and of Python
                for name, value in measured.items():
                    seconds[name].append(value)
    floor = statistics.median(seconds["floor"])
    print(f"{'':48} {'median':>8} {'least':>8} {'ratio':>6} {'target':>7}   ({rounds} rounds)")
    print(f"{'floor':48} {floor:7.2f}s {min(seconds['floor']):7.2f}s {1:6.2f}")
    for task in TASKS:
        median = statistics.median(seconds[task.name])
        least = min(seconds[task.name])
        print(f"{task.name:48} {median:7.2f}s {least:7.2f}s {median / floor:6.2f} {'≤':>3} {task.target:.1f}")


def measure_loading(rounds: int) -> None:
    """Load and compute over many synthetic rows, and print time and memory a row."""
    from benchmarks import scaling

    scaling.main()


SECTIONS: dict[str, Callable[[int], None]] = {"paper": measure_paper, "loading": measure_loading}
"""What is measured, in this order. A section takes the number of rounds and prints its own lines."""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", choices=list(SECTIONS))
    chosen = parser.parse_args()
    for name, measure in SECTIONS.items():
        if chosen.only in (None, name):
            print(f"## {name}", flush=True)
            measure(chosen.rounds)


def _seconds(command: Sequence[str], where: Path) -> float:
    started = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    taken = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return taken


if __name__ == "__main__":
    main()
