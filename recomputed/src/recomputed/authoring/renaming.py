"""Another id for a number, everywhere in the paper's own files: code, manuscripts, ledger, settings, tests and docs."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import NamedTuple

from recomputed import paths
from recomputed.authoring.additions import PATTERNS, Addition
from recomputed.faults import Fault, InputError
from recomputed.ledger.examination import COUNTS
from recomputed.paper_toml import paper_settings
from recomputed.quantity.numbers import UnknownNumber
from recomputed.study import study
from recomputed.tables.load import load
from recomputed.text_files import read_text

_STRING = re.compile(r"""(?P<first>\(\s*)?(?P<f>\bf)?(?P<quote>["'])(?P<text>.*?)(?P=quote)(?P<more>\s*,)?""")


def rename(old: str, new: str) -> dict[str, tuple[str, str, int]]:
    """Each file that names the number, by its path: its text, what it becomes, how many times it is named.

    Where `old` is what several ids begin with, as `growth.rise` of `growth.rise.hill`, all of them are renamed. Nothing
    is written. Raises UnknownNumber for `old`; InputError for a `new` that is there or no id, and where the code makes
    the id of parts, so that no text of it can be changed.
    """
    if old in COUNTS:
        expected = "a number of the paper's own code"
        raise InputError(Fault("rename", expected, f"{old!r}, which the engine counts"))
    tables = load(paths.DATA)
    numbers = study().compute(tables)
    ids = [old] if old in numbers else [id_ for id_ in numbers if id_.startswith(f"{old}.")]
    if not ids:
        error = UnknownNumber(old, numbers)
        error.exit_code = InputError.exit_code
        raise error
    if "." not in old:  # a word like any other
        raise InputError(
            Fault("rename", f"an id, or what several begin with, of two words, as {ids[0]}", repr(old))
        )
    if not all(re.fullmatch(PATTERNS["number"], new + id_.removeprefix(old), re.ASCII) for id_ in ids):
        raise InputError(Fault("rename", "an id such as days.half", repr(new)))
    if there := [id_ for id_ in ids if new + id_.removeprefix(old) in numbers]:
        raise InputError(
            Fault("rename", "an id that is not there yet", repr(new + there[0].removeprefix(old)))
        )
    package = paper_settings().paper.analysis
    texts = {path: read_text(path) for path in _own_files(package)}
    code = {path: text for path, text in texts.items() if path.is_relative_to(paths.ROOT / package)}
    if faults := list(_made_of_parts(old, new, ids, code)):
        raise InputError(faults)
    renamed = partial(_renamed, old, new, ids)
    keys = {
        paths.DATA / table.path: {name for key in table.foreign_keys for name in key.columns}
        for table in tables.package.resources
    }
    found: dict[str, tuple[str, str, int]] = {}
    for path, text in texts.items():
        in_cells = path.suffix == ".csv"
        changed, count = _in_cells(text, renamed, keys.get(path, set())) if in_cells else renamed(text)
        if count:
            found[path.relative_to(paths.ROOT).as_posix()] = text, changed, count
    return found


def _renamed(old: str, new: str, ids: Sequence[str], text: str) -> tuple[str, int]:
    """The text with `new` where it names one of the ids, or what some of them begin with; how many times."""
    count = 0

    def instead(named: re.Match[str]) -> str:
        nonlocal count
        stem = named[0].rstrip("{*")  # of an f-string, or of a pattern
        begins = stem if stem != named[0] else f"{stem}."
        if named[0] not in ids and not any(one.startswith(begins) for one in ids):
            return named[0]  # the id of a claim, or another number's
        count += 1
        return new + named[0].removeprefix(old)

    named = rf"(?<![\w.-])(?<!claim=[\"']){re.escape(old)}(?:\.?[\w-]+)*(?:\.?[{{*])?"
    return re.sub(named, instead, text), count


def _in_cells(text: str, renamed: Callable[[str], tuple[str, int]], keys: Set[str]) -> tuple[str, int]:
    """A table in which the number is named otherwise. A row's own id, and what names rows by theirs, are no numbers."""
    rows, count = list(csv.reader(io.StringIO(text))), 0
    for row in rows[1:]:
        for nth, (name, cell) in enumerate(zip(rows[0], row, strict=False)):
            if name != "id" and name not in keys and not name.endswith("claim"):
                row[nth], more = renamed(cell)
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


def _made_of_parts(old: str, new: str, ids: Sequence[str], code: Mapping[Path, str]) -> Iterator[Fault]:
    """What keeps the ids that are or begin with `old` from being renamed, where texts of the code that make one have no
    whole `old`. A text that stands first in a call makes an id, one elsewhere only asks for it. Of ids that none makes,
    the texts that could give them without a whole `old`; else the package.
    """
    strings = [
        _String(path.relative_to(paths.ROOT).as_posix(), text.count("\n", 0, found.start("text")) + 1, found)
        for path, text in code.items()
        for found in _STRING.finditer(text)
    ]
    makers = [one for one in strings if one.found["first"] and one.found["more"]]
    if any(one.found["text"] == old and not one.found["f"] for one in makers):
        return
    unmade = [id_ for id_ in ids if not any(one.gives(id_) for one in makers)]
    places = strings if unmade else makers
    parted = [
        one
        for one in places
        if any(map(one.gives, unmade or ids))
        and not re.match(rf"{re.escape(old)}(?![\w-])", one.found["text"])
    ]
    expected = f"the id {old!r} whole in the code, so that it can be renamed"
    for nth, one in enumerate(parted, start=1):
        hint = _hint(old, new, one.found["text"]) if nth == len(parted) and not unmade else ""
        shown = f"{one.found['f'] or ''}{one.found['quote']}{one.found['text']}{one.found['quote']}"
        yield Fault(one.file, expected, f"{shown}{hint}", one.row)
    if unmade and not parted:
        package = paper_settings().paper.analysis
        yield Fault(package, expected, "none: it is made of cells of the data, or of names in the code")


class _String(NamedTuple):
    """A text of the code that one line has, and where."""

    file: str
    row: int
    found: re.Match[str]

    def gives(self, id_: str) -> bool:
        """Whether it is the id, or an f-string with a word that could be it."""
        if not self.found["f"]:
            return self.found["text"] == id_
        parts = re.split(r"\{[^{}]*\}", self.found["text"])
        has_word = re.search(r"\w", "".join(parts)) is not None
        return has_word and re.fullmatch(".+".join(map(re.escape, parts)), id_) is not None


def _hint(old: str, new: str, text: str) -> str:
    """How all ids that an f-string makes are renamed at once, if it begins with what they have in common."""
    stem = text.partition("{")[0].rstrip(".")
    tail = old.removeprefix(stem)
    if "." not in stem or tail == old:  # `rename` takes no single word
        return ""
    name = new.removesuffix(tail) if new.endswith(tail) else "NEW"
    return f". Hint: `rename {stem} {name}` renames all that it makes"
