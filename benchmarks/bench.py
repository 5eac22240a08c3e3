"""How long the paper takes, as ratios to a floor measured in the same run.

    python -m benchmarks.bench              # everything
    python -m benchmarks.bench --rounds 9   # more rounds, for a noisy machine
    python -m benchmarks.bench --only paper # one section

The floor is what nobody can go below who executes a notebook: a process that runs, by nbclient, a notebook whose
only cell imports pandas and altair. Each round measures the floor and every task once, in processes of their own, in
a copy of the project; a task's ratio is the median of its ratios to the floor of the same round. A busy machine
stretches the clock, hardly the processor's seconds.
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
    """Something to time: the files to remove first, as patterns; the command; the ratio it may take, if any; whether
    the text is edited before.
    """

    name: str
    without: Sequence[str]
    command: Sequence[str]
    target: float | None
    edited: bool = False


TASKS = (
    Task("all four formats from data, figures drawn anew", ("_manuscript", ".cache", "figures/*.*"), (), 2.2),
    Task("all four formats from data, figures current", ("_manuscript", ".cache"), (), 1.6),
    Task("nothing changed", (), (), 0.1),
    Task("check", (), ("check",), 0.9),
    Task("check, nothing changed", (), ("check",), 0.1),
    Task("the other edition in four formats", ("_manuscript-en",), ("render", "--profile", "en"), None),
    Task("archive from finished builds", ("dist",), ("archive",), 0.5),
    Task("archive verify", (), ("archive", "verify", "dist/batik-live-1.0.0.zip"), None),
    Task("check, a sentence edited", (), ("check",), 0.9, edited=True),
    Task("all four formats, a sentence edited", (), (), None, edited=True),
)


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: seconds on the clock, and of the processor in it and all that it started."""

    clock: float
    processor: float


def measure_paper(rounds: int) -> None:
    """Time the floor and every task, and print the ratios."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        copy = Path(folder) / "paper"
        shutil.copytree(ROOT, copy, ignore=LEFT_OUT)
        _commit(copy)
        _round(copy)  # only warms the caches of the system and of Python
        measured = [_round(copy) for _ in range(rounds)]
    print(
        f"{'':48} {'clock':>8} {'ratio':>6} {'target':>7} {'processor':>11} {'ratio':>6}   ({rounds} rounds)"
    )
    for name, target in (("floor", None), *((task.name, task.target) for task in TASKS)):
        runs = [one[name] for one in measured]
        clock = statistics.median(run.clock for run in runs)
        processor = statistics.median(run.processor for run in runs)
        clock_ratio = statistics.median(one[name].clock / one["floor"].clock for one in measured)
        processor_ratio = statistics.median(one[name].processor / one["floor"].processor for one in measured)
        allowed = f"≤ {target:.1f}" if target else ""
        print(
            f"{name:48} {clock:7.2f}s {clock_ratio:6.2f} {allowed:>7} {processor:10.2f}s {processor_ratio:6.2f}"
        )


def _commit(copy: Path) -> None:
    """Make the copy a repository: a deposit's sources are those of a commit."""
    for name in (".gitignore", ".zenodo.json"):
        shutil.copy(ROOT / name, copy)
    who = ["-c", "user.name=Benchmark", "-c", "user.email=", "-c", "commit.gpgsign=false"]
    for step in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "the paper"]):
        subprocess.run(["git", *who, *step], cwd=copy, check=True)


def _round(copy: Path) -> dict[str, Run]:
    """The floor and every task, once each."""
    runs = {"floor": _run([sys.executable, "-c", FLOOR], copy)}
    manuscript = copy / "paper.qmd"
    text = manuscript.read_text(encoding="utf-8")
    for task in TASKS:
        for path in [found for pattern in task.without for found in copy.glob(pattern)]:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        if task.edited:
            _edit(manuscript)
        runs[task.name] = _run([sys.executable, "-m", "recomputed", *task.command], copy)
    manuscript.write_text(text, encoding="utf-8")
    return runs


def _edit(manuscript: Path) -> None:
    """Make the introduction longer by a sentence."""
    text = manuscript.read_text(encoding="utf-8")
    at = text.index("\n\n", text.index("{#sec-intro}"))
    manuscript.write_text(f"{text[:at]}\n\nKalimat lagi.{text[at:]}", encoding="utf-8")


def measure_preview(rounds: int) -> None:
    """What an edit takes from the saving of the file to the new page, against the floor of the same round."""
    from benchmarks import preview

    prose, data = [], []
    with preview.running() as edit:
        for nth in range(rounds):
            floor = _run([sys.executable, "-c", FLOOR], ROOT).clock
            prose.append(edit.prose(nth) / floor)
            data.append(edit.data(nth) / floor)
    for name, ratios, target in (("prose", prose, 0.25), ("data", data, 0.8)):
        print(f"an edit of {name}, to the page: {statistics.median(ratios):.2f} × floor (≤ {target})")


def measure_loading(rounds: int) -> None:
    """Load and compute over many synthetic rows, and print time and memory a row."""
    from benchmarks import scaling

    scaling.main()


def measure_claims(rounds: int) -> None:
    """What ledger and audit add, against the floor of the same round, and how they grow with the claims."""
    from benchmarks import claims

    added, ratios = [], []
    for _ in range(rounds):
        floor = _run([sys.executable, "-c", FLOOR], ROOT).processor
        added.append(claims.article_seconds())
        ratios.append(added[-1] / floor)
    print(
        f"ledger and audit of the article, modules loaded and all: {statistics.median(added):.3f} s of the "
        f"processor, {statistics.median(ratios):.2f} × floor (≤ 0.15)"
    )
    claims.main()


SECTIONS: dict[str, Callable[[int], None]] = {
    "paper": measure_paper,
    "preview": measure_preview,
    "loading": measure_loading,
    "claims": measure_claims,
}
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


def _run(command: Sequence[str], where: Path) -> Run:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=where, env=environment, capture_output=True, text=True, check=False)
    clock, after = time.perf_counter() - started, os.times()
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr[:2000]}")
    used = (after.children_user - before.children_user) + (after.children_system - before.children_system)
    return Run(clock, used)


if __name__ == "__main__":
    main()
