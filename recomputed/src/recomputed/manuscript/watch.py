"""What cells read is written down as they ask for it; what no cell may do is refused before it is done.

`python watch.py SETTINGS …` is an ipykernel under such a watch; what follows goes to ipykernel. Standard library
only. An audit hook (PEP 578) hears of each file before it is opened. What is part of the environment, and what
libraries keep for themselves (fonts, caches, time zones), is passed over. Files that code in C opens by itself are
not heard of: a cell reads through Python, or what it reads lies in `data/`, which always counts.
"""

import json
import os
import signal
import stat
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import source_from_cache
from types import FrameType
from typing import Any

# Where a file can be: the deepest of these folders that holds it says so.
PROJECT, WRITABLE, ENVIRONMENT, TEMPORARY, KEPT, ELSEWHERE = range(6)
#: Where libraries, not cells, may look and keep things.
_SYSTEM = ("/usr", "/etc", "/lib", "/lib64", "/proc", "/sys", "/dev", "/run", "/nix", "/snap", "/var/cache",
           "/System", "/Library", "/Applications", "/private/etc")  # fmt: skip
_AT_HOME = (".cache", ".config", ".local", ".fonts", "Library", "AppData")
_SOURCES_OF_CHANCE = ("/dev/null", "/dev/urandom", "/dev/random")

#: Modules that open what they are told to: their caller asks for it. Any other module asks for itself.
_PASS_ON = {
    "io", "_io", "_pyio", "os", "posixpath", "ntpath", "genericpath", "pathlib", "glob", "fnmatch", "shutil",
    "codecs", "tempfile", "fileinput", "zipfile", "tarfile", "gzip", "bz2", "lzma", "sqlite3", "shelve", "dbm",
    "configparser", "xml", "wave", "subprocess", "ctypes", "collections", "contextlib", "functools",
    "multiprocessing", "concurrent", "threading", "IPython", "ipykernel", "pexpect", "ptyprocess", "pty",
}  # fmt: skip

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Audit events of a change: which arguments are paths, and which the descriptor of a folder that they count from.
_CHANGES: Mapping[str, tuple[Sequence[int], int | None]] = {
    "os.remove": ((0,), 1), "os.rmdir": ((0,), 1), "os.mkdir": ((0,), 2), "os.rename": ((0, 1), 2),
    "os.link": ((1,), 3), "os.symlink": ((1,), 2), "os.chmod": ((0,), 2), "os.chown": ((0,), 3),
    "os.utime": ((0,), 3), "os.truncate": ((0,), None), "os.setxattr": ((0,), None),
    "os.removexattr": ((0,), None), "shutil.rmtree": ((0,), 1),
}  # fmt: skip
_REMOVING = ("os.remove", "os.rmdir", "shutil.rmtree")
_PROGRAMS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn",
             "os.forkpty", "ctypes.dlopen")  # fmt: skip
#: What is imported to start a process that no event tells of.
_STARTERS = {f"multiprocessing.popen_{kind}" for kind in ("spawn_posix", "spawn_win32", "forkserver")}
_CONNECTIONS = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.sendmsg",
)

SELF_CONTAINED = "watch.self-contained"
"""The audit event by which code says that the process that it starts next reads nothing of the project."""


class Refused(Exception):
    """A cell asked for what no cell may do."""


class Watch:
    """The watch over this process. `tell` hears of each thing asked for, once, as data for JSON."""

    def __init__(
        self,
        root: str,
        reads: Sequence[str],
        writes: Sequence[str],
        own: Sequence[str],
        tell: Callable[[Any], None],
    ) -> None:
        """The project's root; other folders that count as it; those that cells may change; our own."""
        self._root, self._tell = os.path.realpath(root), tell
        self._regions = _regions([root, *reads], writes, own)
        self._folders: dict[str, int] = {}
        self._told: set[tuple[str, str]] = set()
        self._made: set[str] = set()  # what was made here may be read back, and changed
        self._self_contained = False
        self._handlers: dict[str, Callable[..., None]] = {
            "open": self._opened,
            "sqlite3.connect": self._database,
            "os.listdir": self._listed,
            "os.scandir": self._listed,
            "import": self._imported,
            SELF_CONTAINED: lambda: setattr(self, "_self_contained", True),
        }
        self._handlers |= dict.fromkeys(_PROGRAMS, self._started) | dict.fromkeys(
            _CONNECTIONS, self._connected
        )

    def begin(self) -> None:
        """Watch from now on, for as long as this process lives: an audit hook cannot be taken back."""
        environ, look, get = type(os.environ), os.stat, type(os.environ).__getitem__

        def read_variable(variables: Any, name: Any) -> str:
            if isinstance(name, str) and self._is_authors(_asker()):
                self._note("variable", name)
            return get(variables, name)

        def look_at(path: Any, *args: Any, **options: Any) -> os.stat_result:
            if not isinstance(path, int) and self._is_authors(_asker()):
                self._looked(_absolute(path))
            return look(path, *args, **options)

        setattr(environ, "__getitem__", read_variable)  # noqa: B010  no audit event tells of these two
        os.stat = look_at
        self._stat = look
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if event in _CHANGES:
            self._changed(event, args)
        elif event in self._handlers:
            self._handlers[event](*args)

    def _opened(self, path: Any, mode: str | None, flags: int) -> None:
        if path is None or isinstance(path, int):
            return
        if flags & _WRITING:
            self._write(_absolute(path), "written")
        else:
            self._read(_absolute(path))

    def _read(self, path: str) -> None:
        if path.endswith(".pyc"):
            path = _source_of(path)
        if self._of_environment(path) or ("file", path) in self._told:
            return
        real = os.path.realpath(path)
        self._refuse_endless(real)
        region = self._region(real)
        if region in (PROJECT, WRITABLE):
            self._note("file", path)
        elif region != ENVIRONMENT and not self._is_own(real) and os.path.lexists(real):
            self._only_libraries(region, real, f"{real} read")

    def _looked(self, path: str) -> None:
        if not self._of_environment(path) and self._region(os.path.realpath(path)) == PROJECT:
            self._note("file", path)

    def _listed(self, path: Any) -> None:
        if isinstance(path, int) or _module(next(_frames())) == "importlib":  # where packages are
            return
        folder = os.path.realpath(_absolute(path or "."))
        region = self._region(folder)
        if region in (PROJECT, WRITABLE):
            self._note("folder", folder)
        elif region != ENVIRONMENT and not self._is_own(folder) and os.path.lexists(folder):
            self._only_libraries(region, folder, f"{folder} listed")

    def _database(self, name: Any) -> None:
        """SQLite writes without a word, so that only what is opened read-only is safe."""
        name = os.fsdecode(name)
        path, _, options = name.removeprefix("file:").partition("?")
        if path in ("", ":memory:") or "mode=memory" in options:
            return
        if self._region(os.path.realpath(path)) in (PROJECT, ELSEWHERE) and not options.startswith("mode=ro"):
            wanted = f"sqlite3.connect('file:{path}?mode=ro', uri=True)"
            self._refuse(f"{path} opened as a database that may be changed; {wanted} only reads it")
        self._read(_absolute(path))

    def _changed(self, event: str, args: tuple[Any, ...]) -> None:
        places, descriptor = _CHANGES[event]
        if descriptor is not None and args[descriptor : descriptor + 1] not in ((), (-1,), (None,)):
            return  # in a folder that was opened; the removal of a whole tree is heard of before
        for place in places:
            if isinstance(args[place], int):
                continue
            path = _absolute(args[place])
            gone = event in _REMOVING or (event == "os.rename" and place == 0)
            idle = os.path.isdir(path) if event == "os.mkdir" else gone and not os.path.lexists(path)
            if not idle:
                self._write(path, "removed" if gone else "changed")

    def _write(self, path: str, done: str) -> None:
        if _is_compiled(path) or path == os.devnull:
            return
        real = os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))
        self._refuse_endless(real)
        region = self._region(os.path.realpath(path))
        if region == WRITABLE:
            self._note("written", real)
        elif region == PROJECT:
            self._refuse(f"{os.path.relpath(real, self._root)} {done}")
        elif region != TEMPORARY or (os.path.lexists(real) and not self._is_own(real)):
            self._only_libraries(region, real, f"{real} {done}")
        self._made.add(real)

    def _is_own(self, path: str) -> bool:
        """Whether it was made here, or is in what was made here."""
        return path in _SOURCES_OF_CHANCE or any(
            path == made or path.startswith(made + os.sep) for made in self._made
        )

    def _refuse_endless(self, path: str) -> None:
        """A pipe is waited for, and a device has no end."""
        try:
            mode = self._stat(path).st_mode
        except (OSError, ValueError):
            return
        if path not in _SOURCES_OF_CHANCE and (
            stat.S_ISFIFO(mode) or stat.S_ISCHR(mode) or stat.S_ISBLK(mode)
        ):
            self._refuse(f"{path}, a {'named pipe' if stat.S_ISFIFO(mode) else 'device'}, opened")

    def _started(self, *args: Any) -> None:
        known, self._self_contained = self._self_contained, False
        program = next(filter(None, (*args[1:2], *args[:1])), None if args else "a terminal")
        if program is not None and not known and self._is_authors(_asker()):
            words = [program] if isinstance(program, str | bytes | os.PathLike) else list(program)
            self._refuse_program(os.fsdecode(words[0]) if words else "")

    def _imported(self, name: str, *_: Any) -> None:
        if name in _STARTERS:
            self._refuse_program("python")

    def _refuse_program(self, name: str) -> None:
        self._refuse(f"{name!r} started, and no telling what it reads or changes")

    def _connected(self, *args: Any) -> None:
        if any(frame.f_code.co_name.endswith("socketpair") for frame in _frames()):
            return  # a process that talks to itself, where the system has no such pairs
        named = [arg for arg in args if isinstance(arg, str | bytes | tuple)]
        address = named[0] if named else ""
        host = str(address[0]) if isinstance(address, tuple) else os.fsdecode(address)
        self._refuse(f"a connection to {host}")

    def _only_libraries(self, region: int, path: str, found: str) -> None:
        """Refuse what cells ask for outside the project; libraries may keep things of their own there."""
        if region != KEPT or self._is_authors(_asker()) or self._is_passed(path):
            self._refuse(found)

    def _is_passed(self, path: str) -> bool:
        """Whether the author's code passed this path to a library: `pandas.read_csv("/etc/hosts")`."""
        called: FrameType | None = None
        for frame in _frames():
            if self._is_authors(frame):
                given = list(called.f_locals.values()) if called else []
                given += [one for value in given if isinstance(value, tuple) for one in value]
                names = (os.fsdecode(one) for one in given if isinstance(one, str | bytes | os.PathLike))
                return any(os.path.isabs(name) and os.path.realpath(name) == path for name in names)
            called = frame
        return False

    def _is_authors(self, asker: FrameType | None) -> bool:
        """Whether that is a cell's code, or a module's of the project."""
        if asker is None or asker.f_globals.get("__name__") == "__main__":
            return True
        file = asker.f_code.co_filename
        return os.path.isabs(file) and not self._of_environment(file) and self._region(file) == PROJECT

    def _of_environment(self, path: str) -> bool:
        """Whether it lies in the environment. Quick: most of what is opened does."""
        folder = os.path.dirname(path)
        if folder not in self._folders:
            self._folders[folder] = self._region(os.path.realpath(folder))
        return self._folders[folder] == ENVIRONMENT

    def _region(self, path: str) -> int:
        path = os.path.normcase(path)
        for folder, region in self._regions:
            if path.startswith(folder) and path[len(folder) : len(folder) + 1] in ("", os.sep):
                return region
        return ELSEWHERE

    def _note(self, kind: str, name: str) -> None:
        if (kind, name) in self._told:
            return
        self._told.add((kind, name))
        stamp = None
        if kind == "file":
            try:
                found = self._stat(name)
                stamp = [found.st_size, found.st_mtime_ns]
            except (OSError, ValueError):
                pass
        self._tell([kind, name, _line(), stamp])

    def _refuse(self, found: str) -> None:
        told = f"expected cells that read the project, and change nothing of it but figures, found {found}"
        self._tell(["refused", told, _line(), None])
        raise Refused(told)


def _regions(project: Sequence[str], writable: Sequence[str], own: Sequence[str]) -> list[tuple[str, int]]:
    """Each folder that says where a file is, the deepest first."""
    installed = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    if sys.prefix != sys.base_prefix:
        installed.append(sys.prefix)
    installed += (sysconfig.get_config_var("TZPATH") or "").split(os.pathsep)
    home = os.path.expanduser("~")
    kept = [*_SYSTEM, os.environ.get("SYSTEMROOT", ""), os.environ.get("PROGRAMFILES", "")]
    folders = {
        KEPT: [*kept, *(os.path.join(home, name) for name in _AT_HOME)],
        TEMPORARY: [tempfile.gettempdir(), *(["/tmp", "/var/tmp"] if os.name == "posix" else [])],
        PROJECT: project,
        WRITABLE: writable,
        ENVIRONMENT: [*installed, *own],
    }
    found: dict[str, int] = {}
    for region, names in folders.items():
        for name in filter(None, names):
            found[os.path.normcase(os.path.realpath(name)).rstrip(os.sep)] = region
    return sorted(found.items(), key=lambda one: -len(one[0]))


def _absolute(path: Any) -> str:
    return os.path.abspath(os.fsdecode(path))


def _is_compiled(path: str) -> bool:
    """Whether it is where Python keeps what it compiles."""
    return "__pycache__" in path or (sys.pycache_prefix is not None and path.startswith(sys.pycache_prefix))


def _source_of(compiled: str) -> str:
    """The source behind a compiled file; itself where there is none."""
    try:
        return source_from_cache(compiled)
    except ValueError:
        return compiled


def _module(frame: FrameType) -> str:
    """The top-level module whose code runs there."""
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]


def _frames() -> Iterator[FrameType]:
    """What runs, from the innermost on, without this file."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename != __file__:
            yield frame
        frame = frame.f_back


def _asker() -> FrameType | None:
    """Whoever asked for what is heard of: the innermost code that does not merely pass it on."""
    return next((frame for frame in _frames() if _module(frame) not in _PASS_ON), None)


def _line() -> int | None:
    """The deepest line of the cell that runs, from 1; None in an inline expression or a thread."""
    cells = os.path.join(tempfile.gettempdir(), "ipykernel_")
    running = [(frame.f_code.co_filename, frame.f_lineno) for frame in _frames()]
    own = [(file, line) for file, line in running if file.startswith(cells)]
    return next((line for file, line in own if file == own[-1][0]), None)


def reverse_listings() -> None:
    """List each folder the other way round from now on: no order is promised, and another machine has another one."""
    listdir, scandir = os.listdir, os.scandir

    class Reversed:
        def __init__(self, *args: Any) -> None:
            with scandir(*args) as entries:
                self._entries = iter([*entries][::-1])

        def __iter__(self) -> "Reversed":
            return self

        def __next__(self) -> Any:
            return next(self._entries)

        def __enter__(self) -> "Reversed":
            return self

        def __exit__(self, *_: object) -> None: ...

        def close(self) -> None: ...

    names: dict[str, Any] = {"listdir": lambda *args: listdir(*args)[::-1], "scandir": Reversed}
    vars(os).update(names)


def main() -> None:
    """Run an ipykernel whose cells are watched. On SIGUSR1 it writes down where it is."""
    import faulthandler

    settings = json.loads(sys.argv.pop(1))
    if not sys.flags.safe_path:
        del sys.path[0]  # this file's folder
    written = os.open(settings.pop("log"), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    stack, again = settings.pop("stack"), settings.pop("again")

    def tell(asked: Any) -> None:
        os.write(written, json.dumps(asked).encode() + b"\n")

    watch = Watch(**settings, tell=tell)
    if hasattr(signal, "SIGUSR1"):
        faulthandler.register(signal.SIGUSR1, open(stack, "wb"), all_threads=False)  # noqa: SIM115

    sys.modules["debugpy"] = None  # type: ignore[assignment]  # nobody debugs here, and to load it takes a while
    from ipykernel.kernelapp import IPKernelApp

    application: Any = IPKernelApp.instance()
    application.initialize(sys.argv[1:])
    del sys.modules["debugpy"]
    if again:
        reverse_listings()
    watch.begin()
    application.start()


if __name__ == "__main__":
    main()
