"""Another id for a number, everywhere in the paper's own files: code, manuscripts, ledger, settings, tests and docs."""

import csv
import io
import re
from collections.abc import Iterator, Sequence, Set
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

_STRING = re.compile(r"""(?P<f>\bf)?(?P<quote>["'])(?P<text>.*?)(?P=quote)""")


def rename(old: str, new: str) -> dict[str, tuple[str, str, int]]:
    """Each file that names the number, by its path: its text, what it becomes, how many times it is named.

    Where `old` is what several ids begin with, as `growth.rise` of `growth.rise.hill`, all of them are renamed. Nothing
    is written. Raises UnknownNumber for `old`; InputError for a `new` that is there or no id, and where the code makes
    the id of parts, so that no text of it can be changed.
    """
    tables = load(paths.DATA)
    numbers = study().compute(tables)
    ids = [old] if old in numbers else [id_ for id_ in numbers if id_.startswith(f"{old}.")]
    if not ids:
        error = UnknownNumber(old, numbers)
        error.exit_code = InputError.exit_code
        raise error
    if not all(re.fullmatch(PATTERNS["number"], new + id_.removeprefix(old), re.ASCII) for id_ in ids):
        raise InputError(Fault("rename", "an id such as days.half", repr(new)))
    if there := [id_ for id_ in ids if new + id_.removeprefix(old) in numbers]:
        raise InputError(
            Fault("rename", "an id that is not there yet", repr(new + there[0].removeprefix(old)))
        )
    package = paper_settings().paper.analysis
    if faults := list(_made_of_parts(old, new, ids, package)):
        raise InputError(faults)
    ends = r"(?![\w-]|\.\w)" if old in numbers else r"(?![\w-])"
    whole = re.compile(rf"(?<![\w.-])(?<!claim=[\"']){re.escape(old)}{ends}")
    keys = {
        paths.DATA / table.path: {name for key in table.foreign_keys for name in key.columns}
        for table in tables.package.resources
    }
    found: dict[str, tuple[str, str, int]] = {}
    for path in _own_files(package):
        text = read_text(path)
        in_cells = path.suffix == ".csv"
        changed, count = (
            _in_cells(text, whole, new, keys.get(path, set())) if in_cells else whole.subn(new, text)
        )
        if count:
            found[path.relative_to(paths.ROOT).as_posix()] = text, changed, count
    return found


def _in_cells(text: str, whole: re.Pattern[str], new: str, keys: Set[str]) -> tuple[str, int]:
    """A table in which the number is named otherwise. A row's own id, and what names rows by theirs, are no numbers."""
    rows, count = list(csv.reader(io.StringIO(text))), 0
    for row in rows[1:]:
        for nth, (name, cell) in enumerate(zip(rows[0], row, strict=False)):
            if name != "id" and name not in keys and not name.endswith("claim"):
                row[nth], more = whole.subn(new, cell)
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


def _made_of_parts(old: str, new: str, ids: Sequence[str], package: str) -> Iterator[Fault]:
    """What keeps the ids that are or begin with `old` from being renamed: each f-string that could give one and has no
    whole `old`; where nothing in the code could, the package.
    """
    expected = f"the id {old!r} whole in the code, so that it can be renamed"
    code = {
        path: read_text(path) for path in _own_files(package) if path.is_relative_to(paths.ROOT / package)
    }
    places = [
        (path.relative_to(paths.ROOT).as_posix(), row, match)
        for path, text in code.items()
        for row, line in enumerate(text.splitlines(), start=1)
        for match in _STRING.finditer(line)
        if any(_gives(match, id_) for id_ in ids)
    ]
    parted = [one for one in places if not re.match(rf"{re.escape(old)}(?![\w-])", one[2]["text"])]
    whole = any(re.search(rf"\(\s*[\"']{re.escape(old)}[\"']\s*,", text) for text in code.values())
    if whole or (places and not parted):
        return
    for nth, (file, row, match) in enumerate(parted, start=1):
        hint = _hint(old, new, match["text"]) if nth == len(parted) else ""
        yield Fault(file, expected, f"{match[0]}{hint}", row)
    if not parted:
        yield Fault(package, expected, "none: it is made of cells of the data, or of names in the code")


def _gives(string: re.Match[str], id_: str) -> bool:
    """Whether an f-string that has a word could be the id, or a plain string is it."""
    if not string["f"]:
        return string["text"] == id_
    parts = re.split(r"\{[^{}]*\}", string["text"])
    return re.search(r"\w", "".join(parts)) is not None and (
        re.fullmatch(".+".join(map(re.escape, parts)), id_) is not None
    )


def _hint(old: str, new: str, text: str) -> str:
    """How all ids that an f-string makes are renamed at once, if it begins with what they have in common."""
    stem = text.partition("{")[0].rstrip(".")
    tail = old.removeprefix(stem)
    if not stem or tail == old:
        return ""
    name = new.removesuffix(tail) if new.endswith(tail) else "NEW"
    return f". Hint: `rename {stem} {name}` renames all that it makes"
