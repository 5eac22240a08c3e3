"""What keeps an environment from being made: each in plain words, with exit code 3."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from synthetic.copies import POSIX, Copy

pytestmark = pytest.mark.slow


def test_no_network(copy: Copy) -> None:
    """Without a package index it says that it needs a network, only once, and leaves nothing half made."""
    closed = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "1"}
    environ = {
        name: value for name, value in copy.environ.items() if name not in ("PIP_NO_INDEX", "PIP_FIND_LINKS")
    }
    ran = copy.run(env=environ | closed)
    assert 3 == ran.code
    assert "no network" in ran.err
    assert "only once" in ran.err
    assert ".venv.log" in ran.err
    assert not copy.venv.exists()


def test_a_package_that_is_not_the_locked_one(copy: Copy) -> None:
    """A package whose hash differs is refused."""
    copy.lock("tiny==1.0 --hash=sha256:" + "0" * 64 + "\n")
    ran = copy.run()
    assert 3 == ran.code
    assert "not the one that requirements.lock names" in ran.err


def test_no_venv_module(copy: Copy) -> None:
    """Debian's Python without its venv package: the message names the package."""
    program = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = sys.argv[1:];"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    command = [sys.executable, "-c", program, *copy.command()[1:]]
    ran = subprocess.run(command, env=copy.environ, capture_output=True, encoding="utf-8")
    assert 3 == ran.returncode
    assert "apt install python3-venv" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_no_lock(copy: Copy) -> None:
    """A copy without its lock is not whole, and it says so."""
    (copy.folder / "requirements.lock").unlink()
    ran = copy.run()
    assert (3, "") == (ran.code, ran.out)
    assert "requirements.lock is missing" in ran.err


def older_pythons() -> Iterator[str]:
    """Pythons of this machine that are too old, one a version."""
    for minor in range(6, 11):
        names = [shutil.which(f"python3.{minor}")]
        names += sorted(map(str, Path.home().glob(f".pyenv/versions/3.{minor}.*/bin/python")))
        for name in filter(None, names):
            asked = subprocess.run(
                [name, "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True
            )
            if asked.stdout.strip() == f"(3, {minor})":
                yield name
                break


def test_too_old_a_python(copy: Copy) -> None:
    """An older Python, real ones where there are any, gets a sentence with both versions, and exit code 3."""
    pretend = (
        "import runpy, sys; sys.version_info = (3, 10); sys.version = '3.10.1'; runpy.run_path(sys.argv[1])"
    )
    script = str(copy.folder / "reproduce.py")
    for command in [
        [sys.executable, "-c", pretend, script],
        *([python, script] for python in older_pythons()),
    ]:
        ran = subprocess.run(command, env=copy.environ, capture_output=True, encoding="utf-8")
        assert (3, "") == (ran.returncode, ran.stdout)
        assert ran.stderr.startswith("error: reproduce.py needs Python 3.11 or newer; this is 3.")
        assert not copy.venv.exists()


def run_in_mount(copy: Copy, mount: str) -> SimpleNamespace:
    """Run reproduce.py after `mount`, in a mount namespace of its own; skip where that is not allowed."""
    space = ["unshare", "--mount", "--map-root-user"]
    if not shutil.which("unshare") or subprocess.run([*space, "true"], capture_output=True).returncode:
        pytest.skip("no mount namespaces here")
    script = f'{mount} && cd "$0" && exec "$@"'
    command = [*space, "sh", "-c", script, str(copy.folder), *copy.command()]
    ran = subprocess.run(command, env=copy.environ, capture_output=True, encoding="utf-8")
    assert "Traceback" not in ran.stderr
    return SimpleNamespace(code=ran.returncode, err=ran.stderr)


@POSIX
def test_a_full_disk(copy: Copy) -> None:
    """On a disk that is too small it says that the disk is full and how much it needs."""
    ran = run_in_mount(
        copy,
        'cp -r "$0" "$0.copy" && mount -t tmpfs -o size=2m none "$0" && cp -r "$0.copy/." "$0"',
    )
    assert 3 == ran.code
    assert "the disk is full" in ran.err
    assert "GB" in ran.err


@POSIX
def test_a_read_only_folder(copy: Copy) -> None:
    """In a folder that may not be written to it says so, and what to do."""
    ran = run_in_mount(copy, 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0"')
    assert 3 == ran.code
    assert "may not be written to" in ran.err
    assert "copy it" in ran.err
    assert not copy.venv.exists()


@POSIX
def test_a_folder_of_somebody_else(copy: Copy) -> None:
    """Without the permission to write it says so too."""
    if os.getuid() == 0:
        pytest.skip("permissions do not bind root")
    copy.folder.chmod(0o555)
    ran = copy.run()
    copy.folder.chmod(0o755)
    assert 3 == ran.code
    assert "may not be written to" in ran.err


@POSIX
def test_a_link_in_the_environments_place_is_left_alone(copy: Copy, tmp_path: Path) -> None:
    """What `.venv` links to may be anything, so it is not replaced."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "file").write_text("mine")
    copy.venv.symlink_to(tmp_path / "elsewhere")
    ran = copy.run()
    assert 3 == ran.code
    assert ".venv is a link" in ran.err
    assert "mine" == (tmp_path / "elsewhere" / "file").read_text()
