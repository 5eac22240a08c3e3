"""What is changed together is changed whole or not at all, however a command ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed import atomic
from recomputed.atomic import finish, write_together
from recomputed.faults import InputError

OLD, NEW = {"a": "1", "b": "2", "c": "3"}, {"a": "one", "b": "two", "c": "three", "d": "four"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in OLD.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def texts(root: Path) -> dict[str, str]:
    return {one.name: one.read_text(encoding="utf-8") for one in sorted(root.iterdir()) if one.is_file()}


_KILLED = """
import json, os, sys
from pathlib import Path
from recomputed.atomic import write_together

root, step, texts = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
replace, done = Path.replace, []

def last(one, target):
    done.append(one)
    return replace(one, target) if len(done) <= step else os._exit(9)

Path.replace = last
write_together(root, texts, root / "cache" / "unfinished")
"""


def killed_at(root: Path, step: int) -> None:
    """Change the files in a process that ends at once where it would put the file `step` in its place."""
    command = [sys.executable, "-P", "-c", _KILLED, str(root), str(step), json.dumps(NEW)]
    assert 9 == subprocess.run(command, check=False).returncode


@pytest.mark.parametrize("step", range(len(NEW)))
def test_what_a_killed_command_left_half_done_is_ended_by_the_next(root: Path, step: int) -> None:
    killed_at(root, step)
    assert texts(root) != NEW
    assert [] == finish(root, root / "cache" / "unfinished")
    assert texts(root) == NEW
    assert [] == list((root / "cache").iterdir())


def test_a_file_that_has_changed_since_stays_and_is_named(root: Path) -> None:
    killed_at(root, 1)
    (root / "b").write_text("mine", encoding="utf-8")
    assert ["b"] == finish(root, root / "cache" / "unfinished")
    assert texts(root) == {**NEW, "b": "mine"}


@pytest.mark.parametrize("nth", range(len(NEW)))
def test_a_file_that_cannot_be_written_or_an_interruption_leaves_all_as_they_were(
    root: Path, nth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, done = atomic.write_whole, []

    def interrupted(target: Path, content: bytes) -> None:
        done.append(target)
        if len(done) == nth + 1:
            raise KeyboardInterrupt
        write(target, content)

    monkeypatch.setattr(atomic, "write_whole", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_together(root, NEW, root / "cache" / "unfinished")
    assert texts(root) == OLD


def test_a_file_that_may_only_be_read_is_refused_before_any_is_written(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda file, mode: file != root / "c")  # to root, all may be written
    with pytest.raises(InputError, match="c: expected a file that can be written"):
        write_together(root, NEW, root / "cache" / "unfinished")
    assert texts(root) == OLD


def test_a_folder_that_was_being_taken_away_is_no_change(root: Path) -> None:
    folder = root / "cache" / "unfinished"
    folder.mkdir(parents=True)
    (folder / "0").write_text(json.dumps([]), encoding="utf-8")
    assert [] == finish(root, folder)
    assert (False, OLD) == (folder.exists(), texts(root))


@pytest.mark.skipif(os.name != "posix", reason="no modes")
def test_a_file_keeps_its_mode_and_one_that_may_only_be_read_is_refused(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "a").chmod(0o700)
    atomic.write_whole(root / "a", "one")
    assert ("one", (root / "a").stat().st_mode & 0o777) == (texts(root)["a"], 0o700)
    monkeypatch.setattr(os, "access", lambda file, mode: False)
    with pytest.raises(InputError, match="one that may only be read"):
        atomic.write_whole(root / "a", "two")
    assert texts(root)["a"] == "one"
