"""Quarto, where it is installed: given the woven Markdown in a copy of the project, so that nothing runs
twice.

In that copy `paper.qmd` has no code left and says `engine: markdown`, which is how Quarto is told that a
document is not to be executed (src/execute/engine.ts). All else, `_quarto.yml` first, is the project's own.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.faults import Fault, InputError, PaperError
from analysis.press.verdict import Executed

OLDEST = (1, 6)
OLDEST_TEXT = "1.6"

FORMATS = {"html": "html", "pdf": "typst", "docx": "docx", "jats": "jats"}
OUTPUTS = {"html": "index.html", "pdf": "paper.pdf", "docx": "paper.docx", "jats": "paper.xml"}

NAMING = ("author", "authors", "affiliations", "acknowledgements", "citation", "copyright", "doi", "funding")
"""Front matter that names authors or institutions: not in the blind edition."""

_LEFT_OUT = shutil.ignore_patterns(
    ".*", "_manuscript", "_site", "dist", "tests", "benchmarks", "__pycache__", "*.ipynb", "*_files"
)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PLACE = re.compile(r"\(?at .*?:\d+:\d+\)?$|^\s*at ")


class QuartoError(PaperError):
    """Quarto could not typeset. Exit code 1."""


@dataclass(frozen=True, slots=True)
class Quarto:
    """An installed Quarto: its program and the version that it states."""

    program: str
    version: str

    @property
    def recent(self) -> bool:
        """Whether it is new enough."""
        return _numbers(self.version) >= OLDEST

    def require(self) -> str:
        """Its version; InputError if that is too old."""
        if not self.recent:
            raise InputError(
                Fault("--engine quarto", f"quarto {OLDEST_TEXT} or newer", f"{self.version} ({self.program})")
            )
        return self.version

    def typeset(self, executed: Executed, root: Path, out: Path, formats: Sequence[str]) -> None:
        """Typeset the woven Markdown; write `out/OUTPUTS[format]` for each format, with JATS its `figures/`.

        Raises QuartoError with Quarto's own reason.
        """
        with tempfile.TemporaryDirectory(prefix="quarto-") as folder:
            staging = Path(folder) / "paper"
            shutil.copytree(root, staging, ignore=_LEFT_OUT)
            (staging / "paper.qmd").write_text(resolved_document(executed), encoding="utf-8")
            _name_formats(staging / "_quarto.yml", formats)
            self._render(staging, executed)
            made = staging / "_manuscript"
            for name in formats:
                if not (made / OUTPUTS[name]).is_file():
                    raise QuartoError(f"quarto {self.version} wrote no {OUTPUTS[name]}")
                shutil.copyfile(made / OUTPUTS[name], out / OUTPUTS[name])
            if "jats" in formats and (staging / "figures").is_dir():
                shutil.copytree(staging / "figures", out / "figures", dirs_exist_ok=True)

    def _render(self, staging: Path, executed: Executed) -> None:
        profile = ["--profile", executed.profile] if executed.profile else []
        command = [self.program, "render", "paper.qmd", *profile]
        environment = {name: value for name, value in os.environ.items() if name != "QUARTO_PROFILE"}
        environment.setdefault("SOURCE_DATE_EPOCH", _epoch(executed))
        done = subprocess.run(
            command, cwd=staging, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode:
            said = _ANSI.sub("", done.stderr.decode(errors="replace")).replace(str(staging), ".")
            raise QuartoError(f"quarto {self.version} could not typeset: {_reason(said)}")


def staged(root: Path) -> Iterator[Path]:
    """The files of the project that its copy holds: Quarto may open each."""
    for folder, folders, files in os.walk(root):
        left_out = _LEFT_OUT(folder, [*folders, *files])
        folders[:] = [name for name in folders if name not in left_out]
        yield from (Path(folder, name) for name in files if name not in left_out)


def find() -> Quarto | None:
    """The Quarto on the path, or None. One that cannot say its version counts as none."""
    program = shutil.which("quarto")
    if program is None:
        return None
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = done.stdout.strip()
    return Quarto(program, version) if done.returncode == 0 and _numbers(version) else None


def resolved_document(executed: Executed) -> str:
    """A `paper.qmd` with nothing to execute: the manuscript's front matter and the woven Markdown."""
    import yaml

    left_out = ("jupyter", *NAMING) if executed.profile == "blind" else ("jupyter",)
    front = {name: value for name, value in executed.manuscript.metadata.items() if name not in left_out}
    front["engine"] = "markdown"
    text = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10**6)
    return f"---\n{text}---\n\n{executed.woven.markdown}"


def _name_formats(settings_file: Path, formats: Sequence[str]) -> None:
    """Leave only these formats in the staged settings: in a project, Quarto takes `--to a,b` for one name."""
    import yaml

    settings = yaml.safe_load(settings_file.read_text(encoding="utf-8-sig")) or {}
    known = settings.get("format", {})
    settings["format"] = {FORMATS[name]: known.get(FORMATS[name], "default") for name in formats}
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    settings_file.write_text(text, encoding="utf-8")


def _epoch(executed: Executed) -> str:
    """The document's date in seconds, for whatever stamps a time into a file: the same bytes each time."""
    from analysis.press.frontmatter import document_date

    day = document_date(executed.manuscript.metadata)
    return str(int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()))


def _numbers(version: str) -> tuple[int, ...]:
    match = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    return tuple(int(part) for part in match.groups(default="0")) if match else ()


def _reason(stderr: str) -> str:
    """What Quarto said went wrong, without its stack and progress."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip() and not _PLACE.search(line)]
    told = [line for line in lines if re.match(r"(ERROR|Error|error)\b", line)]
    return "; ".join(told or lines[-3:]) or "it said nothing"
