"""A small copy of the project, as a user finds it, and a local wheel for its lock to name."""

import base64
import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from synthetic.papers import CHECKOUT

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and mounts are POSIX's")
ENGINE = os.path.join("recomputed", "src", "recomputed")
MAIN = """
import json, os, sys
import recomputed, tiny
facts = {"arguments": sys.argv[1:], "cwd": os.getcwd(), "prefix": sys.prefix, "tiny": tiny.VERSION}
facts["root"] = os.environ["RECOMPUTED_PAPER"]
facts["environ"] = dict(os.environ)
json.dump(facts, sys.stdout)
sys.exit(int(sys.argv[1]) if sys.argv[1:] else 0)
"""


def write_wheel(folder: Path, version: str) -> str:
    """Write a wheel of `tiny`. Gives its line in a lock."""
    path = folder / f"tiny-{version}-py3-none-any.whl"
    info = f"tiny-{version}.dist-info"
    files = {
        "tiny.py": f"VERSION = {version!r}\n",
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


class Copy:
    """A copy of the project with a small engine, as a user would find it in `folder`."""

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
        (folder / ENGINE).mkdir(parents=True)
        (folder / ENGINE / "__init__.py").write_text("")
        (folder / ENGINE / "__main__.py").write_text(MAIN)
        shutil.copy(CHECKOUT / "reproduce.py", folder)
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
        """What the engine found when it ran; that it did not set anything up on the way."""
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
