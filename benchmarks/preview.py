"""A running preview of a copy of the paper, and edits of it that are timed."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import psutil

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(".*", "_manuscript", "dist", "__pycache__", "tests", "examples", "src")
QUIET = 0.05  # seconds of the processor in one of the clock, of a preview that has nothing left to do


class Edits:
    """Edits of the paper in `root`, whose page is at `address`."""

    def __init__(self, root: Path, address: str, process: int) -> None:
        self._root, self._address, self._process = root, address, psutil.Process(process)
        self._until("</html>", time.perf_counter())
        self._settle()

    def prose(self, nth: int) -> float:
        """Seconds until a new sentence is on the page."""
        text = (self._root / "paper.qmd").read_text(encoding="utf-8")
        said = "Kalimat" + "abcdefghij"[nth % 10] * 3
        at = text.index("\n\n", text.index("{#sec-intro}"))
        return self._time("paper.qmd", f"{text[:at]}\n\n{said}.{text[at:]}", said)

    def data(self, nth: int) -> float:
        """Seconds until another name of a case is on the page."""
        header, first, rest = (self._root / "names.csv").read_text(encoding="utf-8").split("\n", 2)
        name = "Nama" + "abcdefghij"[nth % 10] * 3
        return self._time("names.csv", f"{header}\n{first.split(',')[0]},{name}\n{rest}", name)

    def _time(self, file: str, text: str, shown: str) -> float:
        (self._root / file).write_text(text, encoding="utf-8")
        taken = self._until(shown, time.perf_counter())
        self._settle()
        return taken

    def _settle(self) -> None:
        """Wait until nothing is left to do, as an author does who writes."""
        used, quiet = self._used(), 0
        while quiet < 3:  # seconds on end: a busy machine has pauses
            time.sleep(1)
            before, used = used, self._used()
            quiet = quiet + 1 if 0 <= used - before < QUIET else 0

    def _used(self) -> float:
        """Seconds of the processor in the preview and what it started."""
        used = 0.0
        for one in (self._process, *self._process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                used += sum(one.cpu_times()[:2])
        return used

    def _until(self, shown: str, begun: float) -> float:
        page = faults = -1
        while shown not in self._get(""):  # asked for as a browser does: where there is news
            news = json.loads(self._get(f"changes?page={page}&faults={faults}"))
            page, faults = news["page"], news["faults"]
            if time.perf_counter() - begun > 120:
                raise SystemExit(f"preview: no page with {shown!r}")
        return time.perf_counter() - begun

    def _get(self, path: str) -> str:
        with urlopen(self._address + path, timeout=60) as answer:
            content: bytes = answer.read()
        return content.decode()


@contextmanager
def running() -> Iterator[Edits]:
    """Start a preview, and end it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(shutil.copytree(ROOT, Path(folder) / "paper", ignore=LEFT_OUT))
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "recomputed" / "src")}
        command = [sys.executable, "-P", "-m", "recomputed", "-C", str(root), "preview"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
            assert process.stdout is not None
            try:
                yield Edits(root, process.stdout.readline().strip(), process.pid)
            finally:
                process.terminate()
