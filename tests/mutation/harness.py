"""Whether a mutant is noticed: what `check` does, in this process, and where it passes, the test suite.

No kernel runs: the manuscript is evaluated here, which a test holds to what a kernel gives. The figures' keys
are not judged where the data or the code changed, for they would notice almost anything: whoever changes a cell
draws the figures anew. So a mutant that only the figures' keys would notice counts as a survivor.
"""

import importlib
import importlib.abc
import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recomputed import paths
from recomputed.faults import PaperError
from recomputed.study import study
from tests.mutation.mutants import Mutant

MODULES = ("recomputed.judgement", "recomputed.guards.all_guards", "synthetic.variants")


def noticed_by(mutant: Mutant) -> str:
    """What `check` says first about a mutant; empty where it notices nothing."""
    if mutant.kind == "figure":
        return _figures(mutant)
    if mutant.kind == "formula constant":
        with _code(mutant):
            noticed = _check(paths.DATA, None, record=True)
        return noticed or noticed_by_tests(mutant)
    qmd = mutant.files.get("paper.qmd")
    if qmd is not None:
        return _check(paths.DATA, qmd.decode(), record=True)
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(shutil.copytree(paths.DATA, Path(scratch) / "data"))
        for name, content in mutant.files.items():
            (Path(scratch) / name).write_bytes(content)
        return _check(data, None)


def noticed_by_tests(mutant: Mutant) -> str:
    """The tests of the changed module, if one fails on a copy of the project; empty where all pass."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch) / "project"
        ignore = shutil.ignore_patterns(".*", "_manuscript", "dist", "__pycache__")
        shutil.copytree(paths.ROOT, root, ignore=ignore)
        for name, content in mutant.files.items():
            (root / name).write_bytes(content)
        tests = [f"tests/study/test_{Path(name).stem}.py" for name in mutant.files]
        command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return f"FAILED {' '.join(tests)}" if done.returncode == 1 else ""


def _check(data: Path, qmd: str | None, record: bool = False) -> str:
    judge, guarding, variants = map(importlib.import_module, MODULES)  # of this moment: a mutant has its own
    try:
        judged = judge.prepare(data)
        text = paths.PAPER.read_text(encoding="utf-8") if qmd is None else qmd
        executed = variants.execute_here(text, data)
        verdict = judged(executed)
        failures = [one for one in verdict.failures if not one.startswith(("figures/", "Hint:"))]
    except PaperError as error:
        return str(error).splitlines()[0]
    except Exception as error:  # a formula that cannot be computed ends the build too
        return f"{type(error).__name__}: {error}"
    finally:
        if data != paths.DATA:
            variants.examined.cache_clear()
            variants.studied.cache_clear()
        guarding._read.clear()
    if failures:
        return failures[0]
    return _record(executed) if record else ""


def _record(executed) -> str:  # type: ignore[no-untyped-def]
    """Where the record of the paper's numbers differs. Not asked of changed data, which it would always tell."""
    text_of = importlib.import_module("recomputed.guards.all_guards").text_of
    golden = importlib.import_module("tests.golden")
    before = golden.FILE.read_text(encoding="utf-8").splitlines()
    after = golden.record(text_of(executed)).splitlines()
    changed = [line for line, other in zip(after, before, strict=False) if line != other]
    return f"record of numbers: {changed[0]}" if changed or len(after) != len(before) else ""


def _figures(mutant: Mutant) -> str:
    from recomputed.guards.all_guards import stale_figures
    from recomputed.guards.passages import Text
    from recomputed.manuscript.figure_files import read_manifest

    keys = {name: record["key"] for name, record in read_manifest(paths.FIGURES).items()}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(shutil.copytree(paths.FIGURES, Path(scratch) / "figures"))
        for name, content in mutant.files.items():
            (Path(scratch) / name).write_bytes(content)
        faults = stale_figures(Text((), (), (), keys, "id"), folder)
    return faults[0] if faults else ""


@contextmanager
def _code(mutant: Mutant) -> Iterator[None]:
    """The project's modules imported anew with the mutant's source, and the old ones back afterwards."""
    before = {
        name: module
        for name, module in sys.modules.items()
        if name.split(".")[0] == "analysis" or name == "synthetic.variants"
    }
    for name in before:
        del sys.modules[name]
    finder = _Finder(
        {Path(name).with_suffix("").as_posix().replace("/", "."): code for name, code in mutant.files.items()}
    )
    sys.meta_path.insert(0, finder)
    importlib.invalidate_caches()
    study.cache_clear()
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [
            one for one in sys.modules if one.split(".")[0] == "analysis" or one == "synthetic.variants"
        ]:
            del sys.modules[name]
        sys.modules.update(before)
        study.cache_clear()


def _is_ours(module: str) -> bool:
    return module.split(".")[0] == "analysis" or module in ("synthetic.variants", "tests.golden")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the mutant's source for its module."""

    def __init__(self, sources: dict[str, bytes]):
        self._sources = sources

    def find_spec(self, name, path=None, target=None):  # type: ignore[no-untyped-def]
        if name not in self._sources:
            return None
        file = paths.ROOT / f"{name.replace('.', '/')}.py"
        return importlib.util.spec_from_file_location(name, file, loader=self)

    def create_module(self, spec):  # type: ignore[no-untyped-def]
        return None

    def exec_module(self, module) -> None:  # type: ignore[no-untyped-def]
        source = self._sources[module.__name__]
        exec(compile(source, module.__spec__.origin, "exec"), module.__dict__)
