"""Set-up and hand-over, as a user runs them: real environments, from a lock that names one tiny package."""

import json
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from synthetic.copies import POSIX, Copy

pytestmark = pytest.mark.slow


def test_sets_up_and_hands_over(made: Copy) -> None:
    """One run makes the environment, says so on stderr, and runs the engine with what it was given."""
    assert 7 == made.made.code
    facts = json.loads(made.made.out)
    assert ["7", "x y", "--flag"] == facts["arguments"]
    assert "1.0" == facts["tiny"]
    assert "reproduce.py" == facts["environ"]["RECOMPUTED_PROGRAM"]
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
    """The caller's folder stays the current one, and an the engine that lies there is not run instead."""
    (tmp_path / "recomputed").mkdir()
    (tmp_path / "recomputed" / "__main__.py").write_text("print('wrong')")
    facts = made.facts(cwd=tmp_path)
    assert str(tmp_path) == facts["cwd"]
    assert str(made.folder) == facts["root"]


def test_quarto_is_pointed_to_the_environment_wherever_it_is_now(made: Copy) -> None:
    """`_environment.local`, which Quarto reads and git ignores, names the environment's Python by its whole path."""
    file = made.folder / "_environment.local"
    python = str(made.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    mark = '"' if "'" in python else "'"
    wanted = f"QUARTO_PYTHON={mark}{python}{mark}\n"
    assert wanted == file.read_text(encoding="utf-8")
    file.write_text("QUARTO_PYTHON='/where/the/folder/was/before/bin/python'\n", encoding="utf-8")
    made.facts()
    assert wanted == file.read_text(encoding="utf-8")


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
        "PYTHONHOME": sys.base_prefix,
        "PYTHONWARNINGS": "error",
        "PYTHONOPTIMIZE": "2",
        "PYTHONHASHSEED": "9",
        "VIRTUAL_ENV": "/nowhere",
    }
    facts = made.facts(env=made.environ | mine | {"EDITOR": "kept"})
    assert "1.0" == facts["tiny"]
    environ = facts["environ"]
    assert {"PYTHONPATH", "PYTHONHOME", "PYTHONWARNINGS", "PYTHONOPTIMIZE", "VIRTUAL_ENV"}.isdisjoint(environ)
    assert ("0", "1", "kept") == tuple(environ[name] for name in ("PYTHONHASHSEED", "PYTHONUTF8", "EDITOR"))
    for name in (
        "PYTHONPYCACHEPREFIX",
        "IPYTHONDIR",
        "JUPYTER_CONFIG_DIR",
        "JUPYTER_DATA_DIR",
        "JUPYTER_RUNTIME_DIR",
    ):
        assert Path(environ[name]).is_relative_to(made.venv / "var")
    assert (made.venv / "var").is_dir()


def test_compiled_code_is_kept_apart_from_the_sources(made: Copy) -> None:
    """A run compiles the engine once, into the environment; nothing is written beside it."""
    made.facts()
    assert [] == [path for path in made.folder.rglob("*.pyc") if not path.is_relative_to(made.venv)]
    compiled = made.venv / "var" / "pycache"
    kept = {path: path.stat().st_mtime_ns for path in compiled.rglob("*.pyc")}
    assert any(path.parent.name == "recomputed" for path in kept)
    made.facts()
    assert kept == {path: path.stat().st_mtime_ns for path in compiled.rglob("*.pyc")}


def test_handing_over_imports_little(made: Copy) -> None:
    """With the environment there, nothing heavy is imported on the way to the engine."""
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
