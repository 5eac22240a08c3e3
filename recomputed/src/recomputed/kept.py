"""What is kept of a build or a check that held, and whether it still stands: nothing that it rests on has changed.

A record is a dictionary in a file: `found` is what stood for the inputs and for what was made, `reads` what the cells
read with its state (`manuscript/fingerprint.py`). A check reads more than a build: it rests on every file of the paper.
"""

import getpass
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recomputed import paths
from recomputed.atomic import path_key, write_whole
from recomputed.editions import manuscript_of, profiles
from recomputed.faults import InputError
from recomputed.manuscript.fingerprint import circumstances, contents, files_in, name_in, reads, state
from recomputed.manuscript.kernel import surroundings

if TYPE_CHECKING:
    from recomputed.judgement import Edition, Executed, Verdict

_VERSION = 5


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
        write_whole(file, json.dumps(record))


class Check:
    """What is kept of a check on these data, and of its verdict on each edition, which rests on no other's manuscript.
    `found` stands for all that it reads, before it does: every file of the paper, but what is hidden or built.
    """

    def __init__(self, data: Path) -> None:
        self._data, self._file = data, writable_cache() / "checks" / f"{path_key(data)}.json"
        self.found = self._rests_on()
        self._record = recorded(self._file)

    def last(self) -> dict[str, Any]:
        """The record of the last one, if that still stands."""
        return self._record if stands(self._record, self.found, paths.ROOT, surroundings()) else {}

    def verdict(self, edition: "Edition") -> "Verdict | None":
        """The last verdict on an edition, where only another's manuscript has changed since."""
        from recomputed.judgement import Verdict

        last = self._record.get("verdicts", {}).get(edition.manuscript)
        if not last:
            return None
        others = {manuscript_of(profile) for profile in profiles(paths.ROOT)} - {edition.manuscript}
        was, now = (
            {name: found for name, found in one.items() if name not in others}
            for one in (self._record["found"], self.found)
        )
        own = {"found": was, "reads": last["reads"]}
        return Verdict.from_json(last["verdict"]) if stands(own, now, paths.ROOT, surroundings()) else None

    def keep(self, executed: "Sequence[Executed]", verdicts: "Sequence[Verdict]", **more: Any) -> None:
        """Remember one that held, with the verdict on each execution, unless an input was edited meanwhile."""
        if self.found != self._rests_on():
            return
        each = {
            one.manuscript.name: {
                "reads": reads(paths.ROOT, one.asked, surroundings()),
                "verdict": verdict.as_json(),
            }
            for one, verdict in zip(executed, verdicts, strict=True)
        }
        read = {name: state for one in each.values() for name, state in one["reads"].items()}
        keep(self._file, self.found, read, verdicts=each, **more)

    def _rests_on(self) -> dict[str, str]:
        settings = {"editions": profiles(paths.ROOT), "data": str(self._data)}
        files = contents(paths.ROOT, self._data, files_of_paper())
        return {**files, "circumstances": circumstances(settings)}


def files_of_paper() -> Iterator[str]:
    """The name of each file of the paper, but what is hidden in a folder, and what is built."""
    built = (paths.MANUSCRIPT.name, paths.REVISION.name)
    for path in sorted(paths.ROOT.iterdir()):
        if path.is_file():
            yield path.name
        elif not path.name.startswith((".", *built)) and path != paths.DIST:
            yield from (name_in(paths.ROOT, file) for file in files_in(path))
