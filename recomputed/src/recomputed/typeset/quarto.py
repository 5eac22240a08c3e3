"""Quarto, where it is installed: given the woven Markdown in a copy of the project, so that nothing runs
twice.

In that copy `paper.qmd` has no code left and says `engine: markdown`, which is how Quarto is told that a
document is not to be executed (src/execute/engine.ts). All else, `_quarto.yml` first, is the project's own.
"""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from recomputed.editions import is_blind, settings_files
from recomputed.faults import Fault, InputError, PaperError
from recomputed.judgement import Executed
from recomputed.manuscript import markdown
from recomputed.manuscript.frontmatter import PLAIN, document_date
from recomputed.manuscript.settings import document_metadata, project_settings
from recomputed.outputs import FILES, SUPPLEMENT
from recomputed.paths import ASSETS, EXTENSION
from recomputed.processes import kill_tree
from recomputed.typeset import pandoc
from recomputed.typeset.blind import anonymous_pictures
from recomputed.typeset.engines import has_supplement
from recomputed.typeset.finish import finished
from recomputed.typeset.titleblock import title_block

OLDEST = (1, 7)
OLDEST_TEXT = "1.7"
TAGS = (1, 9)  # the oldest that makes an archival and accessible PDF
LIMIT = 300.0  # seconds

FORMATS = {"html": "html", "pdf": "typst", "docx": "docx", "jats": "jats"}

_LEFT_OUT = shutil.ignore_patterns(
    ".*",
    "_manuscript*",
    "_site",
    "dist",
    "tests",
    "benchmarks",
    "__pycache__",
    "*.ipynb",
    "*_files",
    "*.local",
)
_ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ABOVE = re.compile(r"(\.\./)+(?=_extensions/|\.venv/)")
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

    @property
    def tags(self) -> bool:
        """Whether its PDFs are archival and accessible."""
        return _numbers(self.version) >= TAGS

    def require(self) -> str:
        """Its version; InputError if that is too old."""
        if not self.recent:
            raise InputError(
                Fault("--engine quarto", f"quarto {OLDEST_TEXT} or newer", f"{self.version} ({self.program})")
            )
        return self.version

    def typeset(
        self,
        executed: Executed,
        root: Path,
        out: Path,
        formats: Sequence[str],
        reference: bytes | None = None,
    ) -> None:
        """Typeset the woven Markdown; write `out/FILES[format]` for each format, with JATS its `figures/`.

        The PDF of a Quarto that cannot tag one is the embedded engine's. Raises QuartoError with Quarto's own reason.
        """
        metadata = document_metadata(project_settings(root, executed.profile), executed.manuscript.metadata)
        if "pdf" in formats and not self.tags:
            text, profile, data = executed.woven.markdown, executed.profile, executed.data
            pandoc.typeset(text, metadata, out, ["pdf"], profile, root, data)
            formats = [name for name in formats if name != "pdf"]
        if not formats:
            return
        with tempfile.TemporaryDirectory(prefix="quarto-") as folder:
            staging = Path(folder) / "paper"
            shutil.copytree(root, staging, ignore=_LEFT_OUT)
            _with_extension(staging, executed.profile)
            for fonts in pandoc.font_folders():
                shutil.copytree(fonts, staging / ".venv" / "lib" / fonts.parent.name)  # as in `_quarto.yml`
            pictures = _blind(executed, root, staging) if is_blind(executed.profile) else {}
            document = resolved_document(executed, metadata, pictures)
            (staging / "paper.qmd").write_text(document, encoding="utf-8", newline="\n")
            _name_formats(staging / "_quarto.yml", formats)
            for name in settings_files(executed.profile)[1:]:
                _without_project(staging / name)
            if reference:
                (staging / EXTENSION / "reference.docx").write_bytes(reference)
            self._make(staging, executed, root, {name: FILES[name] for name in formats}, out)
            beside = {name: SUPPLEMENT[name] for name in formats if name in SUPPLEMENT}
            if beside and has_supplement(json.loads(markdown.read(executed.woven.markdown))):
                _name_formats(staging / "_quarto.yml", list(beside), "supplement")
                self._make(staging, executed, root, beside, out)
            if "jats" in formats and (staging / "figures").is_dir():
                shutil.copytree(staging / "figures", out / "figures", dirs_exist_ok=True)

    def _make(
        self, staging: Path, executed: Executed, root: Path, files: Mapping[str, str], out: Path
    ) -> None:
        self._render(staging, executed, root)
        for name in files.values():
            made = staging / "_manuscript" / name
            if not made.is_file():
                raise QuartoError(f"quarto {self.version} wrote no {name}")
            (out / name).write_bytes(finished(made))

    def _render(self, staging: Path, executed: Executed, root: Path) -> None:
        profile = ["--profile", executed.profile] if executed.profile else []
        command = [self.program, "render", "paper.qmd", *profile]
        environment = {name: value for name, value in os.environ.items() if name != "QUARTO_PROFILE"}
        environment.setdefault("SOURCE_DATE_EPOCH", _epoch(executed))
        said_in = staging.parent / "said"
        with said_in.open("wb") as said:
            code = _run(command, staging, environment, said.fileno())
        told = _ANSI.sub("", said_in.read_text("utf-8", "replace")).replace(str(staging), ".")
        if code is None:
            raise QuartoError(
                f"quarto {self.version} took longer than {LIMIT:g} s to typeset, and was stopped"
            )
        if faults := pandoc.unresolved(told, pandoc.manuscript_text(root)):
            raise InputError(faults)
        if code:
            raise QuartoError(f"quarto {self.version} could not typeset: {_reason(told)}")


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], stderr: int) -> int | None:
    """The command's exit code; None if it took longer than LIMIT. All that it started ends with it."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        start_new_session=True,
    )
    try:
        return process.wait(LIMIT)
    except subprocess.TimeoutExpired:
        return None
    finally:
        kill_tree(process)


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
        done = subprocess.run(
            [program, "--version"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = done.stdout.strip()
    return Quarto(program, version) if done.returncode == 0 and _numbers(version) else None


def _with_extension(staging: Path, profile: str | None) -> None:
    """Lay the extension into the copy, and name it there, of a project that has it and its fonts above itself."""
    if (staging / EXTENSION).is_dir():
        return
    shutil.copytree(ASSETS, staging / EXTENSION)
    for file in (staging / name for name in settings_files(profile)):
        text = _ABOVE.sub("", file.read_text(encoding="utf-8-sig"))
        file.write_text(text, encoding="utf-8", newline="\n")


def _blind(executed: Executed, root: Path, staging: Path) -> dict[str, str]:
    """Lay pictures that tell nothing into the copy; their new names by the old."""
    shutil.rmtree(staging / "figures", ignore_errors=True)
    return anonymous_pictures(json.loads(markdown.read(executed.woven.markdown)), root, staging)


def resolved_document(
    executed: Executed, metadata: Mapping[str, Any], pictures: Mapping[str, str] | None = None
) -> str:
    """A `paper.qmd` with nothing to execute: the woven Markdown, then the title block, which names whom it may."""
    import yaml

    front = {name: value for name, value in executed.manuscript.metadata.items() if name in PLAIN}
    text = yaml.safe_dump(front | {"engine": "markdown"}, allow_unicode=True, sort_keys=False, width=10**6)
    return (
        f"---\n{text}---\n\n{executed.woven.markdown}\n\n{title_block(metadata, executed.profile, pictures)}"
    )


def _name_formats(settings_file: Path, formats: Sequence[str], part: str = "paper") -> None:
    """Leave only these formats in the staged settings, of this part of the paper.

    In a project, Quarto takes `--to a,b` for one name.
    """
    import yaml

    settings = yaml.safe_load(settings_file.read_text(encoding="utf-8-sig")) or {}
    settings.get("project", {}).pop("post-render", None)  # done here
    known = settings.get("format", {})
    settings["format"] = {FORMATS[name]: known.get(FORMATS[name], "default") for name in formats}
    if part == "supplement":
        settings["part"] = part
        for name in formats:
            own = settings["format"][FORMATS[name]]
            own = own if isinstance(own, dict) else {}
            settings["format"][FORMATS[name]] = {**own, "output-file": SUPPLEMENT[name]}
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    settings_file.write_text(text, encoding="utf-8", newline="\n")


def _without_project(settings_file: Path) -> None:
    """A profile's staged settings, as they are for one document called `paper.qmd`, whatever the edition's is."""
    import yaml

    settings = yaml.safe_load(settings_file.read_text(encoding="utf-8-sig")) or {}
    for form in (settings.get("format") or {}).values():
        form.pop("output-file", None)
    text = yaml.safe_dump({name: value for name, value in settings.items() if name != "project"})
    settings_file.write_text(text, encoding="utf-8", newline="\n")


def _epoch(executed: Executed) -> str:
    """The document's date in seconds, for whatever stamps a time into a file: the same bytes each time."""
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
