"""Copies of this project to build in: a clone with a commit of its own, or an unpacked deposit."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths

EPOCH = "2025-05-31T12:34:56Z"
GIT = shutil.which("git")


@dataclass(frozen=True)
class Made:
    """Where one deposit was made, and its files."""

    root: Path
    file: Path
    content: dict[str, bytes]


def read(root: Path, file: Path) -> Made:
    """The deposit in `file`, made in `root`."""
    with zipfile.ZipFile(file) as archive:
        return Made(root, file, {name: archive.read(name) for name in archive.namelist()})


def source_files(root: Path) -> list[str]:
    """What is a source in `root`: what git knows, or what the deposit lists."""
    if GIT and (root / ".git").exists():
        command = [GIT, "ls-files", "-z", "-c", "-o", "--exclude-standard"]
        done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        names = done.stdout.decode().split("\0")
        return sorted({name for name in names if name and (root / name).is_file()})
    return sorted(json.loads((root / "deposit.json").read_text(encoding="utf-8"))["sources"])


def clone(folder: Path, root: Path = paths.ROOT) -> Path:
    """A repository in `folder` with the sources as they are in `root`, in one commit whose date is fixed."""
    for name in source_files(root):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(root / name, folder / name)
    return commit(folder)


def commit(folder: Path) -> Path:
    """The files in `folder` in one commit whose date is fixed."""
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "synthetic commit")
    return folder


def git(folder: Path, *arguments: str) -> None:
    who = [
        "-c",
        "user.name=Synthetic",
        "-c",
        "user.email=",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "core.autocrlf=false",
    ]
    dated = {**os.environ, "GIT_AUTHOR_DATE": EPOCH, "GIT_COMMITTER_DATE": EPOCH}
    subprocess.run([str(GIT), *who, *arguments], cwd=folder, check=True, capture_output=True, env=dated)


def unpack(deposit: Path, folder: Path, backwards: bool = False) -> Path:
    """The project inside a deposit, unpacked under `folder`; with `backwards`, its files made last first."""
    with zipfile.ZipFile(deposit) as archive:
        names = archive.namelist()
        archive.extractall(folder, reversed(names) if backwards else names)
    return folder / names[0].split("/")[0] / "data"


def start(
    root: Path, *arguments: str, environment: Mapping[str, str | None] = {}, umask: int = -1
) -> subprocess.Popen[str]:
    """Start a command of the project in `root`, with this Python; a variable that is None is not set."""
    here = {"PYTHONPATH": str(root), "RECOMPUTED_PAPER": str(root), "SOURCE_DATE_EPOCH": None}
    given = {**os.environ, **here, "PYTHONDONTWRITEBYTECODE": "1"}
    merged = {name: value for name, value in {**given, **environment}.items() if value is not None}
    command = [sys.executable, "-P", "-m", "recomputed", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    return subprocess.Popen(command, cwd=root, env=merged, umask=umask, **pipes)


def run(
    root: Path, *arguments: str, environment: Mapping[str, str | None] = {}, umask: int = -1
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project in `root`, as `start` starts it."""
    process = start(root, *arguments, environment=environment, umask=umask)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)
