"""The master script, as a user runs it: real environments, from a lock that names one tiny local package."""

import base64
import hashlib
import json
import os
import random
import runpy
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from analysis.paths import ROOT

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and mounts are POSIX's")
MAIN = """
import json, os, sys
import analysis, tiny
facts = {"arguments": sys.argv[1:], "cwd": os.getcwd(), "prefix": sys.prefix, "tiny": tiny.VERSION}
facts["root"] = os.path.dirname(os.path.dirname(os.path.realpath(analysis.__file__)))
facts["environ"] = dict(os.environ)
json.dump(facts, sys.stdout)
sys.exit(int(sys.argv[1]) if sys.argv[1:] else 0)
"""


def write_wheel(folder: Path, version: str) -> str:
    """Write a wheel of `tiny`, which also brings a stand-in for pytest. Gives its line in a lock."""
    path = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny.py": f"VERSION = {version!r}\n",
        "pytest.py": "import os, sys\nprint('tests', os.getcwd(), sys.argv[1:])\nsys.exit(5)\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()) for name, text in files.items()
    }
    record = "".join(f"{name},sha256={digest.rstrip(b'=').decode()},\n" for name, digest in digests.items())
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in {**files, f"{info}/RECORD": record + f"{info}/RECORD,,\n"}.items():
            wheel.writestr(name, text)
    return f"tiny=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A folder of wheels, and the lock lines of its two versions of `tiny`."""
    folder = tmp_path_factory.mktemp("wheels")
    return SimpleNamespace(folder=folder, one=write_wheel(folder, "1.0"), two=write_wheel(folder, "2.0"))


class Copy:
    """A copy of the project with a small `analysis`, as a user would find it in `folder`."""

    def __init__(self, folder: Path, wheels: SimpleNamespace) -> None:
        self.folder = folder
        self.environ = {
            name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))
        }
        self.environ |= {
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(wheels.folder),
            "PIP_CONFIG_FILE": os.devnull,
        }
        self.venv = folder / ".venv"
        (folder / "analysis").mkdir(parents=True)
        (folder / "analysis" / "__init__.py").write_text("")
        (folder / "analysis" / "__main__.py").write_text(MAIN)
        shutil.copy(ROOT / "reproduce.py", folder)
        self.lock(wheels.one)

    def lock(self, text: str) -> None:
        (self.folder / "requirements.lock").write_text(text)

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, str(self.folder / "reproduce.py"), *arguments]

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        return subprocess.Popen(self.command(*arguments), **{"env": self.environ, **pipes, **options})

    def run(self, *arguments: str, **options: Any) -> SimpleNamespace:
        """Run reproduce.py to its end: exit code, standard output and error; no traceback, ever."""
        with self.start(*arguments, **options) as process:
            out, err = process.communicate(timeout=120)
        assert "Traceback" not in err
        return SimpleNamespace(code=process.returncode, out=out, err=err)

    def facts(self, *arguments: str, **options: Any) -> dict[str, Any]:
        """What `analysis` found when it ran; that it did not set anything up on the way."""
        ran = self.run(*arguments, **options)
        assert ran.err == ""
        return json.loads(ran.out)

    def stamped(self, lock: str) -> bool:
        """Whether there is an environment that was finished from this lock."""
        stamp = self.venv / "stamp"
        return stamp.exists() and hashlib.sha256(lock.encode()).hexdigest() in stamp.read_text()

    def litter(self) -> list[str]:
        """What set-up left beside the environment."""
        return sorted(path.name for path in self.folder.glob(".venv.*"))


@pytest.fixture
def copy(tmp_path: Path, wheels: SimpleNamespace) -> Copy:
    return Copy(tmp_path / "paper", wheels)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, wheels: SimpleNamespace) -> Copy:
    """A copy that is set up, and that each test leaves so. Its path has spaces and letters beyond ASCII."""
    copy = Copy(tmp_path_factory.mktemp("made") / "Makalah – batik é 論文", wheels)
    copy.environ |= {"LC_ALL": "C", "HOME": ""}
    del copy.environ["HOME"]
    copy.made = copy.run("7", "x y", "--flag")
    return copy


def test_sets_up_and_hands_over(made: Copy) -> None:
    """One run makes the environment, says so on stderr, and runs `analysis` with what it was given."""
    assert 7 == made.made.code
    facts = json.loads(made.made.out)
    assert ["7", "x y", "--flag"] == facts["arguments"]
    assert "1.0" == facts["tiny"]
    assert str(made.venv) == facts["prefix"]
    assert "Making the environment" in made.made.err
    assert "ready" in made.made.err
    assert "\r" not in made.made.err
    assert [".venv.guard", ".venv.log"] == made.litter()


def test_reuses_what_it_made(made: Copy) -> None:
    """While lock and Python stay as they are, nothing is set up again."""
    (made.venv / "kept").write_text("")
    assert "1.0" == made.facts()["tiny"]
    assert (made.venv / "kept").exists()


def test_works_from_any_folder(made: Copy, tmp_path: Path) -> None:
    """The caller's folder stays the current one, and an `analysis` that lies there is not run instead."""
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "__main__.py").write_text("print('wrong')")
    facts = made.facts(cwd=tmp_path)
    assert str(tmp_path) == facts["cwd"]
    assert str(made.folder) == facts["root"]


@POSIX
def test_works_through_a_symlinked_folder(made: Copy, tmp_path: Path) -> None:
    """A link to the folder leads to the same environment."""
    (tmp_path / "link").symlink_to(made.folder)
    ran = subprocess.run(
        [sys.executable, "link/reproduce.py"],
        cwd=tmp_path,
        env=made.environ,
        capture_output=True,
        encoding="utf-8",
    )
    assert (0, "") == (ran.returncode, ran.stderr)
    assert str(made.folder) == json.loads(ran.stdout)["root"]


def test_the_callers_python_settings_stay_out(made: Copy, tmp_path: Path) -> None:
    """Variables that change what Python finds or does are dropped, and the hash seed is fixed."""
    (tmp_path / "tiny.py").write_text("VERSION = 'shadow'")
    mine = {
        "PYTHONPATH": str(tmp_path),
        "PYTHONOPTIMIZE": "2",
        "PYTHONHASHSEED": "9",
        "VIRTUAL_ENV": "/nowhere",
    }
    facts = made.facts(env=made.environ | mine | {"EDITOR": "kept"})
    assert "1.0" == facts["tiny"]
    environ = facts["environ"]
    assert {"PYTHONPATH", "PYTHONOPTIMIZE", "VIRTUAL_ENV"}.isdisjoint(environ)
    assert ("0", "1", "1", "kept") == tuple(
        environ[name] for name in ("PYTHONHASHSEED", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE", "EDITOR")
    )
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        assert Path(environ[name]).is_relative_to(made.venv / "var")
    assert (made.venv / "var").is_dir()


def test_runs_the_tests(made: Copy, tmp_path: Path) -> None:
    """`test` runs pytest at the repository's root with the arguments that follow, and gives its exit code."""
    ran = made.run("test", "-k", "one", cwd=tmp_path)
    assert 5 == ran.code
    assert f"tests {made.folder} ['-k', 'one']\n" == ran.out


def test_handing_over_imports_little(made: Copy) -> None:
    """With the environment there, nothing heavy is imported on the way to `analysis`."""
    command = made.command()
    command[1:1] = ["-I", "-S", "-X", "importtime"]
    ran = subprocess.run(command, env=made.environ, capture_output=True, encoding="utf-8")
    imported = {line.rpartition("|")[2].strip() for line in ran.stderr.splitlines()}
    assert 0 == ran.returncode
    assert "hashlib" in imported
    assert {"subprocess", "shutil", "venv", "re", "threading", "ssl"}.isdisjoint(imported)


def test_makes_a_half_made_one_again(made: Copy) -> None:
    """An environment without its stamp is replaced by a whole one."""
    stamp = made.venv / "stamp"
    wanted = stamp.read_text()
    stamp.unlink()
    (made.venv / "kept").write_text("")
    assert 0 == made.run().code
    assert not (made.venv / "kept").exists()
    assert wanted == stamp.read_text()
    assert "1.0" == made.facts()["tiny"]


def test_another_python_does_not_count(made: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of another version of Python, or of another system, is not the one wanted."""
    namespace = runpy.run_path(str(made.folder / "reproduce.py"))
    stamp_wanted, is_whole = namespace["stamp_wanted"], namespace["is_whole"]
    assert is_whole(str(made.venv), stamp_wanted())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "version_info", (3, 99, 0, "final", 0))
        assert not is_whole(str(made.venv), stamp_wanted())
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "plan9")
        assert not is_whole(str(made.venv), stamp_wanted())


def test_a_changed_lock_makes_a_new_environment_or_keeps_the_old(copy: Copy, wheels: SimpleNamespace) -> None:
    """A new lock's packages replace the old; when they cannot be had, the old ones are still there."""
    assert 0 == copy.run().code
    copy.lock(wheels.two)
    assert "2.0" == json.loads(copy.run().out)["tiny"]

    copy.lock("absent==1.0 --hash=sha256:" + "0" * 64 + "\n")
    ran = copy.run()
    assert 3 == ran.code
    assert "no build of a locked package" in ran.err
    copy.lock(wheels.two)
    assert "2.0" == copy.facts()["tiny"]
    assert [".venv.guard", ".venv.log"] == copy.litter()


@POSIX
def test_a_terminal_gets_one_line_kept_up_to_date(made: Copy) -> None:
    """On a terminal, progress is one line, written over, gone at the end, and never wider than the screen."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    (made.venv / "stamp").unlink()
    with made.start(stderr=theirs, env=made.environ | {"TERM": "xterm"}) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                chunk = os.read(ours, 4096)
            except OSError:
                break
            if not chunk:
                break
            shown += chunk
    os.close(ours)
    assert 0 == process.returncode
    lines = shown.decode().replace("\r\n", "\n").split("\n")
    assert 2 == len([line for line in lines if line])
    drawn = [part for part in lines[1].split("\r") if part.strip()]
    assert any("fetching" in part for part in drawn[:-1])
    assert all(len(part) < 40 for part in drawn[:-1])
    assert drawn[-1].startswith("The environment is ready")


@POSIX
def test_two_at_once_make_one_environment(copy: Copy) -> None:
    """The second set-up waits for the first and uses what it made."""
    first, second = copy.start(), copy.start()
    results = [process.communicate(timeout=120) for process in (first, second)]
    assert [0, 0] == [first.returncode, second.returncode]
    assert ["1.0", "1.0"] == [json.loads(out)["tiny"] for out, _ in results]
    assert 1 == sum("Making the environment" in err for _, err in results)
    assert 1 == sum("waiting for it" in err for _, err in results)


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_stopping_set_up_is_tidy(copy: Copy, number: int, code: int) -> None:
    """Ctrl-C and termination end set-up at once and its child with it; no traceback, no half environment."""
    with copy.start() as process:
        wait_until(lambda: (copy.venv / "pyvenv.cfg").exists())
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
    assert code == process.returncode
    assert "Traceback" not in err
    assert not copy.venv.exists()


@POSIX
def test_killed_at_any_moment_what_was_there_is_whole_and_the_next_run_finishes(
    copy: Copy, wheels: SimpleNamespace
) -> None:
    """Killed outright at random moments of a change of lock, the earlier or the new one is whole."""
    started = time.monotonic()
    assert 0 == copy.run().code
    longest = time.monotonic() - started
    chance = random.Random(20)
    there, other = ("1.0", wheels.one), ("2.0", wheels.two)
    for _ in range(4):
        copy.lock(other[1])
        with copy.start() as process:
            time.sleep(chance.uniform(0.05, longest))
            process.kill()
        if copy.stamped(other[1]):
            there, other = other, there
        copy.lock(there[1])
        ran = copy.run()
        assert there[0] == json.loads(ran.out)["tiny"]
        assert "Making" not in ran.err
    copy.lock(other[1])
    assert other[0] == json.loads(copy.run().out)["tiny"]
    assert [".venv.guard", ".venv.log"] == copy.litter()


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait, half a minute at most, until something holds."""
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


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
        assert ran.stderr.startswith("reproduce.py needs Python 3.11 or newer; this is 3.")
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
