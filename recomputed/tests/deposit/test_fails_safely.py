"""Whatever stops `archive`, what was there before is whole, and the next run finishes or says what is wrong."""

import contextlib
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recomputed.manuscript.fingerprint import hashes
from synthetic import checkouts
from synthetic.checkouts import Made

resource = pytest.importorskip("resource", reason="no limits on processes here")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(checkouts.GIT is None, reason="git is not installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in another way there"),
]
KILLS_OF_A_BUILD, KILLS_OF_AN_ARCHIVE = 2, 3  # at other moments in each run
LONGEST_BUILD, LONGEST_ARCHIVE = 5.0, 0.8  # seconds to a kill


@pytest.fixture(scope="module")
def copy(first: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the finished clone; in its own place it counts as not built."""
    root = tmp_path_factory.mktemp("copy") / "paper"
    shutil.copytree(first.root, root)
    return root


def left_over(root: Path) -> list[str]:
    """What an interrupted change leaves beside its target."""
    return [path.name for folder in (root, root / "dist") for path in folder.glob(".*.new-*")]


def kill_after(root: Path, delay: float) -> None:
    """Start `archive` and kill it outright after `delay` seconds, if it still runs."""
    process = checkouts.start(root, "archive")
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(delay)
    process.kill()
    process.communicate()


def test_a_kill_at_any_moment_leaves_what_was_there_and_the_next_run_finishes(copy: Path, first: Made):
    moments = random.Random()
    before = hashes(copy / "_manuscript")
    for _ in range(KILLS_OF_A_BUILD):
        shutil.rmtree(copy / ".cache", ignore_errors=True)  # so that it builds
        moment = moments.uniform(0.1, LONGEST_BUILD)
        kill_after(copy, moment)
        assert before == hashes(copy / "_manuscript"), f"killed after {moment} s"
        assert first.file.read_bytes() == (copy / "dist" / first.file.name).read_bytes(), (
            f"killed after {moment} s"
        )
    (copy / "dist" / first.file.name).unlink()
    done = checkouts.run(copy, "archive")
    assert done.returncode == 0, done.stderr
    for _ in range(KILLS_OF_AN_ARCHIVE):
        moment = moments.uniform(0.1, LONGEST_ARCHIVE)
        kill_after(copy, moment)
        assert first.file.read_bytes() == (copy / "dist" / first.file.name).read_bytes(), (
            f"killed after {moment} s"
        )
    assert checkouts.run(copy, "archive").returncode == 0
    assert before == hashes(copy / "_manuscript")
    assert [] == left_over(copy)


def test_a_kill_while_it_writes_leaves_no_half_deposit_and_the_next_run_clears_up(copy: Path, first: Made):
    """Stopped in the middle of the write itself: the file system is made to stall there."""
    target = copy / "dist" / first.file.name
    stall = "import os, sys, time; from recomputed.deposit import archive; from recomputed.cli import main\n"
    stall += "os.replace = lambda *_: (print('writing', flush=True), time.sleep(60))\nmain(['archive'])"
    command = [sys.executable, "-P", "-c", stall]
    environment = {**os.environ, "PYTHONPATH": str(copy), "RECOMPUTED_PAPER": str(copy)}
    with subprocess.Popen(command, cwd=copy, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"writing\n" == process.stdout.readline()
        process.kill()
    assert first.file.read_bytes() == target.read_bytes()
    assert 1 == len(left_over(copy))
    assert checkouts.run(copy, "archive").returncode == 0
    assert [] == left_over(copy)


def test_a_file_that_may_grow_no_further_is_told_and_the_earlier_deposit_stays(copy: Path, first: Made):
    command = [sys.executable, "-P", "-m", "recomputed", "archive"]
    done = subprocess.run(
        command,
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy), "RECOMPUTED_PAPER": str(copy)},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20)),
    )
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("expected a file that can be written, found File too large\n")
    assert first.file.read_bytes() == (copy / "dist" / first.file.name).read_bytes()
    assert [] == left_over(copy)


def mounted(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script that mounts things for itself alone. Skips where that is not permitted."""
    probe = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    if probe.returncode:
        pytest.skip("mounting a file system for a test is not permitted here")
    command = ["unshare", "-m", "sh", "-ec", script, "sh", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


needs_mounts = pytest.mark.skipif(shutil.which("unshare") is None, reason="there is no unshare to mount with")
RUN = 'cd "$1"; PYTHONPATH="$1" RECOMPUTED_PAPER="$1" PYTHONDONTWRITEBYTECODE=1 '
READ_ONLY = f'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; {RUN} "$2" -P -m recomputed'


@needs_mounts
def test_a_full_disk_is_told_and_leaves_nothing(copy: Path, tmp_path: Path):
    script = (
        f'mount -t tmpfs -o size=1m tmpfs "$3"; {RUN} "$2" -P -m recomputed archive --out "$3" || code=$?; '
    )
    done = mounted(script + 'ls -A "$3"; exit $code', str(copy), sys.executable, str(tmp_path))
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.endswith("expected a file that can be written, found No space left on device\n")


@needs_mounts
def test_a_build_on_a_full_disk_is_told_and_leaves_nothing(copy: Path, tmp_path: Path):
    script = f'mount -t tmpfs -o size=100k tmpfs "$3"; {RUN} "$2" -P -m recomputed render --out "$3/out" || code=$?; '
    done = mounted(script + 'ls -A "$3"; exit $code', str(copy), sys.executable, str(tmp_path))
    assert done.returncode in (1, 2)
    assert "" == done.stdout
    assert "No space left on device" in done.stderr
    assert "bug" not in done.stderr


@needs_mounts
def test_a_read_only_checkout_checks_and_verifies_and_says_why_it_cannot_archive(copy: Path, first: Made):
    root, python = str(copy), sys.executable
    verified = mounted(f"{READ_ONLY} archive verify dist/{first.file.name}", root, python)
    assert (0, "") == (verified.returncode, verified.stderr)
    checked = mounted(f"{READ_ONLY} check", root, python)
    assert (0, "") == (checked.returncode, checked.stderr)
    archived = mounted(f"{READ_ONLY} archive", root, python)
    assert archived.returncode in (1, 2)
    assert "expected a directory that can be written, found Read-only file system" in archived.stderr
    assert "bug" not in archived.stderr
