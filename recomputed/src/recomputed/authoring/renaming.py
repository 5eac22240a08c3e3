"""Another id for a number, everywhere in the paper's own files: code, manuscripts, ledger, settings, tests and docs."""

import csv
import io
import re
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from recomputed import paths
from recomputed.authoring.additions import PATTERNS, Addition
from recomputed.faults import Fault, InputError
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import UnknownNumber
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.text_files import read_text


def rename(old: str, new: str) -> dict[str, tuple[str, str, int]]:
    """Each file that names the number, by its path: its text, what it becomes, how many times it is named.

    Nothing is written. Raises UnknownNumber for `old`; InputError for a `new` that is there or no id, and where the
    code makes the id of parts, so that no text of it can be changed.
    """
    numbers = study().compute(load(paths.DATA))
    if old not in numbers:
        error = UnknownNumber(old, numbers)
        error.exit_code = InputError.exit_code
        raise error
    if not re.fullmatch(PATTERNS["number"], new, re.ASCII):
        raise InputError(Fault("rename", "an id such as days.half", repr(new)))
    if new in numbers:
        raise InputError(Fault("rename", "an id that is not there yet", repr(new)))
    package = paper_settings().paper.analysis
    whole = re.compile(rf"(?<![\w.-]){re.escape(old)}(?![\w-]|\.\w)")
    found: dict[str, tuple[str, str, int]] = {}
    for path in _own_files(package):
        text = read_text(path)
        changed, count = (_in_cells if path.suffix == ".csv" else _in_text)(text, whole, new)
        if count:
            found[path.relative_to(paths.ROOT).as_posix()] = text, changed, count
    if not any(
        name.startswith(f"{package}/") and _is_made(old, text) for name, (text, _, _) in found.items()
    ):
        raise InputError(list(_made_of_parts(old, package)))
    return found


def _in_text(text: str, whole: re.Pattern[str], new: str) -> tuple[str, int]:
    return whole.subn(lambda _: new, text)


def _in_cells(text: str, whole: re.Pattern[str], new: str) -> tuple[str, int]:
    """A table in which the number is named otherwise. A row's own id and the claims that it names are no numbers."""
    rows, count = list(csv.reader(io.StringIO(text))), 0
    for row in rows[1:]:
        for nth, (name, cell) in enumerate(zip(rows[0], row, strict=False)):
            if name != "id" and not name.endswith("claim"):
                row[nth], more = _in_text(cell, whole, new)
                count += more
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue() if count else text, count


def write(files: dict[str, tuple[str, str, int]]) -> None:
    """Write every file, or none."""
    Addition({name: changed for name, (_, changed, _) in files.items()}).write()


def as_diff(files: dict[str, tuple[str, str, int]]) -> Iterator[str]:
    """The lines of a unified diff."""
    for name, (text, changed, _) in files.items():
        both = text.splitlines(keepends=True), changed.splitlines(keepends=True)
        yield from unified_diff(*both, f"a/{name}", f"b/{name}")


def _own_files(package: str) -> Iterator[Path]:
    root = paths.ROOT
    for pattern in (
        f"{package}/**/*.py",
        "*.qmd",
        "data/*.csv",
        "data/ledger/*.csv",
        "paper.toml",
        "tests/**/*.py",
        "tests/**/*.txt",
        "tests/**/*.csv",
        "docs/**/*.md",
        "*.md",
    ):
        yield from sorted(path for path in root.glob(pattern) if path.is_file())


def _is_made(id_: str, code: str) -> bool:
    """Whether the code has the whole id as a literal that stands first in a call, as where a number is made."""
    return re.search(rf"\(\s*[\"']{re.escape(id_)}[\"']\s*,", code) is not None


def _made_of_parts(id_: str, package: str) -> Iterator[Fault]:
    """Where the code may make the id of parts: each f-string that could give it; else its first word, in any module."""
    expected = f"the id {id_!r} whole in the code, so that it can be renamed"
    places = []
    for path in _own_files(package):
        if path.suffix == ".py" and path.is_relative_to(paths.ROOT / package):
            for row, line in enumerate(read_text(path).splitlines(), start=1):
                for match in re.finditer(r"""\bf(["'])(.*?)\1""", line):
                    parts = [re.escape(part) for part in re.split(r"\{[^{}]*\}", match[2])]
                    if len(parts) > 1 and re.fullmatch(".+".join(parts), id_):
                        places.append(Fault(path.relative_to(paths.ROOT).as_posix(), expected, match[0], row))
    if places:
        yield from places
    else:
        yield Fault(package, expected, "none: it is made of cells of the data, or of names in the code")
