"""A command's JSON goes where it is asked to, and puts no file in the place of a device or a pipe."""

import json
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from recomputed.commands.options import require_target, write_json
from recomputed.faults import InputError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="devices and pipes in folders are POSIX's")
TEXT = '{\n  "a": 1\n}\n'


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = require_target(str(tmp_path / "a.json"))
    assert target is not None
    write_json({"a": 1}, target)
    assert TEXT == (tmp_path / "a.json").read_text(encoding="utf-8")


@POSIX
@pytest.mark.parametrize("linked", [False, True])
def test_a_device_is_written_to_and_stays(tmp_path: Path, linked: bool) -> None:
    (tmp_path / "link").symlink_to(os.devnull)
    target = require_target(str(tmp_path / "link") if linked else os.devnull)
    assert target is not None
    write_json({"a": 1}, target)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)
    assert (tmp_path / "link").is_symlink()


@POSIX
def test_a_pipe_that_is_read_gets_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(handle, True)
    held = os.open(pipe, os.O_WRONLY)  # so that the pipe has not ended for who reads before it is written to

    def take() -> None:
        with os.fdopen(handle, encoding="utf-8") as stream:
            read.append(stream.read())

    target = require_target(str(pipe))
    assert target is not None
    reader = threading.Timer(0.1, take)
    reader.start()
    write_json({"a": list(range(50_000))}, target)
    os.close(held)
    reader.join(10)
    assert {"a": list(range(50_000))} == json.loads(read[0])
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@POSIX
def test_a_pipe_that_nobody_reads_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match=r"--json: expected a place that can be written to, found .*pipe: "):
        write_json({"a": 1}, str(tmp_path / "pipe"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full here")
def test_a_full_device_is_told() -> None:
    with pytest.raises(InputError, match="found /dev/full: No space left on device"):
        write_json({"a": 1}, "/dev/full")


@pytest.mark.skipif(not Path("/dev/fd/1").exists(), reason="no folder of open files here")
def test_any_name_of_standard_output_is_standard_output(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("-", "/dev/stdout", "/dev/fd/1"):
        assert "-" == require_target(name)
    with (tmp_path / "redirected").open("w") as file:
        kept = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            assert "-" == require_target("/dev/stdout")
            assert str(tmp_path / "redirected") == require_target(str(tmp_path / "redirected"))
        finally:
            os.dup2(kept, 1)
            os.close(kept)
