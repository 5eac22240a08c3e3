"""The source files that a deposit holds: those of the commit, or in an unpacked deposit those that it lists.

A folder's own git decides what is a source. Where there is no git, `deposit.json` of an unpacked deposit
does; a folder with neither is refused, since a guess could take private files along. Either way the files'
tree is hashed and must be the one that the commit, or the deposit, names. That hash is git's, which is the
same as Software Heritage's `swh:1:dir:` of the tree, so that the tree can be looked up there by it.
"""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.epoch import read_epoch
from analysis.faults import CheckFailed, Fault, InputError
from analysis.press.verify import DEPOSIT, tree_id

READ_BY_A_BUILD = ("analysis", "data", "_extensions")
PLAIN_MODES = ("100644", "100755")


@dataclass(frozen=True, slots=True)
class Sources:
    """Source files by path, with git's mode of each; the commit, their tree, and their date in UTC."""

    content: Mapping[str, bytes]
    modes: Mapping[str, str]
    commit: str
    swhid: str
    date: str


def read_sources(root: Path) -> Sources:
    """The sources in `root`. CheckFailed where they are not just what the commit or the deposit names."""
    if (root / ".git").exists():
        commit, tree, epoch = _git(root, "log", "-1", "--format=%H%n%T%n%ct").split()
        listed = (line.partition("\t") for line in _git(root, "ls-files", "-s", "-z").split("\0") if line)
        index = {path: fields.split()[:2] for fields, _, path in listed}
        modes = {path: mode for path, (mode, _) in index.items()}
        blobs = {path: blob for path, (_, blob) in index.items()}
        stray = _git(root, "ls-files", "-o", "--exclude-standard", "-z", "--", *READ_BY_A_BUILD)
        wrong = [f"{path} is not in the commit" for path in stray.split("\0") if path]
        date = _date(int(epoch))
        swhid, owner = f"swh:1:dir:{tree}", f"commit {commit[:12]}"
        hint = "commit, or put the change aside, then archive"
    elif (root / DEPOSIT).is_file():
        deposit = json.loads((root / DEPOSIT).read_text(encoding="utf-8"))
        commit, swhid, modes = deposit["commit"], deposit["swhid"], deposit["sources"]
        blobs, wrong, owner = {}, [], f"the deposit of {deposit['name']} {deposit['version']}"
        date = deposit["date"]
        hint = "a deposit of changed sources needs git: make a repository and commit them"
    else:
        raise InputError(
            Fault(root.name or ".", f"a git repository or a deposit's {DEPOSIT}, to tell sources from other files",
                  "neither")
        )  # fmt: skip
    links = [
        f"{path} is a link or a repository of its own" for path in modes if modes[path] not in PLAIN_MODES
    ]
    content = {path: _read(root / path) for path in sorted(modes)}
    found = {path: git_blob(body) for path, body in content.items() if body is not None}
    wrong += links + [f"{path} is missing" for path in content if path not in found]
    wrong += [f"{path} differs" for path in found if blobs and found[path] != blobs[path]]
    if not wrong and tree_id({path: (modes[path], blob) for path, blob in found.items()}) != swhid:
        wrong = ["files differ from it"]
    if wrong:
        raise CheckFailed(f"the sources are not those of {owner}: {'; '.join(wrong)}\nHint: {hint}")
    whole = {path: body for path, body in content.items() if body is not None}
    wanted = read_epoch()
    return Sources(whole, modes, commit, swhid, date if wanted is None else _date(wanted))


def git_blob(content: bytes) -> str:
    """The hash by which git names this content."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _date(epoch: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if not path.is_symlink() else None
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _git(root: Path, *arguments: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments], capture_output=True, check=False, env={**own, "LC_ALL": "C"}
        )
    except FileNotFoundError:
        found = "a git repository, and no git"
        raise InputError(Fault(root.name, "git, to tell the commit's files from others", found)) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise CheckFailed(f"git {arguments[0]}: {said[0] if said else 'failed'}")
    return done.stdout.decode("utf-8", "surrogateescape")
