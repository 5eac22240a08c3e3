"""The project's settings as Quarto merges them: `_quarto.yml`, then the profile's file, then the front matter."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from recomputed.editions import settings_files
from recomputed.faults import Fault, InputError, nearest
from recomputed.manuscript.keys import METADATA, SETTINGS, key_faults
from recomputed.manuscript.source import Manuscript
from recomputed.text_files import file_fault, read_text
from recomputed.yaml_text import Yaml, inline_in_yaml, read_front_matter, read_yaml

_STRUCTURE = (
    "project",
    "manuscript",
    "format",
    "execute",
    "jupyter",
    "engine",
    "profile",
    "cell-timeout",
    "quarto-required",
)
_FENCED = re.compile(r"^([\t >]*`{3,})[^`\n]*\n[\W\w]*?\n\1\s*$", re.MULTILINE)  # both are Quarto's own
_BLOCK = re.compile(r"^---[ \t]*\n(?![ \t]*\n)([\W\w]*?)\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_EXECUTE = ("eval", "echo", "output", "warning", "error", "include", "cell-timeout")


def project_settings(root: Path, profile: str | None = None) -> dict[str, Any]:
    """`_quarto.yml` with the file of each part of a profile over it. InputError if one is missing or not YAML."""
    settings: dict[str, Any] = {}
    for file in _files(root, profile):
        settings = merge(settings, _read(file).value)
    return settings


def require_settings(root: Path, profile: str | None, manuscript: Manuscript) -> None:
    """InputError, with every fault, unless both engines honour each key and find each file that one names."""
    read = {file.name: _read(file) for file in _files(root, profile)}
    faults = [fault for file, settings in read.items() for fault in key_faults(settings, SETTINGS, file)]
    front, _ = read_front_matter(manuscript.front_matter.split("\n"), manuscript.name)
    faults += key_faults(front, METADATA, manuscript.name)
    faults += _settings_in_text(manuscript)
    if not faults:
        read[manuscript.name] = front
        faults += [fault for file, settings in read.items() for fault in _file_faults(root, file, settings)]
        keys = set().union(*(settings.value for settings in read.values()))
        for key in ("title", "date"):
            if key not in keys:
                faults.append(Fault(manuscript.name, f"`{key}:` in the front matter", "none", 1))
        faults += _reference_faults(read)
        if "bibliography" in keys and "csl" not in keys:
            expected = "`csl:` beside `bibliography:`: without it each engine has a style of its own"
            faults.append(Fault("_quarto.yml", expected, "none"))
    if faults:
        raise InputError(faults)


def _settings_in_text(manuscript: Manuscript) -> Iterator[Fault]:
    for cell in manuscript.notebook.cells:
        if cell.cell_type == "code":
            continue
        text = _FENCED.sub(lambda found: "\n" * found[0].count("\n"), cell.source)
        for found in _BLOCK.finditer(text):
            row = cell.metadata["line"] + text.count("\n", 0, found.start())
            said = read_yaml(found[1], manuscript.name, row + 1, "text, or YAML, between `---` lines")
            if isinstance(said.value, dict):
                expected = "settings in the front matter alone: Quarto would read these too"
                yield Fault(manuscript.name, expected, found[1].split("\n")[0][:80], row)


def document_metadata(settings: Mapping[str, Any], front_matter: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates read: the settings that are metadata, the front matter over them.

    Files are named from the project's root, as Quarto takes them with a `/` before and without.
    """
    merged = merge(settings, front_matter)
    metadata = {name: value for name, value in merged.items() if name not in _STRUCTURE}
    if "bibliography" in metadata:
        given = metadata["bibliography"]
        files = dict.fromkeys(name.lstrip("/") for name in ([given] if isinstance(given, str) else given))
        metadata["bibliography"] = list(files)
    if metadata.get("csl", "").startswith("../"):  # the engine's own, which is taken where none is named
        del metadata["csl"]
    if "csl" in metadata:
        metadata["csl"] = metadata["csl"].lstrip("/")
    return metadata


def _file_faults(root: Path, file: str, settings: Yaml) -> Iterator[Fault]:
    """The files that `file` names and that cannot be read, or would be fetched from a network."""
    metadata = document_metadata({}, settings.value)
    named = [("bibliography", name) for name in metadata.get("bibliography", ())]
    named += [("csl", metadata["csl"])] if "csl" in metadata else []
    for key, name in named:
        row = settings.rows.get((key,))
        if fault := file_fault(root / name, name):
            yield Fault(file, f"`{key}:` with {fault.expected}", f"{name}: {fault.found}", row)
        elif key == "csl" and (wrong := _style_fault(read_text(root / name, name))):
            yield Fault(file, "`csl:` with a whole citation style in XML", f"{name}, {wrong}", row)


def _style_fault(style: str) -> str:
    """Why it is no citation style that needs nothing else; empty where it is one."""
    try:
        tag = ElementTree.fromstring(style.encode()).tag.rpartition("}")[2]
    except ElementTree.ParseError as error:
        return str(error)
    if tag != "style":
        return f"whose outermost element is {tag}"
    return "which names another style on a network" if "independent-parent" in style else ""


def _reference_faults(read: Mapping[str, Yaml]) -> Iterator[Fault]:
    """The affiliations that an author refers to and nobody gives."""
    given = [(file, one, path, _at(one.value, path)) for file, one in read.items() for path in one.rows]
    known = {str(value) for _, _, path, value in given if path[-1] == "id" and len(path) > 1}
    for file, one, path, value in given:
        if path[-1] == "ref" and str(value) not in known:
            found = f"{value}{nearest(str(value), known)}"
            yield Fault(file, "an affiliation with that `id:`", found, one.rows[path])


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        value = value[part]
    return value


def execute_defaults(settings: Mapping[str, Any], front_matter: Mapping[str, Any]) -> dict[str, Any]:
    """The document's `execute:` options, at the top level or under `execute`, as Quarto takes both."""
    merged = merge(settings, front_matter)
    return {
        name: value
        for source in (merged, merged.get("execute") or {})
        for name, value in source.items()
        if name in _EXECUTE
    }


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Quarto's merge: mappings by key, lists end to end without repetition, anything else replaced."""
    merged = dict(base)
    for name, value in over.items():
        before = merged.get(name)
        if isinstance(before, Mapping) and isinstance(value, Mapping):
            merged[name] = merge(before, value)
        elif isinstance(before, list) and isinstance(value, list):
            merged[name] = before + [one for one in value if one not in before]
        else:
            merged[name] = value
    return merged


def _files(root: Path, profile: str | None) -> list[Path]:
    return [root / name for name in settings_files(profile)]


def _read(path: Path) -> Yaml:
    text = read_text(path)
    if faults := list(inline_in_yaml(text, path.name)):
        raise InputError(faults)
    read = read_yaml(text, path.name)
    if not isinstance(read.value, dict | None):
        raise InputError(Fault(path.name, "`name: value`", type(read.value).__name__))
    return Yaml(read.value or {}, read.rows)


def leaves(value: Any) -> Iterator[Any]:
    """What stands in mappings and lists, and in those within them, one by one."""
    if isinstance(value, Mapping | list):
        for one in value.values() if isinstance(value, Mapping) else value:
            yield from leaves(one)
    else:
        yield value
