"""What a cell reads is known, and what no cell may do is refused before it is done, by its line."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from recomputed.manuscript.execute import ExecutionError, execute
from recomputed.manuscript.fingerprint import hashes
from recomputed.manuscript.kernel import Kernel
from recomputed.manuscript.source import parse_manuscript

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and links are POSIX's")

OUTSIDE = "{outside}"

REFUSED = {
    "a removed file": ("import os\nos.remove('data/a.csv')", "data/a.csv removed"),
    "a removed path": ("from pathlib import Path\nPath('data/a.csv').unlink()", "data/a.csv removed"),
    "a removed folder": ("import shutil\nshutil.rmtree('data')", "data removed"),
    "a file moved away": ("import os\nos.rename('data/a.csv', 'figures/a.csv')", "data/a.csv removed"),
    "a file moved over": ("import os\nos.replace('figures/a.svg', 'data/a.csv')", "data/a.csv changed"),
    "an emptied file": ("import os\nos.truncate('data/a.csv', 0)", "data/a.csv changed"),
    "an overwritten file": ("x = 1\nopen('data/a.csv', 'w')", "data/a.csv written"),
    "an appended file": ("x = 1\nopen('data/a.csv', 'a')", "data/a.csv written"),
    "a file opened by its descriptor": ("import os\nos.open('data/a.csv', os.O_RDWR)", "data/a.csv written"),
    "a file beside the paper": ("x = 1\nopen('notes.txt', 'x')", "notes.txt written"),
    "a new folder": ("import os\nos.makedirs('new/one')", "new changed"),
    "a link": ("import os\nos.symlink('data/a.csv', 'b.csv')", "b.csv changed"),
    "another mode": ("import os\nos.chmod('data/a.csv', 0)", "data/a.csv changed"),
    "a frame written": ("import pandas\npandas.DataFrame().to_csv('data/a.csv')", "data/a.csv written"),
    "a database": (
        "import sqlite3\nsqlite3.connect('data/a.db')",
        "sqlite3.connect('file:data/a.db?mode=ro', uri=True)",
    ),
    "a file elsewhere": (f"x = 1\nopen('{OUTSIDE}')", f"{OUTSIDE} read"),
    "a frame elsewhere": (f"import pandas\npandas.read_csv('{OUTSIDE}')", f"{OUTSIDE} read"),
    "a way out": ("import os\nopen(os.path.join('..', 'outside.csv'))", f"{OUTSIDE} read"),
    "a link out": ("x = 1\nopen('data/out.csv')", f"{OUTSIDE} read"),
    "a file written elsewhere": (f"x = 1\nopen('{OUTSIDE}', 'w')", f"{OUTSIDE} written"),
    "a folder elsewhere": ("import os\nos.listdir('..')", "listed"),
    "a file of the system": ("x = 1\nopen('/etc/hostname')", "/etc/hostname read"),
    "a frame of the system": ("import pandas\npandas.read_csv('/etc/hosts')", "/etc/hosts read"),
    "a named pipe": ("x = 1\nopen('data/pipe')", "data/pipe, a named pipe, opened"),
    "a device": ("x = 1\nopen('/dev/zero')", "/dev/zero, a device, opened"),
    "a program": ("import subprocess\nsubprocess.run(['rm', 'data/a.csv'])", "'rm' started"),
    "a shell": ("import os\nos.system('rm data/a.csv')", "'rm data/a.csv' started"),
    "a line for the shell": ("x = 1\n!rm data/a.csv", "started"),
    "a connection": (
        "import urllib.request\nurllib.request.urlopen('http://localhost:9')",
        "a connection to localhost",
    ),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with data, beside a file that is not its own."""
    root = tmp_path_factory.mktemp("watched") / "paper"
    for folder in ("data", "figures"):
        (root / folder).mkdir(parents=True)
    (root / "data" / "a.csv").write_text("a\n1\n")
    (root / "figures" / "a.svg").write_text("<svg/>")
    (root / "module.py").write_text("def change():\n    open('data/a.csv', 'w')\n")
    (root.parent / "outside.csv").write_text("a\n2\n")
    (root / "data" / "out.csv").symlink_to(root.parent / "outside.csv")
    os.mkfifo(root / "data" / "pipe")
    with closing(sqlite3.connect(root / "data" / "a.db")) as database:
        database.execute("create table t (a)")
    return root


@pytest.fixture(scope="module")
def kernel(root: Path) -> Iterator[Kernel]:
    """One kernel for all: what is refused leaves it as it was."""
    with Kernel(root) as kernel:
        yield kernel


def run(kernel: Kernel, code: str) -> list[tuple[str, str]]:
    """Execute a cell; what it asked for, paths from the project's root."""
    before = len(kernel.history)
    execute(parse_manuscript(f"```{{python}}\n{code}\n```\n"), kernel)
    return [(one.kind, os.path.relpath(one.name, kernel.root) if one.kind != "variable" else one.name)
            for one in kernel.history[before:]]  # fmt: skip


def refusal(kernel: Kernel, code: str) -> ExecutionError:
    with pytest.raises(ExecutionError) as error:
        run(kernel, code)
    return error.value


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_cell_may_do_is_refused_before_it_is_done(kernel: Kernel, root: Path, name: str) -> None:
    code, found = REFUSED[name]
    before = hashes(root.parent)
    error = refusal(kernel, code.format(outside=root.parent / "outside.csv"))
    assert error.line == 3
    assert found.format(outside=root.parent / "outside.csv") in error.reason
    assert error.reason.startswith("expected cells that read the project")
    assert hashes(root.parent) == before


def test_a_refusal_counts_where_the_cell_makes_nothing_of_it(kernel: Kernel, root: Path) -> None:
    error = refusal(kernel, "try:\n    open('data/a.csv', 'w')\nexcept Exception:\n    pass")
    assert (error.line, (root / "data" / "a.csv").read_text()) == (3, "a\n1\n")


def test_a_refusal_in_a_module_is_told_at_the_cells_line(kernel: Kernel) -> None:
    assert refusal(kernel, "import module\nx = 1\nmodule.change()").line == 4


def test_a_refusal_in_another_cells_function_is_told_where_it_was_called(kernel: Kernel) -> None:
    run(kernel, "a = 1\nb = 2\ndef change():\n    open('data/a.csv', 'w')")
    code = "try:\n    change()\nexcept Exception:\n    pass"
    assert refusal(kernel, code).line == 3


READ = {
    "a text": ("open('text-1.txt')", ("file", "text-1.txt")),
    "a path": ("from pathlib import Path\nPath('text-2.txt').read_text()", ("file", "text-2.txt")),
    "a frame": ("import pandas\npandas.read_csv('text-3.txt')", ("file", "text-3.txt")),
    "a module": ("import other", ("file", "other.py")),
    "whether there is one": ("import os\nos.path.exists('text-4.txt')", ("file", "text-4.txt")),
    "none there": (
        "from contextlib import suppress\nwith suppress(OSError):\n    open('none')",
        ("file", "none"),
    ),
    "a folder": ("import os\nos.listdir('data')", ("folder", "data")),
    "a pattern": ("import glob\nglob.glob('figures/*.svg')", ("folder", "figures")),
    "a database": (
        "import sqlite3\nsqlite3.connect('file:data/a.db?mode=ro', uri=True)",
        ("file", "data/a.db"),
    ),
    "a variable": ("import os\nos.environ.get('NOT_SET')", ("variable", "NOT_SET")),
    "a figure written": ("open('figures/b.svg', 'w')", ("written", "figures/b.svg")),
}


@pytest.mark.parametrize("name", READ)
def test_what_a_cell_asks_for_is_known(kernel: Kernel, root: Path, name: str) -> None:
    for nth in range(1, 5):
        (root / f"text-{nth}.txt").write_text("a\n1\n")
    (root / "other.py").write_text("")
    code, asked = READ[name]
    assert asked in run(kernel, code)


def test_what_libraries_keep_for_themselves_is_not_asked_for(kernel: Kernel) -> None:
    code = "import tempfile, zoneinfo\nzoneinfo.ZoneInfo('Asia/Jakarta')\n"
    code += "with tempfile.TemporaryDirectory() as folder:\n    open(folder + '/a', 'w').close()\n"
    code += "    open(folder + '/a').close()\n    import os\n    os.listdir(folder)"
    assert run(kernel, code) == []


def test_what_python_keeps_compiled_is_its_own(root: Path) -> None:
    compiled = root / "compiled"
    with Kernel(root, {"PYTHONPYCACHEPREFIX": str(compiled), "PYTHONDONTWRITEBYTECODE": ""}) as kernel:
        assert run(kernel, "import colorsys") == []
    assert any(compiled.rglob("*.pyc"))


def test_what_others_left_in_the_temporary_directory_is_safe(kernel: Kernel, tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.write_text("x")
    assert f"{left} removed" in refusal(kernel, f"import os\nos.remove('{left}')").reason
    assert left.exists()
