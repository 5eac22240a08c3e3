"""A new paper: the starter, in the words of a language, with the engine that it was made with."""

import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from string import Template

from recomputed import paths
from recomputed.atomic import whole
from recomputed.faults import CheckFailed, Fault, InputError, nearest
from recomputed.file_kind import DIRECTORY, NOTHING, kind_at
from recomputed.language.catalogue import CODES, Language, language

STARTER = paths.ENGINE / "starter"
SHIPPED = ("reproduce.py", "requirements.lock", "LICENSE", "LICENSE-CC-BY-4.0", paths.EXTENSION)
RENAMED = {"gitignore": ".gitignore"}  # a rule for the paper, not for the engine's own files
LEFT = shutil.ignore_patterns("__pycache__", "_extensions", "reproduce.py", "requirements.lock", "LICENSE*")
AFFILIATION = "Your University, Your City, Your Country"


def new_paper(folder: Path, lang: str) -> None:
    """Make a paper in `folder`, whole or not at all. InputError for a folder or a language that will not do."""
    if lang not in CODES:
        raise InputError(Fault("--lang", f"one of {', '.join(CODES)}", f"{lang!r}{nearest(lang, CODES)}"))
    target = folder.resolve()
    if Path.cwd().is_relative_to(target):
        raise InputError(Fault(str(folder), "a directory that is not the current one", "the current one"))
    kind = kind_at(target)
    if kind not in (DIRECTORY, NOTHING) or (kind == DIRECTORY and any(target.iterdir())):
        found = "one with files in it" if kind == DIRECTORY else kind
        raise InputError(Fault(str(folder), "a new or an empty directory", found))
    letters = unicodedata.normalize("NFKD", target.name).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters.lower()).strip("-") or "paper"
    if not re.search(r"[^\W_]", target.name):
        raise InputError(
            Fault(str(folder), "a directory whose name has a letter or a digit", repr(target.name))
        )
    with whole(target) as new:
        _lay_down(new, name, language(lang))
        _generate(new)


def _lay_down(new: Path, name: str, said: Language) -> None:
    words = {
        "name": name,
        "lang": said.code,
        "affiliation": AFFILIATION,
        "supplement": said["labels.supplement"],
        **_words(said),
    }
    for source in sorted(path for path in STARTER.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        place = source.relative_to(STARTER)
        file = new / place.with_name(RENAMED.get(place.name, place.name))
        file.parent.mkdir(parents=True, exist_ok=True)
        text = Template(source.read_text(encoding="utf-8")).substitute(words)
        file.write_text(text, encoding="utf-8", newline="\n")
    for shipped in SHIPPED:
        source = paths.shipped(shipped)
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, new / shipped)
    shutil.copytree(paths.ENGINE, new / paths.CARRIED, ignore=LEFT)


def _words(said: Language) -> dict[str, str]:
    """The words of the starter, with what its cells compute in their places."""
    values = {"year": "days.year", "february": "days.february"}
    places = {place: f'`{{python}} n["{id_}"]`' for place, id_ in values.items()}
    places["part"] = '`{python} name["jan-mar"]`'
    for place, case in (("first", "jan-mar"), ("last", "oct-dec")):
        places |= {place: f"{{name['{case}']}}", f"{place}_days": f"{{n['days.part.{case}']}}"}
    return {key: said.say(f"starter.{key}", cited="[@iso8601]", **places) for key in said["starter"]}


def _generate(new: Path) -> None:
    """Write what the paper generates, in a process that has this paper for its own. CheckFailed with its last word."""
    named = {paths.VARIABLE: str(new), "PYTHONPATH": str(paths.ENGINE.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-P", "-m", "recomputed.authoring.generated"]
    done = subprocess.run(
        command, env={**os.environ, **named}, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise CheckFailed(done.stderr.strip().rpartition("\n")[2])
