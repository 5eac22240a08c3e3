"""The kernel's process: private, without the user's settings, and gone when it is left."""

import json
import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recomputed.manuscript.kernel import Kernel, clear_left
from synthetic.waiting import has_ended, wait_until

posix_only = pytest.mark.skipif(os.name != "posix", reason="sockets in the file system and /proc are POSIX's")


@posix_only
def test_it_listens_on_sockets_that_only_its_owner_reaches(tmp_path: Path) -> None:
    with Kernel(tmp_path) as kernel:
        connection = json.loads(kernel.connection_file.read_text())
        assert connection["transport"] == "ipc"
        assert Path(connection["ip"]).parent == kernel.directory
        assert stat.S_IMODE(kernel.directory.stat().st_mode) == 0o700
        assert stat.S_IMODE(kernel.connection_file.stat().st_mode) == 0o600


@posix_only
def test_a_long_temporary_directory_leaves_room_for_the_sockets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("x" * 100)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))
    with Kernel(tmp_path) as kernel:
        assert len(str(kernel.directory)) < 80


def test_its_environment_has_what_it_is_given_and_nothing_of_jupyters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_PATH", "/elsewhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/elsewhere.py")
    monkeypatch.setenv("QUARTO_DOCUMENT_FILE", "another.qmd")
    monkeypatch.setenv("QUARTO_PROFILE", "blind")
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    monkeypatch.delenv("HOME", raising=False)
    with Kernel(tmp_path) as kernel:
        environment = kernel._environment({"PAPER_DATA": "data"})
        assert environment["PAPER_DATA"] == "data"
        assert environment["JUPYTER_CONFIG_DIR"] == environment["HOME"] == str(kernel.directory)
        assert "JUPYTER_PATH" not in environment
        assert not {"PYTHONSTARTUP", "QUARTO_DOCUMENT_FILE", "QUARTO_PROFILE"} & set(environment)
        assert (environment["PYTHONHASHSEED"], environment["TZ"]) == ("0", "UTC")


def test_closing_ends_it_and_may_be_repeated(tmp_path: Path) -> None:
    kernel = Kernel(tmp_path)
    kernel.close()
    assert kernel.process.returncode is not None
    assert not kernel.directory.exists()
    kernel.close()


KILLED = """
import sys, time
from pathlib import Path
from recomputed.manuscript.kernel import Kernel, clear_left
print(Kernel(Path(sys.argv[1])).process.pid, flush=True)
time.sleep(60)
"""


@posix_only
@pytest.mark.slow
def test_it_ends_when_whoever_started_it_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        time.sleep(2)  # it must be up to notice
        owner.kill()
    wait_until(lambda: has_ended(pid), seconds=10)


@posix_only
def test_what_a_killed_run_left_goes_and_what_lives_stays(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    kept = [f"kernel-{os.getpid()}-a", "kernel-x-a", "kernel-a", "other"]
    for name in (f"kernel-{ended.pid}-a", f"kernel-{'9' * 30}-a", *kept):
        (tmp_path / name).mkdir()
        (tmp_path / name / "connection.json").write_text("{}")
    clear_left(tmp_path)
    assert sorted(kept) == sorted(path.name for path in tmp_path.iterdir())
