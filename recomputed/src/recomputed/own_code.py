"""Errors of the paper's own code, which its author mends: told by file and line, unlike those of the engine."""

import re
import traceback
from pathlib import Path

from recomputed import paths
from recomputed.faults import PaperError, plain
from recomputed.paper_toml import paper_settings


def told(error: BaseException) -> str:
    """`analysis/a.py, line 3: NameError: …` for an error that the paper's code raised, or that went through it."""
    passed = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        passed.append((error.filename or "", error.lineno))
    own = [(Path(file), line) for file, line in passed if Path(file).is_relative_to(_folder())]
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    file, line = own[-1] if own else (paths.ROOT, 0)
    place = f"{file.relative_to(paths.ROOT).as_posix()}, line {line}" if own else "this is a bug"
    return plain(f"{place}: {type(error).__name__}: {said}")


def place_in(shown: str) -> str:
    """The deepest place in the paper's code that a traceback shows, as IPython has it: file and line."""
    folder = re.escape(_folder().relative_to(paths.ROOT).as_posix())
    found = re.findall(rf"^File .*?[/\\]({folder}[/\\][^:\n]+\.py):(\d+)", shown, re.MULTILINE)
    return ", line ".join(found[-1]).replace("\\", "/") if found else ""


def _folder() -> Path:
    try:
        return paths.ROOT / paper_settings().paper.analysis.replace(".", "/")
    except PaperError:
        return paths.ROOT / "analysis"
