"""Change a directory, a file or several whole or not at all, one process at a time.

The new content is made beside the old one, on the same file system, and the two change places in one step
where the system can (Linux, macOS). Elsewhere the old one is moved aside first, and the next run puts right
what was cut short.
"""

import glob
import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from recomputed.faults import Fault, InputError, PaperError
from recomputed.file_kind import FILE, NOTHING, kind_at

_LIST = "files.json"
_AT_FDCWD = -100
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux and RENAME_SWAP of macOS have the same value


@contextmanager
def whole(target: Path) -> Iterator[Path]:
    """A new empty directory that takes `target`'s place if the block ends well, and disappears if it does
    not. InputError where none can be made.
    """
    target = target.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=_prefix(target, "new"), dir=target.parent))
    except OSError as error:
        found = error.strerror or "an error"
        raise InputError(Fault(str(target), "a directory that can be written", found)) from None
    try:
        new.chmod(0o777 & ~_umask())
        yield new
        _replace(new, target)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def write_whole(target: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; where a link leads, if it is one. InputError if it cannot be written.

    What is there and is no file stays: a renaming would put a file in a device's place.
    """
    kind = kind_at(target)
    if kind not in (FILE, NOTHING):
        raise InputError(Fault(str(target), "a file that can be written", kind))
    target = target.resolve()
    if kind == FILE and _is_fixed(target):
        raise InputError(_fixed(str(target)))
    try:
        handle, name = tempfile.mkstemp(prefix=_prefix(target, "new"), dir=target.parent)
        new = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(
                    content if isinstance(content, bytes) else content.encode(errors="backslashreplace")
                )
            new.chmod(target.stat().st_mode & 0o777 if kind == FILE else 0o666 & ~_umask())
            new.replace(target)
        finally:
            new.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(
            Fault(str(target), "a file that can be written", error.strerror or "an error")
        ) from None


def write_together(root: Path, files: Mapping[str, str], folder: Path) -> None:
    """Write files by their paths from `root`, all or none. InputError for one that cannot be written.

    They lie in a folder of their own before the first takes its place: what is cut short then, `finish` ends.
    """
    before = {name: content_of(root / name) for name in files}
    if fixed := [_fixed(name) for name, old in before.items() if old is not None and _is_fixed(root / name)]:
        raise InputError(fixed)
    with whole(folder) as new:
        for nth, text in enumerate(files.values()):
            (new / str(nth)).write_bytes(text.encode())
        listed = [(name, _hash(old)) for name, old in before.items()]
        (new / _LIST).write_bytes(json.dumps(listed).encode())
    try:
        finish(root, folder)
    except BaseException:
        for name, old in before.items():
            if old is None:
                (root / name).unlink(missing_ok=True)
            elif content_of(root / name) != old:
                write_whole(root / name, old)
        _discard(folder)
        raise


def finish(root: Path, folder: Path) -> list[str]:
    """End a change of several files that was cut short; the files that have changed since, which stay as they are."""
    changed, listed = [], folder / _LIST  # which is what goes first
    files = json.loads(listed.read_text(encoding="utf-8")) if listed.is_file() else ()
    for nth, (name, before) in enumerate(files):
        recover(root / name)
        new, content = (folder / str(nth)).read_bytes(), content_of(root / name)
        if _hash(content) == before:
            write_whole(root / name, new)
        elif content != new:
            changed.append(name)
    _discard(folder)
    return changed


def _is_fixed(file: Path) -> bool:
    """Whether a file may only be read; what takes its place would not ask."""
    return not os.access(file, os.W_OK)


def _fixed(name: str) -> Fault:
    return Fault(name, "a file that can be written", "one that may only be read")


def _discard(folder: Path) -> None:
    (folder / _LIST).unlink(missing_ok=True)
    shutil.rmtree(folder)


def _hash(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


def content_of(file: Path) -> bytes | None:
    """The bytes of a file; None where there is none."""
    return file.read_bytes() if file.is_file() else None


def recover(target: Path) -> None:
    """Put right what an interrupted change of `target` left: a directory's old content back, the leftovers away.

    Call it only while holding `only_one(target)`.
    """
    target = target.resolve()
    for old in sorted(_left(target, "old")):
        if target.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(target)
    for new in _left(target, "new"):
        if new.is_file():
            new.unlink()
        else:
            shutil.rmtree(new, ignore_errors=True)


@contextmanager
def only_one(target: Path, locks: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold `target` for this process; another that wants it calls `waiting` once and waits. Ends with the
    process.
    """
    try:
        locks.mkdir(parents=True, exist_ok=True)
        handle = os.open(locks / f"{path_key(target)}.lock", os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise PaperError(
            f"{locks}: cannot be written, and a build must lock its output ({error.strerror})"
        ) from None
    try:
        if not _lock(handle, wait=False):
            waiting()
            _lock(handle, wait=True)
        yield
    finally:
        os.close(handle)


@contextmanager
def alone(target: Path, locks: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """As `only_one`, rid of what a killed change of `target` left."""
    with only_one(target, locks, waiting):
        recover(target)
        yield


def path_key(target: Path) -> str:
    """A file name that stands for the directory `target`."""
    return hashlib.sha256(os.fsencode(target.resolve())).hexdigest()[:16]


def _prefix(target: Path, state: str) -> str:
    return f".{target.name}.{state}-"


def _left(target: Path, state: str) -> Iterator[Path]:
    return target.parent.glob(f"{glob.escape(_prefix(target, state))}*")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _replace(new: Path, target: Path) -> None:
    if not target.exists():
        new.rename(target)
        return
    if _exchange(new, target):
        return  # `new` is now the old content
    old = Path(tempfile.mkdtemp(prefix=_prefix(target, "old"), dir=target.parent))
    old.rmdir()
    target.rename(old)
    try:
        new.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step; False where the system or the file system cannot."""
    import ctypes  # not loaded where nothing changed

    first, second = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "linux":
            rename = ctypes.CDLL(None, use_errno=True).renameat2
            return bool(rename(_AT_FDCWD, first, _AT_FDCWD, second, _EXCHANGE) == 0)
        if sys.platform == "darwin":
            rename = ctypes.CDLL(None, use_errno=True).renamex_np
            return bool(rename(first, second, _EXCHANGE) == 0)
    except (AttributeError, OSError):
        return False
    return False


def _lock(handle: int, wait: bool) -> bool:
    if sys.platform == "win32":
        import msvcrt

        while True:
            try:
                msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
    else:
        import fcntl

        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
