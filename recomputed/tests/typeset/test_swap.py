"""A directory changes whole or not at all, one process at a time."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed import atomic
from recomputed.faults import InputError


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "out"
    target.mkdir()
    (target / "old").write_text("old")
    return target


@pytest.mark.parametrize("exchange", [True, False])
def test_the_new_content_takes_the_place_of_all_the_old(
    target: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    if not exchange:
        monkeypatch.setattr(atomic, "_exchange", lambda one, other: False)
    with atomic.whole(target) as new:
        (new / "new").write_text("new")
        assert names(target) == ["old"]
    assert names(target) == ["new"]
    assert names(target.parent) == ["out"]


def test_the_old_content_comes_back_where_the_new_cannot_take_its_place(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where another program has a file of it open."""
    rename = Path.rename

    def refused(path: Path, to: Path) -> Path:
        if ".new-" in path.name:
            raise PermissionError(13, "Access is denied", str(path))
        return rename(path, to)

    monkeypatch.setattr(atomic, "_exchange", lambda one, other: False)
    monkeypatch.setattr(Path, "rename", refused)
    with pytest.raises(PermissionError), atomic.whole(target):
        pass
    assert names(target) == ["old"]
    assert names(target.parent) == ["out"]


def test_a_target_that_is_not_there_is_made(tmp_path: Path) -> None:
    with atomic.whole(tmp_path / "a" / "out") as new:
        (new / "new").write_text("new")
    assert names(tmp_path / "a" / "out") == ["new"]


def test_an_error_leaves_the_old_and_nothing_else(target: Path) -> None:
    with pytest.raises(IsADirectoryError), atomic.whole(target) as new:  # noqa: PT012  the block is what fails
        (new / "half").write_text("half")
        (new / "half").parent.read_text()
    assert names(target) == ["old"]
    assert names(target.parent) == ["out"]


def test_recovery_removes_an_unfinished_new_one(target: Path) -> None:
    (target.parent / ".out.new-1").mkdir()
    atomic.recover(target)
    assert names(target.parent) == ["out"]


def test_recovery_brings_back_an_old_one_set_aside(target: Path) -> None:
    target.rename(target.parent / ".out.old-1")
    (target.parent / ".out.new-1").mkdir()
    atomic.recover(target)
    assert names(target.parent) == ["out"]
    assert names(target) == ["old"]


def test_recovery_drops_an_old_one_that_has_a_successor(target: Path) -> None:
    (target.parent / ".out.old-1").mkdir()
    atomic.recover(target)
    assert names(target) == ["old"]
    assert names(target.parent) == ["out"]


HOLDER = """
import sys
from pathlib import Path
from recomputed.atomic import only_one
with only_one(Path(sys.argv[1]), Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_process_waits_and_a_killed_one_does_not_block(target: Path, tmp_path: Path) -> None:
    locks = tmp_path / "locks"
    command = [sys.executable, "-c", HOLDER, str(target), str(locks)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with atomic.only_one(target, locks, waiting=lambda: holder.send_signal(signal.SIGKILL)):
            assert holder.wait() == -signal.SIGKILL


def test_another_target_is_not_waited_for(target: Path, tmp_path: Path) -> None:
    def waiting() -> None:
        raise AssertionError("waited")

    with (
        atomic.only_one(target, tmp_path / "locks"),
        atomic.only_one(tmp_path / "b", tmp_path / "locks", waiting),
    ):
        pass


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    atomic.write_whole(tmp_path / "a.json", "{}\n")
    assert (tmp_path / "a.json").read_text() == "{}\n"
    with pytest.raises(InputError, match="a file that can be written"):
        atomic.write_whole(tmp_path / "nowhere" / "a.json", "{}")
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("name", ["out", "a[b]*?", "50% x"])
def test_what_a_killed_run_left_goes_with_the_next_whatever_the_name(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    for left in (f".{name}.new-1", f".{name}.old-1", ".other.new-1"):
        (tmp_path / left).mkdir()
    target.mkdir()
    atomic.recover(target)
    assert sorted([".other.new-1", name]) == names(tmp_path)


def test_where_no_directory_can_be_made_it_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(InputError, match="out: expected a directory that can be written, found"),
        atomic.whole(tmp_path / "file" / "out"),
    ):
        pass
