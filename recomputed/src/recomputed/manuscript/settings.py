"""The project's settings as Quarto merges them: `_quarto.yml`, then the profile's file, then the front
matter.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from recomputed.faults import Fault, InputError

_STRUCTURE = ("project", "manuscript", "format", "execute", "jupyter", "engine", "profile")
_EXECUTE = ("eval", "echo", "output", "warning", "error", "include")


def project_settings(root: Path, profile: str | None = None) -> dict[str, Any]:
    """`_quarto.yml` with `_quarto-<profile>.yml` over it. InputError if one is missing or not YAML."""
    settings = _read(root / "_quarto.yml")
    if profile:
        settings = merge(settings, _read(root / f"_quarto-{profile}.yml"))
    return settings


def document_metadata(settings: Mapping[str, Any], front_matter: Mapping[str, Any]) -> dict[str, Any]:
    """What the templates read: the settings that are metadata, the front matter over them."""
    merged = merge(settings, front_matter)
    return {name: value for name, value in merged.items() if name not in _STRUCTURE}


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


def _read(path: Path) -> dict[str, Any]:
    try:
        settings = yaml.safe_load(path.read_text(encoding="utf-8-sig")) or {}
    except FileNotFoundError:
        raise InputError(Fault(path.name, "a Quarto project or profile file", "no such file")) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or "none"
        raise InputError(Fault(path.name, "YAML", found, row=mark.line + 1 if mark else None)) from None
    if not isinstance(settings, dict):
        raise InputError(Fault(path.name, "`name: value`", type(settings).__name__))
    return settings
