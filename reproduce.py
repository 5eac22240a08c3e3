#!/usr/bin/env python3
"""Reproduce the paper: make the environment once, then hand over to the engine, `recomputed`.

    python3 reproduce.py                    recompute, check, typeset, print the verdict
    python3 reproduce.py test [ARGS...]     run the tests; ARGS go to pytest
    python3 reproduce.py COMMAND [ARGS...]  one step; `--help` lists the steps

The environment is `.venv`, made from `requirements.lock` by the Python (3.11 or newer) that runs this file.
Its stamp is written last: an environment without one, or with another lock's, is made again. An earlier
whole environment is kept aside until the new one is whole, and comes back if that fails.

Standard library only. The syntax is Python 3.6's, so that an older Python gets a sentence, not a traceback.
Modules that only set-up needs are imported there, so that handing over takes no time.
Exit code 3: the environment could not be made. Otherwise the exit code of what was run.
"""

import os
import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python does get here
    sys.stderr.write(
        f"error: reproduce.py needs Python 3.11 or newer; this is {sys.version.split()[0]}.\n"
        "Hint: install a newer one and run this file with it, for example: python3.13 reproduce.py\n"
    )
    sys.exit(3)

HERE = os.path.dirname(os.path.realpath(__file__))
LOCK = os.path.join(HERE, "requirements.lock")
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join("Scripts", "python.exe") if os.name == "nt" else os.path.join("bin", "python")

EARLIER = os.path.join(HERE, ".venv.earlier")  # a whole environment, while its successor is being made
DISCARDED = os.path.join(HERE, ".venv.discarded")  # on its way out: nothing in it counts
GUARD = os.path.join(HERE, ".venv.guard")  # locked by the one set-up at work
LOG = os.path.join(HERE, ".venv.log")  # what the installer said

DISK_FULL = (
    "the disk is full.\nHint: the environment needs about 1 GB; make room, then run the same command again."
)
NOT_ALLOWED = "this folder may not be written to.\nHint: copy it to a place of your own and run it there."
CAUSES = {  # what the installer's words mean; the first that is found counts
    "No space left on device|Disk quota exceeded|not enough space on the disk": DISK_FULL,
    "Read-only file system|Permission denied|Access is denied": NOT_ALLOWED,
    "DO NOT MATCH THE HASHES": (
        "a package that was fetched is not the one that requirements.lock names.\n"
        "Hint: run the same command again; if it stays so, the package index or a proxy alters files."
    ),
    "NewConnectionError|NameResolutionError|TimeoutError|ProxyError|SSLError|Connection(Reset|Refused)Error"
    "|Connection (aborted|refused|broken)|IncompleteRead": (
        "the packages could not be fetched: no network, or a proxy that does not let them through.\n"
        "Hint: connect, then run the same command again. Only set-up needs a network, and only once."
    ),
    "No matching distribution found": (
        "the package index has no build of a locked package for this Python and system.\n"
        "Hint: use Python 3.11, 3.12, 3.13 or 3.14, on Linux, macOS or Windows."
    ),
}


class SetupError(Exception):
    """The environment cannot be made; the message says why, in plain words. Exit code 3."""


def main(arguments: list) -> int:
    """Make the environment if it is not there, and run what was asked for in it. Gives the exit code."""
    try:
        stamp = stamp_wanted()
        if not is_whole(VENV, stamp) or os.path.exists(EARLIER):
            make_environment(stamp)
        point_quarto()
        return hand_over(arguments)
    except SetupError as error:
        reason = str(error)
    except OSError as error:
        reason = plain_words(error)
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. The same command starts again.\n")
        return 130
    sys.stderr.write(f"error: {reason}\n")
    return 3


def stamp_wanted() -> str:
    """The stamp of an environment that this lock and this Python made."""
    import hashlib

    try:
        with open(LOCK, "rb") as lock:
            digest = hashlib.sha256(lock.read()).hexdigest()
    except FileNotFoundError:
        raise SetupError(
            "requirements.lock is missing beside reproduce.py: this copy is not whole."
        ) from None
    version = ".".join(str(part) for part in sys.version_info[:3])
    return f"requirements.lock sha256 {digest}\n{sys.implementation.name} {version} {sys.platform}\n"


def is_whole(folder: str, stamp: str) -> bool:
    """Whether the environment in `folder` was finished with this stamp, and its Python is still there."""
    try:
        with open(os.path.join(folder, "stamp"), encoding="utf-8") as file:
            return file.read() == stamp and os.path.exists(os.path.join(folder, PYTHON))
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return False


def make_environment(stamp: str) -> None:
    """Make `.venv` and stamp it, unless another set-up does so first. Raises SetupError or OSError."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise SetupError(
            "this Python lacks its venv or ensurepip module.\n"
            "Hint: on Debian or Ubuntu, install them with: apt install python3-venv"
        ) from None

    stop_on_signals()
    with open(GUARD, "ab") as file:
        guard = file.fileno()
        wait_for(guard)
        if not is_whole(VENV, stamp):
            set_aside(stamp)
        if not is_whole(VENV, stamp):
            try:
                install(stamp, guard)
            except BaseException:
                discard(VENV)
                if os.path.exists(EARLIER):
                    os.rename(EARLIER, VENV)
                raise
        discard(EARLIER)


def stop_on_signals() -> None:
    """Let a termination signal end set-up tidily, as Ctrl-C does."""
    import signal

    def stop(number: int, frame: object) -> None:
        sys.exit(128 + number)

    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def wait_for(guard: int) -> None:
    """Wait until no other set-up is at work here. The system frees the lock when its holder ends, however."""
    import errno
    import time

    told = False
    while True:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(guard, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except OSError as error:
            if error.errno in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
                return  # a file system without locks
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
        if not told:
            sys.stderr.write("Another set-up is at work in this folder; waiting for it.\n")
            told = True
        time.sleep(0.2)


def set_aside(stamp: str) -> None:
    """Clear the way for `.venv`: keep a whole one aside, or bring back the earlier one if it is wanted."""
    if os.path.islink(VENV) or os.path.isfile(VENV):
        raise SetupError(".venv is a link or a file, where the environment belongs.\nHint: remove it.")
    if is_whole(EARLIER, stamp):
        discard(VENV)
        os.rename(EARLIER, VENV)
    elif os.path.exists(os.path.join(VENV, "stamp")):
        discard(EARLIER)
        os.rename(VENV, EARLIER)
    else:
        discard(VENV)


def discard(folder: str) -> None:
    """Remove a folder, if it is there. Its name goes first: half of it is never taken for the whole."""
    import shutil

    if os.path.lexists(DISCARDED):
        shutil.rmtree(DISCARDED)
    if os.path.lexists(folder):
        os.rename(folder, DISCARDED)
        shutil.rmtree(DISCARDED)


def install(stamp: str, guard: int) -> None:
    """Make `.venv` with the locked packages, and stamp it. Raises SetupError or OSError."""
    import sysconfig

    packages = sysconfig.get_path("purelib", "venv", {"base": VENV, "platbase": VENV})
    progress = Progress(packages)
    isolated = ["-I", "-X", "utf8", "-m"]
    base = getattr(sys, "_base_executable", None) or sys.executable
    pip = ["pip", "install", "--no-deps", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    pip += ["--disable-pip-version-check", "--progress-bar", "off", "--requirement", LOCK]
    pip.append("--no-compile")  # what is imported gets compiled then, into `var`
    if os.path.expanduser("~").startswith("~"):  # no home: pip would make a folder of that name
        pip.append("--no-cache-dir")
    open(LOG, "wb").close()
    step([base, *isolated, "venv", VENV], guard, progress)
    step([os.path.join(VENV, PYTHON), *isolated, *pip], guard, progress)

    with open(os.path.join(packages, "paper.pth"), "w", encoding="ascii", newline="\n") as file:
        # The way to the engine and to `analysis` from anywhere; relative, so that no folder's name needs an
        # encoding.
        for folder in (os.path.join(HERE, "recomputed", "src"), HERE):
            file.write(os.path.relpath(folder, packages) + "\n")
    os.mkdir(os.path.join(VENV, "var"))  # for what Python, Jupyter and IPython keep
    with open(os.path.join(VENV, "stamp.new"), "w", encoding="utf-8", newline="\n") as file:
        file.write(stamp)
        file.flush()
        os.fsync(file.fileno())
    os.replace(os.path.join(VENV, "stamp.new"), os.path.join(VENV, "stamp"))
    progress.end(ready=True)


def step(command: list, guard: int, progress: "Progress") -> None:
    """Run one command of set-up, its output to the log; it ends when we do. Raises SetupError if it fails."""
    import re
    import shutil
    import subprocess

    environment = clean_environment()
    environment["PIP_USER"] = "0"
    environment.pop("PYTHONPYCACHEPREFIX")  # the installers keep what they compile beside it
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_DRY_RUN", "PIP_CONSTRAINT"):
        environment.pop(name, None)
    # The child holds the guard too: if we are killed outright, nobody starts over while it still writes.
    shared = {"pass_fds": [guard]} if os.name == "posix" else {}
    with open(LOG, "ab") as log:
        quiet = {"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log}
        child = subprocess.Popen(command, env=environment, cwd=HERE, **quiet, **shared)
        try:
            while child.poll() is None:
                progress.show()
                try:
                    child.wait(0.2)
                except subprocess.TimeoutExpired:
                    continue
        except BaseException:
            child.kill()
            child.wait()
            progress.end(ready=False)
            raise
    if child.returncode:
        progress.end(ready=False)
        if shutil.disk_usage(HERE).free < 1_000_000:  # too little for the installer even to say so
            raise SetupError(DISK_FULL)
        with open(LOG, encoding="utf-8", errors="replace") as log:
            said = log.read()
        for words, meaning in CAUSES.items():
            if re.search(words, said):
                raise SetupError(meaning + "\nThe installer's own words are in .venv.log.")
        raise SetupError("the installer failed; its own words are:\n" + said.strip()[-2000:])


class Progress:
    """How far set-up is, on stderr: on a terminal one line, kept up to date; elsewhere a few plain ones."""

    def __init__(self, packages: str) -> None:
        import time

        self.packages = packages
        self.clock = time.monotonic
        self.started = self.clock()
        with open(LOCK, encoding="utf-8") as lock:
            self.locked = sum("==" in line and not line.startswith((" ", "#")) for line in lock)
        self.live = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self.shown = ""
        sys.stderr.write("Making the environment in .venv: once, and it takes a minute or two.\n")

    def show(self) -> None:
        """Say how far it is, if that is news: packages fetched, then packages in place."""
        with open(LOG, encoding="utf-8", errors="replace") as log:
            lines = log.read().splitlines()
        total = self.locked - sum(line.startswith("Ignoring ") for line in lines)
        words = [line.split()[1] for line in lines if line.startswith(("Collecting ", "Processing "))]
        names = [os.path.basename(word).split("==")[0] for word in words]
        doing, done = "fetching", len(names)
        if any(line.startswith("Installing collected") for line in lines):
            installed = [name for name in os.listdir(self.packages) if name.endswith(".dist-info")]
            doing, done, names = "installing", len(installed) - 1, []  # less pip itself
        done = min(done, total)
        share = done / max(total, 1)
        if self.live:
            text = f"[{'#' * int(20 * share):<20}] {doing} {done} of {total} {' '.join(names[-1:])}"
            width = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            self.replace(text[: width - 1])
        elif names or doing == "installing":
            text = f"  {doing}: {int(4 * share) * 25} %"
            if text != self.shown:
                sys.stderr.write(text + "\n")
            self.shown = text

    def replace(self, text: str) -> None:
        """Put `text` in the place of what the line shows."""
        if text != self.shown:
            sys.stderr.write("\r" + text.ljust(len(self.shown)) + ("" if text else "\r"))
            sys.stderr.flush()
        self.shown = text

    def end(self, ready: bool) -> None:
        """Clear the line, and say how long it took if the environment is ready."""
        if self.live:
            self.replace("")
        if ready:
            sys.stderr.write(f"The environment is ready ({self.clock() - self.started:.0f} s).\n")


def point_quarto() -> None:
    """Have Quarto run paper.qmd with this environment, whatever folder it is started in."""
    python = os.path.join(VENV, PYTHON)
    mark = '"' if "'" in python else "'"
    wanted = f"QUARTO_PYTHON={mark}{python}{mark}\n"
    file = os.path.join(HERE, "_environment.local")
    try:
        with open(file, "a+", encoding="utf-8", errors="surrogateescape", newline="\n") as told:
            told.seek(0)
            if told.read() != wanted:
                told.truncate(0)
                told.write(wanted)
    except OSError:
        pass  # a folder that may only be read: Quarto could not write there either


def clean_environment() -> dict:
    """The caller's environment variables, less those that change what Python does or finds."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("PYTHON")}
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX", "__PYVENV_LAUNCHER__"):
        kept.pop(name, None)
    for name in ("UTF8", "NOUSERSITE"):
        kept["PYTHON" + name] = "1"
    kept["PYTHONHASHSEED"] = "0"
    kept["PYTHONPYCACHEPREFIX"] = os.path.join(VENV, "var", "pycache")  # none beside the sources
    # The user's own Jupyter and IPython settings, start-up files and kernels stay out of the paper.
    kept["JUPYTER_NO_CONFIG"] = "1"
    kept["IPYTHONDIR"] = os.path.join(VENV, "var", "ipython")
    for kind in ("config", "data", "runtime"):
        kept[f"JUPYTER_{kind.upper()}_DIR"] = os.path.join(VENV, "var", "jupyter", kind)
    return kept


def hand_over(arguments: list) -> int:
    """Run the engine with these arguments in the environment. Gives its exit code."""
    python = os.path.join(VENV, PYTHON)
    environment = clean_environment()
    environment["RECOMPUTED_PAPER"] = HERE
    environment["RECOMPUTED_PROGRAM"] = os.path.basename(__file__)  # what messages call the command
    command = [python, "-P", "-m", "recomputed", *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(python, command, environment)

    import subprocess

    child = subprocess.Popen(command, env=environment)
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # the child has it too, and decides
            continue


def plain_words(error: OSError) -> str:
    """What a system error means for the user."""
    import errno

    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return DISK_FULL
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NOT_ALLOWED
    return f"{error.filename or 'the system'}: {error.strerror or error}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
