"""What is kept of a build or a check that held, and whether it still stands: nothing that it rests on has changed.

A record is a dictionary in a file: `found` is what stood for the inputs and for what was made, `reads` what the cells
read with its state (`manuscript/fingerprint.py`). A check reads more than a build: it rests on every file of the paper.
"""

import getpass
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from recomputed import paths
from recomputed.atomic import path_key, write_whole
from recomputed.editions import profiles
from recomputed.faults import InputError
from recomputed.manuscript.fingerprint import files_in, fingerprint, name_in, reads, state
from recomputed.manuscript.kernel import Asked, surroundings

_VERSION = 4


def writable_cache() -> Path:
    """Where locks and records are kept: in the project, or for one that may not be written to, a temporary directory
    of the user's for that project.
    """
    with suppress(OSError):
        paths.CACHE.mkdir(exist_ok=True)
        if os.access(paths.CACHE, os.W_OK):
            return paths.CACHE
    user = getpass.getuser() if os.name == "nt" else os.getuid()
    return Path(tempfile.gettempdir()) / f"recomputed-{user}-{path_key(paths.ROOT)}"


def recorded(file: Path) -> dict[str, Any]:
    """What was kept in a file; nothing where there is no record that can be read."""
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return record if record["version"] == _VERSION else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def stands(
    record: Mapping[str, Any], found: Mapping[str, Any], root: Path, environment: Mapping[str, str]
) -> bool:
    """Whether `found` is what it was, and all that the cells read."""
    return record.get("found") == found and all(
        state(root, read, environment) == was for read, was in record["reads"].items()
    )


def keep(file: Path, found: Mapping[str, Any], reads: Mapping[str, str], **more: Any) -> None:
    """Remember it. Last of all: without it the next run only does the same again."""
    record = {"version": _VERSION, "found": found, "reads": reads, **more}
    with suppress(OSError, InputError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, json.dumps(record, ensure_ascii=False))


class Check:
    """What is kept of a check on these data. `found` stands for all that it reads, before it does: every file of the
    paper, but what is hidden or built.
    """

    def __init__(self, data: Path) -> None:
        self._data, self._file = data, writable_cache() / "checks" / f"{path_key(data)}.json"
        self.found = self._rests_on()

    def last(self) -> dict[str, Any]:
        """The record of the last one, if that still stands."""
        record = recorded(self._file)
        return record if stands(record, self.found, paths.ROOT, surroundings()) else {}

    def keep(self, asked: Iterable[Asked], **more: Any) -> None:
        """Remember one that held, with what its cells asked for, unless an input was edited meanwhile."""
        if self.found == self._rests_on():
            keep(self._file, self.found, reads(paths.ROOT, asked, surroundings()), **more)

    def _rests_on(self) -> dict[str, str]:
        settings = {"editions": profiles(paths.ROOT), "data": str(self._data)}
        return {"key": fingerprint(paths.ROOT, self._data, settings, files_of_paper())}


def files_of_paper() -> Iterator[str]:
    """The name of each file of the paper, but what is hidden in a folder, and what is built."""
    built = (paths.MANUSCRIPT.name, paths.REVISION.name)
    for path in sorted(paths.ROOT.iterdir()):
        if path.is_file():
            yield path.name
        elif not path.name.startswith((".", *built)) and path != paths.DIST:
            yield from (name_in(paths.ROOT, file) for file in files_in(path))
