"""What notices a mutant, made in a copy of the checkout: `check`, the default build, the paper's tests, or nothing.

That a figure or another generated file is older than data or code is `stale`, not noticed: whoever changes these makes
it anew. A generated file that was changed by hand is noticed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mutation.mutants import Mutant
from recomputed import paths
from synthetic.papers import CHECKOUT

CHECK, STALE, BUILD, TESTS, NOTHING = "check", "stale", "build", "tests", "nothing"
OUTDATED = ("was made from other numbers, code or packages", "is out of date. Hint:")
LONG = 120  # seconds for a mutant that does not end


class Copy:
    """A copy of the paper at hand, with the checkout around it where it is within one."""

    def __init__(self, scratch: Path):
        within = paths.ROOT.is_relative_to(CHECKOUT)
        base = CHECKOUT if within else paths.ROOT
        ignore = shutil.ignore_patterns(".git", ".venv", ".cache", "_manuscript*", "dist", "__pycache__")
        shutil.copytree(base, scratch, dirs_exist_ok=True, ignore=ignore)
        self.root = scratch / paths.ROOT.relative_to(base)
        self._failing_anyway: set[str] = set()

    def noticed_by(self, mutant: Mutant, deep: bool = False) -> tuple[str, str]:
        """What notices it, and the first that is said; with `deep`, build and tests are asked too, where need be."""
        with self._made(mutant):
            told = self._run("mutation.judged")
            said = told.stdout.splitlines() if told.returncode == 0 else told.stderr.splitlines()[-1:]
            by_hand = mutant.kind in ("figure file", "generated file")
            real = [one for one in said if one and (by_hand or not any(words in one for words in OUTDATED))]
            if real:
                return CHECK, real[0]
            silent = STALE if any(said) else NOTHING
            if deep:
                out = self.root / "_manuscript-mutant"
                built = self._run("recomputed", "render", "--out", str(out))
                shutil.rmtree(out, ignore_errors=True)
                if built.returncode:
                    return BUILD, built.stderr.splitlines()[0]
                if failed := self._failing() - self._failing_anyway:
                    return TESTS, min(failed)
            return silent, next(filter(None, said), "")

    def rehearse_tests(self) -> None:
        """Run the paper's tests on the unchanged copy, to know those that fail for being in one."""
        self._failing_anyway = self._failing()

    def _failing(self) -> set[str]:
        done = self._run("pytest", "-n", "2", "-p", "no:cacheprovider", "-rfE", "tests")
        return set(re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE))

    def _run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        own = {
            name: value for name, value in os.environ.items() if not name.startswith(("RECOMPUTED", "PAPER_"))
        }
        engine = CHECKOUT / "recomputed"  # not the copy's, which would be compiled anew in each run
        own["PYTHONPATH"] = os.pathsep.join(map(str, (engine / "src", engine / "tests")))
        own |= {paths.VARIABLE: str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-P", "-m", module, *arguments]
        try:
            return subprocess.run(
                command,
                cwd=self.root,
                env=own,
                capture_output=True,
                encoding="utf-8",
                check=False,
                timeout=LONG,
            )
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(command, 1, "", f"does not end within {LONG} seconds")

    @contextmanager
    def _made(self, mutant: Mutant) -> Iterator[None]:
        before = {name: (self.root / name).read_bytes() for name in mutant.files}
        try:
            for name, content in mutant.files.items():
                (self.root / name).write_bytes(content)
            yield
        finally:
            for name, content in before.items():
                (self.root / name).write_bytes(content)


@contextmanager
def copied() -> Iterator[Copy]:
    """A copy that is gone afterwards."""
    with tempfile.TemporaryDirectory() as scratch:
        yield Copy(Path(scratch).resolve())
