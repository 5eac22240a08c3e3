"""One malformed input: how it is made, and the exit code and message that it must lead to."""

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.tables.load import load

Call = Callable[[], object]

PACKAGE: dict[str, Any] = json.loads((paths.DATA / "datapackage.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Case:
    """`arrange(folder)` makes the input in an empty folder and gives what a command then does with it.

    `message` is what must be told, the folder's own name left out.
    """

    name: str
    arrange: Callable[[Path], Call]
    message: str
    code: int = 2


def copied(folder: Path) -> Path:
    """A copy of the paper's data in `folder`."""
    return Path(shutil.copytree(paths.DATA, folder / "data"))


def loading(
    change: Callable[[Path], object], call: Callable[[Path], object] = load
) -> Callable[[Path], Call]:
    """Change a copy of the data, then load it."""

    def arrange(folder: Path) -> Call:
        data = copied(folder)
        change(data)
        return lambda: call(data)

    return arrange


def edit(file: str, row: int, **cells: str) -> Callable[[Path], None]:
    """Put these cells into a row, counted as a spreadsheet does, of a table."""

    def change(data: Path) -> None:
        lines = read_rows(data / file)
        for column, text in cells.items():
            lines[row - 1][lines[0].index(column)] = text
        write_rows(data / file, lines)

    return change


def read_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def kinds_of_file(path: str, expected: str = "a file") -> Iterator[tuple[str, Callable[[Path], None], str]]:
    """What may lie where a file should: name, how it comes there in a folder, and what is found."""

    def without(make: Callable[[Path], object]) -> Callable[[Path], None]:
        def change(folder: Path) -> None:
            (folder / path).unlink()
            make(folder / path)

        return change

    import os

    yield "a directory", without(Path.mkdir), f"{path}: expected {expected}, found a directory"
    if hasattr(os, "mkfifo"):
        yield "a pipe", without(os.mkfifo), f"{path}: expected {expected}, found a named pipe"
        yield (
            "a device",
            without(lambda file: file.symlink_to("/dev/zero")),
            f"{path}: expected {expected}, found a device",
        )
    yield (
        "a broken link",
        without(lambda file: file.symlink_to("nowhere")),
        f"{path}: expected {expected}, found a link that leads nowhere",
    )
