"""The source files that a deposit holds: those of the commit, or in an unpacked deposit those that it lists.

A folder's own git decides what is a source. Where there is no git, `deposit.json` of an unpacked deposit
does; a folder with neither is refused, since a guess could take private files along. Either way the files'
tree is hashed and must be the one that the commit, or the deposit, names. A paper within the engine's checkout, as an
example, is deposited with the engine beside it, each file as the commit has it. That hash is git's, which is the
same as Software Heritage's `swh:1:dir:` of the tree, so that the tree can be looked up there by it.
"""

import hashlib
import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from recomputed import paths
from recomputed.deposit.verify import DEPOSIT, tree_id
from recomputed.epoch import read_epoch
from recomputed.faults import CheckFailed, Fault, InputError

READ_BY_A_BUILD = ("analysis", "recomputed", "data", "_extensions")
CARRIED = ("recomputed", "_extensions", "reproduce.py", "requirements.lock")
"""The engine and what it needs: carried by the deposit of a paper that lies within the engine's checkout."""
COMMIT = "commit, or put the change aside, then archive"
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
    files = {}  # where a source is read, if not at its path in `root`
    if (root / ".git").exists():
        commit, swhid, epoch = _git(root, "log", "-1", "--format=%H%nswh:1:dir:%T%n%ct").split()
        modes, blobs = _listed(_git(root, "ls-files", "-s", "-z"), blob=1)
        wrong = _stray(root, READ_BY_A_BUILD)
        date, owner, hint = _date(int(epoch)), f"commit {commit[:12]}", COMMIT
    elif (root / DEPOSIT).is_file():
        deposit = json.loads((root / DEPOSIT).read_text(encoding="utf-8"))
        commit, swhid, modes = deposit["commit"], deposit["swhid"], deposit["sources"]
        blobs, wrong, owner = {}, [], f"the deposit of {deposit['name']} {deposit['version']}"
        date = deposit["date"]
        hint = "a deposit of changed sources needs git: make a repository and commit them"
    elif (top := _checkout(root)) is not None:
        commit, epoch = _git(top, "log", "-1", "--format=%H%n%ct").split()
        own = f"{root.relative_to(top).as_posix()}/"
        tracked = _listed(_git(top, "ls-tree", "-r", "-z", "HEAD", "--", own, *CARRIED), blob=2)
        modes, blobs = ({path.removeprefix(own): one[path] for path in one} for one in tracked)
        files = {path.removeprefix(own): top / path for path in tracked[0]}
        wrong = [*_stray(top, CARRIED), *_stray(root, READ_BY_A_BUILD)]
        swhid = tree_id({path: (modes[path], blobs[path]) for path in modes})
        date, owner, hint = _date(int(epoch)), f"commit {commit[:12]}", COMMIT
    else:
        raise InputError(
            Fault(root.name or ".", f"a git repository or a deposit's {DEPOSIT}, to tell sources from other files",
                  "neither")
        )  # fmt: skip
    links = [
        f"{path} is a link or a repository of its own" for path in modes if modes[path] not in PLAIN_MODES
    ]
    content = {path: _read(files.get(path, root / path)) for path in sorted(modes)}
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


def _checkout(root: Path) -> Path | None:
    """The engine's own checkout, where `root` is a paper in it that is committed: the deposit carries the engine."""
    top = paths.ENGINE.parents[2]
    inside = (top / ".git").exists() and root.is_relative_to(top)
    return top if inside and _git(root, "ls-files", "--", paths.SETTINGS_FILE) else None


def _listed(said: str, blob: int) -> tuple[dict[str, str], dict[str, str]]:
    """The mode and the blob of each path, as git lists them; `blob` is the place of its hash in a line."""
    lines = [line.partition("\t") for line in said.split("\0") if line]
    listed = {path: fields.split() for fields, _, path in lines}
    return {path: one[0] for path, one in listed.items()}, {path: one[blob] for path, one in listed.items()}


def _stray(root: Path, folders: Sequence[str]) -> list[str]:
    """A sentence for each file there that is not in the commit, though a build might read it."""
    said = _git(root, "ls-files", "-o", "--exclude-standard", "-z", "--", *folders)
    return [f"{path} is not in the commit" for path in said.split("\0") if path]


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
